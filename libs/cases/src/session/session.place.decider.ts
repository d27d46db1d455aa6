/** At which place of its structure a session was. The session keeps the name that the place had: it may be called otherwise later, or close. Pure. */
import { invalid, type Context } from '@fil-rouge/kernel';
import type { SessionFields } from '../case/case';
import { placeOf } from '../place/place';

type Where = Pick<SessionFields, 'date' | 'place' | 'commune' | 'placeId' | 'placeName'>;

/** @param said names of the fields that were said now; what stood before them is not asked about again */
export function atPlace<F extends Where>(fields: F, said: readonly string[], context: Context): F {
  const { placeId, placeName: _, ...elsewhere } = fields;
  if (placeId === undefined) return elsewhere as F;
  if (!['placeId', 'place', 'commune', 'date'].some((field) => said.includes(field))) return fields;
  const place = placeOf(context.fact(placeId));
  if (!place || place.structureId !== context.actor.structureId)
    throw invalid('/placeId', 'unknown', 'Your structure has no place of this id.');
  if (fields.place !== 'lieu_activite')
    throw invalid('/placeId', 'elsewhere', 'A place of activity is named where `place` is `lieu_activite`.');
  if (place.closedOn !== null && fields.date > place.closedOn && (said.includes('placeId') || said.includes('date')))
    throw invalid(
      '/placeId',
      'closed',
      `This place has closed: the last day on which something was done there is ${place.closedOn}.`,
    );
  if (said.includes('commune') && fields.commune !== place.fields.commune)
    throw invalid('/commune', 'elsewhere', 'The place that is named lies in another commune. Leave the commune out.');
  return said.includes('placeId') ? { ...fields, commune: place.fields.commune, placeName: place.fields.name } : fields;
}
