import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** The link for answering goes by e-mail to somebody without an account; `account_id` is then of who asked for it. */
export class AnswerLinkMails1796700100005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table email
  add column if not exists answer_link_id uuid,
  drop constraint email_subject,
  drop constraint email_letter,
  add constraint email_of_answer_link unique (answer_link_id),
  add constraint email_subject check (num_nonnulls(notification_id, invitation_id, email_change_id, appointment_id, answer_link_id) = 1),
  add constraint email_letter check (letter in ('notification', 'invitation', 'password-reset', 'email-change', 'email-changed', 'appointment', 'answer-link'));
`);
  }
}
