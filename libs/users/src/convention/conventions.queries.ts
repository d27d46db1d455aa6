import { Injectable } from '@nestjs/common';
import { invalid, localDateOf, notFound, type ConventionStatus, type Json, type Uuid } from '@fil-rouge/kernel';
import { asked, Clock, limitOf, Reads, type Asking, type Caller, type Rows, type Select } from '@fil-rouge/platform';
import { employedOn } from '../schema/employment.sql';
import type { ConventionRow, PostPeriodRow } from './convention.projection';

export type PostPeriodShown = Omit<PostPeriodRow, 'case_id' | 'structure_id'> & {
  user_name: string | null;
  still_there: boolean;
};
export type ConventionShownRow = Omit<ConventionRow, 'case_id'> & {
  structure_name: string;
  status: ConventionStatus;
  periods: PostPeriodShown[];
};

export interface ConventionsFilter {
  limit?: number;
  structureId?: Uuid;
  status?: ConventionStatus[];
}

const today = `($1->>'today')::date`;
const status = `case when c.until_date < ${today} then 'ended' when c.from_date > ${today} then 'to_come' else 'running' end`;
const shown = /* sql */ `c.id, c.structure_id, c.reference, c.envelope, c.from_date, c.until_date, c.amount, c.version, c.end_reason, ${status} as status, s.name as structure_name, (
    select coalesce(json_agg(json_build_object('id', p.id, 'post_id', p.post_id, 'status', p.status, 'user_id', p.user_id, 'user_name', a.name, 'from_date', p.from_date,
      'until_date', p.until_date, 'fill_by', p.fill_by, 'still_there', exists (select from employment e where e.user_id = p.user_id and e.structure_id = p.structure_id and ${employedOn('e', today)}))
      order by p.post_id, p.from_date, p.until_date nulls last, p.id), '[]')
    from post_period p left join account a on a.id = p.user_id where p.case_id = c.id
  ) as periods`;

const filters = asked({
  structureId: `c.structure_id = ($1->>'structureId')::uuid`,
  status: `${status} = any(array(select jsonb_array_elements_text($1->'status')))`,
  after: `(c.until_date, c.id) > (($1->'after'->>0)::date, ($1->'after'->>1)::uuid)`,
});
const listSql: Select = (params) => /* sql */ `
  select ${shown} from (
    select c.* from convention c where true${filters(params)} order by c.until_date, c.id limit ($1->>'limit')::integer + 1
  ) c join structure s on s.id = c.structure_id order by c.until_date, c.id`;
const oneSql = `select ${shown} from convention c join structure s on s.id = c.structure_id where c.id = ($1->>'id')::uuid`;

/** Conventions for who answers for them. Row-level security leaves a manager those of the own structure. */
@Injectable()
export class ConventionsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** What ends first comes first. One row more than the limit when there is a next page. Problems: 422 for a manager who names another structure. */
  list(
    caller: Caller,
    { structureId, status, limit }: ConventionsFilter,
    after: Json[] | null,
  ): Promise<ConventionShownRow[]> {
    const { role, structureId: own } = caller.session;
    if (role === 'manager' && structureId !== undefined && structureId !== own)
      throw invalid(
        '?structureId',
        'not-for-your-role',
        'You manage your own structure: leave `structureId` out, or name it.',
      );
    const params = { structureId: role === 'manager' ? own : structureId, status, limit: limitOf({ limit }), after };
    return this.reads.rows<ConventionShownRow>(caller, listSql, { ...params, today: this.today() });
  }

  /** What `one` reads. */
  asking(caller: Caller, id: Uuid): Asking {
    return this.reads.asking(caller, oneSql, { id, today: this.today() });
  }

  /** Problems: 404 also for another structure's. */
  async one(caller: Caller, id: Uuid, rows?: Rows): Promise<ConventionShownRow> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, id)))) as ConventionShownRow[];
    if (!row) throw notFound();
    return row;
  }

  private today(): string {
    return localDateOf(this.clock.now());
  }
}

/** Where a convention stands in the list's order. */
export const conventionsKey = ({ until_date, id }: ConventionShownRow): Json[] => [until_date, id];
