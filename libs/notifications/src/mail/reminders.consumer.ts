import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { reminderTo } from './appointment.invites';
import { MailSettings } from './mail.settings';

/** Puts on its way what a resident hears who asked to be reminded. Where they are told stays sealed in the record until it is sent, and goes with an erasure. */
@Injectable()
export class ReminderMails extends Consumer {
  static readonly interest = {
    name: 'reminder-mail',
    events: ['AppointmentReminded', 'AppointmentMoved', 'AppointmentCancelled'],
  };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    const told = reminderTo(event);
    // What has been is not called off any more.
    if (!this.mail.smtpUrl || !told || told.invite.at <= now) return;
    const id = newId();
    await transaction.query(
      `insert into email (id, reminder_event_id, invite, letter, account_id, message_id, status, attempts, created_at, next_at)
         values ($1, $2, $3, 'reminder', $4, $5, 'pending', 0, $6, $6)`,
      [id, told.reminder, JSON.stringify(told.invite), told.counsellorId, this.mail.messageIdOf(id), now],
    );
  }
}
