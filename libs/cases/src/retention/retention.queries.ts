import { Injectable } from '@nestjs/common';
import { localDateOf, type LocalDate, type Uuid } from '@fil-rouge/kernel';
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
import { askedBy, before, endsOn, stageOf } from './retention';
import type { RetentionLine, RetentionQuery } from './retention.dto';

interface Row {
  id: Uuid;
  status: string;
  structure: Named | null;
  structure_id: Uuid | null;
  last_activity_at: string;
  waits: boolean;
  erased_from: LocalDate | null;
  slip: number | null;
}

const after = asked({
  after: `(f.last_activity_at, f.id) > (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
/** By an index of what is kept: neither what was erased nor what ended in another record. */
const records: Select = (params) => `
select f.id, f.status, ${structureNamed('f.led_structure_id')} as structure, f.led_structure_id as structure_id, f.last_activity_at, is_waited_for(f.id) as waits, n.from_day as erased_from,
  (select s.number from elimination_line l join elimination_slip s on s.id = l.slip_id where l.case_id = f.id and l.state = 'waiting' limit 1) as slip
from case_file f left join erasure_notice n on n.case_id = f.id and n.last_activity_at = f.last_activity_at
where f.status in ('open', 'closed') and f.last_activity_at < ($1->>'before')::timestamptz${after(params)}
order by f.last_activity_at, f.id limit ($1->>'limit')::integer`;
/** What structures read whose part is over is theirs alone to read: which those are, comes without anything of it. */
const parts = `
select f.case_id as id, f.status, ${structureNamed('f.structure_id')} as structure, f.structure_id, f.last_activity_at, false as waits, null as erased_from, null as slip
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
    const today = localDateOf(this.clock.now());
    const by = askedBy(query.by, today);
    const ofRecords = (query.what ?? 'record') === 'record';
    const params = { before: before(by), limit: limitOf(query) + 1, after: cursorOf(query) };
    const audit = { action: 'retention.list', shownIn: 'id' };
    const rows = await this.reads.rows<Row>(caller, ofRecords ? records : parts, params, { audit });
    return pageOf(
      rows,
      limitOf(query),
      ({ last_activity_at, id, structure_id }) => [last_activity_at, id, ...(ofRecords ? [] : [structure_id!])],
      ({ id, status, structure, last_activity_at, waits, erased_from, slip }) => ({
        ...{ caseId: id, status, waits },
        ...(structure ? { structure } : {}),
        lastActivityOn: localDateOf(instantOf(last_activity_at)),
        endsOn: endsOn(instantOf(last_activity_at)),
        stage: slip === null ? stageOf(endsOn(instantOf(last_activity_at)), erased_from, today) : 'on_slip',
        ...(erased_from ? { erasedFrom: erased_from } : {}),
        ...(slip === null ? {} : { slip }),
      }),
    );
  }
}
