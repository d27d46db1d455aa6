import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Files joined to sessions and referrals. What is sealed does not shrink: nothing tries. */
export class Attachments1796503000000 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists attachment (
  id uuid not null,
  case_id uuid not null,
  entry_id uuid not null,
  shared_by uuid,
  structure_id uuid not null,
  author_id uuid,
  media text not null,
  bytes integer not null,
  parts integer not null,
  sha256 text not null,
  event_id uuid not null,
  seq integer not null,
  added_at timestamptz(3) not null,
  constraint attachment_pk primary key (id)
);
create index if not exists attachment_entry on attachment (entry_id);
create index if not exists attachment_case on attachment (case_id);
create index if not exists attachment_event on attachment (event_id);
create table if not exists attachment_part (
  attachment_id uuid not null,
  n integer not null,
  case_id uuid not null,
  attached boolean not null,
  kept_at timestamptz(3) not null,
  ciphertext bytea not null,
  constraint attachment_part_pk primary key (attachment_id, n)
);
alter table attachment_part alter column ciphertext set storage external;
create index if not exists attachment_part_case on attachment_part (case_id);
create index if not exists attachment_part_left on attachment_part (kept_at) where not attached;
`);
  }
}
