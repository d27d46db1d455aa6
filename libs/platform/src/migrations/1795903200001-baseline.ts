import { Baseline } from './baseline';

/** The record store. */
export class PlatformBaseline1795903200001 extends Baseline {
  protected readonly foldedAfter = 'KeptPlans1700000000024';
  protected readonly tables = /* sql */ `
-- A function is nobody's until it is granted. (A grant or revoke after \`alter function … owner\` would be void, with a warning nobody reads.)
alter default privileges revoke execute on functions from public;

create table stream (
  id uuid not null,
  kind text not null,
  version integer not null,
  hash text not null,
  state jsonb not null,
  state_version text not null,
  key bytea,
  created_at timestamptz(3) not null,
  constraint stream_pk primary key (id)
);

create table event (
  stream_id uuid not null,
  seq integer not null,
  id uuid not null,
  type text not null,
  schema smallint not null,
  at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  actor_id uuid,
  structure_id uuid,
  data jsonb not null,
  pieces jsonb not null,
  prev text not null,
  hash text not null,
  about uuid,
  audience text not null,
  constraint event_pk primary key (stream_id, seq),
  constraint event_id_key unique (id)
);
create index event_of_record on event (stream_id, recorded_at, id);
create index event_about on event (about, seq) where about is not null;
create index event_recorded on event (recorded_at desc, id desc);
create index event_actor on event (actor_id, recorded_at desc) where actor_id is not null;
create index event_structure on event (structure_id, recorded_at desc) where structure_id is not null;

create table piece (
  event_id uuid not null,
  kind text not null,
  stream_id uuid not null,
  seq integer not null,
  structure_id uuid,
  shared_by uuid,
  sha256 text not null,
  ciphertext bytea not null,
  constraint piece_pk primary key (event_id, kind)
);
create index piece_latest on piece (stream_id, kind, seq desc) where shared_by is null;

-- One structure's dated access to a record: a row per source (opening, referral, handover). Open while to_seq is null.
create table access_grant (
  id uuid not null,
  stream_id uuid not null,
  structure_id uuid not null,
  kind text not null,
  source uuid not null,
  from_seq integer not null,
  to_seq integer,
  constraint access_grant_pk primary key (id)
);
create index access_grant_of on access_grant (stream_id, structure_id);
create index access_grant_structure on access_grant (structure_id, stream_id) where to_seq is null;

-- Who takes part in a referral or handover, up to which event, and whether the sheet (resident, needs, message) is open to them.
create table party (
  about uuid not null,
  structure_id uuid not null,
  stream_id uuid not null,
  until_seq integer,
  reads_sheet boolean not null,
  constraint party_pk primary key (about, structure_id)
);
create index party_stream on party (stream_id, structure_id);

create table delivery (
  id bigint generated always as identity,
  consumer text not null,
  partition smallint not null,
  stream_id uuid not null,
  event_id uuid not null,
  seq integer not null,
  created_at timestamptz(3) not null,
  attempts integer not null default 0,
  next_at timestamptz(3) not null,
  parked_at timestamptz(3),
  parked_reason text,
  constraint delivery_pk primary key (id)
);
create index delivery_line on delivery (consumer, stream_id, id);
create index delivery_due on delivery (consumer, partition, next_at) where parked_at is null;

create table timer (
  stream_id uuid not null,
  name text not null,
  due_at timestamptz(3) not null,
  constraint timer_pk primary key (stream_id, name)
);
create index timer_due on timer (due_at);

create table idempotency (
  user_id uuid not null,
  key text not null,
  hash text not null,
  result jsonb not null,
  created_at timestamptz(3) not null,
  constraint idempotency_pk primary key (user_id, key)
);
create index idempotency_created on idempotency (created_at);

-- What must be unique across records without saying what it is: keyed tokens. \`origin\`: whose words they are, the record's own or those of one that
-- ended in it; both may have the same.
create table claim (
  token bytea not null,
  stream_id uuid not null,
  origin uuid not null,
  constraint claim_pk primary key (token, stream_id, origin)
);
create index claim_stream on claim (stream_id);

create table audit_entry (
  id uuid not null default uuidv7(),
  at timestamptz(3) not null,
  user_id uuid,
  structure_id uuid,
  action text not null,
  outcome text not null,
  stream_id uuid,
  target uuid,
  shown uuid[] not null default '{}',
  reason text,
  comment bytea,
  trace_id text,
  constraint audit_entry_pk primary key (id)
);
create index audit_entry_at on audit_entry (at desc, id desc);
create index audit_entry_stream on audit_entry (stream_id, at desc) where stream_id is not null;
create index audit_entry_user on audit_entry (user_id, at desc) where user_id is not null;
`;
}
