import { definer } from '@fil-rouge/platform';
import { employedOn } from './employment.sql';

/** Defined above, where places are: `structure_id, nearness` of each place that is open in those circles. */
export const placesNear = 'places_near(p_near jsonb) returns table (structure_id uuid, nearness integer)';

export const nearness = [
  // How near people of each structure work, and where it receives, as `nearness.ts` says it. Who is placed where is not everybody's to read, that somebody is, is.
  definer(
    'structures_near(p_near jsonb, p_today date) returns table (structure_id uuid, nearness integer) language sql stable',
    ['reader'],
    /* sql */ `
  select site.structure_id, min(site.nearness) from (
    select e.structure_id, case when e.placed_at = p_near->>'siren' then 1 when p_near->'sirensAround' ? e.placed_at then 2 else 3 end as nearness
    from employment e
    where not e.ended and e.placed_at = any(array(select jsonb_array_elements_text(p_near->'sirens'))) and e.role in ('counsellor', 'manager') and ${employedOn('e', 'p_today')}
    union all select p.structure_id, p.nearness from places_near(p_near) p
  ) site group by site.structure_id
`,
  ),
];
