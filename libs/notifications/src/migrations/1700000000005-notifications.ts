import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Inbox and outbox: ordinary tables of the worker, derived from events but not rebuilt from them (who was told was decided then).
 * Ids and codes only: an erased record leaves nothing here that names anybody. Frozen once released.
 */
export class Notifications1700000000005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
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

alter table notification enable row level security;
alter table notification force row level security;
alter table email enable row level security;
alter table email force row level security;
create policy own_inbox on notification for select to api using (user_id = me_user() and structure_id = me_employer());
create policy worker_works on notification to worker using (true) with check (true);
create policy writer_marks on notification to writer using (true) with check (true);
create policy worker_works on email to worker using (true) with check (true);
grant select on notification to api;
grant select, insert, update on notification, email to worker;
grant select, update on notification to writer;

-- Of one's own inbox only; the first reading stands.
create function read_notification(p_id uuid, p_now timestamptz) returns setof notification language sql security definer set search_path = public, pg_temp as $$
  update notification set read_at = coalesce(read_at, p_now) where id = p_id and user_id = me_user() and structure_id = me_employer() returning *
$$;
revoke execute on function read_notification(uuid, timestamptz) from public;
grant execute on function read_notification(uuid, timestamptz) to api;
alter function read_notification(uuid, timestamptz) owner to writer;
`);
  }
}
