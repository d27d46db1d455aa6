import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OwnDelays, Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { changeDelays, nothingSet } from './delay-settings';
import { DelaySettingsQueries } from './delay-settings.queries';
import { networkId, networkOf, type NetworkRecord } from '../network/network-record';
import { structureOf, type StructureRecord } from '../structure/structure';

type Done = Outcome<{ settingId: Uuid }>;

export class ChangeNetworkDelays extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly own: OwnDelays,
  ) {
    super();
  }
}

@CommandHandler(ChangeNetworkDelays)
export class ChangeNetworkDelaysHandler implements ICommandHandler<ChangeNetworkDelays> {
  constructor(
    private readonly records: Records,
    private readonly queries: DelaySettingsQueries,
  ) {}

  async execute({ caller, own }: ChangeNetworkDelays): Promise<Done> {
    const structures = await this.queries.structuresWithOwn(caller);
    return this.records.decide<NetworkRecord, { settingId: Uuid }>({
      caller,
      on: [{ kind: 'network', id: networkId, orNew: true }],
      facts: structures,
      decide: ([one]) => {
        const { state, context } = one!;
        const above = structures
          .flatMap((id) => structureOf(context.fact(id)) ?? [])
          .map(({ name, delays }) => ({ name, network: own, structure: delays?.own ?? {} }));
        return [
          changeDelays(
            state.network.delays,
            { own, ifMatch: caller.ifMatch, mixes: [{ network: own, structure: {} }, ...above] },
            context,
          ),
        ];
      },
      result: () => ({ settingId: networkId }),
    });
  }
}

export class ChangeStructureDelays extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly own: OwnDelays,
  ) {
    super();
  }
}

@CommandHandler(ChangeStructureDelays)
export class ChangeStructureDelaysHandler implements ICommandHandler<ChangeStructureDelays> {
  constructor(private readonly records: Records) {}

  execute({ caller, structureId, own }: ChangeStructureDelays): Promise<Done> {
    return this.records.decide<StructureRecord, { settingId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      facts: [networkId],
      decide: ([one]) => {
        const { state, context } = one!;
        const network = networkOf(context.fact(networkId))?.delays.own ?? {};
        return [
          changeDelays(
            state.structure.delays ?? nothingSet,
            { own, ifMatch: caller.ifMatch, mixes: [{ network, structure: own }] },
            context,
          ),
        ];
      },
      result: () => ({ settingId: structureId }),
    });
  }
}

export const delayHandlers = [ChangeNetworkDelaysHandler, ChangeStructureDelaysHandler];
