/** Is a record what it was when it was written, and was the open case led at every instant? */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { instantOf, verifyRows, type Head, type LogRow } from '@fil-rouge/platform';
import { evolveCase, initialCase, type CaseEventData } from './case';

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

export const anchorOf = ({ type, data }: LogRow): Anchored | undefined => {
  if (type !== 'RecordsMerged') return undefined;
  const { loserId, loserHash, loserVersion } = data as object as CaseEventData['RecordsMerged'];
  return { id: loserId, loserHash, loserVersion };
};

/**
 * Watches a merged record's log go by, at least from the event on that the survivor names: what the merge ended there, `MergedInto`, and then
 * nothing any more but an erasure.
 */
export class Link {
  private at: 'before' | 'anchored' | 'ended' | 'erased' | 'broken' = 'before';

  constructor(private readonly anchor: Anchored, private readonly survivorId: Uuid) {}

  look(row: LogRow): void {
    this.at = this.after(row);
  }

  private after({ seq, hash, type, data }: LogRow): Link['at'] {
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
 * @param head asked when all rows were read
 * @param look sees each row in passing
 */
export async function verify(stream: Uuid, head: () => Head, rows: AsyncIterable<LogRow>, look: (row: LogRow) => void = () => undefined): Promise<Verification> {
  const gaps: Gap[] = [];
  let state = initialCase;
  let last = 0;
  const { events, brokenAt } = await verifyRows(stream, head, rows, (row) => {
    if (row.seq !== last + 1) gaps.push({ kind: 'numbering', seq: last + 1 });
    last = row.seq;
    look(row);
    const led = state.status !== 'open' || state.lead !== null;
    state = evolveCase(state, eventOf(row));
    if (led && state.status === 'open' && state.lead === null) gaps.push({ kind: 'lead', seq: row.seq, since: instantOf(row.at) });
  });
  if (last < head().version) gaps.push({ kind: 'numbering', seq: last + 1 });
  return { events, chain: brokenAt === undefined ? 'ok' : 'broken', ...(brokenAt === undefined ? {} : { brokenAt }), continuity: gaps.length === 0 ? 'ok' : 'gap', gaps };
}

/** Whatever the pieces say does not matter to the lead, and they may have been erased. */
const eventOf = (row: LogRow): RecordEvent => ({
  id: row.id, stream: row.stream_id, seq: row.seq, type: row.type, schema: row.schema, at: instantOf(row.at), recordedAt: instantOf(row.recorded_at),
  actor: row.actor_id, structure: row.structure_id, data: row.data, about: row.about, audience: row.audience, pieces: [],
});
