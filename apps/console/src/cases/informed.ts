import type { Shape } from '../api/client';
import type { Words } from '../api/words';
import type { Choice } from '../pieces/Choices';

export type How = Shape<'InformedBody'>['how'];

/** How somebody was told what is kept and who reads it. Never prefilled: it must be true. */
export const hows = (words: Words) => words.all('informedHows') as readonly Choice<How>[];
