/** The selects of workshops, and their rows. Row-level security: those of the caller's own structure. */
import type { JsonObject, Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, pieceOfEvent, residentNamed, structureNamed, type Named } from '../case/names.sql';
import type { SealedName } from '../case/resident-name.view';
import type { OnCase } from '../entry/on-case.sql';
import type { Anonymous, WorkshopState } from './workshop';

export interface WorkshopRowRead {
  id: Uuid;
  structure: Named;
  actor: Named | null;
  date: string;
  minutes: number;
  place: string;
  commune: string | null;
  themes: string[];
  level: string | null;
  participants: Uuid[];
  anonymous: Anonymous;
  recorded_at: string;
  status: WorkshopState['status'];
  key: string | null;
  text_event: Uuid | null;
  text: string | null;
  /** Of those who came, and of one workshop also of those who did before a correction, by case. */
  residents: Record<Uuid, SealedName> | null;
  /** Of one workshop: what happened to it, oldest first. */
  events?: WorkshopEventRead[];
  standings?: (Pick<OnCase, 'view' | 'status' | 'last_day'> | { readonly view: null })[];
}

interface WorkshopEventRead {
  id: Uuid;
  type: string;
  at: string;
  actor: Named | null;
  data: JsonObject;
  text: string | null;
}

/** The record in which a participant's goes on, as far as the caller knows. */
export interface PresentCase {
  readonly id: Uuid;
  readonly record: Uuid;
  readonly visible: boolean;
  readonly erased: boolean;
}

const residentsOf = (cases: string): string => `(
  select json_object_agg(p.id, p.resident) from (select c.id, ${residentNamed('c.id')} as resident from (${cases}) c(id) offset 0) p where p.resident is not null) as residents`;

/** Opened for the page's rows only. */
const shown = `
  w.id, ${structureNamed('w.structure_id')} as structure, ${personNamed('w.author_id')} as actor, w.date, w.minutes, w.place, w.commune, w.themes, w.level,
  w.participants, w.anonymous, w.recorded_at, w.status, key_of(w.id) as key, w.text_event, ${pieceOfEvent('w.text_event', 'shared_text')} as text`;

const filters = asked({
  status: `w.status = any(array(select jsonb_array_elements_text($1->'status')))`,
  after: `(w.recorded_at, w.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
export const list: Select = (params) => `
select ${shown}, ${residentsOf('select unnest(w.participants)')} from (
  select * from workshop w where w.structure_id = me_structure()${filters(params)}
  order by w.recorded_at desc, w.id desc limit ($1->>'limit')::integer
) w order by w.recorded_at desc, w.id desc`;

const events = `(
  select json_agg(json_build_object('id', e.id, 'type', e.type, 'at', e.at, 'actor', ${personNamed('e.actor_id')}, 'data', e.data, 'text', ${pieceOfEvent('e.id', 'shared_text')}) order by e.seq)
  from (select * from event e where e.stream_id = w.id order by e.seq limit 500) e) as events`;
const onceNamed = `select unnest(w.participants) union
    select jsonb_array_elements_text(e.data->'participants')::uuid from event e where e.stream_id = w.id and e.type in ('WorkshopHeld', 'WorkshopCorrected')`;
/** How the structure stands to those who came, each by the record in which theirs goes on; of who is erased nothing is left to correct. */
const standings = `(
  select coalesce(json_agg(json_build_object('view', a.participation, 'status', a.status, 'last_day', a.last_day)), '[]')
  from unnest(w.participants) p(id) left join case_access a on a.structure_id = me_structure() and a.case_id = coalesce(visible_survivor(p.id), p.id)
  where key_of(p.id) is not null) as standings`;
export const one = `select ${shown}, ${residentsOf(onceNamed)}, ${events}, ${standings} from workshop w where w.structure_id = me_structure() and w.id = ($1->>'workshopId')::uuid`;

/** Row-level security: a case that the caller takes or took part in. */
export const presentCases = `
select p.id, coalesce(visible_survivor(p.id), p.id) as record, a.case_id is not null as visible, key_of(p.id) is null as erased
from (select distinct jsonb_array_elements_text($1->'ids')::uuid as id) p left join case_access a on a.structure_id = me_structure() and a.case_id = p.id`;
