export { notificationsMigrations } from './migrations';
export { MailSettings } from './mail.settings';
export { Mailer } from './mailer';
export { NotificationsConsumer } from './notifications.consumer';
export { notificationsEntities } from './notification.entity';
export { notificationsChores, notificationsConsumers, notificationsHandlers, NotificationsModule } from './notifications.module';
