import { Notifications1700000000005 } from './1700000000005-notifications';

export const notificationsMigrations = [Notifications1700000000005];
