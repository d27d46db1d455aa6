/** That a record falls due, and what is said against it. Pure. */
import { addCalendarDays, type Context, type Decided } from '@fil-rouge/kernel';
import { allow } from '../case/case.decider';
import { standingNotice, type NoticeEventData, type NoticeRecord } from './notice';
import { endsOn, graceDays } from './retention';

/** By the clock, whenever it comes by: nothing where the record is not due, or has been announced. The grace runs from the announcement, so that a late worker shortens it for nobody. */
export function announce(record: NoticeRecord, { today }: Context): Decided[] {
  const { status, lastActivityAt, led } = record.case;
  if ((status !== 'open' && status !== 'closed') || endsOn(lastActivityAt) > today || standingNotice(record)) return [];
  const data: NoticeEventData['ErasureAnnounced'] = {
    from: addCalendarDays(today, graceDays),
    since: lastActivityAt,
    ...(led ? { led } : {}),
  };
  return [{ type: 'ErasureAnnounced', data: { ...data }, audience: 'desk' }];
}

export interface Keeping {
  readonly reason: string;
  readonly ifMatch?: number;
}

/** By who leads, also once it is closed: it is kept as if something had been done today. */
export function keep({ case: state }: NoticeRecord, { reason, ifMatch }: Keeping, context: Context): Decided[] {
  allow(state, 'keep', context, ifMatch);
  return [{ type: 'CaseKept', data: {}, pieces: [{ kind: 'shared_text', value: { reason } }] }];
}
