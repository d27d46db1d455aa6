import type { Shape } from '../api/client';
import type { Words } from '../api/words';
import type { Standing } from '../referrals/standing';

/** Whether a structure can be proposed the lead: another one than now, active, and none that the person objects to. */
export function successorStanding(
  { id, status, capacity }: Shape<'StructureResponse'>,
  of: Shape<'CaseShown'>,
  words: Words,
): Standing {
  if (of.objections.some(({ against }) => against === id || against === 'all'))
    return { off: 'La personne s’oppose à ce que cette structure lise son suivi.' };
  if (of.lead?.structure.id === id) return { off: 'Elle mène déjà ce suivi.' };
  if (status !== 'active')
    return { off: `${words.say('structureStatuses', status)} : elle n’accepte rien de nouveau.` };
  return { notes: capacity === 'full' ? ['Elle dit qu’elle n’a plus de place.'] : [] };
}
