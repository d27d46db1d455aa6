import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Files of what was done, made by the worker and kept for a day. Nothing is sampled of what is sealed. */
export class Exports1797100100003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table export (
  id uuid not null,
  user_id uuid not null,
  structure_id uuid not null,
  per text not null,
  format text not null,
  columns text[] not null,
  filters jsonb not null,
  status text not null default 'waiting',
  failure text,
  pass text,
  sealed_with bytea,
  attempt integer not null default 0,
  leased_until timestamptz(3),
  done integer not null default 0,
  total integer,
  parts integer not null default 0,
  bytes bigint not null default 0,
  asked_at timestamptz(3) not null,
  ended_at timestamptz(3),
  expires_at timestamptz(3) not null,
  key text,
  key_hash text,
  constraint export_pk primary key (id)
);
create unique index export_key on export (user_id, key) where key is not null;
create index export_own on export (user_id, asked_at, id);
create index export_open on export (asked_at) where status in ('waiting', 'running');
create index export_expires on export (expires_at);
create index export_structure on export (structure_id);
create table export_part (
  export_id uuid not null,
  n integer not null,
  ciphertext bytea not null,
  constraint export_part_pk primary key (export_id, n)
);
alter table export_part alter column ciphertext set storage external;
alter table export_part alter column ciphertext set statistics 0;
alter table export alter column pass set statistics 0;
alter table export alter column sealed_with set statistics 0;
`);
  }
}
