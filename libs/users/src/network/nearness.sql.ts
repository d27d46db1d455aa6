/** `nearness.ts` in SQL, for pages of the directory; `$1->'near'` are the circles round a commune. A nearness is a number here, its place in `nearnesses`. */

const list = (name: string): string => `array(select jsonb_array_elements_text($1->'near'->'${name}'))`;

/** By its territory alone. @param s alias of the structure */
const byTerritory = (s: string): string => `
  case
    when ${s}.communes is null then case when ${s}.departement = $1->'near'->>'departement' then 3 else 4 end
    when ${s}.communes = '{}' then 4
    when ${s}.communes <@ array[$1->'near'->>'commune'] then 0
    when ${s}.communes <@ ${list('epci')} then 1
    when ${s}.communes <@ ${list('around')} then 2
    when exists (select from unnest(${s}.communes) c where starts_with(c, $1->'near'->>'departement')) then 3
    else 4
  end`;

/** An expression of a select with `nearerBySite` joined to it. */
export const nearnessColumn = (s: string): string => `least(near.nearness, ${byTerritory(s)})`;
export const nearerBySite = (s: string): string =>
  `left join structures_near($1->'near', ($1->>'today')::date) near on near.structure_id = ${s}.id`;

/** Whoever has room first. */
export const roomColumn = (s: string): string =>
  `case ${s}.capacity when 'open' then 0 when 'waiting_list' then 1 else 2 end`;
