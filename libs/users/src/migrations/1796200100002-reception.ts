import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What a structure tells residents of itself, and who answers there. */
export class Reception1796200100002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists structure_leaflet (
  id uuid not null,
  case_id uuid not null,
  purpose text,
  bring text,
  coming text,
  constraint structure_leaflet_pk primary key (id)
);
create table if not exists structure_contacts (
  id uuid not null,
  case_id uuid not null,
  default_id uuid,
  rota jsonb not null,
  constraint structure_contacts_pk primary key (id)
);
`);
  }
}
