/** The read tables of a story's records in memory: what the named database functions do, as far as the model looks at it. */
import type { Change } from '@fil-rouge/kernel';
import { libraries } from '../../apps/system';
import { composed } from '../../libs/platform/src/schema/schema';
import { firstNumber } from './network';

export type Row = Record<string, unknown>;

const tombstones = new Set(composed(libraries).tables.flatMap(({ table, outlives }) => (outlives ? [table] : [])));

/** A word that only the resident's sealed pieces may hold. */
export const secret = 'Zéphyrine';

const numbered: Readonly<Record<string, string>> = { put_referral: 'referral', put_handover: 'handover' };

export class Tables {
  /** By the function that writes them, then by key. */
  private readonly tables = new Map<string, Map<string, Row>>();
  /** What the model calls them, by id: it stays when they move to another record. */
  private readonly names = new Map<string, { kind: string; n: number }>();
  private readonly counts = new Map<string, number>();

  /** As the store does it: the last image of a row counts; what erases comes last. */
  write(changes: readonly Change[], record: number): void {
    const erasing = changes.filter(({ call }) => call === 'erase_record');
    for (const { call, rows } of changes)
      if (!erasing.some((one) => one.call === call)) for (const image of rows) this.put(call, image as Row, record);
    for (const { rows } of erasing) for (const { id } of rows as { id: string }[]) this.erase(id);
  }

  /** 6. What is the resident's stands in sealed pieces alone, so that there is nothing to erase elsewhere. */
  private put(call: string, image: Row, record: number): void {
    if (JSON.stringify(image).includes(secret) && call !== 'put_search_token')
      throw new Error(`${call} writes what is personal in clear.`);
    const table = this.tables.get(call) ?? new Map<string, Row>();
    const key = (image['$key'] ?? image['id']) as string;
    this.tables.set(call, table.set(key, image));
    const kind = numbered[call];
    if (kind && !this.names.has(key)) {
      const n = this.counts.get(`${kind} of ${record}`) ?? firstNumber(record);
      this.names.set(key, { kind, n });
      this.counts.set(`${kind} of ${record}`, n + 1);
    }
    const voided = call === 'put_referral_void' ? this.tables.get('put_referral')?.get(key) : undefined;
    if (voided) Object.assign(voided, { status: 'entered_in_error', version: (voided['version'] as number) + 1 });
  }

  private erase(record: string): void {
    for (const [call, table] of this.tables) {
      if (tombstones.has(call.slice('put_'.length))) continue;
      for (const [key, row] of table) if (belongsTo(row, record)) table.delete(key);
    }
  }

  /** A record's own, referrals and handovers by their number. */
  rowsOf(call: string, record: string): Row[] {
    const rows = this.all(call).filter((row) => belongsTo(row, record));
    return numbered[call] ? rows.sort((a, b) => this.numberOf(a['id']) - this.numberOf(b['id'])) : rows;
  }

  all(call: string): Row[] {
    return [...(this.tables.get(call)?.values() ?? [])];
  }

  /** Every table in which something is said of the record. */
  mentioning(record: string): string[] {
    return [...this.tables]
      .filter(([, table]) => [...table.values()].some((row) => belongsTo(row, record)))
      .map(([call]) => call);
  }

  find(call: 'put_referral' | 'put_handover', n: number): Row | undefined {
    return this.all(call).find(({ id }) => this.numberOf(id) === n);
  }

  numberOf(id: unknown): number {
    return this.names.get(id as string)?.n ?? -1;
  }

  nameOf(id: unknown): string | null {
    const name = this.names.get(id as string);
    return name ? `${name.kind} ${name.n}` : null;
  }
}

const belongsTo = (row: Row, record: string): boolean => (row['case_id'] ?? row['stream_id']) === record;
