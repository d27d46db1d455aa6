import { Injectable } from '@nestjs/common';
import { localDateOf, mixesAlphabets, nameWords, notFound, skeletonOf, type Json, type Uuid } from '@fil-rouge/kernel';
import { asked, Clock, limitOf, Reads, type Asking, type Caller, type Rows, type Select } from '@fil-rouge/platform';
import { circlesRound } from '../network/nearness';
import { nearerBySite, nearnessColumn, roomColumn } from '../network/nearness.sql';
import type { LeafletRow } from '../reception/reception';
import type { ReceptionPlace } from '../reception/reception.dto';
import type { StructureDecisionRow, StructureFormerNameRow, StructureRow } from './structure.projection';

export type StructureListRow = Omit<StructureRow, 'case_id' | 'staffed'> & {
  /** Where somebody asked what is near: the place of its code in `nearnesses`, and how much room there is. */
  nearness?: number;
  room?: number;
};
export type DecisionHistoryRow = Omit<StructureDecisionRow, 'case_id' | 'successor_id'> & {
  decided_by_name: string | null;
  successor: { id: Uuid; name: string } | null;
};
export type StructureDetailRow = StructureListRow & {
  decisions: DecisionHistoryRow[];
  leaflet: Omit<LeafletRow, 'id' | 'case_id'> | null;
  reception: ReceptionPlace[];
  former_names: Pick<StructureFormerNameRow, 'name' | 'until_at'>[] | null;
  took_over: { id: Uuid; name: string; on: string }[] | null;
};

export interface DirectoryFilter {
  limit?: number;
  q?: string;
  typology?: string[];
  service?: string[];
  commune?: string;
  near?: string;
  acceptsReferrals?: boolean;
  status?: string[];
}

const columns =
  's.id, s.name, s.search_name, s.typology, s.siret, s.status, s.services, s.communes, s.departement, s.accepts_referrals, s.capacity, s.version, s.decided_on';

// A word of the search is the beginning of a word of the name; words may come in any order. What has no word is nobody's name.
const filters = asked({
  words: `$1->'words' <> '[]' and (' ' || s.search_name) like all(array(select '% ' || w || '%' from jsonb_array_elements_text($1->'words') w))`,
  typology: `s.typology = any(array(select jsonb_array_elements_text($1->'typology')))`,
  status: `s.status = any(array(select jsonb_array_elements_text($1->'status')))`,
  service: `s.services && array(select jsonb_array_elements_text($1->'service'))`,
  commune: `(($1->>'commune') = any(s.communes) or (s.communes is null and starts_with($1->>'commune', s.departement)))`,
  // Whoever can be asked: active, with somebody there today to answer.
  acceptsReferrals: `(s.accepts_referrals and s.status = 'active' and (s.staffed is null or s.staffed @> ($1->>'today')::date)) = ($1->>'acceptsReferrals')::boolean`,
});
const afterName = asked({ after: `(s.search_name, s.id) > ($1->'after'->>0, ($1->'after'->>1)::uuid)` });
const afterNear = asked({
  after: `(s.nearness, s.room, s.search_name, s.id) > (($1->'after'->>0)::integer, ($1->'after'->>1)::integer, $1->'after'->>2, ($1->'after'->>3)::uuid)`,
});

const byName: Select = (params) => /* sql */ `
  select ${columns} from structure s where true${filters(params)}${afterName(params)}
  order by s.search_name, s.id
  limit ($1->>'limit')::integer + 1`;

/** The structures of a network are some hundreds, however many residents and entries there are: all that fit are looked at to say which are nearest. */
const byNearness: Select = (params) => /* sql */ `
  select s.* from (
    select ${columns}, ${nearnessColumn('s')} as nearness, ${roomColumn('s')} as room
    from structure s ${nearerBySite('s')} where true${filters(params)} offset 0
  ) s where true${afterNear(params)}
  order by s.nearness, s.room, s.search_name, s.id
  limit ($1->>'limit')::integer + 1`;

const detail = (more = ''): string => /* sql */ `
  select ${columns}${more}, (
    select coalesce(json_agg(json_build_object('id', d.id, 'status', d.status, 'decided_on', d.decided_on, 'reference', d.reference, 'reason', d.reason,
      'decided_by', d.decided_by, 'decided_by_name', a.name, 'recorded_at', d.recorded_at,
      'successor', (select json_build_object('id', o.id, 'name', o.name) from structure o where o.id = d.successor_id)) order by d.recorded_at, d.id), '[]')
    from structure_decision d left join account a on a.id = d.decided_by where d.case_id = s.id
  ) as decisions, (select json_build_object('purpose', l.purpose, 'bring', l.bring, 'coming', l.coming) from structure_leaflet l where l.id = s.id) as leaflet,
  reception_of(s.id) as reception, (
    select json_agg(json_build_object('name', f.name, 'until_at', f.until_at) order by f.until_at) from structure_former_name f where f.case_id = s.id
  ) as former_names, (
    select json_agg(json_build_object('id', o.id, 'name', o.name, 'on', d.decided_on) order by d.recorded_at) from structure_decision d join structure o on o.id = d.case_id where d.successor_id = s.id
  ) as took_over
  from structure s where s.id = ($1->>'id')::uuid`;

export interface LookalikeRow {
  id: Uuid;
  name: string;
  code: 'same-siret' | 'same-name' | 'mixed-alphabets';
}

interface Other {
  id: Uuid;
  name: string;
  same_siret: boolean;
}
const detailSql = detail();
/** Closed ones too: their number is not free for another. There are some hundreds, and who declares one waits a moment. */
const besideOthersSql = detail(`, (
    select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'same_siret', coalesce(o.siret = s.siret, false)) order by o.search_name, o.id), '[]')
    from structure o where o.id <> s.id
  ) as others`);

/** The directory: every structure of the network, whatever its status, for anybody who is signed in. By name, or from the nearest on. */
/** Also in the network's roles, and who is to begin. */
const employedSql = /* sql */ `
  select distinct e.user_id from employment e where e.structure_id = ($1->>'id')::uuid and not e.ended
    and (e.until_date is null or e.until_date >= ($1->>'today')::date) order by e.user_id`;

@Injectable()
export class StructuresQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** Whom a structure employs, or is to employ, as far as the caller sees it. */
  async employedBy(caller: Caller, id: Uuid): Promise<Uuid[]> {
    const rows = await this.reads.rows<{ user_id: Uuid }>(caller, employedSql, {
      id,
      today: localDateOf(this.clock.now()),
    });
    return rows.map(({ user_id }) => user_id);
  }

  /** One row more than the limit when there is a next page. @param after key of the last row of the page before */
  directory(
    caller: Caller,
    { q, typology, service, commune, near, acceptsReferrals, status, limit }: DirectoryFilter,
    after: Json[] | null,
  ): Promise<StructureListRow[]> {
    return this.reads.rows<StructureListRow>(caller, near === undefined ? byName : byNearness, {
      limit: limitOf({ limit }),
      words: q === undefined ? null : nameWords(q),
      typology,
      service,
      commune,
      ...(near === undefined ? {} : { near: circlesRound(near) }),
      acceptsReferrals,
      today: localDateOf(this.clock.now()),
      status,
      after,
    });
  }

  /** What `detail` reads. */
  asking(caller: Caller, id: Uuid): Asking {
    return this.reads.asking(caller, detailSql, { id });
  }

  /** With the history of decisions, oldest first. Problems: 404. */
  async detail(caller: Caller, id: Uuid, rows?: Rows): Promise<StructureDetailRow> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, id)))) as StructureDetailRow[];
    if (!row) throw notFound('There is no structure of this id.');
    return row;
  }

  /** What `besideOthers` reads. */
  askingBesideOthers(caller: Caller, id: Uuid): Asking {
    return this.reads.asking(caller, besideOthersSql, { id });
  }

  /** The same, with what it may be mistaken for. Problems: 404. */
  async besideOthers(
    caller: Caller,
    id: Uuid,
    rows?: Rows,
  ): Promise<{ shown: StructureDetailRow; lookalikes: LookalikeRow[] }> {
    const read = rows ?? (await this.reads.read(this.askingBesideOthers(caller, id)));
    const [row] = read as (StructureDetailRow & { others: Other[] })[];
    if (!row) throw notFound('There is no structure of this id.');
    return { shown: row, lookalikes: lookalikesOf(row, row.others) };
  }
}

/** Other structures of the same SIRET, or whose name reads like this one's, the surer sign first; then this one's own name, when it would read like anybody's. */
function lookalikesOf({ id, name: own }: { id: Uuid; name: string }, others: readonly Other[]): LookalikeRow[] {
  const sameSiret = others.filter((other) => other.same_siret);
  const sameName = others.filter(({ name, same_siret }) => !same_siret && skeletonOf(name) === skeletonOf(own));
  return [
    ...sameSiret.map(({ id: other, name }): LookalikeRow => ({ id: other, name, code: 'same-siret' })),
    ...sameName.map(({ id: other, name }): LookalikeRow => ({ id: other, name, code: 'same-name' })),
    ...(mixesAlphabets(own) ? [{ id, name: own, code: 'mixed-alphabets' } as const] : []),
  ];
}

/** Where a row stands in the order that was asked for. */
export const directoryKey = ({ search_name, id, nearness, room }: StructureListRow): Json[] => [
  ...(nearness === undefined || room === undefined ? [] : [nearness, room]),
  search_name,
  id,
];
