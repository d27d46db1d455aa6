import { Injectable } from '@nestjs/common';
import { isOutsideEvent } from '@fil-rouge/cases';
import type { Instant, RecordEvent } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { MailSettings } from './mail.settings';

/** Puts the link for answering on its way. To whom it goes stays sealed in the record, and the link is made when its mail is sent: of one that has ended by then, none is. */
@Injectable()
export class AnswerLinkMails extends Consumer {
  static readonly interest = { name: 'answer-link-mail', events: ['OutsideLinkMade'] };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!this.mail.smtpUrl || !isOutsideEvent(event) || event.type !== 'OutsideLinkMade') return;
    const id = newId();
    await transaction.query(
      `insert into email (id, answer_link_id, letter, account_id, message_id, status, attempts, created_at, next_at)
       values ($1, $2, 'answer-link', $3, $4, 'pending', 0, $5, $5) on conflict do nothing`,
      [id, event.data.linkId, event.actor, this.mail.messageIdOf(id), now],
    );
  }
}
