/** The selects of exports: of one's own, and of what goes into one. Row-level security, as in the lists that they follow. */
import type { JsonObject, Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, residentNamed, type Named } from '../case/names.sql';
import type { SealedName } from '../case/resident-name.view';
import { filters } from '../session/session-lists.sql';

export interface ExportRead {
  id: Uuid;
  status: string;
  per: string;
  format: 'csv' | 'xlsx';
  columns: string[];
  filters: { from?: string; to?: string };
  counsellor: Named | null;
  done: number;
  total: number | null;
  bytes: number;
  failure: string | null;
  asked_at: string;
  ended_at: string | null;
  expires_at: string;
}

export interface FileRead {
  id: Uuid;
  format: 'csv' | 'xlsx';
  /** Null: it is not ready. */
  sealed_with: string | null;
  attempt: number;
  parts: number;
  bytes: number;
  asked_at: string;
}

const kept = `x.user_id = me_user() and x.expires_at > ($1->>'now')::timestamptz`;
const shown = `select x.id, x.status, x.per, x.format, x.columns, x.filters, ${personNamed(`(x.filters->>'counsellor')::uuid`)} as counsellor, x.done, x.total, x.bytes, x.failure, x.asked_at, x.ended_at, x.expires_at from export x where ${kept}`;

export const ownExports = `${shown} order by x.asked_at desc, x.id desc`;
export const ownExport = `${shown} and x.id = ($1->>'id')::uuid`;

/** Each in the journal. */
export const fileOfExport = `select x.id, x.format, x.sealed_with, x.attempt, x.parts, x.bytes, x.asked_at from export x where ${kept} and x.status = 'ready' and x.id = ($1->>'id')::uuid`;
/** Each is asked for anew, so that it ends with the access. */
export const partOfExport = `select a.ciphertext from export x join export_part a on a.export_id = x.id where ${kept} and x.id = ($1->>'id')::uuid and a.n = ($1->>'n')::integer`;
export interface PartRead {
  ciphertext: string;
}

/** `id` null: the journal names no record. */
export const askForExport = `select null::uuid as id, ask_export($1->'export', ($1->>'most')::integer) as asked`;
export const removeExport = `select null::uuid as id, remove_export(($1->>'id')::uuid) as removed`;

export const countedSessions: Select = (params) =>
  `select count(*)::integer as total from session_entry s where s.structure_id = me_structure() and s.status = $1->>'status'${filters(params)}`;

/** What a workshop has of the choices for sessions. */
const ofWorkshops = asked({
  counsellor: `w.author_id = ($1->>'counsellor')::uuid`,
  from: `w.date >= ($1->>'from')::date`,
  to: `w.date <= ($1->>'to')::date`,
  theme: `w.themes && array(select jsonb_array_elements_text($1->'theme'))`,
  place: `w.place = any(array(select jsonb_array_elements_text($1->'place')))`,
  commune: `w.commune = any(array(select jsonb_array_elements_text($1->'commune')))`,
  after: `(w.recorded_at, w.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
const workshops = (params: JsonObject) =>
  `workshop w where w.structure_id = me_structure() and w.status = case $1->>'status' when 'recorded' then 'held' else $1->>'status' end${ofWorkshops(params)}`;

/** Who came under a name: of those who came without one there is a number, and nobody is made of it. */
export const countedParticipants: Select = (params) =>
  `select coalesce(sum(cardinality(w.participants)), 0)::integer as total from ${workshops(params)}`;

export interface ParticipantRead {
  id: Uuid;
  /** Null: nobody came under a name. */
  case_id: Uuid | null;
  present_case: Uuid | null;
  date: string;
  minutes: number;
  place: string;
  commune: string | null;
  themes: string[];
  recorded_at: string;
  corrections: number;
  status: 'held' | 'entered_in_error';
  actor: Named | null;
  resident: SealedName | null;
}

export const participantsOfStructure: Select = (params) => `
select w.id, p.case_id, coalesce(visible_survivor(p.case_id), p.case_id) as present_case, w.date, w.minutes, w.place, w.commune, w.themes, w.recorded_at, w.corrections, w.status,
  ${personNamed('w.author_id')} as actor, ${residentNamed('p.case_id')} as resident
from (select * from ${workshops(params)} order by w.recorded_at desc, w.id desc limit ($1->>'limit')::integer) w
  left join lateral unnest(w.participants) with ordinality p(case_id, place) on true
order by w.recorded_at desc, w.id desc, p.place`;
