import { readTable } from '@fil-rouge/platform';

/** Read tables of the structures' and people's records. */
export const readTablesSql = /* sql */ `
create table structure (
  id uuid not null,
  case_id uuid not null,
  name text not null,
  search_name text not null,
  typology text not null,
  siret text,
  status text not null,
  services text[] not null,
  communes text[],
  departement text,
  accepts_referrals boolean not null,
  capacity text not null,
  version integer not null,
  decided_on date,
  constraint structure_pk primary key (id)
);
create index structure_directory on structure (search_name, id);
-- The directory is for everybody who is signed in.
${readTable({
  table: 'structure',
  key: ['id'],
  columns: ['id', 'case_id', 'name', 'search_name', 'typology', 'siret', 'status', 'services', 'communes', 'departement', 'accepts_referrals', 'capacity', 'version', 'decided_on'],
  apiPolicy: 'true',
  workerReads: true,
})}

create table structure_decision (
  id uuid not null,
  case_id uuid not null,
  status text not null,
  decided_on date not null,
  reference text,
  reason text,
  decided_by uuid,
  recorded_at timestamptz(3) not null,
  constraint structure_decision_pk primary key (id)
);
create index structure_decision_of on structure_decision (case_id, recorded_at);
${readTable({
  table: 'structure_decision',
  key: ['id'],
  columns: ['id', 'case_id', 'status', 'decided_on', 'reference', 'reason', 'decided_by', 'recorded_at'],
  apiPolicy: 'true',
})}

create table employment (
  id uuid not null,
  case_id uuid not null,
  user_id uuid not null,
  structure_id uuid not null,
  role text not null,
  from_date date not null,
  until_date date,
  ended boolean not null,
  placed_at text,
  territory text[],
  constraint employment_pk primary key (id)
);
create index employment_of on employment (user_id);
create index employment_in on employment (structure_id, user_id);
${readTable({
  table: 'employment',
  key: ['id'],
  columns: ['id', 'case_id', 'user_id', 'structure_id', 'role', 'from_date', 'until_date', 'ended', 'placed_at', 'territory'],
  apiPolicy: `structure_id = me_employer() or user_id = me_user() or me_role() in ('coordinator', 'administrator')`,
  workerReads: true,
})}
`;
