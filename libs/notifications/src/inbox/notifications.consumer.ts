import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import type { CaseState } from '@fil-rouge/cases';
import { Consumer, newId, type ConsumerInterest, type Transaction } from '@fil-rouge/platform';
import { MailSettings } from '../mail/mail.settings';
import { mailAbout } from '../mail/outbox.service';
import type { Scene } from './notification.audience';
import { peopleOf, type Addressee } from './notification.people';
import { mayBeTold, toldEvents, toldOf, type Told } from './notification.rules';
import { scenesOf, staffOf } from './notification.scene';

const columns = `id, user_id, structure_id, event_id, seq, type, at, case_id, referral_id, handover_id,
    from_structure_id, to_structure_id, actor_structure_id, entries, cause`;

/** `on conflict do nothing`: an event reaches a person once under each type, whatever is delivered twice. */
export const insertSql = `
  insert into notification (${columns})
  select ${columns} from jsonb_populate_recordset(null::notification, $1)
  on conflict (user_id, event_id, type) do nothing returning id`;

/**
 * One unread digest per person and case: it counts on and names its newest entry. `seq` makes it exact: an entry that a digest, read or
 * not, has counted is not counted again. `xmax = 0`: a new one, worth an e-mail.
 */
const digestSql = `
  insert into notification as n (${columns})
  select ${columns} from jsonb_populate_recordset(null::notification, $1) r
  where coalesce((select max(o.seq) from notification o where o.user_id = r.user_id and o.case_id = r.case_id and o.type = 'EntriesAdded'), 0) < r.seq
  on conflict (user_id, case_id) where type = 'EntriesAdded' and read_at is null
    do update set structure_id = excluded.structure_id, event_id = excluded.event_id, seq = excluded.seq, at = excluded.at, entries = n.entries + 1,
      actor_structure_id = case when n.actor_structure_id = excluded.actor_structure_id then n.actor_structure_id end
  returning id, xmax = 0 as fresh`;

/** A row of table `notification`. */
interface Message {
  readonly id: Uuid;
  readonly user_id: Uuid;
  readonly type: string;
  readonly case_id: Uuid | null;
}

/** Fills the inboxes: rows written in the transaction that deletes the delivery, a moment after the commit. */
@Injectable()
export class NotificationsConsumer extends Consumer {
  static readonly interest: ConsumerInterest = {
    name: 'notifications',
    events: toldEvents,
    concerns: (event, state) => mayBeTold(event, (state['case'] as CaseState | undefined)?.lead?.structureId),
  };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    return this.effects([event], transaction, now);
  }

  /** A few statements, however many events: on busy days that is most of what the worker does. */
  override async effects(events: readonly RecordEvent[], transaction: Transaction, now: Instant): Promise<void> {
    const scenes = await scenesOf(events, transaction);
    const told = events.flatMap((event, n) => {
      const scene = scenes[n];
      return scene ? toldOf(event, scene).map((one) => ({ event, scene, one })) : [];
    });
    if (told.length === 0) return;
    const staff = await staffOf(
      told.map(({ one }) => one),
      now,
      transaction,
    );
    const messages = told.flatMap(({ event, scene, one }) =>
      peopleOf(one, staff, scene, event.actor).map((person) => messageTo(person, one, event, scene)),
    );
    const [digests, others] = [true, false].map((digested) =>
      messages.filter(({ type }) => (type === 'EntriesAdded') === digested),
    ) as [Message[], Message[]];
    if (others.length > 0) await this.write(insertSql, others, transaction, now);
    for (const round of roundsOf(digests)) await this.write(digestSql, round, transaction, now);
  }

  private async write(
    sql: string,
    messages: readonly Message[],
    transaction: Transaction,
    now: Instant,
  ): Promise<void> {
    const written = await transaction.query<{ id: Uuid; fresh?: boolean }>(sql, [JSON.stringify(messages)]);
    for (const { id, fresh } of written)
      if (fresh !== false) {
        const { user_id: userId } = messages.find((message) => message.id === id)!;
        await mailAbout(id, userId, this.mail, transaction, now);
      }
  }
}

/** One statement counts a digest on once: what comes to the same one is for the next. */
function roundsOf(digests: readonly Message[]): Message[][] {
  const rounds: Message[][] = [];
  const seen = new Map<string, number>();
  for (const message of digests) {
    const digest = `${message.user_id} ${message.case_id}`;
    const nth = seen.get(digest) ?? 0;
    seen.set(digest, nth + 1);
    (rounds[nth] ??= []).push(message);
  }
  return rounds;
}

function messageTo(person: Addressee, { type, cause }: Told, event: RecordEvent, scene: Scene): Message {
  return {
    id: newId(),
    user_id: person.userId,
    structure_id: person.structureId,
    event_id: event.id,
    seq: event.seq,
    type,
    at: event.at,
    ...placeOf(person, event, scene),
    actor_structure_id: event.structure,
    entries: 1,
    cause: type === 'EntriesAdded' || isHidden(person, scene) ? null : (cause ?? null),
  } as Message;
}

/** Case, referral, handover, and the two structures of the title. A blind asker must not learn from its inbox whose case it is, nor what became of it. */
function placeOf(person: Addressee, event: RecordEvent, scene: Scene) {
  const { referral, handover } = scene;
  const parties = referral ?? handover;
  const hidden = isHidden(person, scene);
  return {
    case_id: hidden ? null : event.stream,
    referral_id: referral ? event.about : null,
    handover_id: handover ? event.about : null,
    from_structure_id: hidden ? null : (parties?.from.structureId ?? null),
    to_structure_id: parties?.to.structureId ?? null,
  };
}

const isHidden = ({ structureId }: Addressee, { handover }: Scene): boolean =>
  handover?.blind === true && structureId === handover.to.structureId;
