import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { employedOn } from '@fil-rouge/users';
import { invitedBy } from './appointment.invites';
import { MailSettings } from './mail.settings';

/** Puts the invitation to an appointment on its way, to the counsellor it is with; not to who works there no more. */
@Injectable()
export class AppointmentMails extends Consumer {
  static readonly interest = {
    name: 'appointment-mail',
    events: ['AppointmentMade', 'AppointmentMoved', 'AppointmentCancelled'],
  };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!this.mail.smtpUrl) return;
    for (const { to, invite } of invitedBy(event)) {
      const id = newId();
      await transaction.query(
        `insert into email (id, appointment_id, invite, letter, account_id, message_id, status, attempts, created_at, next_at)
         select $1, $2, $3, 'appointment', $4, $5, 'pending', 0, $6, $6 where exists (select from employment e where e.user_id = $4 and ${employedOn('e', '$7::date')})`,
        [id, invite.id, JSON.stringify(invite), to, this.mail.messageIdOf(id), now, localDateOf(now)],
      );
    }
  }
}
