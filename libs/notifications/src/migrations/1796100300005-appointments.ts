import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** E-mails that put an appointment into somebody's calendar. */
export class AppointmentMails1796100300005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table email
  add column if not exists appointment_id uuid,
  add column if not exists invite jsonb,
  drop constraint email_subject,
  drop constraint email_letter,
  add constraint email_subject check (num_nonnulls(notification_id, invitation_id, email_change_id, appointment_id) = 1),
  add constraint email_letter check (letter in ('notification', 'invitation', 'password-reset', 'email-change', 'email-changed', 'appointment'));
`);
  }
}
