import { Injectable } from '@nestjs/common';
import { caseStatusValues } from '@fil-rouge/kernel';
import { asked, countOf, mostCounted, Reads, type Caller, type Select } from '@fil-rouge/platform';
import type { CaseCounts } from './case-counts.dto';
import type { LedBy } from './cases.dto';
import { own } from './cases.sql';

/** What leads to the rows of `lead` and `counsellor` is the index of states itself: whoever is the named counsellor leads. */
const filters = asked({
  mine: `a.participation = 'lead' and a.led_user_id = me_user()`,
  counsellor: `a.participation = 'lead' and a.led_user_id = ($1->>'counsellor')::uuid`,
  ofStructure: `a.participation = 'lead'`,
});

/** Of each state no more is counted than is said: the first rows of one index, however many there are. */
const countsSql: Select = (params) => /* sql */ `
  select s.status, (select count(*)::integer from (
    select from case_access a where ${own} and a.status = s.status${filters(params)} limit ($1->>'most')::integer + 1) c) as found
  from jsonb_array_elements_text($1->'statuses') with ordinality s(status, n) order by s.n`;

/** How many cases the structure has in each state, for whoever reads their list: nothing personal is read. */
@Injectable()
export class CaseCountsQueries {
  constructor(private readonly reads: Reads) {}

  async counts(caller: Caller, { lead, counsellor }: LedBy): Promise<CaseCounts> {
    const rows = await this.reads.rows<{ status: string; found: number }>(caller, countsSql, {
      ...{ statuses: [...caseStatusValues], most: mostCounted, counsellor },
      ...{ mine: lead === 'mine' || undefined, ofStructure: lead === 'structure' || undefined },
    });
    return { counts: rows.flatMap(({ status, found }) => (found > 0 ? [{ status, ...countOf(found) }] : [])) };
  }
}
