import { Injectable } from '@nestjs/common';
import { localDateOf, notFound, type Uuid } from '@fil-rouge/kernel';
import {
  Clock,
  cursorOf,
  instantOf,
  limitOf,
  pageOf,
  Reads,
  type Asking,
  type Caller,
  type Page,
  type PageQuery,
  type Rows,
} from '@fil-rouge/platform';
import type { Named } from '../case/names.sql';
import { before } from '../retention/retention';
import { mostRecords } from './elimination';
import type { Ready } from './elimination.decider';
import type { SlipLine, SlipProducer, SlipShown, SlipSummary } from './eliminations.dto';
import { listSql, oneSql, readySql } from './eliminations.sql';

interface SlipRow {
  id: Uuid;
  number: number;
  state: string;
  drawn_up_at: string;
  drawn_up_by: Named | null;
  open: number;
  closed: number;
  first_month: string;
  last_month: string;
  hash: string;
  signed_at: string | null;
  signed_by: Named | null;
  visa: string | null;
  erased: number;
  left_out: number;
  ended_at: string | null;
}

interface WholeRow extends SlipRow {
  producers: SlipProducer[];
  records: (Omit<SlipLine, 'because'> & { because: string | null })[];
}

/** Slips, for who may erase. No resident is named in them; that they were read stands in the journal. */
@Injectable()
export class EliminationsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(caller: Caller, query: PageQuery): Promise<Page<SlipSummary>> {
    const params = { limit: limitOf(query) + 1, after: cursorOf(query) };
    const rows = await this.reads.rows<SlipRow>(caller, listSql, params, { audit: { action: 'elimination.list' } });
    return pageOf(rows, limitOf(query), ({ number }) => [number], summaryOf);
  }

  asking = (caller: Caller, id: Uuid): Asking =>
    this.reads.asking(caller, oneSql, { id }, { audit: { action: 'elimination.read' } });

  /** Problems: 404. */
  async one(caller: Caller, id: Uuid, read?: Rows): Promise<SlipShown> {
    const [row] = (read ?? (await this.reads.read(this.asking(caller, id)))) as WholeRow[];
    if (!row) throw notFound();
    return {
      ...summaryOf(row),
      producers: row.producers,
      records: row.records.map(({ because, ...line }) => ({ ...line, ...(because ? { because } : {}) })),
    };
  }

  /** What may stand on the next slip. */
  ready(caller: Caller): Promise<Ready[]> {
    const today = localDateOf(this.clock.now());
    return this.reads.rows<Ready>(caller, readySql, { today, before: before(today), limit: mostRecords });
  }
}

const summaryOf = (row: SlipRow): SlipSummary => ({
  id: row.id,
  number: row.number,
  state: row.state,
  drawnUpAt: instantOf(row.drawn_up_at),
  drawnUpBy: row.drawn_up_by,
  total: row.open + row.closed,
  closed: row.closed,
  open: row.open,
  firstMonth: row.first_month,
  lastMonth: row.last_month,
  hash: row.hash,
  ...(row.signed_at ? { signedAt: instantOf(row.signed_at), signedBy: row.signed_by } : {}),
  ...(row.visa ? { visa: row.visa } : {}),
  erased: row.erased,
  leftOut: row.left_out,
  ...(row.ended_at ? { endedAt: instantOf(row.ended_at) } : {}),
});
