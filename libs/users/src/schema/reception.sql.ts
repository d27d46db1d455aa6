import { invoker, readTable } from '@fil-rouge/platform';
import { StructureContactsEntity, StructureLeafletEntity } from '../reception/reception.entity';
import { awayOn } from './absence.sql';
import { employedOn } from './employment.sql';

/** Defined above, where places are: those that are open, by name, as JSON; the first fifty. */
export const receptionOf = 'reception_of(p_structure uuid) returns jsonb';

export const reception = [
  ...readTable(StructureLeafletEntity, { of: 'case_id', person: 'true' }),
  // Who works there is not everybody's to read.
  ...readTable(StructureContactsEntity, {
    of: 'case_id',
    person: `id = me_structure() or me_role() in ('coordinator', 'administrator')`,
    worker: true,
  }),
  // Who answers there that day where nobody was chosen, or takes over from who would, as `onDuty` says it. As far as whoever asks may know who works there.
  invoker(
    'on_duty(p_structure uuid, p_day date) returns uuid language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select coalesce(away.deputy, named.id) from structure_contacts c
  cross join lateral (values ((c.rota->>(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])[extract(isodow from p_day)::integer])::uuid, 1), (c.default_id, 2)) named(id, turn)
  left join lateral (
    select true as gone, deputy_of(p_structure, named.id, p_day) as deputy from absence b
    where b.structure_id = p_structure and b.user_id = named.id and b.until_date >= p_day and ${awayOn('b', 'p_day')} limit 1) away on true
  where (away.gone is null or away.deputy is not null) and c.id = p_structure and exists (
    select from employment e where e.structure_id = p_structure and e.user_id = named.id and e.role in ('counsellor', 'manager') and ${employedOn('e', 'p_day')})
  order by named.turn limit 1
`,
  ),
];
