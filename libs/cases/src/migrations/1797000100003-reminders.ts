import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** A resident who asked for it is reminded of an appointment. */
export class Reminders1797000100003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table appointment add column if not exists reminder_event uuid, add column if not exists reminded boolean`,
    );
  }
}
