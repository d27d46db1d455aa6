import { Injectable } from '@nestjs/common';
import { notFound, Problem, type Uuid } from '@fil-rouge/kernel';
import { Reads, Sealing, type Asking, type Caller, type ReadOptions, type Rows } from '@fil-rouge/platform';
import type { SessionFields } from '../case/case';
import { maySeeEvent, viewOf } from '../case/case.policy';
import { horizonsIn } from '../merge/merge.policy';
import { RecordMoved } from '../merge/merged-record';
import type { OnSession, Present, SessionPlace } from './session.decider';
import type { SessionCancellation, SessionShown, SessionVersion } from './sessions.dto';
import { showEvent, type TimelineRead } from '../timeline/timeline.view';
import type { TimelineEntry } from '../timeline/timeline.dto';
import { readerOf } from '../timeline/timeline.queries';
import { sessionOfParticipant } from '../timeline/timeline.sql';

/** A session is read from the record, not from its row: a former lead reads it as it stood at its end. */
@Injectable()
export class SessionsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  asking(caller: Caller, caseId: Uuid, sessionId: Uuid): Asking {
    return this.entriesAsked(caller, caseId, sessionId, { audit: { action: 'case.session', record: caseId } });
  }

  /** Problems: 404 when the case or the session is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, sessionId: Uuid, rows?: Rows): Promise<SessionShown> {
    const { recorded, entries } = await this.entries(caller, this.asking(caller, caseId, sessionId), rows);
    const written = entries.filter(({ type }) => type !== 'SessionCancelled');
    const cancelled = entries.find(({ type }) => type === 'SessionCancelled');
    const { at, actor: _actor, reason: _reason, ...fields } = versionOf(written.at(-1)!);
    const privateNote = noteOf(written);
    const referralId = recorded.data['referralId'];
    return {
      id: sessionId,
      caseId,
      status: cancelled ? 'entered_in_error' : 'recorded',
      ...fields,
      structure: recorded.structure,
      actor: recorded.actor,
      ...(typeof referralId === 'string' ? { referralId } : {}),
      ...(privateNote === undefined ? {} : { privateNote }),
      recordedAt: recorded.recordedAt,
      ...(written.length > 1 ? { correctedAt: at } : {}),
      versions: written.slice(0, -1).map(versionOf),
      ...(cancelled ? { cancelled: cancellationOf(cancelled) } : {}),
      ...placeOf('movedFrom', recorded),
      ...(cancelled ? placeOf('movedTo', cancelled) : {}),
    };
  }

  /**
   * Something is done to a session as it stands now: a correction writes the whole image, and the store loads a record's latest pieces, not a session's. When
   * something comes in between, it is read again; a session of a record that has ended in another one is done to there.
   */
  async withPresent<T>(
    { caller, ...asked }: Omit<OnSession, 'present'> & { caller: Caller },
    work: (on: OnSession) => Promise<T>,
  ): Promise<T> {
    const { sessionId, ifMatch } = asked;
    let { caseId } = asked;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work({ caseId, sessionId, ifMatch, present: await this.present(caller, caseId, sessionId) });
      } catch (error) {
        if (attempt === attempts) throw error;
        if (error instanceof RecordMoved) caseId = error.survivorId;
        else if (!(error instanceof Problem && error.code === 'stale' && ifMatch === undefined)) throw error;
      }
    }
  }

  /** What it says now, and the event that says so; null when the caller does not see it. Nobody is shown it, so no entry of the journal. */
  private async present(caller: Caller, caseId: Uuid, sessionId: Uuid): Promise<Present> {
    try {
      const { entries } = await this.entries(caller, this.entriesAsked(caller, caseId, sessionId, {}));
      const written = entries.filter(({ type }) => type !== 'SessionCancelled');
      const { at: _at, actor: _actor, reason: _reason, ...fields } = versionOf(written.at(-1)!);
      return { event: written.at(-1)!.id, fields, privateNote: noteOf(written) };
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return null;
      throw error;
    }
  }

  private entriesAsked(caller: Caller, caseId: Uuid, sessionId: Uuid, options: ReadOptions): Asking {
    const params = { caseId, sessionId, limit: mostVersions, after: null };
    return this.reads.asking(caller, sessionOfParticipant, params, options);
  }

  private async entries(
    caller: Caller,
    asking: Asking,
    rows?: Rows,
  ): Promise<{ recorded: TimelineEntry; entries: TimelineEntry[] }> {
    const { structureId, role } = caller.session;
    if (viewOf(role, 'lead') !== 'lead') throw notFound();
    const [read] = (rows ?? (await this.reads.read(asking))) as TimelineRead[];
    if (!read) throw notFound();
    if (read.survivor) throw new RecordMoved(read.survivor);
    const entries = read.events
      .filter((event) => maySeeEvent(horizonsIn(event.stream_id, structureId, read.grants, read.merges), event))
      .map((event) => showEvent(event, readerOf(caller, read, event), this.sealing));
    const recorded = entries[0];
    if (recorded?.type !== 'SessionRecorded') throw notFound();
    return { recorded, entries };
  }
}

/** How often something may come in between before the caller is told. */
const attempts = 3;

/** Far above what anybody corrects; a page all the same, so that nothing is unbounded. */
const mostVersions = 500;

const noteOf = (entries: readonly TimelineEntry[]): string | undefined =>
  entries.findLast(({ privateNote }) => privateNote !== undefined)?.privateNote;

const cancellationOf = ({ at, actor, data, text, privateNote }: TimelineEntry): SessionCancellation => ({
  at,
  actor,
  reason: data['reason'] as string,
  ...(text === undefined ? {} : { comment: text }),
  ...(privateNote === undefined ? {} : { privateNote }),
});

/** Where it came from or went to: for its own structure, to which alone the piece is open. */
function placeOf<K extends 'movedFrom' | 'movedTo'>(name: K, { data }: TimelineEntry): { [name in K]?: SessionPlace } {
  return data[name] ? ({ [name]: data[name] } as { [name in K]?: SessionPlace }) : {};
}

function versionOf({ at, actor, data, text }: TimelineEntry): SessionVersion {
  const {
    sessionId: _session,
    referralId: _referral,
    changed: _changed,
    nth: _nth,
    movedFrom: _movedFrom,
    reason,
    ...fields
  } = data;
  return {
    ...(fields as SessionFields),
    ...(text === undefined ? {} : { summary: text }),
    at,
    actor,
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}
