import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { isPersonEvent } from '@fil-rouge/users';
import type { Letter } from './mail.letters';
import { MailSettings } from './mail.settings';

type AccountLetter = Exclude<Letter, 'notification' | 'appointment' | 'answer-link'>;

const letters: Readonly<Record<string, AccountLetter>> = {
  PersonInvited: 'invitation',
  PasswordForgotten: 'password-reset',
  EmailChangeAsked: 'email-change',
  EmailChanged: 'email-changed',
};

/** Puts the mails about somebody's account on their way. A link is made when its mail is sent: until then nothing opens an account. */
@Injectable()
export class AccountMails extends Consumer {
  static readonly interest = { name: 'invitation-mail', events: Object.keys(letters) };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!this.mail.smtpUrl || !isPersonEvent(event)) return;
    const { type, stream, data } = event;
    const linkId = 'invitationId' in data ? data.invitationId : 'resetId' in data ? data.resetId : null;
    const id = newId();
    // An address that opened several accounts is told once that it opens none any more.
    await transaction.query(
      `insert into email (id, invitation_id, email_change_id, letter, account_id, message_id, status, attempts, created_at, next_at)
       values ($1, $2, $3, $4, $5, $6, 'pending', 0, $7, $7) on conflict do nothing`,
      [id, linkId, 'changeId' in data ? data.changeId : null, letters[type], stream, this.mail.messageIdOf(id), now],
    );
  }
}
