import { Injectable } from '@nestjs/common';
import type { RecordEvent, Uuid } from '@fil-rouge/kernel';
import { Consumer, type Transaction } from '@fil-rouge/platform';

interface Counted {
  readonly data: { readonly sessionId?: Uuid; readonly loserId?: Uuid };
}

/** With these a referral or a handover goes a step further. */
const flows = [
  'ReferralSent',
  'ReferralAccepted',
  'ReferralDeclined',
  'ReferralWithdrawn',
  'ReferralExpired',
  'ReferralCompleted',
  'ReferralReturned',
  'ReferralCancelled',
  'ReferralVoided',
  'HandoverDeclined',
  'HandoverWithdrawn',
  'HandoverExpired',
  'HandoverCancelled',
  'HandoverTookEffect',
];
/** Who leads from here on sees all of its own referrals again, to the end. */
const leads = ['CaseReopened', 'HandoverTookEffect'];
/** These are about all that stands of a record by then: they come after what is counted with them. */
const wholes = ['RecordsMerged', 'CaseErased'];

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
      ...flows,
      ...leads,
      'RecordsMerged',
      'CaseErased',
    ],
  };

  override effect(event: RecordEvent, transaction: Transaction): Promise<void> {
    return this.effects([event], transaction);
  }

  override async effects(events: readonly RecordEvent[], transaction: Transaction): Promise<void> {
    const of = (types: readonly string[]): RecordEvent[] => events.filter(({ type }) => types.includes(type));
    const done = events.filter(({ type }) => ![...flows, ...leads, ...wholes].includes(type));
    const counted: [string, (Uuid | null | undefined)[]][] = [
      ['select count_facts($1)', done.map((event) => saidIn(event).sessionId ?? event.stream)],
      ['select count_flows($1)', of(flows).map(({ about }) => about)],
      ['select count_flows_of($1)', of(leads).map(({ stream }) => stream)],
    ];
    for (const [count, ids] of counted) if (ids.length > 0) await transaction.query(count, [[...new Set(ids)]]);
    for (const event of of(wholes))
      if (event.type === 'CaseErased') await transaction.query('select erase_facts($1)', [event.stream]);
      else {
        await transaction.query('select merge_facts($1, $2)', [saidIn(event).loserId!, event.stream]);
        await transaction.query('select count_flows_of($1)', [[event.stream]]);
      }
  }
}

const saidIn = (event: RecordEvent): Counted['data'] => (event as unknown as Counted).data;
