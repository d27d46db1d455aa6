import { Baseline } from '@fil-rouge/platform';

/** Cases, sessions, workshops, merges, verifications. */
export class CasesBaseline1795903200003 extends Baseline {
  protected readonly foldedAfter = 'MyCases1700000000026';
  protected readonly tables = /* sql */ `
create extension if not exists btree_gist;

create table case_file (
  id uuid not null,
  case_id uuid not null,
  status text not null,
  version integer not null,
  commune text not null,
  lead_structure_id uuid,
  lead_user_id uuid,
  lead_since timestamptz(3),
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3),
  last_activity_at timestamptz(3) not null,
  constraint case_file_pk primary key (id)
);
create index case_file_recent on case_file (last_activity_at, id);
create index case_file_lead on case_file (lead_structure_id, lead_user_id);

-- A row per structure and case, so that a structure's list is an equality and an index range.
create table case_access (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  participation text not null,
  status text not null,
  version integer not null,
  commune text,
  themes text[] not null,
  lead_structure_id uuid,
  lead_user_id uuid,
  lead_since timestamptz(3),
  opened_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  first_name_event uuid,
  identity_event uuid,
  profile_event uuid,
  objections jsonb not null,
  until_seq integer,
  constraint case_access_pk primary key (structure_id, case_id)
);
create index case_access_recent on case_access (structure_id, last_activity_at, case_id);
create index case_access_mine on case_access (structure_id, lead_user_id, last_activity_at, case_id);
create index case_access_led on case_access (structure_id, lead_user_id) where participation = 'lead' and status = 'open';
create index case_access_idle on case_access (structure_id, last_activity_at) where participation = 'lead' and status = 'open';

create table lead_period (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  counsellor_id uuid,
  from_at timestamptz(3) not null,
  until_at timestamptz(3),
  from_seq integer not null,
  until_seq integer,
  constraint lead_period_pk primary key (id),
  constraint lead_period_one_at_a_time exclude using gist (case_id with =, tstzrange(from_at, until_at) with &&)
);
create index lead_period_case on lead_period (case_id, from_seq);

create table session_entry (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  author_id uuid not null,
  date date not null,
  minutes smallint not null,
  place text not null,
  commune text,
  themes text[] not null,
  equipment text[] not null,
  autonomy text,
  referral_id uuid,
  recorded_seq integer not null,
  seq integer not null,
  text_event uuid not null,
  note_event uuid,
  corrections smallint not null,
  constraint session_entry_pk primary key (id)
);
create index session_entry_case on session_entry (case_id, recorded_seq);
create index session_entry_structure on session_entry (structure_id, date);

create table search_token (
  structure_id uuid not null,
  token bytea not null,
  case_id uuid not null,
  constraint search_token_pk primary key (structure_id, token, case_id)
);
create index search_token_case on search_token (case_id, structure_id);

create table workshop (
  id uuid not null,
  structure_id uuid not null,
  author_id uuid not null,
  date date not null,
  minutes smallint not null,
  place text not null,
  commune text,
  themes text[] not null,
  level text,
  participants uuid[] not null,
  anonymous jsonb not null,
  recorded_at timestamptz(3) not null,
  constraint workshop_pk primary key (id)
);
create index workshop_recent on workshop (structure_id, recorded_at, id);

create table case_merge (
  id uuid not null,
  case_id uuid not null,
  seq integer not null,
  merged_at timestamptz(3) not null,
  constraint case_merge_pk primary key (id)
);
create index case_merge_survivor on case_merge (case_id);
create index case_merge_recent on case_merge (merged_at);

create table verification (
  id uuid not null,
  requested_by uuid not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  total integer not null,
  checked integer not null default 0,
  events integer not null default 0,
  broken integer not null default 0,
  gaps integer not null default 0,
  offenders jsonb not null default '[]',
  after uuid,
  key text,
  constraint verification_pk primary key (id)
);
create unique index verification_key on verification (requested_by, key) where key is not null;
create index verification_running on verification (started_at) where ended_at is null;
`;
}
