/** What may happen to a place: its structure's managers keep the list, everybody else reads it. Pure. */
import { forbidden, invalid, stale, wrongState, type Context, type Decided } from '@fil-rouge/kernel';
import { corrected, type Changes } from '../entry/entry.decider';
import type { PlaceEventData, PlaceFields, PlaceState } from './place';

export function openPlace(fields: PlaceFields, context: Context): Decided[] {
  if (context.actor.role !== 'manager') throw notYours();
  checkWhere(fields);
  const data: PlaceEventData['PlaceOpened'] = { fields };
  return [{ type: 'PlaceOpened', data }];
}

export interface PlaceCorrection {
  readonly changes: Changes<PlaceFields>;
  readonly ifMatch?: number;
}

/** Nothing different: no event. A closed one too: what it was called may have been mistyped. */
export function correctPlace(state: PlaceState, { changes, ifMatch }: PlaceCorrection, context: Context): Decided[] {
  allow(state, context, ifMatch);
  const { fields, changed } = corrected(state.fields, changes);
  checkWhere(fields);
  const data: PlaceEventData['PlaceCorrected'] = { fields, changed };
  return changed.length === 0 ? [] : [{ type: 'PlaceCorrected', data }];
}

export function closePlace(state: PlaceState, ifMatch: number | undefined, context: Context): Decided[] {
  allow(state, context, ifMatch);
  if (state.status !== 'open') throw wrongState(state.status, ['reopen']);
  return [{ type: 'PlaceClosed', data: {} }];
}

export function reopenPlace(state: PlaceState, ifMatch: number | undefined, context: Context): Decided[] {
  allow(state, context, ifMatch);
  if (state.status !== 'closed') throw wrongState(state.status, ['close']);
  return [{ type: 'PlaceReopened', data: {} }];
}

/** Everybody may read of it, so whoever is refused is told that it is there. */
function allow(state: PlaceState, { actor }: Context, ifMatch: number | undefined): void {
  if (actor.role !== 'manager' || state.structureId !== actor.structureId) throw notYours();
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
}

function checkWhere({ latitude, longitude }: PlaceFields): void {
  if ((latitude === undefined) !== (longitude === undefined))
    throw invalid(
      latitude === undefined ? '/latitude' : '/longitude',
      'required',
      'A position takes both, latitude and longitude.',
    );
}

const notYours = () => forbidden('Only a manager of the structure keeps the list of its places.');
