/** What may happen to an anonymous session: its structure records, corrects and takes it back, as any session; no other one knows of it. Pure. */
import {
  forbidden,
  isStaff,
  notFound,
  stale,
  wrongState,
  type AnonymousSessionError,
  type Context,
  type Decided,
} from '@fil-rouge/kernel';
import { checkThemes } from '../checks.decider';
import { corrected, type Changes } from '../entry/entry.decider';
import { checkDate } from '../session/session.decider';
import { atPlace } from '../session/session.place.decider';
import type { AnonymousFields, AnonymousSessionEventData, AnonymousSessionState } from './anonymous-session';

export function recordAnonymous(fields: AnonymousFields, context: Context): Decided[] {
  if (!isStaff(context.actor) || context.actor.structureId === null) throw forbidden();
  checkDate(fields.date, context.today);
  checkThemes(fields.themes);
  const data: AnonymousSessionEventData['AnonymousSessionRecorded'] = {
    fields: atPlace(fields, Object.keys(fields), context),
  };
  return [{ type: 'AnonymousSessionRecorded', data }];
}

/** Nothing different: no event. */
export function correctAnonymous(
  state: AnonymousSessionState,
  changes: Changes<AnonymousFields>,
  ifMatch: number | undefined,
  context: Context,
): Decided[] {
  allow(state, ifMatch, context);
  const { fields, changed } = corrected(state.fields, changes);
  const done = atPlace(fields, changed, context);
  if (changed.includes('date')) checkDate(fields.date, context.today);
  checkThemes(fields.themes);
  const data: AnonymousSessionEventData['AnonymousSessionCorrected'] = { fields: done, changed };
  return changed.length === 0 ? [] : [{ type: 'AnonymousSessionCorrected', data }];
}

export function cancelAnonymous(
  state: AnonymousSessionState,
  reason: AnonymousSessionError,
  ifMatch: number | undefined,
  context: Context,
): Decided[] {
  allow(state, ifMatch, context);
  const data: AnonymousSessionEventData['AnonymousSessionCancelled'] = { reason };
  return [{ type: 'AnonymousSessionCancelled', data }];
}

function allow(
  { structureId, status, version }: AnonymousSessionState,
  ifMatch: number | undefined,
  { actor }: Context,
): void {
  if (!isStaff(actor) || structureId !== actor.structureId) throw notFound();
  if (ifMatch !== undefined && ifMatch !== version) throw stale();
  if (status !== 'recorded') throw wrongState(status);
}
