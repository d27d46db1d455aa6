/**
 * READ FIRST: that a record falls due is announced, with the first day on which it may be erased. The notice names the moment at which anything was last said or done, and stands for as long as that is
 * so: whatever is said or done from then on ends it by itself, also through a version that knows of no notice, and a record that falls silent again is announced anew. The announcement is prepared
 * at a desk: no timeline shows it, and it is no activity. Pure.
 */
import { eventsOf, type Change, type Instant, type LocalDate, type RecordEvent, type Slice } from '@fil-rouge/kernel';
import type { CaseRecord, Led } from '../case/case';

export type Notice = { from: LocalDate; lastActivityAt: Instant };
export type NoticeState = { notice: Notice | null };
export type NoticeRecord = CaseRecord & { notice: NoticeState };

export type NoticeEventData = {
  /** `from`: the first day on which it may be erased; `since`: when anything was last said or done; `led`: who leads, or led until it was closed. */
  ErasureAnnounced: { from: LocalDate; since: Instant; led?: Led };
  /** The resident is still followed, or the record still needed: said, and so an activity. shared_text `{reason}` */
  CaseKept: object;
};

const writes: Readonly<Record<keyof NoticeEventData, number>> = { ErasureAnnounced: 1, CaseKept: 1 };
const isNoticeEvent = eventsOf<NoticeEventData>(writes);

/** What still holds of what was announced. */
export const standingNotice = ({ case: { lastActivityAt }, notice: { notice } }: NoticeRecord): Notice | null =>
  notice?.lastActivityAt === lastActivityAt ? notice : null;

/** The notice's share of a resident's record; it stands above the case. */
export const noticeSlice: Slice<NoticeState, NoticeRecord> = {
  kind: 'case',
  name: 'notice',
  version: 1,
  initial: { notice: null },
  writes,
  evolve: (state, event) =>
    isNoticeEvent(event) && event.type === 'ErasureAnnounced'
      ? { notice: { from: event.data.from, lastActivityAt: event.data.since } }
      : state,
  project: (_before, { notice: { notice } }, event) => projectNotice(notice, event),
};

function projectNotice(notice: Notice | null, event: RecordEvent): Change[] {
  if (event.type !== 'ErasureAnnounced' || notice === null) return [];
  const row = {
    case_id: event.stream,
    announced_at: event.at,
    from_day: notice.from,
    last_activity_at: notice.lastActivityAt,
  };
  return [{ call: 'put_erasure_notice', rows: [row] }];
}
