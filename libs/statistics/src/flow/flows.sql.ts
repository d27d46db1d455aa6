/** How cells are counted from flows: for a structure by its own period, for a publication by its quarter. */
import { unknown } from '../figure/figure';

/**
 * One row, `cells`. Whoever was erased is no longer told apart: all of them together count as one person at most.
 * @param flows a select of flows with the commune they are about
 */
const cellsOf = (flows: string): string => /* sql */ `
  with f as materialized (${flows}),
  told as (
    select f.*, d.measure, d.dimension, d.code from f cross join lateral (
      select case f.step when 'handover' then 'handovers' else f.step end as measure, '' as dimension, '' as code
      union all select 'sent', 'pair', f.from_structure_id || '/' || f.to_structure_id where f.step = 'sent'
      union all select 'sent', 'theme', unnest(f.themes) where f.step = 'sent'
      union all select 'answered', 'asked', f.to_structure_id::text where f.step = 'answered'
      union all select 'ended', v.* from (values ('result', f.result), ('reason', f.result || '.' || f.reason)) v where f.step = 'ended'
      union all select 'handovers', v.* from (values ('handover_kind', f.result), ('handover_status', f.result || '.' || f.reason)) v where f.step = 'handover'
      union all select 'unhelped', '', '' where f.step = 'ended' and f.result = 'unhelped'
      union all select 'unhelped', 'theme', unnest(f.themes) where f.step = 'ended' and f.result = 'unhelped'
      union all select 'unhelped/' || t, v.* from unnest(f.themes) t, (values ('', ''), ('commune', coalesce(nullif(f.commune, ''), '${unknown}'))) v where f.step = 'ended' and f.result = 'unhelped'
    ) d
  ),
  counted as (
    select measure, dimension, code, count(*)::integer as count, 0 as minutes, (count(distinct person) + max((person is null)::integer))::integer as people,
      percentile_disc(0.5) within group (order by days) as median, percentile_disc(0.9) within group (order by days) as ninety
    from told group by 1, 2, 3
  )
  select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(c)) order by c.measure, c.dimension, c.count desc, c.code), '[]') as cells from counted c`;

/** The names of the structures that cells are about. */
const names = (cells: string): string => `
  (select coalesce(jsonb_object_agg(s.id, s.name), '{}') from structure s where s.id = any(array(
    select unnest(string_to_array(c->>'code', '/'))::uuid from jsonb_array_elements(${cells}) c where c->>'dimension' in ('pair', 'asked') and c->>'code' <> '*')))`;

/** One side of the caller's own structure; row-level security decides it once more. What they need, and where they live, as far as it reads that today. */
export const ownFlows = `
select null::uuid as id, o.cells, ${names('o.cells')} as names from (${cellsOf(`
    select t.step, t.person, t.from_structure_id, t.to_structure_id, t.days, t.result, t.reason, coalesce(a.needs, '{}') as themes, h.commune from statistics_flow t
    left join case_access h on h.structure_id = me_structure() and h.case_id = t.person
    left join referral_access a on a.structure_id = me_structure() and a.id = t.id and t.side = 'sent'
    where t.structure_id = me_structure() and t.side = $1->>'side' and t.day between ($1->>'from')::date and ($1->>'to')::date`)}) o`;

/** Of a territory ($3, '*' is the network), in days from $1 until before $2, by where a resident lives. */
export const flowsOfTerritory = cellsOf(`
    select t.*, l.commune from statistics_flow t left join case_file l on l.id = t.person
    where t.side = 'whole' and t.day >= $1::date and t.day < $2::date and ($3 = '*' or l.commune = any(string_to_array($3, ',')))`);

/** What was told of quarters: to who watches those of its territory, to who follows residents those of the network, in fives. */
export const toldFlows = `
select null::uuid as id, p.start, p.counted_at, p.cells, ${names('p.cells')} as names from statistics_publication p
where p.scope = md5(case when me_structure() is null then current_setting('fil.scope', true) else 'peers' end) and p.unit = 'quarter' and p.start between ($1->>'from')::date and ($1->>'to')::date
order by p.start`;
