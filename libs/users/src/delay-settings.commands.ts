import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OwnDelays, Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { changeDelays, nothingSet } from './delay-settings';
import { networkId, type NetworkRecord } from './network-record';
import type { StructureRecord } from './structure';

type Done = Outcome<{ settingId: Uuid }>;

export class ChangeNetworkDelays extends Command<Done> {
  constructor(readonly caller: Caller, readonly own: OwnDelays) {
    super();
  }
}

@CommandHandler(ChangeNetworkDelays)
export class ChangeNetworkDelaysHandler implements ICommandHandler<ChangeNetworkDelays> {
  constructor(private readonly records: Records) {}

  execute({ caller, own }: ChangeNetworkDelays): Promise<Done> {
    return this.records.decide<NetworkRecord, { settingId: Uuid }>({
      caller,
      on: [{ kind: 'network', id: networkId, orNew: true }],
      decide: ([one]) => [changeDelays(one!.state.network.delays, { own, ifMatch: caller.ifMatch }, one!.context)],
      result: () => ({ settingId: networkId }),
    });
  }
}

export class ChangeStructureDelays extends Command<Done> {
  constructor(readonly caller: Caller, readonly structureId: Uuid, readonly own: OwnDelays) {
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
      decide: ([one]) => [changeDelays(one!.state.structure.delays ?? nothingSet, { own, ifMatch: caller.ifMatch }, one!.context)],
      result: () => ({ settingId: structureId }),
    });
  }
}

export const delayHandlers = [ChangeNetworkDelaysHandler, ChangeStructureDelaysHandler];
