import { Injectable } from '@nestjs/common';
import { ageBracketOf, forbidden, localDateOf, notFound, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import {
  bytesOf,
  Clock,
  cursorAt,
  cursorOf,
  evenUnreadable,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  Sealing,
  Slices,
  type Caller,
  type Page,
  type PageQuery,
  type ReadOptions,
  type Select,
} from '@fil-rouge/platform';
import { isWorkflow, maySee, maySeeEvent, viewOf } from '../case/case.policy';
import { horizonsIn, viewIn } from '../merge/merge.policy';
import { RecordMoved } from '../merge/merged-record';
import { residentOf } from '../case/resident';
import { showEvent, type TimelineRead, type TimelineReader, type TimelineRow } from './timeline.view';
import type { ReadingPage, TimelineEntry, TimelineQuery } from './timeline.dto';
import { keyForReading, timelineOfCoordinator, timelineOfParticipant, timelineOfReading } from './timeline.sql';

/** Why an auditor reads. */
export interface ReadingReasonGiven {
  readonly reasonCode: string;
  readonly comment?: string;
}

/** The record as a reader may see it, oldest first. Pages go on after an event, not a number: numbers are for leads and auditors. */
@Injectable()
export class TimelineQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly slices: Slices,
  ) {}

  /** Problems: 404 when the case is hidden; 403 for auditors, who read with a reason. */
  async timeline(caller: Caller, caseId: Uuid, query: TimelineQuery): Promise<Page<TimelineEntry>> {
    const view = viewOf(caller.session.role, null);
    if (view === 'auditor') throw forbidden('Reading a record takes a reason: POST /v1/audit/cases/{id}/readings.');
    const sql = view === 'coordinator' ? timelineOfCoordinator : timelineOfParticipant;
    return (await this.readTimeline(caller, sql, caseId, query, { audit: { action: 'case.timeline', record: caseId } }))
      .page;
  }

  /** The timeline without private notes; the reading is an entry of the journal that its reason and sealed comment go with. */
  async reading(
    caller: Caller,
    caseId: Uuid,
    { reasonCode, comment }: ReadingReasonGiven,
    query: PageQuery,
  ): Promise<ReadingPage> {
    const sealed = comment === undefined ? undefined : await this.sealComment(caller, caseId, comment);
    const audit: ReadOptions['audit'] = {
      action: 'case.audit-reading',
      record: caseId,
      reason: reasonCode,
      ...(sealed ? { comment: sealed } : {}),
    };
    const { read, page } = await this.readTimeline(caller, timelineOfReading, caseId, query, {
      audit,
      reading: caseId,
    });
    return {
      resident: evenUnreadable(
        (one: TimelineRead) => this.residentShown(one),
        (one) => ({ ...one, keys: null }),
      )(read),
      ...page,
    };
  }

  private async readTimeline(
    caller: Caller,
    sql: { one: Select; all: Select },
    caseId: Uuid,
    query: TimelineQuery,
    options: ReadOptions,
  ): Promise<{ read: TimelineRead; page: Page<TimelineEntry> }> {
    const params: JsonObject = {
      caseId,
      limit: limitOf(query) + 1,
      after: cursorOf(query),
      newestFirst: query.order === 'desc' || null,
      kinds: query.kind ?? null,
    };
    const [one] = await this.reads.rows<TimelineRead>(caller, sql.one, params, options);
    // An auditor may look at an ended record by itself.
    if (one?.survivor && !options.reading) throw new RecordMoved(one.survivor);
    // Few records are made of several; only those pay for a second read, which is the same reading.
    const [read] =
      one && one.merges.length > 0
        ? await this.reads.rows<TimelineRead>(caller, sql.all, params, { reading: options.reading })
        : [one];
    if (!read) throw notFound();
    const page = pageOf(
      this.seen(caller, read),
      limitOf(query),
      ({ id }) => [id],
      evenUnreadable(
        (row) => showEvent(this.slices.upcast('case', row), readerOf(caller, read, row, options), this.sealing),
        (row) => ({ ...row, pieces: null }),
      ),
    );
    // What was looked through in vain is not looked through again: the next page goes on behind it.
    return {
      read,
      page: read.looked_to && !page.nextCursor ? { ...page, nextCursor: cursorAt([read.looked_to]) } : page,
    };
  }

  private residentShown({ id, keys, view, resident }: TimelineRead): ReadingPage['resident'] {
    const key = keys?.[id];
    if (!key || !maySee(view, 'details', true)) return {};
    const shown = residentOf(
      (kind) =>
        resident?.[kind] && openPiece(this.sealing, key, id, resident[kind].event, kind, resident[kind].ciphertext),
    );
    return shown ? { ...shown, ageBracket: ageBracketOf(shown.birthYear, localDateOf(this.clock.now())) } : {};
  }

  /** The second decision, beside row-level security's. */
  private seen({ session }: Caller, { view, grants, merges, events }: TimelineRead): TimelineRow[] {
    if (view === 'auditor') return events;
    if (view === 'coordinator') return events.filter(({ type }) => isWorkflow(type));
    return events.filter((event) =>
      maySeeEvent(horizonsIn(event.stream_id, session.structureId, grants, merges), event),
    );
  }

  /** Sealed with the record's own key, so that erasing the resident erases it too. The place is the record itself: the entry has no id yet. */
  private async sealComment(caller: Caller, caseId: Uuid, comment: string): Promise<string> {
    const [row] = await this.reads.rows<{ key: string | null }>(caller, keyForReading, { caseId });
    if (!row?.key) throw notFound();
    return this.sealing.seal(bytesOf(row.key), caseId, caseId, 'comment', { comment }).toString('hex');
  }
}

/** As whom the caller reads that event. */
export function readerOf(
  { session: { structureId } }: Caller,
  { id, keys, view, grants, merges }: TimelineRead,
  { stream_id }: TimelineRow,
  { reading }: ReadOptions = {},
): TimelineReader {
  const as = stream_id === id ? view : viewIn(view, horizonsIn(stream_id, structureId, grants, merges));
  return { caseId: id, keys, view: as, structureId, reading: reading !== undefined };
}
