import { readTable } from '@fil-rouge/platform';

const shown = [
  'id', 'case_id', 'version', 'kind', 'status', 'from_structure_id', 'to_structure_id', 'from_counsellor_id', 'to_counsellor_id', 'effective_at',
  'created_at', 'due_at', 'ended_at', 'note_event', 'last_activity_at',
];

/**
 * handover: one row each, whole; for the network's roles, the leads that come later, and commands. handover_access: one row per side, as
 * that side may see it, so that a list's policy is an equality; `case_id` and the lead are null for a structure that asks blindly.
 */
export const handoverSql = /* sql */ `
create table handover (
  id uuid not null,
  case_id uuid not null,
  version integer not null,
  kind text not null,
  status text not null,
  from_structure_id uuid not null,
  to_structure_id uuid not null,
  from_counsellor_id uuid,
  to_counsellor_id uuid,
  effective_at timestamptz(3),
  created_at timestamptz(3) not null,
  due_at timestamptz(3),
  ended_at timestamptz(3),
  note_event uuid not null,
  last_activity_at timestamptz(3) not null,
  created_seq integer not null,
  by_user uuid,
  constraint handover_pk primary key (id)
);
create unique index handover_one_open on handover (case_id) where status in ('proposed', 'requested', 'accepted');
create index handover_case on handover (case_id);
create index handover_activity on handover (last_activity_at, id);

create table handover_access (
  structure_id uuid not null,
  id uuid not null,
  case_id uuid,
  box text not null,
  sheet_open boolean not null,
  version integer not null,
  kind text not null,
  status text not null,
  from_structure_id uuid,
  to_structure_id uuid not null,
  from_counsellor_id uuid,
  to_counsellor_id uuid,
  effective_at timestamptz(3),
  created_at timestamptz(3) not null,
  due_at timestamptz(3),
  ended_at timestamptz(3),
  note_event uuid not null,
  last_activity_at timestamptz(3) not null,
  constraint handover_access_pk primary key (structure_id, id)
);
create index handover_access_activity on handover_access (structure_id, last_activity_at, id);
create index handover_access_case on handover_access (case_id, structure_id);
${readTable({
  table: 'handover',
  key: ['id'],
  columns: [...shown, 'created_seq', 'by_user'],
  // A lead reads what happened before it led; a former lead what began before its end.
  apiPolicy: `watches(case_id) or (me_role() in ('counsellor', 'manager') and created_seq <= lead_horizon(case_id))`,
  workerReads: true,
})}
${readTable({
  table: 'handover_access',
  key: ['structure_id', 'id'],
  columns: [...shown, 'structure_id', 'box', 'sheet_open'],
  apiPolicy: `structure_id = me_structure() and me_role() in ('counsellor', 'manager')`,
})}
`;
