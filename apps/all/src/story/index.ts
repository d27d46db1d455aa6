import { assemble } from './cast';
import { playMainChapter } from './main-chapter';
import { Teller, type Out } from './teller';

export interface StoryOptions {
  /** Where the API answers, without `/v1`. */
  baseUrl: string;
  /** The one password of the demo accounts. */
  password: string;
  out: Out;
}

/**
 * Plays the demo's story through HTTP, by separate signed-in people, and tells it in French as it happens.
 * `ok` is false when anybody saw more or less than they were allowed to, or when the story could not go on. Never throws.
 * May be played any number of times on the same database.
 */
export async function playStory({ baseUrl, password, out }: StoryOptions): Promise<{ ok: boolean }> {
  const teller = new Teller(out);
  try {
    teller.title('Fil Rouge : une personne, trois structures, un seul dossier');
    const cast = await assemble(baseUrl, password, teller);
    await playMainChapter(teller, cast);
    teller.verdict();
  } catch (error) {
    teller.failure(error);
  }
  return { ok: teller.ok };
}
