/** Every code list that the API speaks, found in the files that hold them: one that is added there is published with the next start. */
import { ageBrackets } from './age-bracket';
import * as national from './national';
import * as themeLists from './themes';
import { administrativeThemes } from './themes';
import { isValueOf, type Vocabulary } from './vocabulary';
import * as lists from './vocabulary';
import * as exportLists from './vocabulary.exports';
import * as networkLists from './vocabulary.network';
import * as outsideLists from './vocabulary.outside';
import * as referralLists from './vocabulary.referrals';
import * as retentionLists from './vocabulary.retention';
import * as statisticLists from './vocabulary.statistics';

const isVocabulary = (value: unknown): value is Vocabulary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const vocabularies: Readonly<Record<string, Vocabulary>> = Object.fromEntries(
  Object.entries({
    ...lists,
    ...exportLists,
    ...networkLists,
    ...outsideLists,
    ...referralLists,
    ...retentionLists,
    ...statisticLists,
    ...themeLists,
    ...national,
    ageBrackets,
  })
    .filter((entry): entry is [string, Vocabulary] => isVocabulary(entry[1]))
    .toSorted(([one], [other]) => (one < other ? -1 : 1)),
);

/** The code that one details, and without which it is not taken: an administrative theme under its digital one. */
export const parentOf = (code: string): string | undefined =>
  isValueOf(administrativeThemes, code) ? 'aide_aux_demarches_administratives' : undefined;
