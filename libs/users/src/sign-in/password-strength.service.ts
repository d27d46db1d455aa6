/** How soon a password would be guessed. The estimate and the lists (what leaks most, French words, first names, surnames) are zxcvbn's. */
import { invalid, nameWords } from '@fil-rouge/kernel';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { canonicalPassword, shortestPassword } from './passwords.service';

/** Whose password it is: the first things somebody who knows them tries. */
export interface Chooser {
  readonly name: string;
  readonly email: string;
  /** Where they work. */
  readonly structures: readonly string[];
}

/** And where it is typed. */
const product = 'Fil Rouge Filrouge';

/** Of 0 to 4; from 3 on it withstands whoever has stolen the hashes for long enough to change it. */
const strongEnough = 3;
/** The estimate takes as much longer as there are ways to read what is typed: 128 characters took seconds. What begins with forty weak ones is called weak. */
const looksAt = 40;
const mostSubstitutions = 4;

let loaded: Promise<ZxcvbnFactory> | undefined;

/** The lists take some 30 MB and a second: loaded for whoever first chooses a password, never by a worker. */
const estimator = (): Promise<ZxcvbnFactory> =>
  (loaded ??= Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-fr'),
  ]).then(
    ([{ ZxcvbnFactory: Estimator }, common, french]) =>
      new Estimator({
        dictionary: { ...common.dictionary, ...french.dictionary },
        graphs: common.adjacencyGraphs,
        l33tMaxSubstitutions: mostSubstitutions,
      }),
  ));

const ways: Readonly<Record<string, string>> = {
  straightRow: 'keys that lie in a row',
  keyPattern: 'keys that lie side by side',
  simpleRepeat: 'one character again and again',
  extendedRepeat: 'the same few characters again and again',
  sequences: 'letters or digits in their order',
  recentYears: 'a year',
  dates: 'a date',
  topTen: 'one of the ten passwords that are used most',
  topHundred: 'one of the hundred passwords that are used most',
  common: 'a password that many people use',
  similarToCommon: 'almost a password that many people use',
  wordByItself: 'a single word',
  namesByThemselves: 'a name',
  commonNames: 'a common name',
  userInputs: 'your own name, address or structure, or the name of this service',
};

/** Throws 422 at the pointer, with a sentence that says in which way it is weak. */
export async function refuseWeak(
  password: string,
  { name, email, structures }: Chooser,
  pointer = '/password',
): Promise<void> {
  const typed = canonicalPassword(password);
  if (typed.toLowerCase() === email.toLowerCase())
    throw invalid(pointer, 'like-email', 'The password must not be the e-mail address.');
  if ([...typed].length < shortestPassword)
    throw invalid(pointer, 'min-length', `The password needs at least ${shortestPassword} characters.`);
  const own = [name, email, product, ...structures]
    .flatMap((text) => nameWords(text))
    .filter((word) => word.length > 2);
  // The estimate takes them for words as good as any: with a hyphen between, name and surname passed.
  const words = nameWords(typed);
  const beside = own.reduce((left, word) => left.replaceAll(word, ''), words.join(''));
  if (beside !== words.join('') && beside.length < shortestPassword / 2) throw weak(pointer, ways['userInputs']);
  // A word said again is no second word, whatever stands between: the estimate only knows repetition without.
  if (words.length > 1 && new Set(words).size === 1) throw weak(pointer, ways['extendedRepeat']);
  // The lists know no accents, and whoever guesses tries both ways.
  const bare = typed.normalize('NFD').replace(/\p{M}/gu, '').slice(0, looksAt);
  const { score, feedback } = (await estimator()).check(bare, own);
  if (score < strongEnough) throw weak(pointer, feedback.warning === null ? undefined : ways[feedback.warning]);
}

const weak = (pointer: string, way = 'made of words, names or dates that are tried first') =>
  invalid(
    pointer,
    'weak',
    `This password would be guessed soon: it is ${way}. Take several words that have nothing to do with each other.`,
  );
