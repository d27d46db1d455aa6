import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** Which master key the database was sealed with, by its fingerprint: another one, however valid, must never seal beside it. */
export class SealingKey1795905600001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table if not exists sealing_key (
      purpose text not null,
      fingerprint text not null,
      since timestamptz(3) not null,
      constraint sealing_key_pk primary key (purpose)
    )`);
  }
}
