import { Injectable } from '@nestjs/common';
import { notFound, type Json, type OwnDelays, type Uuid } from '@fil-rouge/kernel';
import { asked, limitOf, Reads, type Caller, type PageQuery, type Select } from '@fil-rouge/platform';
import { DelaysResponse } from './delay-settings.dto';
import type { DelayChangeRow } from './delay-settings';
import { networkId } from '../network/network-record';

interface Setting {
  id: Uuid;
  version: number | null;
  own: OwnDelays | null;
}

/** The asked one first; where nothing is set there is no row. */
const ofNetwork = /* sql */ `select n.id, d.version, d.own from (select ($1->>'networkId')::uuid as id) n left join delay_setting d on d.id = n.id`;
const ofStructure = /* sql */ `
  select s.id, d.version, d.own from structure s left join delay_setting d on d.id = s.id where s.id = ($1->>'structureId')::uuid
  union all ${ofNetwork}`;

export type ChangeShown = Omit<DelayChangeRow, 'case_id' | 'before' | 'after'> & {
  by_name: string | null;
  before: OwnDelays;
  after: OwnDelays;
};

const changeFilters = asked({ after: `d.version < ($1->'after'->>0)::integer` });
// One row without a version where the record is there, and nothing was ever set.
const changesSql: Select = (params) => /* sql */ `
  select d.version, d.at, d.by_user, a.name as by_name, d.before, d.after
  from (select ($1->>'networkId')::uuid as id union select id from structure where id = ($1->>'id')::uuid) r
  left join lateral (select * from delay_change d where d.case_id = r.id${changeFilters(params)} order by d.version desc limit ($1->>'limit')::integer + 1) d on true
  left join account a on a.id = d.by_user
  where r.id = ($1->>'id')::uuid order by d.version desc`;

/** Where a change stands in the list's order. */
export const changesKey = ({ version }: ChangeShown): Json[] => [version];

@Injectable()
export class DelaySettingsQueries {
  constructor(private readonly reads: Reads) {}

  async ofNetwork(caller: Caller): Promise<DelaysResponse> {
    const [network] = await this.reads.rows<Setting>(caller, ofNetwork, { networkId });
    return DelaysResponse.from(network?.version ?? 0, network?.own ?? {});
  }

  /** Newest first; one row more than the limit when there is a next page. Problems: 404. */
  async changes(caller: Caller, id: Uuid, { limit }: PageQuery, after: Json[] | null): Promise<ChangeShown[]> {
    const params = { id, networkId, limit: limitOf({ limit }), after };
    const rows = await this.reads.rows<ChangeShown | { version: null }>(caller, changesSql, params);
    if (rows.length === 0) throw notFound('There is no structure of this id.');
    return rows.filter((row): row is ChangeShown => row.version !== null);
  }

  /** Structures that have delays of their own. */
  async structuresWithOwn(caller: Caller): Promise<Uuid[]> {
    const rows = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select id from delay_setting where id <> ($1->>'networkId')::uuid and own <> '{}'`,
      { networkId },
    );
    return rows.map(({ id }) => id);
  }

  /** Problems: 404. */
  async ofStructure(caller: Caller, structureId: Uuid): Promise<DelaysResponse> {
    const rows = await this.reads.rows<Setting>(caller, ofStructure, { structureId, networkId });
    const structure = rows.find(({ id }) => id === structureId);
    if (!structure) throw notFound('There is no structure of this id.');
    return DelaysResponse.from(
      structure.version ?? 0,
      rows.find(({ id }) => id === networkId)?.own ?? {},
      structure.own ?? {},
    );
  }
}
