import { internal, invoker, readTable } from '@fil-rouge/platform';
import { placesNear, receptionOf } from '@fil-rouge/users';
import { Place } from '../place/place.entity';

export const places = [
  // Where a structure receives is for everybody who is signed in, as its line in the directory.
  ...readTable(Place, { of: 'id', person: 'true', worker: true }),
  invoker(
    `${receptionOf} language sql stable`,
    ['reader', 'writer'],
    /* sql */ `
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', p.id, 'name', p.name, 'street', p.street, 'complement', p.complement, 'postalCode', p.postal_code,
    'commune', p.commune, 'phone', p.phone, 'openings', p.openings, 'openingsNote', p.openings_note, 'hours', p.hours)) order by p.search_name, p.id), '[]')
  from (select * from place where structure_id = p_structure and status = 'open' order by search_name, id limit 50) p
`,
  ),
  internal(
    `${placesNear} language sql stable`,
    /* sql */ `
  select p.structure_id, case when p.commune = p_near->>'commune' then 0 when p_near->'epci' ? p.commune then 1 when p_near->'around' ? p.commune then 2 else 3 end
  from place p
  where p.status = 'open' and (p.commune = any(array(select jsonb_array_elements_text(p_near->'around'))) or starts_with(p.commune, p_near->>'departement'))
`,
  ),
];
