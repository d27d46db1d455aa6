import { Injectable } from '@nestjs/common';
import { notFound, type OwnDelays, type Uuid } from '@fil-rouge/kernel';
import { Reads, type Caller } from '@fil-rouge/platform';
import { DelaysResponse } from './delay-settings.dto';
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

@Injectable()
export class DelaySettingsQueries {
  constructor(private readonly reads: Reads) {}

  async ofNetwork(caller: Caller): Promise<DelaysResponse> {
    const [network] = await this.reads.rows<Setting>(caller, ofNetwork, { networkId });
    return DelaysResponse.from(network?.version ?? 0, network?.own ?? {});
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
