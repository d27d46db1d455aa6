/** The selects of what was sent outside the network. Row-level security: as far as the thread is read, and what the own structure sent. */
import type { Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, pieceOfEvent, residentNamed, structureNamed, type Named } from '../case/names.sql';
import type { SealedName } from '../case/resident-name.view';
import { boxOf, onCase, type Box, type OnCase } from '../entry/on-case.sql';
import type { OutsideRow } from './outside.projection';

export interface OutsideRead extends Omit<OutsideRow, 'text_event' | 'end_event' | 'author_id' | 'ended_by'> {
  structure: Named | null;
  actor: Named | null;
  ender: Named | null;
  text: Box | null;
  comment: Box | null;
}

export interface OutsideOnCase extends OnCase {
  outside: OutsideRead[];
}

export interface OutsideLineRead extends OutsideRead {
  present_case: Uuid;
  resident: SealedName | null;
}

/** The resident as the record stands, to be opened. */
export interface SheetRead extends OutsideOnCase {
  resident: {
    key: string | null;
    first_name_event: Uuid | null;
    first_name: string | null;
    profile_event: Uuid | null;
    profile: string | null;
  }[];
  reception: { places: object[] }[];
}

const shown = `o.id, o.case_id, o.structure_id, o.recipient, o.needs, o.means, o.status, o.outcome, o.outcome_on, o.version, o.seq, o.sent_on, o.sent_at, o.ended_at,
  ${structureNamed('o.structure_id')} as structure, ${personNamed('o.author_id')} as actor, ${personNamed('o.ended_by')} as ender,
  ${boxOf('o.text_event', 'shared_text')} as text, ${boxOf('o.end_event', 'shared_text')} as comment`;

const one = `select ${shown} from outside_referral o where o.id = ($1->>'outsideId')::uuid and o.case_id = any(records_seen_in(a.case_id))`;

export const outsideOfCase = onCase({ outside: one });

/** For who sent, while it takes part in the open case and the resident does not object to everybody: as it would be sent now. */
export const sheetOfCase = onCase(
  {
    outside: one,
    resident: `select key_of(a.case_id) as key, a.first_name_event, ${pieceOfEvent('a.first_name_event', 'first_name')} as first_name,
    a.profile_event, ${pieceOfEvent('a.profile_event', 'profile')} as profile`,
    reception: `select reception_of(me_structure()) as places`,
  },
  `a.status = 'open' and a.participation in ('lead', 'contributor') and not a.objections @> '[{"against": "all"}]'
  and exists (select from (${one}) o where o.structure_id = me_structure() and o.status <> 'entered_in_error')`,
);

const after = asked({ after: `(o.sent_at, o.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)` });

/** Of each record that makes up the case the newest of one index. */
export const allOfCase: Select = (params) =>
  onCase({
    outside: `select ${shown} from (
      select o.* from unnest(records_seen_in(a.case_id)) r(id) cross join lateral (
        select * from outside_referral o where o.case_id = r.id${after(params)} order by o.sent_at desc, o.id desc limit ($1->>'limit')::integer) o
      order by o.sent_at desc, o.id desc limit ($1->>'limit')::integer) o order by o.sent_at desc, o.id desc`,
  });

const filters = asked({
  status: `o.status = any(array(select jsonb_array_elements_text($1->'status')))`,
  recipient: `o.recipient = any(array(select jsonb_array_elements_text($1->'recipient')))`,
  from: `o.sent_on >= ($1->>'from')::date`,
  to: `o.sent_on <= ($1->>'to')::date`,
  after: `(o.sent_at, o.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});

/** What the own structure sent, from whichever case. */
export const allOfStructure: Select = (params) => `
select ${shown}, coalesce(visible_survivor(o.case_id), o.case_id) as present_case, ${residentNamed('o.case_id')} as resident
from (select * from outside_referral o where o.structure_id = me_structure()${filters(params)} order by o.sent_at desc, o.id desc limit ($1->>'limit')::integer) o
order by o.sent_at desc, o.id desc`;
