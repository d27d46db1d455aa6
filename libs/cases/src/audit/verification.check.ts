/** Is a record what it was when it was written, and was the open case led at every instant? */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { instantOf, verifyRows, type Head, type LogRow } from '@fil-rouge/platform';
import { evolveCase } from '../case/case.fold';
import { initialCase, isCaseEvent } from '../case/case';

/** Where the numbering or the lead has a hole. */
export interface Gap {
  readonly kind: 'numbering' | 'lead';
  /** First number that is missing, or number of the event after which nobody leads the open case. */
  readonly seq: number;
  readonly since?: Instant;
}

export interface Verification {
  readonly events: number;
  readonly chain: 'ok' | 'broken';
  readonly brokenAt?: number;
  readonly continuity: 'ok' | 'gap';
  readonly gaps: Gap[];
}

/** A record that ended in another one, with the head that the other one's log says it had. */
export interface Anchored {
  readonly id: Uuid;
  readonly loserHash: string;
  readonly loserVersion: number;
}

/** `link`: is this the record that the survivor took in, and does it end with saying where it went? */
export type MergedVerification = Verification & { readonly id: Uuid; readonly link: 'ok' | 'broken' };

export const anchorOf = (event: RecordEvent): Anchored | undefined => {
  if (!isCaseEvent(event) || event.type !== 'RecordsMerged') return undefined;
  const { loserId, loserHash, loserVersion } = event.data;
  return { id: loserId, loserHash, loserVersion };
};

/**
 * Watches a merged record's log go by, from the event that the survivor names at the latest. After that event may come what the merge ended there,
 * then `MergedInto`, then nothing but an erasure.
 */
export class Link {
  private at: 'before' | 'anchored' | 'ended' | 'erased' | 'broken' = 'before';

  constructor(
    private readonly anchor: Anchored,
    private readonly survivorId: Uuid,
  ) {}

  look(event: RecordEvent, { hash }: LogRow): void {
    this.at = this.after(event, hash);
  }

  private after({ seq, type, data }: RecordEvent, hash: string): Link['at'] {
    switch (this.at) {
      case 'before':
        if (seq < this.anchor.loserVersion) return 'before';
        return seq === this.anchor.loserVersion && hash === this.anchor.loserHash ? 'anchored' : 'broken';
      case 'anchored':
        if (type !== 'MergedInto') return 'anchored';
        return data['survivorId'] === this.survivorId ? 'ended' : 'broken';
      case 'ended':
        return type === 'CaseErased' ? 'erased' : 'broken';
      default:
        return this.at;
    }
  }

  get state(): 'ok' | 'broken' {
    return this.at === 'ended' || this.at === 'erased' ? 'ok' : 'broken';
  }
}

/**
 * @param head asked once all rows were read
 * @param read gives a row as the present version of its event; the hash is over what was written, and is checked on the row itself
 * @param look sees each event in passing
 */
export async function verify(
  stream: Uuid,
  head: () => Head,
  rows: AsyncIterable<LogRow>,
  read: (row: LogRow) => RecordEvent,
  look: (event: RecordEvent, row: LogRow) => void = () => undefined,
): Promise<Verification> {
  const gaps: Gap[] = [];
  let state = initialCase;
  let last = 0;
  const numbered = async function* (): AsyncGenerator<LogRow> {
    for await (const row of rows) {
      if (row.seq !== last + 1) gaps.push({ kind: 'numbering', seq: last + 1 });
      last = row.seq;
      yield row;
    }
  };
  const { events, brokenAt } = await verifyRows(stream, head, numbered(), (row) => {
    const event = read(row);
    look(event, row);
    const led = state.status !== 'open' || state.lead !== null;
    state = evolveCase(state, event);
    if (led && state.status === 'open' && state.lead === null)
      gaps.push({ kind: 'lead', seq: row.seq, since: instantOf(row.at) });
  });
  if (last < head().version) gaps.push({ kind: 'numbering', seq: last + 1 });
  return {
    events,
    chain: brokenAt === undefined ? 'ok' : 'broken',
    ...(brokenAt === undefined ? {} : { brokenAt }),
    continuity: gaps.length === 0 ? 'ok' : 'gap',
    gaps,
  };
}
