import { ForwardOnly, readTable } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Delays set by administrators: one row for the network, one per structure that has its own. Frozen once released. */
export class DelaySettings1700000000012 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table delay_setting (
  id uuid not null,
  case_id uuid not null,
  version integer not null,
  own jsonb not null,
  constraint delay_setting_pk primary key (id)
);
${readTable({ table: 'delay_setting', key: ['id'], columns: ['id', 'case_id', 'version', 'own'], apiPolicy: `me_role() = 'administrator'` })}
`);
  }
}
