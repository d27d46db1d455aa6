/** The selects of a record's events. One row, or none when the case is hidden. */
import type { JsonObject } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, structureNamedAt } from '../case/names.sql';

/** What is known by now to have been entered in error. A participant who is taken off a workshop and named again was there after all. */
const cancelled = (
  records: string,
): string => `(e.type in ('SessionRecorded', 'SessionCorrected', 'WorkshopAttended', 'AttendanceCorrected', 'NoteWritten', 'NoteCorrected', 'OutsideReferralMade', 'OutsideReferralReported') and exists (
        select from event c where c.about = e.about and c.stream_id ${records} and c.type in ('SessionCancelled', 'AttendanceCancelled', 'NoteCancelled', 'OutsideReferralCancelled')
          and (c.stream_id <> e.stream_id or c.seq > e.seq)))`;

/** `where`, `kinds` and `records` are constants of this file. */
const shown = (
  kinds: string,
  records: string,
): string => `e.id, e.stream_id, e.seq, e.type, e.schema, e.at, e.recorded_at, e.data, e.about, e.audience, e.structure_id, ${cancelled(records)} as cancelled,
      ${personNamed('e.actor_id')} as actor, ${structureNamedAt('e.structure_id', 'e.at')} as structure,
      case when e.audience = 'about' then (select min(case when p.stream_id = e.stream_id then coalesce(p.until_seq, 2147483647) when goes_on_in(e.stream_id, p.stream_id) then 2147483647 end)
       from party p where p.about = e.about and p.structure_id = me_structure()) end as party_until,
      case when e.audience = 'about' then (select max(case when p.from_event is null then 0 when b.stream_id = e.stream_id then b.seq when goes_on_in(b.stream_id, e.stream_id) then 0 else 2147483647 end)
       from party p left join event b on b.id = p.from_event where p.about = e.about and p.structure_id = me_structure()) end as party_from,
      (select json_agg(json_build_object('kind', p.kind, 'structure_id', p.structure_id, 'ciphertext', p.ciphertext))
       from piece p where p.event_id = e.id and p.kind in (${kinds})) as pieces`;

type Page = (where: string, kinds: string, params: JsonObject) => string;

/** The kinds of `entryKinds`, by the types of events. */
const kindOf = `case when e.type like 'Session%' then 'session' when e.type like 'Note%' then 'note' when e.type like 'Appointment%' then 'appointment' when e.type like 'Goal%' then 'goal' when e.type like 'Outside%' then 'outside' when e.type like 'Attendance%' or e.type = 'WorkshopAttended' then 'workshop'
  when e.type like 'Referral%' then 'referral' when e.type like 'Handover%' or e.type = 'LeadAssigned' then 'handover' else 'case' end`;
const ofKinds = `${kindOf} = any(array(select jsonb_array_elements_text($1->'kinds')))`;

type Way = 'asc' | 'desc';
const wayOf = (params: JsonObject): Way => (params['newestFirst'] ? 'desc' : 'asc');
const beyond = (way: Way): string => (way === 'desc' ? '<' : '>');

/** So many entries are looked through for those of the kinds asked for, and no more: a page costs the same in the longest record. */
const mostLookedThrough = 250;

const page: Page = (where, kinds, params) => {
  const way = wayOf(params);
  const entries = `from event e where e.stream_id = a.case_id and ${where}${asked({
    after: `e.seq ${beyond(way)} (select c.seq from event c where c.stream_id = a.case_id and c.id = ($1->'after'->>0)::uuid)`,
  })(params)} order by e.seq ${way}`;
  const looked = `(select e.* ${entries} limit ${mostLookedThrough}) e where ${ofKinds} order by e.seq ${way}`;
  return `(
  select coalesce(json_agg(to_json(x) order by x.seq ${way}), '[]') from (
    select ${shown(kinds, '= e.stream_id')}
    ${params['kinds'] ? `from ${looked}` : entries} limit ($1->>'limit')::integer
  ) x
) as events, ${params['kinds'] ? `(select e.id ${entries} offset ${mostLookedThrough - 1} limit 1)` : 'null'} as looked_to`;
};
/**
 * The same over a record and those that ended in it, interleaved by time, then record. `line` never runs backwards within one record, whatever
 * two machines' clocks said: each record keeps its own order. Reads the logs whole; the page of a record on its own does not.
 */
const interleaved: Page = (where, kinds, params) => {
  const way = wayOf(params);
  const order = (of: string): string => `${of}.line ${way}, ${of}.stream_id ${way}, ${of}.seq ${way}`;
  const conditions = asked({
    kinds: ofKinds,
    after: `(e.line, e.stream_id, e.seq) ${beyond(way)} (select c.line, c.stream_id, c.seq from line c where c.id = ($1->'after'->>0)::uuid)`,
  })(params);
  return `(
  with line as (
    select e.*, max(e.at) over (partition by e.stream_id order by e.seq) as line from event e where e.stream_id = any(records_seen_in(a.case_id)) and ${where}
  )
  select coalesce(json_agg(to_json(x) order by ${order('x')}), '[]') from (
    select ${shown(kinds, '= any(records_seen_in(a.case_id))')}, e.line
    from line e where true${conditions}
    order by ${order('e')} limit ($1->>'limit')::integer
  ) x
) as events`;
};

const grants = `(
  select coalesce(json_agg(json_build_object('stream_id', g.stream_id, 'structure_id', g.structure_id, 'kind', g.kind, 'to_seq', g.to_seq)), '[]')
  from access_grant g where g.stream_id = any(records_seen_in(a.case_id)) and g.structure_id = me_structure()) as grants`;

/** The records that ended in this one, and the one in which it ended itself, as far as the reader knows. */
const merges = 'merges_seen_in(a.case_id) as merges, visible_survivor(a.case_id) as survivor';
const keys = `(select json_object_agg(r.id, key_of(r.id)) from unnest(records_seen_in(a.case_id)) r(id)) as keys`;

const ofParticipation = `from case_access a where a.structure_id = me_structure() and a.case_id = ($1->>'caseId')::uuid`;
const everything = `'shared_text', 'profile', 'private_note'`;

/** `one` for a record on its own, `all` together with those that ended in it. */
const both = (text: (pages: (where: string, kinds: string) => string) => string): { one: Select; all: Select } => {
  const of =
    (pages: Page): Select =>
    (params) =>
      text((where, kinds) => pages(where, kinds, params));
  return { one: of(page), all: of(interleaved) };
};

export const timelineOfParticipant = both(
  (pages) => `
select a.case_id as id, a.participation as view, ${keys}, ${merges}, ${grants}, ${pages('true', everything)}
${ofParticipation}`,
);

/** One entry: its recording, corrections and cancellation. What came after a merge stands in the record that goes on. */
export const entryOfParticipant = `
select a.case_id as id, a.participation as view, a.status, a.last_day, ${keys}, ${merges}, ${grants},
  ${interleaved(`e.about = ($1->>'entryId')::uuid and e.type in ('SessionRecorded', 'SessionCorrected', 'SessionCancelled', 'NoteWritten', 'NoteCorrected', 'NoteCancelled')`, everything, {})}
${ofParticipation}`;

/** A coordinator: what moves the case, its referrals and its lead. */
export const timelineOfCoordinator = both(
  (pages) => `
select a.case_id as id, 'coordinator' as view, null as keys, ${merges}, '[]'::jsonb as grants,
  ${pages(`(e.type in ('CaseOpened', 'CaseClosed', 'CaseReopened', 'LeadAssigned', 'MergedInto', 'RecordsMerged') or e.type like 'Referral%' or e.type like 'Handover%')`, `''`)}
from case_file a where me_role() = 'coordinator' and a.id = ($1->>'caseId')::uuid`,
);

/** A reading with a reason: everything but private notes. */
export const timelineOfReading = both(
  (pages) => `
select a.case_id as id, 'auditor' as view, ${keys}, ${merges}, '[]'::jsonb as grants, ${pages('true', `'shared_text', 'profile'`)}, (
  select json_object_agg(l.kind, json_build_object('event', l.event_id, 'ciphertext', l.ciphertext))
  from unnest(array['first_name', 'identity', 'profile']) k(kind), lateral (
    select p.event_id, p.kind, p.ciphertext from piece p where p.stream_id = a.case_id and p.kind = k.kind and p.shared_by is null order by p.seq desc limit 1) l
) as resident
from case_file a where me_role() in ('administrator', 'auditor') and a.id = ($1->>'caseId')::uuid`,
);

export const keyForReading = `
select key_of(a.case_id) as key from case_file a where me_role() in ('administrator', 'auditor') and a.id = ($1->>'caseId')::uuid`;
