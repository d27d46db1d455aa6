import { Baseline } from '@fil-rouge/platform';

/** Inbox and outbox. */
export class NotificationsBaseline1795903200005 extends Baseline {
  protected readonly foldedAfter = 'Notifications1700000000005';
  protected readonly tables = /* sql */ `
-- structure_id: the structure for which the person is told; it is read when signed in for that one. seq: the event's number on its record.
create table notification (
  id uuid not null,
  user_id uuid not null,
  structure_id uuid not null,
  event_id uuid not null,
  seq integer not null,
  type text not null,
  at timestamptz(3) not null,
  case_id uuid,
  referral_id uuid,
  handover_id uuid,
  from_structure_id uuid,
  to_structure_id uuid,
  actor_structure_id uuid,
  entries integer not null,
  read_at timestamptz(3),
  constraint notification_pk primary key (id),
  constraint notification_once unique (user_id, event_id, type)
);
create unique index notification_digest on notification (user_id, case_id) where type = 'EntriesAdded' and read_at is null;
create index notification_entries on notification (user_id, case_id, seq) where type = 'EntriesAdded';
create index notification_inbox on notification (user_id, structure_id, at, id);
create index notification_unread on notification (user_id, structure_id, at, id) where read_at is null;

-- An effect outside the database is a row of its own: of a notification or an invitation, at most one e-mail.
create table email (
  id uuid not null,
  notification_id uuid,
  invitation_id uuid,
  account_id uuid not null,
  message_id text not null,
  status text not null,
  attempts integer not null,
  created_at timestamptz(3) not null,
  next_at timestamptz(3) not null,
  sent_at timestamptz(3),
  constraint email_pk primary key (id),
  constraint email_of_notification unique (notification_id),
  constraint email_of_invitation unique (invitation_id),
  constraint email_subject check (num_nonnulls(notification_id, invitation_id) = 1),
  constraint email_status check (status in ('pending', 'sent', 'failed'))
);
create index email_due on email (next_at) where status = 'pending';
`;
}
