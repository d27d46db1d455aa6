import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Consumer, newId, type Transaction } from '@fil-rouge/platform';
import { MailSettings } from './mail.settings';
import { emailSql, insertSql } from './notifications.consumer';

export const leftCasesInterest = { name: 'left-cases-notices', events: ['StructureDecided'] };

/** `entries`: the cases of that coordinator's territory which the structure still leads; a coordinator without any is not told. */
const coordinatorsSql = `
  select c.* from (
    select distinct on (e.user_id) e.user_id, e.structure_id,
      (select count(*)::int from case_file f where f.lead_structure_id = $1 and f.status = 'open' and (e.territory is null or f.commune = any(e.territory))) as entries
    from employment e join structure s on s.id = e.structure_id
    where e.role = 'coordinator' and not e.ended and e.from_date <= $2 and (e.until_date is null or $2 <= e.until_date) and s.status not in ('refused', 'closed')
    order by e.user_id, e.territory nulls first) c
  where c.entries > 0`;

/** A structure that is closed or refused leaves cases behind: the coordinators of their communes are told how many, and find them in a batch. */
@Injectable()
export class LeftCasesNotices extends Consumer {
  readonly name = leftCasesInterest.name;
  readonly events = leftCasesInterest.events;

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect({ id: eventId, stream, seq, at, data, actor, structure }: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (data['status'] !== 'closed' && data['status'] !== 'refused') return;
    const coordinators = await transaction.query<{ user_id: Uuid; structure_id: Uuid; entries: number }>(coordinatorsSql, [stream, localDateOf(now)]);
    for (const { user_id, structure_id, entries } of coordinators.filter((coordinator) => coordinator.user_id !== actor)) {
      const [written] = await transaction.query<{ id: Uuid }>(
        insertSql, [newId(), user_id, structure_id, eventId, seq, 'CasesLeftBehind', at, null, null, null, stream, null, structure, entries]);
      if (!this.mail.smtpUrl || !written) continue;
      const emailId = newId();
      await transaction.query(emailSql, [emailId, written.id, user_id, this.mail.messageIdOf(emailId), now]);
    }
  }
}
