/** What its managers say of how a structure receives. Pure. */
import { forbidden, invalid, stale, weekdayValues, type Context, type Decided, type Uuid } from '@fil-rouge/kernel';
import type { StructureState } from '../structure/structure';
import { comesOrWorksThere, type Contacts, type Leaflet, type LeafletRow, type ReceptionEventData } from './reception';

/** Replaces all of it. The same again changes nothing. Needs the row `leaflet`. @param id the structure's own id */
export function changeLeaflet(
  id: Uuid,
  state: StructureState,
  { purpose, bring, coming, ifMatch }: Leaflet & { ifMatch?: number },
  context: Context,
): Decided[] {
  allow(id, state, ifMatch, context);
  const present = context.row<LeafletRow>('leaflet');
  const said = (of: Leaflet | LeafletRow | undefined) =>
    JSON.stringify([of?.purpose, of?.bring, of?.coming].map((text) => text ?? null));
  const data: ReceptionEventData['LeafletChanged'] = { leaflet: { purpose, bring, coming } };
  return said(present) === said(data.leaflet) ? [] : [{ type: 'LeafletChanged', data }];
}

/** Replaces all of it. Everybody named works there, or is to: who leaves is passed over from then on. */
export function nameContacts(
  id: Uuid,
  state: StructureState,
  { defaultId, rota, ifMatch }: Contacts & { ifMatch?: number },
  context: Context,
): Decided[] {
  allow(id, state, ifMatch, context);
  const check = (userId: Uuid, pointer: string): void => {
    if (!comesOrWorksThere(state, userId, context.today))
      throw invalid(pointer, 'not-employed', 'Whoever answers for a structure works there.');
  };
  if (defaultId !== undefined) check(defaultId, '/defaultId');
  rota.forEach(({ weekday, userId }, at) => {
    if (rota.findIndex((other) => other.weekday === weekday) !== at)
      throw invalid(`/rota/${at}/weekday`, 'twice', 'One person has each day of the week.');
    check(userId, `/rota/${at}/userId`);
  });
  const data: ReceptionEventData['ContactsNamed'] = {
    ...(defaultId === undefined ? {} : { defaultId }),
    rota: rota.toSorted((a, b) => weekdayValues.indexOf(a.weekday) - weekdayValues.indexOf(b.weekday)),
  };
  const said = ({ defaultId: one, rota: days }: Contacts) => JSON.stringify([one, days]);
  return said(state.contacts ?? { rota: [] }) === said(data) ? [] : [{ type: 'ContactsNamed', data }];
}

function allow(id: Uuid, state: StructureState, ifMatch: number | undefined, { actor }: Context): void {
  if (actor.role !== 'manager' || actor.structureId !== id)
    throw forbidden('Only a manager of this structure says how it receives.');
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
}
