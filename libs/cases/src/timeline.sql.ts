/** The selects of a record's events: constant texts, `$1` is a jsonb of parameters. One row, or none when the case is hidden. */
import { personNamed, structureNamed } from './names.sql';

/** `where` and `kinds` are constants of this file. */
const page = (where: string, kinds: string): string => `(
  select coalesce(jsonb_agg(to_jsonb(x) order by x.seq), '[]') from (
    select e.id, e.seq, e.type, e.at, e.recorded_at, e.data, e.about, e.audience, e.structure_id,
      ${personNamed('e.actor_id')} as actor, ${structureNamed('e.structure_id')} as structure,
      (select min(coalesce(p.until_seq, 2147483647)) from party p where p.about = e.about and p.structure_id = me_structure()) as party_until,
      (select jsonb_agg(jsonb_build_object('kind', p.kind, 'structure_id', p.structure_id, 'ciphertext', p.ciphertext))
       from piece p where p.event_id = e.id and p.kind in (${kinds})) as pieces
    from event e
    where e.stream_id = a.case_id
      and ($1->>'after' is null or e.seq > (select c.seq from event c where c.stream_id = a.case_id and c.id = ($1->'after'->>0)::uuid))
      and ${where}
    order by e.seq limit ($1->>'limit')::integer
  ) x
) as events`;

const grants = `(
  select coalesce(jsonb_agg(jsonb_build_object('structure_id', g.structure_id, 'kind', g.kind, 'to_seq', g.to_seq)), '[]')
  from access_grant g where g.stream_id = a.case_id and g.structure_id = me_structure()) as grants`;

const ofParticipation = `from case_access a where a.structure_id = me_structure() and a.case_id = ($1->>'caseId')::uuid`;
const everything = `'shared_text', 'profile', 'private_note'`;

export const timelineOfParticipant = `
select a.case_id as id, a.participation as view, key_of(a.case_id) as key, ${grants}, ${page('true', everything)}
${ofParticipation}`;

/** One session: its recording and corrections. */
export const sessionOfParticipant = `
select a.case_id as id, a.participation as view, key_of(a.case_id) as key, ${grants},
  ${page(`e.about = ($1->>'sessionId')::uuid and e.type in ('SessionRecorded', 'SessionCorrected')`, everything)}
${ofParticipation}`;

/** A coordinator: what moves the case, its referrals and its lead. */
export const timelineOfCoordinator = `
select a.case_id as id, 'coordinator' as view, null as key, '[]'::jsonb as grants,
  ${page(`(e.type in ('CaseOpened', 'CaseClosed', 'CaseReopened', 'LeadAssigned') or e.type like 'Referral%' or e.type like 'Handover%')`, `''`)}
from case_file a where me_role() = 'coordinator' and a.id = ($1->>'caseId')::uuid`;

/** A reading with a reason: everything but private notes. */
export const timelineOfReading = `
select a.case_id as id, 'auditor' as view, key_of(a.case_id) as key, '[]'::jsonb as grants, ${page('true', `'shared_text', 'profile'`)}, (
  select jsonb_object_agg(l.kind, jsonb_build_object('event', l.event_id, 'ciphertext', l.ciphertext))
  from unnest(array['first_name', 'identity', 'profile']) k(kind), lateral (
    select p.event_id, p.kind, p.ciphertext from piece p where p.stream_id = a.case_id and p.kind = k.kind and p.shared_by is null order by p.seq desc limit 1) l
) as resident
from case_file a where me_role() in ('administrator', 'auditor') and a.id = ($1->>'caseId')::uuid`;

export const keyForReading = `
select key_of(a.case_id) as key from case_file a where me_role() in ('administrator', 'auditor') and a.id = ($1->>'caseId')::uuid`;
