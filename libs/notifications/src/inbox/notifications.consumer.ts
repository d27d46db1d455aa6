import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { MailSettings } from '../mail/mail.settings';
import { mailAbout } from '../mail/outbox.service';
import type { Scene } from './notification.audience';
import { peopleOf, type Addressee } from './notification.people';
import { toldEvents, toldOf, type Told } from './notification.rules';
import { sceneOf, staffOf } from './notification.scene';

const columns = `id, user_id, structure_id, event_id, seq, type, at, case_id, referral_id, handover_id,
    from_structure_id, to_structure_id, actor_structure_id, entries, cause`;

/** `on conflict do nothing`: an event reaches a person once under each type, whatever is delivered twice. */
export const insertSql = `
  insert into notification (${columns})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  on conflict (user_id, event_id, type) do nothing returning id`;

/**
 * One unread digest per person and case: it counts on and names its newest entry. `seq` makes it exact: an entry that a digest, read or
 * not, has counted is not counted again. `xmax = 0`: a new one, worth an e-mail.
 */
const digestSql = `
  insert into notification as n (${columns})
  select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::text, $7::timestamptz, $8::uuid, $9::uuid, $10::uuid, $11::uuid, $12::uuid, $13::uuid, 1, null
  where not exists (select from notification o where o.user_id = $2 and o.case_id = $8 and o.type = 'EntriesAdded' and o.seq >= $5)
  on conflict (user_id, case_id) where type = 'EntriesAdded' and read_at is null
    do update set structure_id = excluded.structure_id, event_id = excluded.event_id, seq = excluded.seq, at = excluded.at, entries = n.entries + 1,
      actor_structure_id = case when n.actor_structure_id = excluded.actor_structure_id then n.actor_structure_id end
  returning id, xmax = 0 as fresh`;

/** Fills the inboxes: rows written in the transaction that deletes the delivery, a moment after the commit. */
@Injectable()
export class NotificationsConsumer extends Consumer {
  static readonly interest = { name: 'notifications', events: toldEvents };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    const scene = await sceneOf(event, transaction);
    const told = scene ? toldOf(event, scene) : [];
    if (!scene || told.length === 0) return;
    const staff = await staffOf(told, now, transaction);
    for (const one of told) {
      for (const person of peopleOf(one, staff, scene, event.actor))
        await this.tell(person, one, event, scene, transaction, now);
    }
  }

  private async tell(
    person: Addressee,
    { type, cause }: Told,
    event: RecordEvent,
    scene: Scene,
    transaction: Transaction,
    now: Instant,
  ): Promise<void> {
    const id = newId();
    const row = [
      id,
      person.userId,
      person.structureId,
      event.id,
      event.seq,
      type,
      event.at,
      ...placeOf(person, event, scene),
      event.structure,
    ];
    const [written] = await (type === 'EntriesAdded'
      ? transaction.query<{ id: Uuid; fresh?: boolean }>(digestSql, row)
      : transaction.query<{ id: Uuid; fresh?: boolean }>(insertSql, [
          ...row,
          1,
          isHidden(person, scene) ? null : (cause ?? null),
        ]));
    if (written && written.fresh !== false) await mailAbout(written.id, person.userId, this.mail, transaction, now);
  }
}

/** Case, referral, handover, and the two structures of the title. A blind asker must not learn from its inbox whose case it is, nor what became of it. */
function placeOf(person: Addressee, event: RecordEvent, scene: Scene): (Uuid | null)[] {
  const { referral, handover } = scene;
  const parties = referral ?? handover;
  const hidden = isHidden(person, scene);
  return [
    hidden ? null : event.stream,
    referral ? event.about : null,
    handover ? event.about : null,
    hidden ? null : (parties?.from.structureId ?? null),
    parties?.to.structureId ?? null,
  ];
}

const isHidden = ({ structureId }: Addressee, { handover }: Scene): boolean =>
  handover?.blind === true && structureId === handover.to.structureId;
