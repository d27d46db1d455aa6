/** The selects of appointments. Row-level security: the own structure's, and those of a case as far as its thread is read. */
import type { JsonObject, Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, residentNamed, structureNamed, type Named } from '../case/names.sql';
import type { SealedName } from '../case/resident-name.view';
import { addressOf, boxOf, onCase, type AddressBox, type Box, type OnCase } from '../entry/on-case.sql';
import type { AppointmentRow } from './appointment.projection';

export interface AppointmentLineRead extends Omit<
  AppointmentRow,
  'text_event' | 'note_event' | 'end_event' | 'counsellor_id' | 'reminder_event' | 'reminded'
> {
  place_name: string | null;
  structure: Named | null;
  counsellor: Named | null;
}

export interface StructureLineRead extends AppointmentLineRead {
  /** The record in which that one goes on, as far as the reader knows. */
  present_case: Uuid;
  resident: SealedName | null;
}

export interface AppointmentRead extends AppointmentLineRead {
  text: Box | null;
  note: Box | null;
  comment: Box | null;
  /** Where the resident is reminded. */
  email: AddressBox | null;
  reminder_event: Uuid | null;
  reminded: boolean | null;
}

/** The case, and what is asked of its appointments. */
export interface AppointmentsOnCase<R> extends OnCase {
  appointments: R[];
}

const line = `p.id, p.case_id, p.structure_id, p.version, p.status, p.at, p.minutes, p.place, p.place_id, (select l.name from place l where l.id = p.place_id) as place_name,
  p.seq, p.made_at, p.ended_at, p.ended_by, p.ended_for, p.session_id, ${structureNamed('p.structure_id')} as structure, ${personNamed('p.counsellor_id')} as counsellor`;

export const appointmentOfCase = onCase({
  appointments: `
  select ${line}, ${boxOf('p.text_event', 'shared_text')} as text, ${boxOf('p.note_event', 'private_note')} as note, ${boxOf('p.end_event', 'shared_text')} as comment,
    ${addressOf('p.reminder_event')} as email, p.reminder_event, p.reminded
  from appointment p where p.id = ($1->>'appointmentId')::uuid and p.case_id = any(records_seen_in(a.case_id))`,
});

const after = asked({ after: `(p.at, p.id) > (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)` });
const soonest = `p.at, p.id limit ($1->>'limit')::integer`;

/** Of each record that makes up the case the first of one index. */
export const appointmentsOfCase: Select = (params) =>
  onCase({
    appointments: `
  select ${line} from (
    select p.* from unnest(records_seen_in(a.case_id)) r(id) cross join lateral (
      select * from appointment p where p.case_id = r.id and p.status = $1->>'status'${after(params)} order by ${soonest}) p
    order by ${soonest}) p order by p.at, p.id`,
  });

const filters = asked({
  counsellor: `p.counsellor_id between ($1->>'counsellor')::uuid and ($1->>'counsellor')::uuid`,
  from: `p.at >= ($1->>'from')::timestamptz`,
  to: `p.at < ($1->>'to')::timestamptz`,
});

/** By counsellor where one is asked for: a `between`, and the order begins with the column, as in the list of sessions. */
const firstRows = (params: JsonObject): string =>
  `order by ${params['counsellor'] ? 'p.counsellor_id, ' : ''}${soonest}`;

export const appointmentsOfStructure: Select = (params) => `
select ${line}, coalesce(visible_survivor(p.case_id), p.case_id) as present_case, ${residentNamed('p.case_id')} as resident
from (select * from appointment p where p.structure_id = me_structure() and p.status = $1->>'status'${filters(params)}${after(params)} ${firstRows(params)}) p order by p.at, p.id`;
