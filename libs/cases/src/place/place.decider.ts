/** What may happen to a place: its structure's managers keep the list, everybody else reads it. Pure. */
import { forbidden, invalid, stale, weekdayValues, wrongState, type Context, type Decided } from '@fil-rouge/kernel';
import { corrected, type Changes } from '../entry/entry.decider';
import type { Opening, PlaceEventData, PlaceFields, PlaceState } from './place';

export function openPlace(fields: PlaceFields, context: Context): Decided[] {
  if (context.actor.role !== 'manager') throw notYours();
  checkWhere(fields);
  const { openings = [], ...others } = fields;
  const week = weekOf(openings);
  const data: PlaceEventData['PlaceOpened'] = { fields: { ...others, ...(week && { openings: week }) } };
  return [{ type: 'PlaceOpened', data }];
}

export interface PlaceCorrection {
  readonly changes: Changes<PlaceFields>;
  readonly ifMatch?: number;
}

/** Nothing different: no event. A closed one too: what it was called may have been mistyped. */
export function correctPlace(state: PlaceState, { changes, ifMatch }: PlaceCorrection, context: Context): Decided[] {
  allow(state, context, ifMatch);
  const { openings } = changes;
  const { fields, changed } = corrected(state.fields, { ...changes, ...(openings && { openings: weekOf(openings) }) });
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

/** In order; null for none. A place opens once at a time. */
function weekOf(openings: readonly Opening[]): Opening[] | null {
  const at = ({ weekday, from }: Opening): string => `${weekdayValues.indexOf(weekday)} ${from}`;
  const week = openings.toSorted((a, b) => (at(a) < at(b) ? -1 : 1));
  openings.forEach(({ weekday, from, to }, index) => {
    if (from >= to)
      throw invalid(`/openings/${index}/to`, 'order', 'A place closes after it has opened, on the same day.');
    const others = openings.filter((other, nth) => nth !== index && other.weekday === weekday);
    if (others.some((other) => other.from < to && from < other.to))
      throw invalid(`/openings/${index}`, 'overlap', 'Two of these times overlap.');
  });
  return week.length === 0 ? null : week;
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
