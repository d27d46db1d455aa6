import { Baseline } from '@fil-rouge/platform';

/** Structures, accounts, employments, sign-in, delays. */
export class UsersBaseline1795903200002 extends Baseline {
  protected readonly foldedAfter = 'DelaySettings1700000000012';
  protected readonly tables = /* sql */ `
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

create table account (
  id uuid not null,
  email text not null,
  name text not null,
  password_hash text,
  created_at timestamptz(3) not null,
  constraint account_pk primary key (id),
  constraint account_email_key unique (email),
  constraint account_email_lower check (email = lower(email))
);

create table invitation (
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  constraint invitation_pk primary key (id)
);
create index invitation_of on invitation (user_id);

create table access_token (
  token_hash bytea not null,
  user_id uuid not null,
  employment_id uuid not null,
  structure_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint access_token_pk primary key (token_hash)
);
create index access_token_of on access_token (user_id);

-- Keyed by a hash of the e-mail or of the address: it says neither, and an unknown e-mail counts like a known one.
create table sign_in_attempt (
  key bytea not null,
  failures integer not null,
  last_at timestamptz(3) not null,
  blocked_until timestamptz(3) not null,
  constraint sign_in_attempt_pk primary key (key)
);
create index sign_in_attempt_last on sign_in_attempt (last_at);

-- Delays set by administrators: one row for the network, one per structure that has its own.
create table delay_setting (
  id uuid not null,
  case_id uuid not null,
  version integer not null,
  own jsonb not null,
  constraint delay_setting_pk primary key (id)
);
`;
}
