import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What was done with somebody who gives no name. */
export class AnonymousSessions1796100400001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists anonymous_session (
  id uuid not null,
  structure_id uuid not null,
  author_id uuid not null,
  status text not null,
  version integer not null,
  date date not null,
  minutes smallint not null,
  place text not null,
  commune text,
  place_id uuid,
  place_name text,
  themes text[] not null,
  equipment text[] not null,
  autonomy text,
  age_bracket text,
  gender text,
  resident_status text,
  constraint anonymous_session_pk primary key (id)
);
create index if not exists anonymous_session_recent on anonymous_session (structure_id, status, date, id);
create index if not exists anonymous_session_author on anonymous_session (structure_id, author_id, status, date, id);
create index if not exists anonymous_session_place on anonymous_session (structure_id, place_id, status, date, id);
`);
  }
}
