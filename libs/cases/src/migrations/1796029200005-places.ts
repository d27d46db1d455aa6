import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Places of activity, and at which of them a session was. */
export class Places1796029200005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists place (
  id uuid not null,
  structure_id uuid not null,
  status text not null,
  version integer not null,
  name text not null,
  search_name text not null,
  street text not null,
  complement text,
  postal_code text not null,
  commune text not null,
  latitude double precision,
  longitude double precision,
  hours text,
  national_id text,
  closed_on date,
  constraint place_pk primary key (id)
);
create index if not exists place_of_structure on place (structure_id, search_name, id);
alter table session_entry add column if not exists place_id uuid;
create index if not exists session_entry_place on session_entry (structure_id, place_id, status, date, id);
`);
  }
}
