import { NotificationsBaseline1795903200005 } from './1795903200005-baseline';
import { NetworkNotices1795904400003 } from './1795904400003-network-notices';

export const notificationsMigrations = [NotificationsBaseline1795903200005, NetworkNotices1795904400003];
