import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Notices about colleagues, and mails about one's own account. */
export class NetworkNotices1795904400003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
-- The colleague it is about, and who did it.
alter table notification add column person_id uuid, add column author_id uuid;

alter table email add column email_change_id uuid, add column letter text not null default 'notification';
-- Not even the owner of the table reads it while its rows are kept from everybody but the worker.
alter table email no force row level security;
update email set letter = 'invitation' where invitation_id is not null;
alter table email force row level security;
alter table email
  alter column letter drop default,
  drop constraint email_subject,
  add constraint email_subject check (num_nonnulls(notification_id, invitation_id, email_change_id) = 1),
  add constraint email_letter check (letter in ('notification', 'invitation', 'password-reset', 'email-change', 'email-changed')),
  add constraint email_of_change unique (email_change_id, letter);
`);
  }
}
