import { NotificationsBaseline1795903200005 } from './1795903200005-baseline';
import { NetworkNotices1795904400003 } from './1795904400003-network-notices';
import { Causes1796035200005 } from './1796035200005-causes';
import { ToldIn1796050200005 } from './1796050200005-told-in';
import { AppointmentMails1796100300005 } from './1796100300005-appointments';
import { AnswerLinkMails1796700100005 } from './1796700100005-answer-links';
import { Calendars1797000100005 } from './1797000100005-calendars';
import { ReminderMails1797000110005 } from './1797000110005-reminders';

export const notificationsMigrations = [
  NotificationsBaseline1795903200005,
  NetworkNotices1795904400003,
  Causes1796035200005,
  ToldIn1796050200005,
  AppointmentMails1796100300005,
  AnswerLinkMails1796700100005,
  Calendars1797000100005,
  ReminderMails1797000110005,
];
