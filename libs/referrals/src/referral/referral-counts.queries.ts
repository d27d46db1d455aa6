import { Injectable } from '@nestjs/common';
import { referralStatusValues } from '@fil-rouge/kernel';
import { countOf, mostCounted, Reads, type Caller } from '@fil-rouge/platform';
import type { ReferralCounts, ReferralsCounted } from './referral-counts.dto';
import { boxes, sentOn } from './referral.sql';

/** Of each state no more is counted than is said: the first rows of one index, however many there are. */
const countsSql = /* sql */ `
  select b.box, s.status, (select count(*)::integer from (
    (select from referral_access r where r.structure_id = me_structure() and r.status = s.status
      and r.box = any(array(select jsonb_array_elements_text(b.of))) limit ($1->>'most')::integer + 1)
    union all
    (select from referral_access r where b.box = 'sent' and r.structure_id = me_structure() and r.status = s.status
      and ${sentOn} limit ($1->>'most')::integer + 1)) c) as found
  from jsonb_each($1->'boxes') b(box, of) cross join jsonb_array_elements_text($1->'statuses') with ordinality s(status, n) order by s.n`;

interface CountRow {
  box: string;
  status: string;
  found: number;
}

/** How many referrals the structure has received and sent, by state, for whoever reads their list: nothing personal is read. */
@Injectable()
export class ReferralCountsQueries {
  constructor(private readonly reads: Reads) {}

  async counts(caller: Caller): Promise<ReferralCounts> {
    const rows = await this.reads.rows<CountRow>(caller, countsSql, {
      ...{ boxes, statuses: [...referralStatusValues], most: mostCounted },
    });
    const of = (wanted: string): ReferralsCounted[] =>
      rows
        .filter(({ box, found }) => box === wanted && found > 0)
        .map(({ status, found }) => ({ status, ...countOf(found) }));
    return { received: of('received'), sent: of('sent') };
  }
}
