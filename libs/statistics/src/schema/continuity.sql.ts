import { definer } from '@fil-rouge/platform';

const waiting = `status in ('sent', 'under_review')`;
const image = 'r.to_structure_id, r.status, r.late_from, r.sent_at';
const watcher = `me_structure() is null and me_role() in ('coordinator', 'administrator', 'auditor')`;
const most = `limit (p->>'mostRead')::integer`;

/**
 * What is open now and whom it waits for, by the indexes of what is open alone: of a territory or the network for who watches it and may know each of these referrals, but not whose it is; else of the
 * caller's own structure. Numbers alone leave it.
 */
export const continuity = [
  definer(
    'continuity_now(p jsonb) returns jsonb language sql stable',
    ['reader'],
    /* sql */ `
  with open as materialized (
    (select ${image} from referral r where ${watcher} and r.ended_at is null and r.sent_at is not null and watches(r.case_id) ${most})
    union all
    (select ${image} from referral_access r where r.structure_id = me_structure() and r.until_seq is null and r.ended_at is null and r.sent_at is not null and r.box in ('received', 'sent') ${most})
  ),
  handing as materialized (
    (select case when h.kind = 'push' then h.to_structure_id else h.from_structure_id end as id from handover h
      where ${watcher} and h.status in ('proposed', 'requested') and watches(h.case_id) ${most})
    union all
    (select case when h.kind = 'push' then h.to_structure_id else h.from_structure_id end from handover_access h
      where h.structure_id = me_structure() and h.status in ('proposed', 'requested') ${most})
  ),
  counted as (
    select to_structure_id as id, count(*)::integer as open, count(*) filter (where ${waiting})::integer as waiting, count(*) filter (where ${waiting} and late_from < (p->>'now')::timestamptz)::integer as late,
      count(*) filter (where status = 'accepted')::integer as unstarted, min(sent_at) as oldest, 0 as handovers
    from open group by 1
    union all select id, 0, 0, 0, 0, null, count(*)::integer from handing group by 1
  ),
  summed as (
    select id, sum(open)::integer as open, sum(waiting)::integer as waiting, sum(late)::integer as late, sum(unstarted)::integer as unstarted, sum(handovers)::integer as handovers,
      (min(oldest) at time zone 'Europe/Paris')::date as oldest
    from counted group by id
  )
  select jsonb_build_object(
    'withoutLead', case when ${watcher} then (select count(*) from (select from case_file c where c.status = 'open' and c.lead_structure_id is null and watches(c.id) limit 1000) w) end,
    'more', (select count(*) >= (p->>'mostRead')::integer from open),
    'total', (select to_jsonb(t) from (select coalesce(sum(open), 0) as open, coalesce(sum(waiting), 0) as waiting, coalesce(sum(late), 0) as late, coalesce(sum(unstarted), 0) as unstarted,
      coalesce(sum(handovers), 0) as handovers, min(oldest) as oldest from summed) t),
    'byStructure', (select coalesce(jsonb_agg(to_jsonb(c) - 'id' - 'name' || jsonb_build_object('structure', jsonb_build_object('id', c.id, 'name', c.name)) order by c.late desc, c.waiting desc, c.open desc, c.name, c.id), '[]')
      from (select m.*, s.name from summed m join structure s on s.id = m.id order by m.late desc, m.waiting desc, m.open desc, s.name, m.id limit (p->>'most')::integer) c))
`,
  ),
];
