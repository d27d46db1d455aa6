import type { Library } from '@fil-rouge/platform';
import { notificationsEntities } from './inbox/notification.entity';
import { EmptiedStructureNotices } from './inbox/emptied-structures.consumer';
import { NetworkNotices } from './inbox/network.consumer';
import { NotificationsConsumer } from './inbox/notifications.consumer';
import { LeftCasesNotices } from './inbox/structures.consumer';
import { RetentionNotices } from './inbox/retention.consumer';
import { AbsenceMails } from './mail/absences.consumer';
import { AppointmentMails } from './mail/appointments.consumer';
import { AnswerLinkMails } from './mail/answer-links.consumer';
import { AccountMails } from './mail/accounts.consumer';
import { ReminderMails } from './mail/reminders.consumer';
import { Mailer } from './mail/mailer.service';
import { notificationsMigrations } from './migrations';
import { NotificationsModule } from './notifications.module';
import { notifications } from './schema/notification.sql';
import { notificationsSentences } from './notifications.french';

/** Inbox and e-mail. */
export const notificationsLibrary: Library = {
  name: 'notifications',
  french: notificationsSentences,
  module: () => NotificationsModule,
  workerModule: (settings) => NotificationsModule.for(settings),
  entities: notificationsEntities,
  consumers: [
    NotificationsConsumer,
    AccountMails,
    AppointmentMails,
    AbsenceMails,
    ReminderMails,
    AnswerLinkMails,
    LeftCasesNotices,
    NetworkNotices,
    EmptiedStructureNotices,
    RetentionNotices,
  ],
  journal: ['notification.list', 'notification.read'],
  chores: [Mailer],
  // What waited when the copy was made has been sent since, as far as anybody can tell. A reminder of a day to come has not.
  restored: [`update email set status = 'failed' where status = 'pending' and (next_at <= $1 or attempts > 0)`],
  migrations: notificationsMigrations,
  texts: notifications,
};
