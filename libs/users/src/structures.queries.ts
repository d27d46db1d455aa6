import { Injectable } from '@nestjs/common';
import { nameWords, notFound, type Json, type Uuid } from '@fil-rouge/kernel';
import { asked, limitOf, Reads, type Caller, type Select } from '@fil-rouge/platform';
import type { StructureDecisionRow, StructureRow } from './structure.projection';

export type StructureListRow = Omit<StructureRow, 'case_id'>;
export type DecisionHistoryRow = Omit<StructureDecisionRow, 'case_id'> & { decided_by_name: string | null };
export type StructureDetailRow = StructureListRow & { decisions: DecisionHistoryRow[] };

export interface DirectoryFilter {
  limit?: number;
  q?: string;
  typology?: string[];
  service?: string[];
  commune?: string;
  acceptsReferrals?: boolean;
  status?: string[];
}

const columns = 's.id, s.name, s.search_name, s.typology, s.siret, s.status, s.services, s.communes, s.departement, s.accepts_referrals, s.capacity, s.version, s.decided_on';

// A word of the search is the beginning of a word of the name; words may come in any order.
const filters = asked({
  words: `(' ' || s.search_name) like all(array(select '% ' || w || '%' from jsonb_array_elements_text($1->'words') w))`,
  typology: `s.typology = any(array(select jsonb_array_elements_text($1->'typology')))`,
  status: `s.status = any(array(select jsonb_array_elements_text($1->'status')))`,
  service: `s.services && array(select jsonb_array_elements_text($1->'service'))`,
  commune: `(($1->>'commune') = any(s.communes) or (s.communes is null and starts_with($1->>'commune', s.departement)))`,
  acceptsReferrals: `s.accepts_referrals = ($1->>'acceptsReferrals')::boolean`,
  after: `(s.search_name, s.id) > ($1->'after'->>0, ($1->'after'->>1)::uuid)`,
});
const directorySql: Select = (params) => /* sql */ `
  select ${columns} from structure s where true${filters(params)}
  order by s.search_name, s.id
  limit ($1->>'limit')::integer + 1`;

const detailSql = /* sql */ `
  select ${columns}, (
    select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'status', d.status, 'decided_on', d.decided_on, 'reference', d.reference, 'reason', d.reason,
      'decided_by', d.decided_by, 'decided_by_name', a.name, 'recorded_at', d.recorded_at) order by d.recorded_at, d.id), '[]')
    from structure_decision d left join account a on a.id = d.decided_by where d.case_id = s.id
  ) as decisions
  from structure s where s.id = ($1->>'id')::uuid`;

/** The directory: every structure of the network, whatever its status, for anybody who is signed in. By name. */
@Injectable()
export class StructuresQueries {
  constructor(private readonly reads: Reads) {}

  /** One row more than the limit when there is a next page. @param after key of the last row of the page before */
  directory(caller: Caller, { q, typology, service, commune, acceptsReferrals, status, limit }: DirectoryFilter, after: Json[] | null): Promise<StructureListRow[]> {
    return this.reads.rows<StructureListRow>(caller, directorySql, {
      limit: limitOf({ limit }),
      words: q === undefined ? null : nameWords(q),
      typology,
      service,
      commune,
      acceptsReferrals,
      status,
      after,
    });
  }

  /** With the history of decisions, oldest first. Problems: 404. */
  async detail(caller: Caller, id: Uuid): Promise<StructureDetailRow> {
    const [row] = await this.reads.rows<StructureDetailRow>(caller, detailSql, { id });
    if (!row) throw notFound('There is no structure of this id.');
    return row;
  }
}

/** Where a row stands in the directory's order. */
export const directoryKey = ({ search_name, id }: StructureListRow): Json[] => [search_name, id];
