import { columnsOf, definer, internal, readTable } from '@fil-rouge/platform';
import { ReferralAccess, ReferralEntity } from '../referral/referral.entity';

/** What the referral and each structure's sight of it have in common. */
const image = columnsOf(ReferralAccess).filter(
  (column) => columnsOf(ReferralEntity).includes(column) && column !== 'id' && column !== 'case_id',
);

const moved = (table: string) => ({
  [`${table}_stays_moved`]: `before update on ${table} for each row when (old.case_id is distinct from new.case_id) execute function stays_moved('case_id')`,
});

/** Referrals: whole, for whoever watches; and as each structure may see them, frozen at until_seq when its access ended. */
export const referrals = [
  ...readTable(ReferralEntity, {
    of: 'case_id',
    // While a record goes on, its lead has an image of each referral and needs no row from here. On a merged record, whoever reads without end leads,
    // or led, the record it ended in.
    person: 'watches(case_id) or (ended_at is not null and lead_horizon(case_id) = 2147483647)',
    // Needs and contact preference are the resident's: who watches from outside may not even select them.
    personColumns: columnsOf(ReferralEntity).filter((column) => column !== 'needs' && column !== 'contact'),
    worker: true,
    triggers: moved('referral'),
  }),
  ...readTable(ReferralAccess, {
    of: 'case_id',
    person: 'structure_id = me_structure()',
    worker: true,
    triggers: moved('referral_access'),
  }),

  // Ended referrals are in no state: whoever becomes lead reads them all from here. A recipient keeps its box.
  internal(
    'copy_referral_access(rows jsonb) returns void language sql',
    /* sql */ `
  insert into referral_access as a (structure_id, id, case_id, box, roles, sheet_open, until_seq, ${image.join(', ')})
  select n.structure_id, r.id, r.case_id,
    case when r.to_structure_id = n.structure_id and r.sent_at is not null then 'received' when r.from_structure_id = n.structure_id then 'sent'
      when r.parent_from_id = n.structure_id then 'child' else 'lead' end,
    array['lead'], true, null, ${image.map((column) => `r.${column}`).join(', ')}
  from jsonb_to_recordset(rows) as n(case_id uuid, structure_id uuid)
  join referral r on r.case_id = n.case_id and r.ended_at is not null
  on conflict (structure_id, id) do update set roles = excluded.roles, sheet_open = true, until_seq = null,
    ${image.map((column) => `${column} = excluded.${column}`).join(', ')}
`,
  ),

  // Whoever leaves the case, or leads it no more, keeps its ended referrals as they are now: a lead with the sheet, a contributor without.
  internal(
    'put_referral_access_end(rows jsonb) returns void language sql',
    /* sql */ `
  with kept as (
    update referral_access a set until_seq = n.until_seq, roles = '{}', sheet_open = a.sheet_open and n.keeps_sheet,
      needs = case when n.keeps_sheet then a.needs end, contact = case when n.keeps_sheet then a.contact end
    from jsonb_to_recordset(rows) as n(case_id uuid, structure_id uuid, until_seq integer, boxes text[], keeps_sheet boolean)
    where a.structure_id = n.structure_id and a.case_id = n.case_id and a.until_seq is null and a.ended_at is not null and a.box = any(n.boxes)
    returning a.id, a.structure_id, a.until_seq, a.sheet_open
  )
  update party p set until_seq = kept.until_seq, reads_sheet = kept.sheet_open from kept where p.about = kept.id and p.structure_id = kept.structure_id
`,
  ),

  // A sender that has left the case may still ask the recipient to stop. Its image then says so, and nothing else that has happened since it left.
  internal(
    'put_referral_access_asked(rows jsonb) returns void language sql',
    /* sql */ `
  update referral_access a set cancellation_requested_at = n.at from jsonb_to_recordset(rows) as n(structure_id uuid, id uuid, at timestamptz)
  where a.structure_id = n.structure_id and a.id = n.id
`,
  ),

  // An ended referral entered in error: told to whoever still reads it.
  internal(
    'put_referral_void(rows jsonb) returns void language sql',
    /* sql */ `
  with voided as (
    update referral r set status = 'entered_in_error', version = r.version + 1, last_activity_at = v.at
    from jsonb_to_recordset(rows) as v(id uuid, at timestamptz) where r.id = v.id and r.status <> 'entered_in_error' returning r.id, r.version, r.last_activity_at
  )
  update referral_access a set status = 'entered_in_error', version = voided.version, last_activity_at = voided.last_activity_at
  from voided where a.id = voided.id and a.until_seq is null
`,
  ),

  // Whether another structure still takes part, for whoever leads the record now and for nobody else.
  definer(
    'takes_part(p_stream uuid, p_structure uuid) returns boolean language sql stable',
    ['reader'],
    /* sql */ `
  select lead_horizon(p_stream) = 2147483647 and exists (
    select from access_grant where stream_id = p_stream and structure_id = p_structure and to_seq is null and kind in ('lead', 'contributor'))
`,
  ),

  // Begins with the merges since that day, which are few, not with what ever ended. `present`: the record that goes on.
  definer(
    'ended_on_merged(p_since timestamptz) returns table (ended referral, present uuid, roles text[]) language sql stable',
    ['reader'],
    /* sql */ `
  select r, p.id, array_remove(array[case when own.leads then 'lead' end, case when r.from_structure_id = me_structure() then 'sender' end], null)
  from case_merge m, lateral (select present_record(m.id) as id) p, lateral (
    select bool_or(g.kind = 'lead') as leads from access_grant g
    where g.stream_id = p.id and g.structure_id = me_structure() and g.kind <> 'candidate' and g.to_seq is null having count(*) > 0) own
  join referral r on true
  where me_structure() is not null and m.merged_at >= p_since and r.case_id = m.id and r.ended_at >= p_since and (own.leads or r.from_structure_id = me_structure())
`,
  ),
];
