import { definer, readTable } from '@fil-rouge/platform';
import { ConventionEntity, PostPeriodEntity } from '../convention/convention.entity';

/** The State's money is for who answers for it: a structure's own managers, and whoever watches the network. */
const api = `(structure_id = me_employer() and me_role() = 'manager') or me_role() in ('coordinator', 'administrator')`;

export const conventions = [
  ...readTable(ConventionEntity, { of: 'case_id', api }),
  ...readTable(PostPeriodEntity, { of: 'case_id', api }),

  // Which structures of the network have one: for who loads the others, before anybody is signed in.
  definer(
    'signed_structures() returns setof uuid language sql stable',
    ['api'],
    /* sql */ `
  select distinct structure_id from convention
`,
  ),
];
