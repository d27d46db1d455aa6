/** What the specs of who is told have in common: a case between four structures, and what happens on it. */
import type { Happened, Scene, Side } from './notification.audience';
import { toldOf } from './notification.rules';

export const side = (structureId: string, counsellorId: string | null = null): Side => ({ structureId, counsellorId });
export const [departement, laPoste, afpa, croixRouge] = ['departement', 'la-poste', 'afpa', 'croix-rouge'];

export const scene = (change: Partial<Scene> = {}): Scene => ({
  commune: '72181',
  lead: side(departement, 'lea'),
  contributors: [],
  ...change,
});
export const referral = (change: Partial<NonNullable<Scene['referral']>> = {}) => ({
  from: side(departement, 'lea'),
  to: side(laPoste),
  sent: true,
  urgent: false,
  expiries: 0,
  ...change,
});
export const handover = (change: Partial<NonNullable<Scene['handover']>> = {}) => ({
  from: side(departement, 'lea'),
  to: side(afpa, 'paul'),
  kind: 'push',
  blind: false,
  ...change,
});
export const happened = (
  type: string,
  data: object = {},
  structure: string | null = null,
  actor: string | null = structure && 'somebody',
): Happened => ({ type, actor, structure, data });

export const who = (to: Side | 'coordinator') => (to === 'coordinator' ? to : (to.counsellorId ?? to.structureId));
/** `type>structure`, `type>coordinator` */
export const told = (event: Happened, given: Scene) =>
  toldOf(event, given).map(({ type, to }) => `${type}>${to === 'coordinator' ? to : to.structureId}`);
