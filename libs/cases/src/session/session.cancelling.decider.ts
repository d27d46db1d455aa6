/**
 * A session that was entered in error stays readable for whoever could read it, marked, and counts nowhere. A session that stands on the wrong
 * person is moved: cancelled here and recorded there in one commit. Only its own structure can tell that the two are one. Pure.
 */
import {
  invalid,
  notFound,
  Problem,
  type Context,
  type Decided,
  type Piece,
  type SessionError,
} from '@fil-rouge/kernel';
import type { CaseEventData, CaseRecord, CaseState } from '../case/case';
import { about, ownSession, recordSession, type OnSession, type SessionPlace } from './session.decider';

export interface Cancelling extends OnSession {
  readonly reason: SessionError;
  readonly comment?: string;
}

export function cancelSession(state: CaseState, input: Cancelling, context: Context): Decided[] {
  const { row } = ownSession(state, input, 'cancel_session', context);
  const { reason, comment } = input;
  const data: CaseEventData['SessionCancelled'] = { ...about(row), reason };
  return [
    {
      type: 'SessionCancelled',
      about: row.id,
      data: { ...data },
      pieces: comment ? [{ kind: 'shared_text', value: { comment } }] : [],
    },
  ];
}

export interface Moving extends OnSession {
  readonly to: SessionPlace;
  readonly reason: string;
}

interface Side {
  readonly state: CaseRecord;
  readonly context: Context;
}

/** @param to undefined when it is the record on which it stands already */
export function moveSession(
  { state: { case: state }, context }: Side,
  to: Side | undefined,
  input: Moving,
): [Decided[], Decided[]] {
  const { row, present } = ownSession(state, input, 'cancel_session', context);
  if (!to || state.mergedFrom.includes(input.to.caseId))
    throw invalid('/toCaseId', 'same', 'The session stands on this record already.');
  const data: CaseEventData['SessionCancelled'] = { ...about(row), reason: 'wrong_person' };
  // The words may name the other resident: they are for the own structure, as the way there is.
  const pieces: Piece[] = [{ kind: 'private_note', value: { note: input.reason, movedTo: { ...input.to } } }];
  return [[{ type: 'SessionCancelled', about: row.id, data: { ...data }, pieces }], recordedThere(to, input, present)];
}

function recordedThere(
  { state: { case: state }, context }: Side,
  { caseId, entryId, to }: Moving,
  { fields, privateNote }: NonNullable<OnSession['present']>,
): Decided[] {
  try {
    return recordSession(
      state,
      { sessionId: to.sessionId, fields, privateNote, movedFrom: { caseId, sessionId: entryId } },
      context,
    );
  } catch (error) {
    throw error instanceof Problem ? ofTarget(error) : error;
  }
}

/** Says which of the two records refuses. */
export const ofTarget = ({ code, detail, members }: Problem): Problem =>
  new Problem(code, detail, {
    ...members,
    errors: [{ pointer: '/toCaseId', code: members.errors?.[0]?.code ?? code }],
  });

export const noSuchTarget = (): Problem =>
  ofTarget(notFound('The case it shall go to does not exist, or you have no access to it.'));
