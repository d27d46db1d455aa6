import { access, definer, internal, readTable, written } from '@fil-rouge/platform';
import { Attachment } from '../attachment/attachment.entity';

/**
 * Files. One of a session is read as the thread is, and always by its own structure; one of a referral by its parties for whom the sheet is open, up to their
 * end, and by whoever leads. What is sent with a referral may have been joined while it was a draft.
 */
export const attachments = [
  ...readTable(Attachment, {
    of: 'case_id',
    person: '(shared_by is null and structure_id = me_structure()) or reads_attachment(case_id, seq, shared_by)',
  }),

  definer(
    'reads_attachment(p_stream uuid, p_seq integer, p_about uuid) returns boolean language plpgsql stable',
    ['reader'],
    /* sql */ `
declare v_part record;
begin
  if p_about is null then return coalesce(p_seq <= record_horizon(p_stream), false); end if;
  if p_seq <= lead_horizon(p_stream) then return true; end if;
  select stream_id, coalesce(until_seq, 2147483647) as until_seq into v_part from party
  where about = p_about and structure_id = me_structure() and reads_sheet;
  if not found then return false; end if;
  return case when v_part.stream_id = p_stream then p_seq <= v_part.until_seq else goes_on_in(p_stream, v_part.stream_id) end;
end `,
  ),

  // Its name is one of the pieces, for whoever sees its row.
  access('piece', {
    policies: {
      piece_of_an_attachment: `for select to reader using (kind = 'file_name' and exists (select from attachment t where t.event_id = piece.event_id))`,
    },
  }),

  // What it holds, for whoever sees its row.
  written('attachment_part', 'select, insert, update, delete', {
    rights: { reader: 'select', worker: 'maintain' },
    policies: {
      part_of_an_attachment: `for select to reader using (exists (select from attachment t where t.id = attachment_part.attachment_id))`,
    },
  }),

  // A part of what somebody is about to join: nobody reads it before it is. False: the session has ended.
  definer(
    'keep_attachment_part(p_token bytea, p_now timestamptz, p_attachment uuid, p_n integer, p_case uuid, p_box bytea) returns boolean language plpgsql',
    ['api'],
    /* sql */ `
begin
  if session_of(p_token, p_now) is null then return false; end if;
  insert into attachment_part (attachment_id, n, case_id, attached, kept_at, ciphertext) values (p_attachment, p_n, p_case, false, p_now, p_box);
  return true;
end `,
  ),

  // What was refused in the end.
  definer(
    'drop_attachment_parts(p_attachment uuid) returns void language sql',
    ['api'],
    /* sql */ `
  delete from attachment_part where attachment_id = p_attachment and not attached
`,
  ),

  // What was left when somebody, or a process, went away in the middle.
  definer(
    'sweep_attachment_parts(p_before timestamptz) returns void language sql',
    ['worker'],
    /* sql */ `
  delete from attachment_part where (attachment_id, n) in (
    select attachment_id, n from attachment_part where not attached and kept_at < p_before order by kept_at limit 200)
`,
  ),

  // Under the record's lock, so that two at once do not both find the last room. Of what a merged record holds, nothing is counted here.
  internal(
    'check_attachment(p jsonb) returns jsonb language plpgsql stable',
    /* sql */ `
declare
  v_case uuid := (p->>'case')::uuid;
begin
  if (select count(*) from attachment_part where attachment_id = (p->>'id')::uuid and case_id = v_case) <> (p->>'parts')::integer then
    return '"parts"';
  end if;
  if (select count(*) from attachment where entry_id = (p->>'entry')::uuid and id <> (p->>'id')::uuid) >= (p->>'mostOfEntry')::integer then
    return '"entry"';
  end if;
  if (select coalesce(sum(bytes), 0) from attachment where case_id = v_case and id <> (p->>'id')::uuid) + (p->>'bytes')::bigint > (p->>'mostOfRecord')::bigint then
    return '"record"';
  end if;
  return null;
end `,
  ),

  internal(
    'put_attached_parts(rows jsonb) returns void language sql',
    /* sql */ `
  update attachment_part a set attached = true from jsonb_to_recordset(rows) as r(id uuid) where a.attachment_id = r.id and not a.attached
`,
  ),

  internal(
    'erase_attachment(rows jsonb) returns void language sql',
    /* sql */ `
  with gone as (delete from attachment t using jsonb_to_recordset(rows) as r(id uuid) where t.id = r.id returning t.id, t.event_id),
    named as (delete from piece p using gone where p.event_id = gone.event_id and p.kind = 'file_name')
  delete from attachment_part a using jsonb_to_recordset(rows) as r(id uuid) where a.attachment_id = r.id
`,
  ),

  internal(
    'erase_attachment_parts(rows jsonb) returns void language sql',
    /* sql */ `
  delete from attachment_part a using jsonb_to_recordset(rows) as r(case_id uuid) where a.case_id = r.case_id
`,
  ),

  // Whether that event's file was taken away, and its name with it.
  internal(
    'file_removed(p_event uuid) returns boolean language sql stable',
    /* sql */ `
  select exists (select from event e join event r on r.about = e.about and r.type in ('SessionFileRemoved', 'ReferralFileRemoved')
    and r.data->>'attachmentId' = e.data->>'attachmentId' where e.id = p_event)
`,
  ),

  // Number of the first event whose file is not what was joined: altered, cut short or gone without an event that took it away.
  definer(
    'attachment_amiss(p_stream uuid) returns integer language sql stable',
    ['api', 'worker'],
    /* sql */ `
  select min(e.seq) from event e
  where e.stream_id = p_stream and e.type in ('SessionFileAttached', 'ReferralFileAttached')
    and exists (select from stream s where s.id = p_stream and s.key is not null)
    and not exists (select from event r where r.about = e.about and r.type in ('SessionFileRemoved', 'ReferralFileRemoved') and r.data->>'attachmentId' = e.data->>'attachmentId')
    and (select encode(sha256(string_agg(a.ciphertext, '' order by a.n)), 'hex') from attachment_part a where a.attachment_id = (e.data->>'attachmentId')::uuid)
      is distinct from e.data->>'sha256'
`,
  ),
];
