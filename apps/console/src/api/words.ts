import { api } from './client';

/** Codes are the contract's, words are the network's: asked once, kept while the page is open. */
export function useVocabularies() {
  return api.useQuery('get', '/v1/vocabularies', {}, { staleTime: Infinity, gcTime: Infinity });
}

export interface Words {
  /** The word for a code: `say('themes', 'email')`. A code nobody has a word for is shown as it is. */
  say(vocabulary: string, code: string | undefined): string;
  /** All codes of a vocabulary with their words, in its order. */
  all(vocabulary: string): readonly { code: string; label: string }[];
}

interface List {
  name: string;
  codes: readonly { code: string; label: string }[];
}

export function wordsFrom(lists: readonly List[] | undefined): Words {
  const all = (vocabulary: string) => lists?.find(({ name }) => name === vocabulary)?.codes ?? [];
  return { all, say: (vocabulary, code = '') => all(vocabulary).find((one) => one.code === code)?.label ?? code };
}

export function useWords(): Words {
  return wordsFrom(useVocabularies().data?.items);
}
