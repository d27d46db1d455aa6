import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import type { Asking, Caller, Rows } from '@fil-rouge/platform';
import type { SessionFields } from '../case/case';
import { EntriesQueries, noteOf, type EntryKind } from '../entry/entries.queries';
import type { TimelineEntry } from '../timeline/timeline.dto';
import type { SessionPlace } from './session.decider';
import { sessionActions, type SessionCancellation, type SessionShown, type SessionVersion } from './sessions.dto';

@Injectable()
export class SessionsQueries {
  constructor(private readonly entries: EntriesQueries) {}

  asking(caller: Caller, caseId: Uuid, sessionId: Uuid): Asking {
    const audit = { action: 'case.session', record: caseId };
    return this.entries.asking(caller, { caseId, entryId: sessionId }, { audit });
  }

  /** Problems: 404 when the case or the session is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, sessionId: Uuid, rows?: Rows): Promise<SessionShown> {
    const asking = this.asking(caller, caseId, sessionId);
    const { recorded, written, cancelled, mayNow } = await this.entries.one(caller, sessionKind, asking, rows);
    const { at, actor: _actor, reason: _reason, ...fields } = versionOf(written.at(-1)!);
    const privateNote = noteOf(written);
    const { referralId, appointmentId } = recorded.data;
    return {
      id: sessionId,
      caseId,
      status: cancelled ? 'entered_in_error' : 'recorded',
      ...fields,
      structure: recorded.structure,
      actor: recorded.actor,
      ...(typeof referralId === 'string' ? { referralId } : {}),
      ...(typeof appointmentId === 'string' ? { appointmentId } : {}),
      ...(privateNote === undefined ? {} : { privateNote }),
      recordedAt: recorded.recordedAt,
      ...(written.length > 1 ? { correctedAt: at } : {}),
      versions: written.slice(0, -1).map(versionOf),
      ...(cancelled ? { cancelled: cancellationOf(cancelled) } : {}),
      actions: sessionActions.filter((action) =>
        mayNow(action === 'move' || action === 'cancel' ? 'cancel_session' : 'correct_session'),
      ),
      ...placeOf('movedFrom', recorded),
      ...(cancelled ? placeOf('movedTo', cancelled) : {}),
    };
  }
}

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
    appointmentId: _appointment,
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

export const sessionKind: EntryKind<SessionFields> = {
  recorded: 'SessionRecorded',
  cancelled: 'SessionCancelled',
  fieldsOf: (entry) => {
    const { at: _at, actor: _actor, reason: _reason, ...fields } = versionOf(entry);
    return fields;
  },
};
