import { Injectable } from '@nestjs/common';
import { localDateOf, type Uuid } from '@fil-rouge/kernel';
import {
  asked,
  Clock,
  cursorOf,
  instantOf,
  limitOf,
  pageOf,
  Reads,
  type Caller,
  type Page,
  type Select,
} from '@fil-rouge/platform';
import { structureNamed, type Named } from '../case/names.sql';
import { askedBy, before, endsOn } from './retention';
import type { RetentionLine, RetentionQuery } from './retention.dto';

interface Row {
  id: Uuid;
  status: string;
  structure: Named | null;
  structure_id: Uuid | null;
  last_activity_at: string;
  waits: boolean;
}

const after = asked({
  after: `(f.last_activity_at, f.id) > (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
/** By an index of what is kept: neither what was erased nor what ended in another record. */
const records: Select = (params) => `
select f.id, f.status, ${structureNamed('f.led_structure_id')} as structure, f.led_structure_id as structure_id, f.last_activity_at, is_waited_for(f.id) as waits
from case_file f where f.status in ('open', 'closed') and f.last_activity_at < ($1->>'before')::timestamptz${after(params)}
order by f.last_activity_at, f.id limit ($1->>'limit')::integer`;
/** What structures read whose part is over is theirs alone to read: which those are, comes without anything of it. */
const parts = `
select f.case_id as id, f.status, ${structureNamed('f.structure_id')} as structure, f.structure_id, f.last_activity_at, false as waits
from ended_parts(($1->>'before')::timestamptz, $1->'after', ($1->>'limit')::integer) f
order by f.last_activity_at, f.case_id, f.structure_id`;

@Injectable()
export class RetentionQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** What has its end by that day, the oldest first. */
  async list(caller: Caller, query: RetentionQuery): Promise<Page<RetentionLine>> {
    const by = askedBy(query.by, localDateOf(this.clock.now()));
    const ofRecords = (query.what ?? 'record') === 'record';
    const params = { before: before(by), limit: limitOf(query) + 1, after: cursorOf(query) };
    const audit = { action: 'retention.list', shownIn: 'id' };
    const rows = await this.reads.rows<Row>(caller, ofRecords ? records : parts, params, { audit });
    return pageOf(
      rows,
      limitOf(query),
      ({ last_activity_at, id, structure_id }) => [last_activity_at, id, ...(ofRecords ? [] : [structure_id!])],
      ({ id, status, structure, last_activity_at, waits }) => ({
        ...{ caseId: id, status, waits },
        ...(structure ? { structure } : {}),
        lastActivityOn: localDateOf(instantOf(last_activity_at)),
        endsOn: endsOn(instantOf(last_activity_at)),
      }),
    );
  }
}
