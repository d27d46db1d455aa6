import type { Slices } from '../records/slices';

/** What an entry of the journal may say was done: an event, what was read or signed in to (each library has its words), a request that was refused. */
export class JournalWords {
  private readonly words: ReadonlySet<string>;

  constructor(slices: Slices, words: readonly string[]) {
    this.words = new Set([...slices.eventTypes(), ...words]);
  }

  has(action: string): boolean {
    return this.words.has(action) || /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/\S*)?$/.test(action);
  }

  /** For whoever writes one: a word that nobody declared could not be asked for. */
  need(action: string): void {
    if (!this.words.has(action))
      throw new Error(`The journal does not know "${action}": add it to \`journal\` of its library.`);
  }
}
