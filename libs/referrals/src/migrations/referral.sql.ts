import { readTable } from '@fil-rouge/platform';

const image = [
  'version', 'seq', 'status', 'from_structure_id', 'to_structure_id', 'needs', 'contact', 'urgency', 'onward_allowed', 'parent_referral_id',
  'previous_referral_id', 'contact_user_id', 'sent_at', 'due_at', 'late_from', 'hold_until', 'cancellation_requested_at', 'ended_at', 'outcome',
  'reason', 'draft_event', 'sheet_event', 'last_activity_at',
];

const imageColumns = /* sql */ `
  version integer not null,
  seq integer not null,
  status text not null,
  from_structure_id uuid not null,
  to_structure_id uuid not null,
  needs text[],
  contact text,
  urgency text not null,
  onward_allowed boolean not null,
  parent_referral_id uuid,
  previous_referral_id uuid,
  contact_user_id uuid,
  sent_at timestamptz(3),
  due_at timestamptz(3),
  late_from timestamptz(3),
  hold_until date,
  cancellation_requested_at timestamptz(3),
  ended_at timestamptz(3),
  outcome text,
  reason text,
  draft_event uuid not null,
  sheet_event uuid,
  last_activity_at timestamptz(3) not null,`;

export const referralSql = /* sql */ `
create table referral (
  id uuid not null,
  case_id uuid not null,
  parent_from_id uuid,${imageColumns}
  constraint referral_pk primary key (id)
);
create index referral_case on referral (case_id);
create index referral_recent on referral (last_activity_at, id);
-- What a decision on a structure concerns: few rows of each structure are open.
create index referral_open_from on referral (from_structure_id) where ended_at is null;
create index referral_open_to on referral (to_structure_id) where ended_at is null;
${readTable({ table: 'referral', key: ['id'], columns: ['id', 'case_id', 'parent_from_id', ...image], apiPolicy: 'watches(case_id)', workerReads: true })}

-- The referral as one structure may see it; frozen at until_seq when its access ended.
create table referral_access (
  structure_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  box text not null,
  roles text[] not null,
  sheet_open boolean not null,
  until_seq integer,${imageColumns}
  constraint referral_access_pk primary key (structure_id, id)
);
create index referral_access_recent on referral_access (structure_id, last_activity_at, id);
create index referral_access_case on referral_access (case_id, structure_id);
${readTable({
  table: 'referral_access',
  key: ['structure_id', 'id'],
  columns: ['structure_id', 'id', 'case_id', 'box', 'roles', 'sheet_open', 'until_seq', ...image],
  apiPolicy: 'structure_id = me_structure()',
  workerReads: true,
})}

-- Ended referrals are in no state: whoever becomes lead reads them all from here. A recipient keeps its box.
create function copy_referral_access(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into referral_access as a (structure_id, id, case_id, box, roles, sheet_open, until_seq, ${image.join(', ')})
  select n.structure_id, r.id, r.case_id,
    case when r.to_structure_id = n.structure_id and r.sent_at is not null then 'received' when r.from_structure_id = n.structure_id then 'sent'
      when r.parent_from_id = n.structure_id then 'child' else 'lead' end,
    array['lead'], true, null, ${image.map((column) => `r.${column}`).join(', ')}
  from jsonb_to_recordset(rows) as n(case_id uuid, structure_id uuid)
  join referral r on r.case_id = n.case_id and r.ended_at is not null
  on conflict (structure_id, id) do update set roles = excluded.roles, sheet_open = true, until_seq = null,
    ${image.map((column) => `${column} = excluded.${column}`).join(', ')}
$$;

-- Whoever leaves the case, or leads it no more, keeps its ended referrals as they are now: a lead with the sheet, a contributor without.
create function put_referral_access_end(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  with kept as (
    update referral_access a set until_seq = n.until_seq, roles = '{}', sheet_open = a.sheet_open and n.keeps_sheet,
      needs = case when n.keeps_sheet then a.needs end, contact = case when n.keeps_sheet then a.contact end
    from jsonb_to_recordset(rows) as n(case_id uuid, structure_id uuid, until_seq integer, boxes text[], keeps_sheet boolean)
    where a.structure_id = n.structure_id and a.case_id = n.case_id and a.until_seq is null and a.ended_at is not null and a.box = any(n.boxes)
    returning a.id, a.structure_id, a.until_seq, a.sheet_open
  )
  update party p set until_seq = kept.until_seq, reads_sheet = kept.sheet_open from kept where p.about = kept.id and p.structure_id = kept.structure_id
$$;

-- An ended referral entered in error: told to whoever still reads it.
create function put_referral_void(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  with voided as (
    update referral r set status = 'entered_in_error', version = r.version + 1, last_activity_at = v.at
    from jsonb_to_recordset(rows) as v(id uuid, at timestamptz) where r.id = v.id returning r.id, r.version, r.last_activity_at
  )
  update referral_access a set status = 'entered_in_error', version = voided.version, last_activity_at = voided.last_activity_at
  from voided where a.id = voided.id and a.until_seq is null
$$;
revoke execute on function copy_referral_access(jsonb), put_referral_access_end(jsonb), put_referral_void(jsonb) from public;
alter function copy_referral_access(jsonb) owner to writer;
alter function put_referral_access_end(jsonb) owner to writer;
alter function put_referral_void(jsonb) owner to writer;
`;
