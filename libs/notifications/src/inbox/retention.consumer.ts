import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { lives } from '@fil-rouge/users';
import { MailSettings } from '../mail/mail.settings';
import { mailAbout } from '../mail/outbox.service';

/** Each once, for one of the structures that employ them. */
const administratorsSql = `
  select distinct on (e.user_id) e.user_id as "userId", e.structure_id as "structureId"
  from employment e join structure s on s.id = e.structure_id
  where e.role = 'administrator' and ${lives('e', 's', '$1')} order by e.user_id, e.id`;

/** While one waits to be read it counts on. It says the first day of all that it counts: that of the one announced first. */
const countOnSql = `
  update notification set entries = entries + $2, at = $3
  where id = (select id from notification where user_id = $1 and type = 'RecordsFallDue' and read_at is null order by at, id limit 1 for update)
  returning id`;

const insertSql = `
  insert into notification (id, user_id, structure_id, event_id, seq, type, at, entries, cause)
  values ($1, $2, $3, $4, $5, 'RecordsFallDue', $6, $7, $8) on conflict (user_id, event_id, type) do nothing returning id`;

/** Tells administrators how many records fall due: one line that counts, and one e-mail, however many there are. Whose they are is not said. */
@Injectable()
export class RetentionNotices extends Consumer {
  static readonly interest = { name: 'retention-notices', events: ['ErasureAnnounced'] };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    return this.effects([event], transaction, now);
  }

  override async effects(events: readonly RecordEvent[], transaction: Transaction, now: Instant): Promise<void> {
    const [first] = events;
    if (!first) return;
    // Two partitions at once would begin two lines.
    await transaction.query(`select pg_advisory_xact_lock(hashtextextended('retention-notices', 0))`);
    const people = await transaction.query<{ userId: Uuid; structureId: Uuid }>(administratorsSql, [localDateOf(now)]);
    for (const { userId, structureId } of people) {
      const counted = await transaction.query(countOnSql, [userId, events.length, events.at(-1)!.at]);
      if (counted.length > 0) continue;
      const id = newId();
      const row = [id, userId, structureId, first.id, first.seq, first.at, events.length, first.data['from']];
      if ((await transaction.query(insertSql, row)).length > 0)
        await mailAbout(id, userId, this.mail, transaction, now);
    }
  }
}
