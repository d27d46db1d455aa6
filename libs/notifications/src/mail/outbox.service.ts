import type { Instant, Uuid } from '@fil-rouge/kernel';
import { newId, type Transaction } from '@fil-rouge/platform';
import type { MailSettings } from './mail.settings';

/** Puts the mail about a new notification on its way; where no mail is sent, nothing. */
export async function mailAbout(
  notificationId: Uuid,
  userId: Uuid,
  mail: MailSettings,
  transaction: Transaction,
  now: Instant,
): Promise<void> {
  if (!mail.smtpUrl) return;
  const id = newId();
  await transaction.query(
    `insert into email (id, notification_id, letter, account_id, message_id, status, attempts, created_at, next_at)
     values ($1, $2, 'notification', $3, $4, 'pending', 0, $5, $5) on conflict (notification_id) do nothing`,
    [id, notificationId, userId, mail.messageIdOf(id), now],
  );
}
