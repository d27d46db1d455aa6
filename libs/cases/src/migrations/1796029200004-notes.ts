import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Notes on a case, beside its sessions. */
export class Notes1796029200004 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists note_entry (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  text_event uuid not null,
  corrections smallint not null,
  status text not null,
  constraint note_entry_pk primary key (id)
);
create index if not exists note_entry_case on note_entry (case_id);
`);
  }
}
