import { columnsOf, definer, internal, written } from '@fil-rouge/platform';
import { resultOf } from '../flow/flow';
import { StatisticsFlow } from '../flow/flow.entity';

const columns = columnsOf(StatisticsFlow);
const kept = columns.filter((column) => !['id', 'step', 'side'].includes(column));
const listed = (prefix: string): string => kept.map((column) => `${prefix}.${column}`).join(', ');

/** The day a moment is on, where the network is. */
const day = (moment: string): string => `(${moment} at time zone 'Europe/Paris')::date`;
const result = `case c.status ${Object.entries(resultOf)
  .map(([status, word]) => `when '${status}' then '${word}'`)
  .join(' ')} end`;
const step = (name: string, on: string, days: string, ended: string): string =>
  `select c.id, '${name}', c.side, c.structure_id, ${on}, c.person, c.from_structure_id, c.to_structure_id, ${days}, ${ended}, c.themes, false from counted c`;

/**
 * Flows follow from the read tables of referrals and handovers as facts do from those of sessions. A side is counted from its own image: what came after its part had ended, or whom it asked
 * blindly, it does not learn from a number either. Themes stand in the whole alone: a structure counts those of the images it still reads (`flows.sql.ts`).
 */
export const flows = [
  written('statistics_flow', 'select, insert, update, delete', {
    rights: { reader: 'select', worker: 'select' },
    policies: {
      own_side: 'for select to reader using (structure_id = me_structure())',
      worker_reads: 'for select to worker using (true)',
    },
  }),

  internal(
    'flows_of(p_ids uuid[]) returns setof statistics_flow language sql stable',
    /* sql */ `
  with counted as (
    select r.id, 'whole' as side, null::uuid as structure_id, present_record(r.case_id) as person, r.from_structure_id, r.to_structure_id, r.status, r.sent_at, r.ended_at,
      coalesce(r.outcome, r.reason, r.status) as reason, coalesce(r.needs, '{}') as themes
    from referral r where r.id = any(p_ids) and r.sent_at is not null and r.status <> 'entered_in_error'
    union all
    select r.id, case when a.structure_id = r.from_structure_id then 'sent' else 'received' end, a.structure_id, a.case_id, r.from_structure_id, r.to_structure_id, a.status, a.sent_at, a.ended_at,
      coalesce(a.outcome, a.reason, a.status), '{}'
    from referral r join referral_access a on a.id = r.id and a.structure_id in (r.from_structure_id, r.to_structure_id)
    where r.id = any(p_ids) and a.sent_at is not null and a.status not in ('draft', 'held', 'entered_in_error')
  ),
  answer as (select e.about as id, min(e.recorded_at) as at from event e where e.about = any(p_ids) and e.type in ('ReferralAccepted', 'ReferralDeclined') group by e.about)
  ${step('sent', day('c.sent_at'), 'null::integer', 'null::text, null::text')}
  union all ${step('answered', day('n.at'), `${day('n.at')} - ${day('c.sent_at')}`, 'null, null')} join answer n on n.id = c.id where c.status not in ('sent', 'under_review')
  union all ${step('ended', day('c.ended_at'), 'null', `${result}, c.reason`)} where c.ended_at is not null
  union all
  select h.id, 'handover', 'whole', null, ${day('h.ended_at')}, present_record(h.case_id), h.from_structure_id, h.to_structure_id, null, h.kind, h.status, '{}', false
  from handover h where h.id = any(p_ids) and h.ended_at is not null
  union all
  select h.id, 'handover', case when h.from_structure_id = h.to_structure_id or (h.kind in ('pull', 'beside')) = (a.structure_id = h.to_structure_id) then 'sent' else 'received' end, a.structure_id, ${day('a.ended_at')},
    a.case_id, a.from_structure_id, a.to_structure_id, null, a.kind, a.status, '{}', false
  from handover h join handover_access a on a.id = h.id and a.structure_id in (h.from_structure_id, h.to_structure_id)
  where h.id = any(p_ids) and a.ended_at is not null
`,
  ),

  // Brings the flows of these up to what stands now; how many were otherwise. Those of somebody whose erasure has not been heard of yet are left to it.
  definer(
    'count_flows(p_ids uuid[]) returns integer language plpgsql',
    ['worker'],
    /* sql */ `
declare
  v_gone integer;
  v_changed integer;
begin
  perform one_at_a_time();
  delete from statistics_flow f where f.id = any(p_ids) and not f.erased
    and not exists (select from flows_of(p_ids) n where n.id = f.id and n.step = f.step and n.side = f.side)
    and not exists (select from statistics_flow o join stream s on s.id = o.person where o.id = f.id and s.key is null);
  get diagnostics v_gone = row_count;
  insert into statistics_flow as f (${columns.join(', ')}) select ${columns.join(', ')} from flows_of(p_ids)
  on conflict (id, step, side) do update set ${kept.map((column) => `${column} = excluded.${column}`).join(', ')}
    where (${listed('f')}) is distinct from (${listed('excluded')});
  get diagnostics v_changed = row_count;
  return v_gone + v_changed;
end `,
  ),

  // All of some records.
  definer(
    'count_flows_of(p_records uuid[]) returns integer language sql',
    ['worker'],
    /* sql */ `
  select count_flows(array(select id from referral where case_id = any(p_records) union all select id from handover where case_id = any(p_records)))
`,
  ),
];
