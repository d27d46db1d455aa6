/** How cells are counted from facts: for a structure by its own period, for a publication by its month. */
import { dimensionsOf, severalCodes, unknown, type Measure } from './figure';

const quoted = (values: readonly string[]): string => `array[${values.map((value) => `'${value}'`).join(', ')}]`;
/** The codes of which one fact has one at most; each stands in the column of its name. */
const columns = ['place', 'commune', 'autonomy', 'level', 'age_bracket', 'gender', 'resident_status'];
const measures: readonly Measure[] = ['sessions', 'anonymousSessions', 'workshops', 'participations'];
const single = (measure: Measure): string[] =>
  dimensionsOf[measure].filter((dimension) => dimension !== 'epci' && !severalCodes.includes(dimension));
const counted = `case f.kind ${measures.map((measure) => `when '${measure}' then ${quoted(single(measure))}::text[]`).join(' ')} end`;
const margins = { age_bracket: 'byAge', gender: 'byGender', resident_status: 'byStatus' };

/**
 * One row, `cells`. Of a crowd each margin stands alone, and what it leaves of the crowd is unknown.
 * @param facts a select of facts
 * @param home what follows `from … p` to say where a person lives, as `h.commune`
 * @param people whether to say of each cell how many people it is about; costs a sort
 */
export const cellsOf = (facts: string, home: string, people: boolean): string => /* sql */ `
  with f as materialized (${facts}),
  counted as (
    select f.kind as measure, d.dimension, d.code, count(*)::integer as count, sum(f.minutes)::integer as minutes,
      ${people ? 'count(distinct coalesce(f.person, f.part))' : 'count(*)'}::integer as people
    from f cross join lateral (
      select '' as dimension, '' as code
      union all select 'theme', unnest(f.themes)
      union all select 'equipment', unnest(f.equipment)
      union all select v.dimension, coalesce(v.code, '${unknown}') from (values ${columns.map((column) => `('${column}', f.${column})`).join(', ')}) v(dimension, code) where v.dimension = any(${counted})
    ) d where f.kind <> 'people' group by 1, 2, 3
    union all
    select 'anonymousParticipations', d.dimension, d.code, sum(d.n)::integer, 0, sum(d.n)::integer
    from f cross join lateral (
      select '' as dimension, '' as code, (f.crowd->>'total')::integer as n
      ${Object.entries(margins)
        .map(
          ([
            dimension,
            margin,
          ]) => `union all select '${dimension}', m.code, m.n::integer from jsonb_each_text(f.crowd->'${margin}') m(code, n)
      union all select '${dimension}', '${unknown}', (f.crowd->>'total')::integer - coalesce((select sum(m.n::integer) from jsonb_each_text(f.crowd->'${margin}') m(code, n)), 0)`,
        )
        .join('\n      ')}
    ) d where f.kind = 'workshops' group by 1, 2, 3 having sum(d.n) > 0
    union all
    select 'people', d.dimension, d.code, count(*)::integer, 0, count(*)::integer
    from (select distinct person from f where person is not null) p ${home}
    cross join lateral (values ('', ''), ('commune', coalesce(nullif(h.commune, ''), '${unknown}'))) d(dimension, code) group by 1, 2, 3
  )
  select coalesce(jsonb_agg(to_jsonb(c) order by c.measure, c.dimension, c.count desc, c.code), '[]') as cells from counted c`;

/** Of the caller's own structure; row-level security decides it once more. Where somebody lives as it may know it. */
export const own = (params: { readonly mine?: unknown }): string => `
select null::uuid as id, (${cellsOf(
  `select * from statistics_fact t where t.structure_id = me_structure()${params.mine === true ? ' and t.counsellor_id = me_user()' : ''}
    and t.day between ($1->>'from')::date and ($1->>'to')::date`,
  'left join case_access h on h.structure_id = me_structure() and h.case_id = p.person',
  false,
)}) as cells`;

/** Of a territory ($3, '*' is the network), in days from $1 until before $2: by where a resident lives, or where it was done. */
const there = `from statistics_fact t left join case_file l on l.id = t.person
    where t.day >= $1::date and t.day < $2::date and ($3 = '*' or coalesce(nullif(l.commune, ''), t.commune) = any(string_to_array($3, ',')))`;
export const ofTerritory = cellsOf(`select t.* ${there}`, 'left join case_file h on h.id = p.person', true);
export const peopleOfTerritory = `select count(distinct t.person)::integer as people ${there}`;

export const toldOfTerritory = `
select null::uuid as id, unit, start, counted_at, cells from statistics_publication
where scope = md5(current_setting('fil.scope', true)) and ((unit = 'month' and start between ($1->>'from')::date and ($1->>'to')::date) or (unit = 'year' and start = ($1->>'year')::date))
order by unit, start`;
