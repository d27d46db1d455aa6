import { Injectable } from '@nestjs/common';
import type { Instant, RecordEvent } from '@fil-rouge/kernel';
import { Consumer, type Transaction } from '@fil-rouge/platform';
import { isGone, isStructureEvent } from '@fil-rouge/users';
import { MailSettings } from '../mail/mail.settings';
import { coordinatorsWith, tellCoordinators } from './coordinators.service';

/** The cases of that coordinator's territory which the structure still leads. */
const leftBehind = coordinatorsWith(
  `select count(*)::int from case_file f where f.lead_structure_id = $1 and f.status = 'open' and (e.territory is null or f.commune = any(e.territory))`,
);

/** A structure that is closed or refused leaves cases behind: the coordinators of their communes are told how many, and find them in a batch. */
@Injectable()
export class LeftCasesNotices extends Consumer {
  static readonly interest = { name: 'left-cases-notices', events: ['StructureDecided'] };

  constructor(private readonly mail: MailSettings) {
    super();
  }

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (!isStructureEvent(event) || event.type !== 'StructureDecided' || !isGone(event.data)) return;
    await tellCoordinators(leftBehind, event, 'CasesLeftBehind', event.stream, this.mail, transaction, now);
  }
}
