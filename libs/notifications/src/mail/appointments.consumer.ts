import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { awayOn, employedOn } from '@fil-rouge/users';
import { invitedBy, type Invite } from './appointment.invites';
import { MailSettings } from './mail.settings';

/** Puts the invitation to an appointment on its way, to the counsellor it is with and who takes over on its day; not to who works there no more. */
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
    for (const { to: counsellor, invite } of invitedBy(event)) {
      const deputies = await transaction.query<{ id: Uuid }>(
        `select distinct deputy_of(b.structure_id, b.user_id, $2::date) as id from absence b
         where b.user_id = $1 and b.structure_id = $3 and b.until_date >= $2 and ${awayOn('b', '$2::date')}`,
        // Of the structure whose appointment it is: who takes over elsewhere learns nothing of it.
        [counsellor, localDateOf(invite.at), event.structure],
      );
      for (const to of [counsellor, ...deputies.flatMap(({ id }) => (id ? [id] : []))])
        await this.invite(to, invite, transaction, now);
    }
  }

  private async invite(to: Uuid, invite: Invite, transaction: Transaction, now: Instant): Promise<void> {
    const id = newId();
    await transaction.query(
      `insert into email (id, appointment_id, invite, letter, account_id, message_id, status, attempts, created_at, next_at)
         select $1, $2, $3, 'appointment', $4, $5, 'pending', 0, $6, $6 where exists (select from employment e where e.user_id = $4 and ${employedOn('e', '$7::date')})`,
      [id, invite.id, JSON.stringify(invite), to, this.mail.messageIdOf(id), now, localDateOf(now)],
    );
  }
}
