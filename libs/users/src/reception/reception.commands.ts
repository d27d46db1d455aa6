import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { StructureRecord } from '../structure/structure';
import { StructuresQueries } from '../structure/structures.queries';
import type { Contacts, Leaflet } from './reception';
import { changeLeaflet, nameContacts } from './reception.decider';
import { ReceptionQueries } from './reception.queries';

type Done = Outcome<{ structureId: Uuid }>;

export class ChangeLeaflet extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly leaflet: Leaflet,
  ) {
    super();
  }
}

@CommandHandler(ChangeLeaflet)
export class ChangeLeafletHandler implements ICommandHandler<ChangeLeaflet> {
  constructor(
    private readonly records: Records,
    private readonly structures: StructuresQueries,
  ) {}

  execute({ caller, structureId, leaflet }: ChangeLeaflet): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      rows: { leaflet: { table: 'structure_leaflet', id: structureId } },
      decide: ([record]) => [
        changeLeaflet(structureId, record!.state.structure, { ...leaflet, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
      answer: () => this.structures.asking(caller, structureId),
    });
  }
}

export class NameContacts extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly contacts: Contacts,
  ) {
    super();
  }
}

@CommandHandler(NameContacts)
export class NameContactsHandler implements ICommandHandler<NameContacts> {
  constructor(
    private readonly records: Records,
    private readonly reception: ReceptionQueries,
  ) {}

  execute({ caller, structureId, contacts }: NameContacts): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [
        nameContacts(structureId, record!.state.structure, { ...contacts, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
      answer: () => this.reception.asking(caller, structureId),
    });
  }
}

export const receptionHandlers = [ChangeLeafletHandler, NameContactsHandler];
