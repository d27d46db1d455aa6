import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** A second factor of accounts, and whether a session was opened with one. */
export class SecondFactors1797000510002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table second_factor (
  user_id uuid not null,
  box text not null,
  proof_hash bytea not null,
  last_step bigint not null,
  created_at timestamptz(3) not null,
  constraint second_factor_pk primary key (user_id)
);
create table recovery_code (
  user_id uuid not null,
  hash bytea not null,
  constraint recovery_code_pk primary key (user_id, hash)
);
alter table access_token add column factor boolean;
`);
  }
}
