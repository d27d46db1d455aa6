import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What somebody's calendar shows of an appointment is looked up with each of its changes. */
export class Calendars1797000100005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index if not exists email_appointment on email (appointment_id, account_id) where appointment_id is not null`,
    );
  }
}
