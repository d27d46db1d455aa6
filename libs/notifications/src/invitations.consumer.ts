import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { MailSettings } from './mail.settings';

export const invitationsInterest = { name: 'invitation-mail', events: ['PersonInvited'] };

/** Puts the mail of an invitation on its way. Its link is made when it is sent: until then nothing opens an account. */
@Injectable()
export class InvitationsConsumer extends Consumer {
  readonly name = invitationsInterest.name;
  readonly events = invitationsInterest.events;

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect({ data }: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!this.mail.smtpUrl) return;
    const { invitationId, accountId } = data as { invitationId: string; accountId: string };
    const id = newId();
    await transaction.query(
      `insert into email (id, invitation_id, account_id, message_id, status, attempts, created_at, next_at)
       values ($1, $2, $3, $4, 'pending', 0, $5, $5) on conflict (invitation_id) do nothing`,
      [id, invitationId, accountId, this.mail.messageIdOf(id), now],
    );
  }
}
