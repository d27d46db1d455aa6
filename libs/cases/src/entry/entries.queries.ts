import { Injectable } from '@nestjs/common';
import { localDateOf, notFound, Problem, type Uuid } from '@fil-rouge/kernel';
import { Clock, Reads, Sealing, type Asking, type Caller, type ReadOptions, type Rows } from '@fil-rouge/platform';
import { mayNow, maySeeEvent, viewOf, type Verb } from '../case/case.policy';
import { horizonsIn } from '../merge/merge.policy';
import { RecordMoved } from '../merge/merged-record';
import type { TimelineEntry } from '../timeline/timeline.dto';
import { readerOf } from '../timeline/timeline.queries';
import { entryOfParticipant } from '../timeline/timeline.sql';
import { showEvent, type TimelineRead } from '../timeline/timeline.view';
import type { OnEntry, Present } from './entry.decider';
import { standingIn, type OnCase } from './on-case.sql';

/** What one kind of entry is made of: the event that begins it, the one that marks it as an error, and what it says at the end of each. */
export interface EntryKind<F> {
  readonly recorded: string;
  readonly cancelled: string;
  readonly fieldsOf: (entry: TimelineEntry) => F;
}

export interface EntryRead {
  readonly recorded: TimelineEntry;
  /** Its recording and its corrections, oldest first. */
  readonly written: readonly TimelineEntry[];
  readonly cancelled?: TimelineEntry;
  /** Whether the caller's structure may do that to it now: one of its own, that stands. */
  readonly mayNow: (verb: Verb) => boolean;
}

type EntryOnCase = TimelineRead & Pick<OnCase, 'view' | 'status' | 'last_day'>;

/** An entry is read from the record, not from its row: a former lead reads it as it stood at its end. */
@Injectable()
export class EntriesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  asking(caller: Caller, { caseId, entryId }: { caseId: Uuid; entryId: Uuid }, options: ReadOptions = {}): Asking {
    return this.reads.asking(
      caller,
      entryOfParticipant,
      { caseId, entryId, limit: mostVersions, after: null },
      options,
    );
  }

  /** Problems: 404 when the case or the entry is hidden from the caller. */
  async one<F>(caller: Caller, kind: EntryKind<F>, asking: Asking, rows?: Rows): Promise<EntryRead> {
    const { structureId, role } = caller.session;
    if (viewOf(role, 'lead') !== 'lead') throw notFound();
    const [read] = (rows ?? (await this.reads.read(asking))) as EntryOnCase[];
    if (!read) throw notFound();
    if (read.survivor) throw new RecordMoved(read.survivor);
    const entries = read.events
      .filter((event) => maySeeEvent(horizonsIn(event.stream_id, structureId, read.grants, read.merges), event))
      .map((event) => showEvent(event, readerOf(caller, read, event), this.sealing));
    const recorded = entries[0];
    if (recorded?.type !== kind.recorded) throw notFound();
    const cancelled = entries.find(({ type }) => type === kind.cancelled);
    const own = recorded.structure?.id === structureId && !cancelled;
    const today = localDateOf(this.clock.now());
    return {
      recorded,
      written: entries.filter(({ type }) => type !== kind.cancelled),
      cancelled,
      mayNow: (verb) => own && mayNow(standingIn(read), verb, today),
    };
  }

  /**
   * Something is done to an entry as it stands now: a correction writes the whole image, and the store loads a record's latest pieces, not an entry's. When
   * something comes in between, it is read again; an entry of a record that has ended in another one is done to there.
   */
  async withPresent<F, T>(
    { caller, ...asked }: Omit<OnEntry<F>, 'present'> & { caller: Caller },
    kind: EntryKind<F>,
    work: (on: OnEntry<F>) => Promise<T>,
  ): Promise<T> {
    const { entryId, ifMatch } = asked;
    let { caseId } = asked;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work({ caseId, entryId, ifMatch, present: await this.present(caller, kind, { caseId, entryId }) });
      } catch (error) {
        if (attempt === attempts) throw error;
        if (error instanceof RecordMoved) caseId = error.survivorId;
        else if (!(error instanceof Problem && error.code === 'stale' && ifMatch === undefined)) throw error;
      }
    }
  }

  /** What it says now, and the event that says so; null when the caller does not see it. Nobody is shown it, so no entry of the journal. */
  private async present<F>(
    caller: Caller,
    kind: EntryKind<F>,
    on: { caseId: Uuid; entryId: Uuid },
  ): Promise<Present<F> | null> {
    try {
      const { written } = await this.one(caller, kind, this.asking(caller, on));
      const last = written.at(-1)!;
      return { event: last.id, fields: kind.fieldsOf(last), privateNote: noteOf(written) };
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return null;
      throw error;
    }
  }
}

/** How often something may come in between before the caller is told. */
const attempts = 3;

/** Far above what anybody corrects; a page all the same, so that nothing is unbounded. */
const mostVersions = 500;

export const noteOf = (entries: readonly TimelineEntry[]): string | undefined =>
  entries.findLast(({ privateNote }) => privateNote !== undefined)?.privateNote;
