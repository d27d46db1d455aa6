/** The selects of slips, and of what is ready for one. */
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, structureNamed } from '../case/names.sql';

/**
 * The oldest records whose grace is over and that nobody waits for. What was announced is due by what it names, so the order of the index is nearly that of what is ready: what is
 * passed over was announced later, or is waited for. It is not relied on: each is asked once more when it is erased.
 */
export const readySql = `
select f.id as "caseId", f.status, f.led_structure_id as "structureId", to_char(f.last_activity_at at time zone 'Europe/Paris', 'YYYY-MM') as month
from case_file f join erasure_notice n on n.case_id = f.id and n.last_activity_at = f.last_activity_at
where f.status in ('open', 'closed') and f.last_activity_at < ($1->>'before')::timestamptz and n.from_day <= ($1->>'today')::date and not is_waited_for(f.id)
order by f.last_activity_at, f.id limit ($1->>'limit')::integer`;

const shown = `s.id, s.number, s.state, s.drawn_up_at, ${personNamed('s.drawn_up_by')} as drawn_up_by, s.open, s.closed, s.first_month, s.last_month, s.hash, s.signed_at,
  ${personNamed('s.signed_by')} as signed_by, s.visa, s.erased, s.left_out, s.ended_at`;

const filters = asked({ after: `s.number < ($1->'after'->>0)::integer` });
export const listSql: Select = (params) => `
select ${shown} from elimination_slip s where true${filters(params)} order by s.number desc limit ($1->>'limit')::integer`;

export const oneSql = `
select ${shown},
  (select coalesce(json_agg(json_build_object('structure', ${structureNamed(`(p->>'structureId')::uuid`)}, 'records', (p->>'records')::integer) order by (p->>'records')::integer desc, p->>'structureId'), '[]')
   from jsonb_array_elements(s.producers) p) as producers,
  (select json_agg(json_build_object('caseId', l.case_id, 'state', l.state, 'because', l.because) order by l.place) from elimination_line l where l.slip_id = s.id) as records
from elimination_slip s where s.id = ($1->>'id')::uuid`;
