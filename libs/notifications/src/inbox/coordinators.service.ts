import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { newId, type Transaction } from '@fil-rouge/platform';
import { lives } from '@fil-rouge/users';
import type { MailSettings } from '../mail/mail.settings';
import { mailAbout } from '../mail/outbox.service';
import { insertSql } from './notifications.consumer';

/**
 * The coordinators who have some of it in their territory, and how many: once each, however many employments they have. In the fragments `$1` is the structure
 * that it is about, `$2` the day, `e` the coordinator's employment.
 */
export const coordinatorsWith = (entries: string, where = 'true'): string => `
  select c.* from (
    select distinct on (e.user_id) e.user_id, e.structure_id, (${entries}) as entries
    from employment e join structure s on s.id = e.structure_id
    where e.role = 'coordinator' and ${lives('e', 's', '$2')}
    order by e.user_id, e.territory nulls first) c
  where c.entries > 0 and ${where}`;

/** Tells them of the structure, under that type; never the author. @param select of `coordinatorsWith` */
export async function tellCoordinators(
  select: string,
  { id: eventId, seq, at, actor, structure }: RecordEvent<string, object>,
  type: string,
  about: Uuid,
  mail: MailSettings,
  transaction: Transaction,
  now: Instant,
): Promise<void> {
  const coordinators = await transaction.query<{ user_id: Uuid; structure_id: Uuid; entries: number }>(select, [
    about,
    localDateOf(now),
  ]);
  for (const { user_id, structure_id, entries } of coordinators.filter(
    (coordinator) => coordinator.user_id !== actor,
  )) {
    const message = {
      ...{ id: newId(), user_id, structure_id, event_id: eventId, seq, type, at },
      ...{ from_structure_id: about, actor_structure_id: structure, entries },
    };
    const [written] = await transaction.query<{ id: Uuid }>(insertSql, [JSON.stringify([message])]);
    if (written) await mailAbout(written.id, user_id, mail, transaction, now);
  }
}
