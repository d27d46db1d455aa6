import { definer, internal, readTable } from '@fil-rouge/platform';
import { ConventionEntity, PostPeriodEntity } from '../convention/convention.entity';

/** The State's money is for who answers for it: a structure's own managers, and whoever watches the network. */
const person = `(structure_id = me_employer() and me_role() = 'manager') or me_role() in ('coordinator', 'administrator')`;

export const conventions = [
  ...readTable(ConventionEntity, { of: 'case_id', person }),
  ...readTable(PostPeriodEntity, { of: 'case_id', person }),

  // p = {structureId, today}: how many go on after today, of a structure that another one is to take over.
  internal(
    'check_running_conventions(p jsonb) returns jsonb language sql stable',
    /* sql */ `
  select to_jsonb(count(*)) from convention where structure_id = (p->>'structureId')::uuid and until_date > (p->>'today')::date having count(*) > 0
`,
  ),

  // Which structures of the network have one: for who loads the others, before anybody is signed in.
  definer(
    'signed_structures() returns setof uuid language sql stable',
    ['worker'],
    /* sql */ `
  select distinct structure_id from convention
`,
  ),
];
