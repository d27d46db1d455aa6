import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent } from '@fil-rouge/kernel';
import { Consumer, type Transaction } from '@fil-rouge/platform';
import { standingAfter } from './appointment.invites';
import { keepCalendars } from './calendars.service';
import { MailSettings } from './mail.settings';

/** Keeps an appointment in the calendars of whom it is with and who takes over on its day. */
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
    const standing = standingAfter(event);
    if (this.mail.smtpUrl && standing) await keepCalendars(standing, this.mail, transaction, now);
  }
}
