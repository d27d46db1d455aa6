import { Injectable } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { asked, cursorOf, limitOf, pageOf, Reads, type Caller, type Page, type Select } from '@fil-rouge/platform';
import { structureNamed, type Named } from '../case/names.sql';
import type { PlaceRow } from './place';
import type { PlaceShown, PlacesQuery } from './places.dto';

type PlaceRead = Omit<PlaceRow, 'structure_id'> & { structure: Named; uses: number };

/** How often the reader was there of late: the last hundred sessions say what is usual, and cost the same for whoever has recorded thousands. */
const uses = /* sql */ `(
  select count(*)::integer from (
    select s.place_id from session_entry s where s.structure_id = me_structure() and s.author_id between me_user() and me_user() and s.status = 'recorded'
    order by s.author_id desc, s.date desc, s.id desc limit 100
  ) r where r.place_id = p.id)`;

const shown = `p.id, p.status, p.version, p.name, p.search_name, p.street, p.complement, p.postal_code, p.commune, p.latitude, p.longitude, p.phone, p.openings, p.openings_note, p.hours, p.national_id, p.closed_on,
  ${structureNamed('p.structure_id')} as structure, p.uses`;

const filters = asked({ status: `p.status = any(array(select jsonb_array_elements_text($1->'status')))` });
const after = asked({
  after: `(-p.uses, p.search_name, p.id) > (($1->'after'->>0)::integer, $1->'after'->>1, ($1->'after'->>2)::uuid)`,
});

/** A structure has some dozens of places: all of them are looked at to say which come first. */
const list: Select = (params) => `
select ${shown} from (
  select p.*, ${uses} as uses from place p where p.structure_id = ${params['structureId'] ? `($1->>'structureId')::uuid` : 'me_structure()'}${filters(params)} offset 0
) p where true${after(params)} order by -p.uses, p.search_name, p.id limit ($1->>'limit')::integer`;

const one = `select ${shown} from (select p.*, ${uses} as uses from place p where p.id = ($1->>'placeId')::uuid) p`;

@Injectable()
export class PlacesQueries {
  constructor(private readonly reads: Reads) {}

  async list(caller: Caller, query: PlacesQuery): Promise<Page<PlaceShown>> {
    const { structureId, status = ['open'] } = query;
    const params = { limit: limitOf(query) + 1, after: cursorOf(query), structureId, status };
    const rows = await this.reads.rows<PlaceRead>(caller, list, params);
    return pageOf(rows, limitOf(query), ({ uses, search_name, id }) => [-uses, search_name, id], show);
  }

  /** Problems: 404. */
  async one(caller: Caller, placeId: Uuid): Promise<PlaceShown> {
    const [row] = await this.reads.rows<PlaceRead>(caller, one, { placeId });
    if (!row) throw notFound('There is no place of this id.');
    return show(row);
  }
}

const show = (row: PlaceRead): PlaceShown => ({
  id: row.id,
  version: row.version,
  status: row.status,
  name: row.name,
  street: row.street,
  ...(row.complement === null ? {} : { complement: row.complement }),
  postalCode: row.postal_code,
  commune: row.commune,
  ...(row.latitude === null || row.longitude === null ? {} : { latitude: row.latitude, longitude: row.longitude }),
  ...(row.phone === null ? {} : { phone: row.phone }),
  ...(row.openings === null ? {} : { openings: row.openings }),
  ...(row.openings_note === null ? {} : { openingsNote: row.openings_note }),
  ...(row.hours === null ? {} : { hours: row.hours }),
  ...(row.national_id === null ? {} : { nationalId: row.national_id }),
  structure: row.structure,
  ...(row.closed_on === null ? {} : { closedOn: row.closed_on }),
  usual: row.uses > 0,
});
