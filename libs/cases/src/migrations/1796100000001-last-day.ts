import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Up to which day a part that has ended is still added to: as the record's state says it. */
export class LastDay1796100000001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table case_access add column if not exists last_day date;
alter table case_access no force row level security;
alter table stream no force row level security;
update case_access a set last_day = (e.ended::timestamptz at time zone 'Europe/Paris')::date
from (
  select i.case_id, i.structure_id, case when i.participation like 'former%' then s.state->'case'->'formers'->(i.structure_id::text)->>'finishedAt'
    else s.state->'case'->>'closedAt' end as ended
  from case_access i join stream s on s.id = i.case_id where i.participation like 'former%' or i.status = 'closed'
) e
where e.case_id = a.case_id and e.structure_id = a.structure_id and e.ended is not null;
alter table stream force row level security;
alter table case_access force row level security;
`);
  }
}
