import { Injectable } from '@nestjs/common';
import { isStaff, type Instant, type RecordEvent } from '@fil-rouge/kernel';
import { Consumer, type Transaction } from '@fil-rouge/platform';
import { employedOn, isPersonEvent } from '@fil-rouge/users';
import { MailSettings } from '../mail/mail.settings';
import { coordinatorsWith, tellCoordinators } from './coordinators.service';

/** What is open with the structure in that coordinator's territory; nobody is told while somebody works there. */
const waiting = coordinatorsWith(
  `select count(*)::int from case_file f where (e.territory is null or f.commune = any(e.territory)) and f.id in (
     select r.case_id from referral r where r.to_structure_id = $1 and r.status in ('sent', 'under_review', 'accepted', 'in_progress', 'on_hold')
     union all select h.case_id from handover h where h.to_structure_id = $1 and h.status in ('proposed', 'accepted'))`,
  `exists (select from structure s where s.id = $1 and s.status not in ('refused', 'closed'))
   and not exists (select from employment w where w.structure_id = $1 and w.role in ('counsellor', 'manager') and ${employedOn('w', '$2')})`,
);

/** The last person has left a structure that others wait for: the coordinators hear of it the same day, not when the answer is late. */
@Injectable()
export class EmptiedStructureNotices extends Consumer {
  /** An employment that runs out by its date is noted too, on the next day. */
  static readonly interest = { name: 'emptied-structures-notices', events: ['EmploymentEnded', 'EmploymentLapsed'] };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (
      !isPersonEvent(event) ||
      (event.type !== 'EmploymentEnded' && event.type !== 'EmploymentLapsed') ||
      !isStaff(event.data)
    )
      return;
    await tellCoordinators(waiting, event, 'StructureEmptied', event.data.structureId, this.mail, transaction, now);
  }
}
