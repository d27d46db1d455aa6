import { Injectable } from '@nestjs/common';
import type { RecordEvent, Uuid } from '@fil-rouge/kernel';
import { Consumer, type Transaction } from '@fil-rouge/platform';

interface Counted {
  readonly data: { readonly sessionId?: Uuid; readonly loserId?: Uuid };
}

/** Keeps the facts of statistics up to what is done: each time by what stands now, so that heard twice, or late, is counted once. */
@Injectable()
export class CountedFacts extends Consumer {
  static readonly interest = {
    name: 'statistics',
    events: [
      'SessionRecorded',
      'SessionCorrected',
      'SessionCancelled',
      'AnonymousSessionRecorded',
      'AnonymousSessionCorrected',
      'AnonymousSessionCancelled',
      'WorkshopHeld',
      'WorkshopCorrected',
      'WorkshopCancelled',
      'RecordsMerged',
      'CaseErased',
    ],
  };

  override effect(event: RecordEvent, transaction: Transaction): Promise<void> {
    return this.effects([event], transaction);
  }

  /** A merge and an erasure are about all that stands of a record by then: they come after what is counted with them. */
  override async effects(events: readonly RecordEvent[], transaction: Transaction): Promise<void> {
    const done = events.filter(({ type }) => type !== 'RecordsMerged' && type !== 'CaseErased');
    const ids = done.map((event) => saidIn(event).sessionId ?? event.stream);
    if (ids.length > 0) await transaction.query('select count_facts($1)', [[...new Set(ids)]]);
    for (const event of events.filter((one) => !done.includes(one)))
      if (event.type === 'CaseErased') await transaction.query('select erase_facts($1)', [event.stream]);
      else await transaction.query('select merge_facts($1, $2)', [saidIn(event).loserId!, event.stream]);
  }
}

const saidIn = (event: RecordEvent): Counted['data'] => (event as unknown as Counted).data;
