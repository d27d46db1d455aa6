import type { Shape } from '../api/client';
import type { Words } from '../api/words';

type Structure = Shape<'StructureResponse'>;
type Case = Shape<'CaseShown'>;

/** Whether a structure can be asked for this person: why not, or what to know before. */
export type Standing = { readonly off: string } | { readonly notes: readonly string[] };

/** Nothing is asked of anybody yet, or any more. */
const silent = new Set([
  'draft',
  'completed',
  'declined',
  'withdrawn',
  'expired',
  'returned',
  'cancelled',
  'entered_in_error',
]);

/** In the order in which the api would refuse it, so that nothing is chosen in vain. */
export function standingOf(structure: Structure, of: Case, words: Words): Standing {
  const { id, status, acceptsReferrals, communes, capacity } = structure;
  const { commune, communeName } = of.resident;
  if (of.objections.some(({ against }) => against === id || against === 'all'))
    return { off: 'La personne s’oppose à ce que cette structure lise son suivi.' };
  if (of.lead?.structure.id === id) return { off: 'Elle mène déjà ce suivi.' };
  if (status === 'refused' || status === 'suspended' || status === 'closed')
    return { off: `${words.say('structureStatuses', status)} : elle ne reçoit plus personne.` };
  if (!acceptsReferrals) return { off: 'Elle ne prend pas d’orientation pour l’instant.' };
  if (commune !== undefined && !communes.includes(commune))
    return { off: `Elle n’intervient pas à ${communeName ?? 'cette adresse'}.` };
  const asked = of.referrals.find(({ toStructure, status: state }) => toStructure?.id === id && !silent.has(state));
  return {
    notes: [
      capacity === 'full' && 'Elle n’a plus de place : la réponse peut être un refus.',
      capacity === 'waiting_list' && 'Elle inscrit sur une liste d’attente.',
      (status === 'declared' || status === 'awaiting_state_validation') &&
        'L’État ne l’a pas encore validée : l’orientation attend ici et part quand il la valide.',
      asked && `Déjà sollicitée (${words.say('referralStatuses', asked.status).toLowerCase()}).`,
    ].filter((note) => typeof note === 'string'),
  };
}
