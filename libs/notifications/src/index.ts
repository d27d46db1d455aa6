export { notificationsLibrary } from './notifications.library';
export { checkMail } from './mail/mail.check';
export { MailSettings } from './mail/mail.settings';
export { Mailer } from './mail/mailer.service';
export { NotificationsConsumer } from './inbox/notifications.consumer';
