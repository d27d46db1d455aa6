import { liveAYear, type Living } from '../living/live';
import { tellOfToday } from '../living/today';
import { assemble, withNobodyAtTheDesk } from './cast';
import { playLaterChapters } from './later-chapters';
import { playMainChapter } from './main-chapter';
import { StoryClock } from './story-clock';
import { Teller, type Out } from './teller';

export { StoryClock };

/** A system that answers at `baseUrl` (without `/v1`), until it is closed. */
export interface Elsewhere {
  baseUrl: string;
  close(): Promise<void>;
}

export interface StoryOptions {
  /** Where the API answers, without `/v1`. */
  baseUrl: string;
  /** The one password of the demo accounts. */
  password: string;
  out: Out;
  /** Starts a second system with that clock and the same password, for the chapters that take weeks; without it they are not played. */
  elsewhere?: (clock: StoryClock) => Promise<Elsewhere>;
  /** That the system has a clock which is a year behind, and nobody has done anything in it: the network's year comes first, and is looked at in the end. */
  living?: Omit<Living, 'baseUrl' | 'password'>;
}

/**
 * Plays the demo's story through HTTP, by separate signed-in people, and tells it in French as it happens.
 * `ok` is false when anybody saw more or less than they were allowed to, or when the story could not go on. Never throws.
 * May be played any number of times on the same database.
 */
export async function playStory({ baseUrl, password, out, elsewhere, living }: StoryOptions): Promise<{ ok: boolean }> {
  const teller = new Teller(out);
  try {
    teller.title('Fil Rouge : une personne, trois structures, un seul dossier');
    const year = living && { ...living, baseUrl, password };
    if (year) {
      teller.note(
        'D’abord, en quelques dizaines de secondes, une année du réseau : une cinquantaine de suivis imaginaires, que l’on retrouve à la fin.',
      );
      await liveAYear(year);
    }
    const cast = await assemble(baseUrl, password, teller);
    await withNobodyAtTheDesk(cast, () => playMainChapter(teller, cast));
    if (elsewhere !== undefined) await playElsewhere(teller, password, elsewhere);
    if (year) await tellOfToday(teller, year);
    teller.verdict();
  } catch (error) {
    teller.failure(error);
  }
  return { ok: teller.ok };
}

async function playElsewhere(
  teller: Teller,
  password: string,
  elsewhere: NonNullable<StoryOptions['elsewhere']>,
): Promise<void> {
  teller.line();
  teller.note(
    "La suite dure plusieurs semaines : elle se joue sur un second système, éphémère, dont l'horloge avance à la demande ; il est effacé à la fin.",
  );
  const clock = new StoryClock();
  const system = await elsewhere(clock);
  try {
    await playLaterChapters(teller, system.baseUrl, password, clock);
  } finally {
    await system.close();
  }
}
