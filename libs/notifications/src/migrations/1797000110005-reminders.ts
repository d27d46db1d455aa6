import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** E-mails to a resident who asked to be reminded: the event of the record that holds where. `account_id` is then whom the appointment is with. */
export class ReminderMails1797000110005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table email
  add column if not exists reminder_event_id uuid,
  drop constraint email_subject,
  drop constraint email_letter,
  add constraint email_subject check (num_nonnulls(notification_id, invitation_id, email_change_id, appointment_id, answer_link_id, reminder_event_id) = 1),
  add constraint email_letter check (letter in ('notification', 'invitation', 'password-reset', 'email-change', 'email-changed', 'appointment', 'answer-link', 'reminder'));
`);
  }
}
