import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { employedOn, lives } from '@fil-rouge/users';
import { MailSettings } from '../mail/mail.settings';
import { mailAbout } from '../mail/outbox.service';
import { networkEvents, toldOfTheNetwork, type NetworkEvent, type Reachable } from './network.rules';

/** Which structure it is about: the one named, the record itself, else where the person works. */
const aboutSql = `
  select coalesce((select s.id from structure s where s.id in ($2::uuid, $3::uuid)),
    (select e.structure_id from employment e where e.user_id = $3 and e.role in ('counsellor', 'manager') and ${employedOn('e', '$1')} order by e.id limit 1)) as structure_id,
    exists (select from employment e where e.user_id = $3 and e.role not in ('counsellor', 'manager') and not e.ended and (e.until_date is null or $1 <= e.until_date)) as in_network`;

const peopleSql = `
  select e.user_id as "userId", e.structure_id as "structureId", e.role
  from employment e join structure s on s.id = e.structure_id
  where (e.user_id = $3 or e.structure_id = $2 or e.role = 'administrator' or (e.role = 'coordinator' and (e.territory is null or exists (
      select from structure o where o.id = $2 and (o.communes && e.territory
        or (o.communes is null and exists (select from unnest(e.territory) c where starts_with(c, o.departement)))))))) and ${lives('e', 's', '$1')} order by e.user_id, e.id`;

const insertSql = `
  insert into notification (id, user_id, structure_id, event_id, seq, type, at, from_structure_id, person_id, author_id, entries)
  values ($1, $2, $3, $4, $5, $6, $7, $8, (select a.id from account a where a.id = $9), $10, $11) on conflict (user_id, event_id, type) do nothing returning id`;

/** Tells managers and administrators what was done to a structure or an account from outside, and who is told or opens unusually much. */
@Injectable()
export class NetworkNotices extends Consumer {
  static readonly interest = { name: 'network-notices', events: networkEvents };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    const happened = event as unknown as NetworkEvent;
    const today = localDateOf(now);
    const [about] = await transaction.query<{ structure_id: Uuid | null; in_network: boolean }>(aboutSql, [
      today,
      happened.data.structureId ?? null,
      event.stream,
    ]);
    const structureId = about!.structure_id;
    const people = await transaction.query<Reachable>(peopleSql, [today, structureId, event.stream]);
    const person = happened.data.userId ?? (event.stream === structureId ? null : event.stream);
    for (const { type, to } of toldOfTheNetwork(happened, { inNetwork: about!.in_network }, people, structureId)) {
      const row = [
        newId(),
        to.userId,
        to.structureId,
        event.id,
        event.seq,
        type,
        event.at,
        structureId,
        person,
        event.actor,
        // How many days are left, of what comes to its end.
        happened.data.days ?? 1,
      ];
      const [written] = await transaction.query<{ id: Uuid }>(insertSql, row);
      if (written) await mailAbout(written.id, to.userId, this.mail, transaction, now);
    }
  }
}
