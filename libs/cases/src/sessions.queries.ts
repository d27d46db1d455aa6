import { Injectable } from '@nestjs/common';
import { notFound, Problem, type Uuid } from '@fil-rouge/kernel';
import { Reads, Sealing, type Caller, type ReadOptions } from '@fil-rouge/platform';
import type { SessionFields } from './case';
import { maySeeEvent, viewOf } from './case.policy';
import { horizonsIn } from './merge.policy';
import { RecordMoved } from './merged-record';
import type { SessionShown, SessionVersion } from './sessions.dto';
import { showEvent, type TimelineRead } from './timeline';
import type { TimelineEntry } from './timeline.dto';
import { readerOf } from './timeline.queries';
import { sessionOfParticipant } from './timeline.sql';

/** A session is read from the record, not from its row: a former lead reads it as it stood at its end. */
@Injectable()
export class SessionsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  /** Problems: 404 when the case or the session is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, sessionId: Uuid): Promise<SessionShown> {
    const { recorded, entries } = await this.entries(caller, caseId, sessionId, { audit: { action: 'case.session', caseId } });
    const present = versionOf(entries.at(-1)!);
    const { at, actor: _actor, reason: _reason, ...fields } = present;
    const privateNote = entries.findLast((entry) => entry.privateNote !== undefined)?.privateNote;
    const referralId = recorded.data['referralId'];
    return {
      id: sessionId,
      caseId,
      ...fields,
      structure: recorded.structure,
      actor: recorded.actor,
      ...(typeof referralId === 'string' ? { referralId } : {}),
      ...(privateNote === undefined ? {} : { privateNote }),
      recordedAt: recorded.recordedAt,
      ...(entries.length > 1 ? { correctedAt: at } : {}),
      versions: entries.slice(0, -1).map(versionOf),
    };
  }

  /** What it says now, and the event that says so; null when the caller does not see it. For a correction: nobody is shown it, so no entry. */
  async present(caller: Caller, caseId: Uuid, sessionId: Uuid): Promise<{ event: Uuid; fields: SessionFields } | null> {
    try {
      const last = (await this.entries(caller, caseId, sessionId, {})).entries.at(-1)!;
      const { at: _at, actor: _actor, reason: _reason, ...fields } = versionOf(last);
      return { event: last.id, fields };
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return null;
      throw error;
    }
  }

  private async entries(caller: Caller, caseId: Uuid, sessionId: Uuid, options: ReadOptions): Promise<{ recorded: TimelineEntry; entries: TimelineEntry[] }> {
    const { structureId, role } = caller.session;
    const params = { caseId, sessionId, limit: mostVersions, after: null };
    const [read] = viewOf(role, 'lead') === 'lead'
      ? await this.reads.rows<TimelineRead>(caller, sessionOfParticipant, params, options)
      : [];
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

/** Far above what anybody corrects; a page all the same, so that nothing is unbounded. */
const mostVersions = 500;

function versionOf({ at, actor, data, text }: TimelineEntry): SessionVersion {
  const { sessionId: _session, referralId: _referral, changed: _changed, nth: _nth, reason, ...fields } = data;
  return { ...(fields as SessionFields), ...(text === undefined ? {} : { summary: text }), at, actor, ...(typeof reason === 'string' ? { reason } : {}) };
}
