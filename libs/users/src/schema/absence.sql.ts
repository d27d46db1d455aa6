import { invoker, readTable } from '@fil-rouge/platform';
import { AbsenceEntity } from '../absence/absence.entity';
import { employedOn } from './employment.sql';

/** An absence that covers that day, of somebody who works there still. */
export const awayOn = (absence: string, day: string): string =>
  `not ${absence}.ended and ${day} between ${absence}.from_date and ${absence}.until_date`;

export const absences = [
  // Who works there is not everybody's to read; nor who is away.
  ...readTable(AbsenceEntity, {
    of: 'case_id',
    person: `structure_id = me_employer() or me_role() in ('coordinator', 'administrator')`,
    worker: true,
  }),
  // Who takes over that day, as `deputyOf` says it; as far as whoever asks may know who works there.
  invoker(
    'deputy_of(p_structure uuid, p_user uuid, p_day date) returns uuid language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select b.deputy_id from absence b
  where b.structure_id = p_structure and b.user_id = p_user and b.until_date >= p_day and ${awayOn('b', 'p_day')}
    and (select count(distinct e.user_id) from employment e where e.structure_id = p_structure and e.user_id in (b.user_id, b.deputy_id)
      and e.role in ('counsellor', 'manager') and ${employedOn('e', 'p_day')}) = 2
    and not exists (select from absence d where d.structure_id = p_structure and d.user_id = b.deputy_id and d.until_date >= p_day and ${awayOn('d', 'p_day')})
  limit 1
`,
  ),
];
