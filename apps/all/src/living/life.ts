import type { Account, Step } from './acts';

/** A resident's follow-up, from its opening on. Everybody in it is invented. */
export interface Life {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthYear: number;
  readonly commune: string;
  readonly status: string;
  readonly gender: string;
  /** What else is known of the resident. */
  readonly more: { readonly phone?: string | null; readonly language?: string; readonly [member: string]: unknown };
  readonly themes: readonly string[];
  readonly summary: string;
  /** Who opens it, and does whatever no other one is named for. */
  readonly by: Account;
  /** Business day of the opening. */
  readonly opened: number;
  readonly steps: readonly Step[];
}

/** `who`: `F Lucienne Godefroy 1944 retraite 72089`, that is gender, name, birth year, status and commune. */
export function life(
  who: string,
  by: Account,
  opened: number,
  themes: readonly string[],
  summary: string,
  steps: readonly Step[],
  more: Life['more'] = {},
): Life {
  const [gender, firstName, lastName, birthYear, status, commune] = who.split(' ') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    ...{ firstName, lastName, status, commune, by, opened, themes, summary, steps, more },
    gender: gender === 'F' ? 'feminin' : 'masculin',
    birthYear: Number(birthYear),
  };
}
