/** The selects of tasks: what is open, joined with the table of rules (`tasks.rules.ts`). Row-level security decides a second time. */
import { personNamed, residentNamed, structureNamed } from '@fil-rouge/cases';
import { employedOn } from '@fil-rouge/users';

/** Who works for the structure today, and may be named. Somebody who has left is nobody's assignee. */
const staff = `
  staff as materialized (
    select user_id, bool_or(role = 'manager') as manager from employment e
    where structure_id = me_structure() and role in ('counsellor', 'manager') and ${employedOn('e', `($1->>'today')::date`)}
    group by user_id
  ),
  -- From whom the reader takes over today: what is theirs is the reader's too.
  away as materialized (
    select b.user_id from absence b where b.structure_id = me_structure() and b.deputy_id = me_user() and b.until_date >= ($1->>'today')::date
      and deputy_of(b.structure_id, b.user_id, ($1->>'today')::date) = me_user()
  )`;

const image = `status, outcome, reason, ended_by, better_structure_id, pressing, urgency, from_structure_id, to_structure_id, contact_user_id, seq, needs,
  due_at, late_from, hold_until, cancellation_requested_at, ended_at, last_activity_at`;
const columns = `id, case_id, roles, ${image}`;

/** The open referrals of one case, by their index: looked up among all that are open they would be read once for each. */
const openOf = (caseId: string): string =>
  `from referral_access o where o.structure_id = me_structure() and o.case_id = ${caseId} and o.until_seq is null and o.ended_at is null`;

/** What has come after `r` for its need. */
const after = (n: string): string =>
  `${n}.id <> r.id and ${n}.status <> 'entered_in_error' and (${n}.previous_referral_id = r.id or ${n}.needs && r.needs)`;

/**
 * Only what is open, or has ended lately on an open case, or on a record that was merged into it, without anything having followed: never the history.
 * Of several asked at once for one need the last to end counts. Whoever leads takes the place of a sender that has left the case.
 */
const referrals = `
  open_referral as (select ${columns} from referral_access where structure_id = me_structure() and until_seq is null and ended_at is null),
  ended_elsewhere as materialized (
    select (m.ended).*, m.present, m.roles from ended_on_merged(($1->>'endedSince')::timestamptz) m
  ),
  ended_referral as (
    select ${columns} from (
      select ${columns} from referral_access
      where structure_id = me_structure() and until_seq is null and ended_at is not null and ended_at >= ($1->>'endedSince')::timestamptz
      union all
      select id, present, roles, ${image} from ended_elsewhere
    ) r
    -- What its sender took back itself asks for nothing, and there may be many: looked at no further.
    where (status in ('declined', 'expired', 'cancelled', 'returned', 'completed') or (status = 'withdrawn' and ended_by = 'coordinator'))
      and exists (select from case_access a where a.structure_id = me_structure() and a.case_id = r.case_id and a.status = 'open')
      and not exists (select from referral_access n where n.structure_id = me_structure() and n.case_id = r.case_id
        and (n.ended_at is null or (n.ended_at, n.id) > (r.ended_at, r.id)) and ${after('n')})
      and not exists (select from ended_elsewhere n where n.present = r.case_id and (n.ended_at, n.id) > (r.ended_at, r.id) and ${after('n')})
      -- With an offset, asked per row, by the case's index: joined, it would read all that the structure has ever done.
      and not exists (select from session_entry s where s.case_id = any(records_of(r.case_id)) and s.structure_id = me_structure()
        and s.date >= (r.ended_at at time zone 'Europe/Paris')::date and s.themes && r.needs offset 0)
  ),
  of_referral as (
    select 'referral' as of, r.id, r.case_id,
      case when 'lead' = any(r.roles) and not 'sender' = any(r.roles) and not takes_part(r.case_id, r.from_structure_id) then r.roles || case when r.status = 'draft' then 'heir'::text else 'sender' end else r.roles end as roles,
      r.status, case r.status when 'withdrawn' then r.ended_by else coalesce(r.outcome, r.reason) end as detail, r.urgency = 'urgent' as urgent, r.better_structure_id as suggested, r.cancellation_requested_at is not null as requested,
      case when 'recipient' = any(r.roles) then r.from_structure_id else r.to_structure_id end as other,
      coalesce(r.contact_user_id, case when r.status in ('sent', 'under_review') then (select on_duty(me_structure(), ($1->>'today')::date)) end) as contact, coalesce(
        (select a.lead_user_id from case_access a where a.structure_id = me_structure() and a.case_id = r.case_id and a.participation = 'lead'),
        (select o.contact_user_id ${openOf('r.case_id')} and o.to_structure_id = me_structure() and o.contact_user_id is not null limit 1)
      ) as speaker,
      r.due_at, r.late_from, ((r.hold_until + 1)::timestamp at time zone 'Europe/Paris') - interval '1 millisecond' as hold_end,
      r.cancellation_requested_at, r.ended_at, r.last_activity_at, null::timestamptz as lead_since, null::timestamptz as created_at
    from (select * from open_referral union all select * from ended_referral) r
  )`;

/**
 * A push is answered by who shall lead, a request (`pull`, `beside`) by who leads. A push that came to nothing is the lead's again, until another handover or an own
 * session; a request that nobody answered is a coordinator's, until the lead moves or another one is open.
 */
const handovers = `
  handover_to_do as (
    select id, case_id, 'answering' as role, status, kind, case when kind in ('pull', 'beside') then to_structure_id else from_structure_id end as other,
      case when kind in ('pull', 'beside') then (select a.lead_user_id from case_access a where a.structure_id = me_structure() and a.case_id = handover_access.case_id)
        else to_counsellor_id end as contact, null::uuid as speaker, due_at, ended_at, last_activity_at
    from handover_access where structure_id = me_structure() and status in ('proposed', 'requested') and box = 'received'
    union all
    select h.id, h.case_id, 'proposing', h.status, h.kind, h.to_structure_id, null, a.lead_user_id, null, h.ended_at, h.last_activity_at
    from handover_access h
    join case_access a on a.structure_id = h.structure_id and a.case_id = h.case_id and a.participation = 'lead' and a.status = 'open'
    where h.structure_id = me_structure() and h.status in ('declined', 'expired') and h.box = 'sent' and h.ended_at >= ($1->>'endedSince')::timestamptz
      and h.case_id not in (select d.case_id from to_decide d)
      and not exists (select from handover_access n where n.structure_id = h.structure_id and n.case_id = h.case_id and n.created_at > h.created_at)
      and not exists (select from session_entry s where s.case_id = h.case_id and s.structure_id = h.structure_id and s.date > (h.ended_at at time zone 'Europe/Paris')::date offset 0)
    union all
    select h.id, h.case_id, 'deciding', h.status, h.kind, h.to_structure_id, null, null, null, h.ended_at, h.last_activity_at
    from handover h join case_file f on f.id = h.case_id and f.status = 'open' and f.lead_structure_id = h.from_structure_id
    where me_role() = 'coordinator' and h.kind = 'pull' and h.status = 'expired' and h.ended_at >= ($1->>'endedSince')::timestamptz
      and not exists (select from handover n where n.case_id = h.case_id and n.created_at > h.created_at)
  ),
  of_handover as (
    select 'handover' as of, id, case_id, array[role] as roles, status, kind as detail, false as urgent, null::uuid as suggested, false as requested, other, contact, speaker,
      due_at, null::timestamptz as late_from, null::timestamptz as hold_end, null::timestamptz as cancellation_requested_at, ended_at, last_activity_at,
      null::timestamptz as lead_since, null::timestamptz as created_at
    from handover_to_do
  )`;

/**
 * Cases in a batch that wait for a decision, or for another one: what a counsellor leaves is for the managers of the structure and for who prepared the
 * batch, what a structure leaves for coordinators and administrators too. Whoever is asked that about a case is not asked besides who else shall lead it.
 */
const batches = `
  to_decide as materialized (
    select b.id, b.structure_id, b.created_at, i.case_id, i.state
    from batch_item i join batch b on b.id = i.batch_id
    where i.state in ('undecided', 'failed') and (i.state = 'undecided' or i.ended_at >= ($1->>'endedSince')::timestamptz)
      and (me_role() = 'manager' or b.user_id is null or b.created_by = me_user()
        or exists (select from structure s where s.id = b.structure_id and s.status in ('closed', 'refused')))
      and (exists (select from case_access a where a.structure_id = me_structure() and a.case_id = i.case_id and a.participation = 'lead' and a.status = 'open')
        or exists (select from case_file f where f.id = i.case_id and f.status = 'open' and f.lead_structure_id = i.structure_id))
  ),
  of_batch as (
    select 'batch' as of, id, null::uuid as case_id, array['deciding'] as roles, min(state) as status, null as detail, false as urgent, null::uuid as suggested, false as requested,
      nullif(structure_id, me_structure()) as other, null::uuid as contact, null::uuid as speaker, null::timestamptz as due_at, null::timestamptz as late_from,
      null::timestamptz as hold_end, null::timestamptz as cancellation_requested_at, null::timestamptz as ended_at, null::timestamptz as last_activity_at,
      null::timestamptz as lead_since, created_at
    from to_decide group by id, structure_id, created_at
  )`;

/** Cases that nobody is named for any more, and those in which nothing happens. */
const cases = `
  led as (
    select case_id as id, 'unassigned' as detail, lead_user_id, last_activity_at, lead_since from case_access
    where structure_id = me_structure() and participation = 'lead' and status = 'open' and lead_user_id is null
    union all
    select case_id, 'unassigned', lead_user_id, last_activity_at, lead_since from case_access
    where structure_id = me_structure() and participation = 'lead' and status = 'open'
      and lead_user_id = any(array(select e.user_id from employment e where e.structure_id = me_structure() and e.user_id not in (select user_id from staff)))
    union all
    select case_id, 'idle', lead_user_id, last_activity_at, lead_since from case_access a
    where structure_id = me_structure() and participation = 'lead' and status = 'open' and last_activity_at < ($1->>'idleSince')::timestamptz
      and not exists (select ${openOf('a.case_id')})
  ),
  of_case as (
    select 'case' as of, id, id as case_id, array['lead'] as roles, 'open' as status, detail, false as urgent, null::uuid as suggested, false as requested, null::uuid as other, null::uuid as contact,
      lead_user_id as speaker, null::timestamptz as due_at, null::timestamptz as late_from, null::timestamptz as hold_end,
      null::timestamptz as cancellation_requested_at, null::timestamptz as ended_at, last_activity_at, lead_since, null::timestamptz as created_at
    from led where detail <> 'unassigned' or id not in (select d.case_id from to_decide d)
  )`;

/** The table of rules, as it stands, joined with what is open: one row per task. */
const tasks = `
with ${staff}, ${referrals}, ${batches}, ${handovers}, ${cases},
  things as (select * from of_referral union all select * from of_handover union all select * from of_batch union all select * from of_case),
  tasks as (
    select r.kind || '-' || t.id as id, r.n::integer - 1 as rule, t.of, t.id as thing, t.case_id, t.other, t.urgent, t.suggested,
      (v.instants->>(r.due->>'from'))::timestamptz + make_interval(days => (r.due->>'days')::integer) as due,
      (v.instants->>r.late)::timestamptz as late_from,
      (select s.user_id from staff s where s.user_id = (v.instants->>r.who)::uuid) as assignee
    from things t
    cross join lateral (select to_jsonb(t) as instants, exists (select from staff s where s.user_id = t.contact) as named offset 0) v
    join rows from (jsonb_to_recordset($1->'rules') as (kind text, of text, role text, statuses text[], details text[], requested boolean, named boolean, due jsonb, late text, who text))
      with ordinality r(kind, of, role, statuses, details, requested, named, due, late, who, n)
      on r.of = t.of and r.role = any(t.roles) and t.status = any(r.statuses) and (r.details is null or t.detail = any(r.details))
      and (r.requested is null or r.requested = t.requested) and (r.named is null or r.named = v.named)
  )`;

const mine = `(not ($1->>'mine')::boolean or t.assignee = me_user() or t.assignee in (select user_id from away)
    or (t.assignee is null and (me_role() = 'manager' or not exists (select from staff where manager))))`;
const late = `coalesce(t.late_from, t.due) < ($1->>'now')::timestamptz`;

export const tasksSql = `${tasks}
select t.*, t.resident->>'record' as named from (
select t.*, ${residentNamed('t.case_id', 't.thing')} as resident from (
select t.id, t.rule, t.due, ${late} as late, t.of, t.thing, t.case_id,
  (select o.name from structure o where o.id = t.other) as other, t.urgent, ${structureNamed('t.suggested')} as suggested, ${personNamed('t.assignee')} as assignee
from tasks t
where ${mine}
  and (nullif($1->'after', 'null') is null or (not t.urgent, t.due, t.id) > (not ($1->'after'->>0)::boolean, ($1->'after'->>1)::timestamptz, $1->'after'->>2))
order by t.urgent desc, t.due, t.id limit ($1->>'limit')::integer
) t offset 0) t order by t.urgent desc, t.due, t.id`;

/** How many, no further than is said: nothing personal is read. */
export const countSql = `${tasks}
select count(*)::integer as count, (count(*) filter (where late))::integer as late from (select ${late} as late from tasks t where ${mine} limit ($1->>'most')::integer + 1) t`;

/** Two rows of the table may be of one kind. What is to do is open: it does not grow with what there was. */
export const kindsSql = `${tasks}
select $1->'rules'->t.rule->>'kind' as kind, count(*)::integer as found from tasks t where ${mine} group by 1 order by min(t.rule)`;
