/** The selects of what was sent outside the network. Row-level security: as far as the thread is read, and what the own structure sent. */
import type { Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, pieceOfEvent, residentNamed, structureNamed, type Named } from '../case/names.sql';
import type { SealedName } from '../case/resident-name.view';
import { boxOf, onCase, type Box, type OnCase } from '../entry/on-case.sql';
import type { OutsideRow } from './outside.projection';

export interface SheetOutsideRead extends Pick<
  OutsideRow,
  'id' | 'structure_id' | 'recipient' | 'needs' | 'means' | 'status' | 'version' | 'seq' | 'sent_at'
> {
  structure: Named | null;
  actor: Named | null;
  text: Box | null;
}

export interface OutsideRead
  extends
    SheetOutsideRead,
    Pick<
      OutsideRow,
      | 'case_id'
      | 'outcome'
      | 'outcome_on'
      | 'sent_on'
      | 'ended_at'
      | 'answer'
      | 'answer_reason'
      | 'answered_at'
      | 'by_recipient'
      | 'link_until'
      | 'link_end'
    > {
  ender: Named | null;
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
export interface SealedResident {
  key: string | null;
  first_name_event: Uuid | null;
  first_name: string | null;
  profile_event: Uuid | null;
  profile: string | null;
}

export interface SheetRead extends OutsideOnCase {
  resident: SealedResident[];
  reception: { places: object[] }[];
}

/** What the sheet says of it; the same for who prints it and who opens it by a link. */
export const sheetColumns = `o.id, o.structure_id, o.recipient, o.needs, o.means, o.status, o.version, o.seq, o.sent_at,
  ${structureNamed('o.structure_id')} as structure, ${personNamed('o.author_id')} as actor, ${boxOf('o.text_event', 'shared_text')} as text`;

/** The link is known to who made it. */
const shown = `${sheetColumns}, o.case_id, o.outcome, o.outcome_on, o.sent_on, o.ended_at, o.answer, o.answer_reason, o.answered_at, o.by_recipient,
  case when o.structure_id = me_structure() then o.link_until end as link_until, case when o.structure_id = me_structure() then o.link_end end as link_end,
  ${personNamed('o.ended_by')} as ender, ${boxOf('o.end_event', 'shared_text')} as comment`;

const one = `select ${shown} from outside_referral o where o.id = ($1->>'outsideId')::uuid and o.case_id = any(records_seen_in(a.case_id))`;

export const outsideOfCase = onCase({ outside: one });

/** Of the resident, to be opened. */
const residentOnSheet = {
  key: 'key_of(a.case_id)',
  first_name_event: 'a.first_name_event',
  first_name: pieceOfEvent('a.first_name_event', 'first_name'),
  profile_event: 'a.profile_event',
  profile: pieceOfEvent('a.profile_event', 'profile'),
};
/** The same as arguments of `jsonb_build_object`. */
export const sheetResident = Object.entries(residentOnSheet)
  .map(([name, column]) => `'${name}', ${column}`)
  .join(', ');

/** Whether who sent may hand out the sheet: it stands to the case as `a`. */
export const handsOut = `a.status = 'open' and a.participation in ('lead', 'contributor') and not a.objections @> '[{"against": "all"}]'`;

/** For who sent, while it takes part in the open case and the resident does not object to everybody: as it would be sent now. */
export const sheetOfCase = onCase(
  {
    outside: one,
    resident: `select ${Object.entries(residentOnSheet)
      .map(([name, column]) => `${column} as ${name}`)
      .join(', ')}`,
    reception: `select reception_of(me_structure()) as places`,
  },
  `${handsOut} and exists (select from (${one}) o where o.structure_id = me_structure() and o.status <> 'entered_in_error')`,
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
