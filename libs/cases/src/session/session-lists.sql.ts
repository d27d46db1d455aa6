/** The sessions of a structure across its cases. Row-level security: its own. */
import type { JsonObject, Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, residentNamed, type Named } from '../case/names.sql';
import type { SealedName } from '../case/resident-name.view';

/** What was done, in codes: columns of every row that is a session. */
export interface CodesRead {
  date: string;
  minutes: number;
  place: string;
  commune: string | null;
  place_id: Uuid | null;
  place_name: string | null;
  themes: string[];
  equipment: string[];
  autonomy: string | null;
}

export interface SessionLineRead extends CodesRead {
  id: Uuid;
  /** Where it stands, for the journal; `present_case`: the record in which that one goes on, as far as the reader knows. */
  case_id: Uuid;
  present_case: Uuid;
  status: 'recorded' | 'entered_in_error';
  referral_id: Uuid | null;
  corrections: number;
  actor: Named | null;
  resident: SealedName | null;
  tags: Named[] | null;
}

/** The labels that a session has and that there are still, as JSON; null: none. */
export const tagsOf = (
  session: string,
): string => `(select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.turn)
  from session_tags t join structure_tags v on v.id = t.structure_id, rows from (jsonb_to_recordset(v.tags) as (id uuid, name text)) with ordinality as n(id, name, turn)
  where t.id = ${session} and n.id = any(t.tags))`;

export const filters = asked({
  counsellor: `s.author_id between ($1->>'counsellor')::uuid and ($1->>'counsellor')::uuid`,
  from: `s.date >= ($1->>'from')::date`,
  to: `s.date <= ($1->>'to')::date`,
  theme: `s.themes && array(select jsonb_array_elements_text($1->'theme'))`,
  tag: `exists (select from session_tags t where t.id = s.id and ($1->>'tag')::uuid = any(t.tags))`,
  place: `s.place = any(array(select jsonb_array_elements_text($1->'place')))`,
  placeId: `s.place_id between ($1->>'placeId')::uuid and ($1->>'placeId')::uuid`,
  commune: `s.commune = any(array(select jsonb_array_elements_text($1->'commune')))`,
  after: `(s.date, s.id) < (($1->'after'->>0)::date, ($1->'after'->>1)::uuid)`,
});

export const newest = 's.date desc, s.id desc';

/** By author or place where one is asked for: a `between`, and the order begins with the column, as in the list of cases (`firstRows`). */
export const firstRows = (params: JsonObject): string => {
  const first = params['counsellor'] ? 's.author_id desc, ' : params['placeId'] ? 's.place_id desc, ' : '';
  return `order by ${first}${newest} limit ($1->>'limit')::integer`;
};

export const sessionsOfStructure: Select = (params) => `
select s.id, s.case_id, coalesce(visible_survivor(s.case_id), s.case_id) as present_case, s.status, s.date, s.minutes, s.place, s.commune, s.place_id, (select p.name from place p where p.id = s.place_id) as place_name, s.themes, s.equipment,
  s.autonomy, s.referral_id, s.corrections, ${personNamed('s.author_id')} as actor, ${residentNamed('s.case_id')} as resident, ${tagsOf('s.id')} as tags
from (select * from session_entry s where s.structure_id = me_structure() and s.status = $1->>'status'${filters(params)} ${firstRows(params)}) s order by ${newest}`;
