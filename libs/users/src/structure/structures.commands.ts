import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { StructureRecord } from './structure';
import {
  changeOffer,
  correctStructure,
  decideOnStructure,
  declareStructure,
  renameStructure,
  type CorrectionInput,
  type DecideInput,
  type DeclareInput,
  type OfferInput,
  type RenameInput,
} from './structure.decider';
import { StructuresQueries } from './structures.queries';

type Done = Outcome<{ structureId: Uuid }>;

export class DeclareStructure extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly input: DeclareInput,
  ) {
    super();
  }
}

@CommandHandler(DeclareStructure)
export class DeclareStructureHandler implements ICommandHandler<DeclareStructure> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: DeclareStructure): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', create: newId() }],
      decide: ([record]) => [declareStructure(input, record!.context)],
      result: (_, [record]) => ({ structureId: record!.id }),
    });
  }
}

export class DecideOnStructure extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly input: DecideInput,
  ) {
    super();
  }
}

@CommandHandler(DecideOnStructure)
export class DecideOnStructureHandler implements ICommandHandler<DecideOnStructure> {
  constructor(private readonly records: Records) {}

  execute({ caller, structureId, input }: DecideOnStructure): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [
        decideOnStructure(record!.state.structure, { ...input, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
    });
  }
}

export class ChangeOffer extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly input: OfferInput,
  ) {
    super();
  }
}

@CommandHandler(ChangeOffer)
export class ChangeOfferHandler implements ICommandHandler<ChangeOffer> {
  constructor(
    private readonly records: Records,
    private readonly structures: StructuresQueries,
  ) {}

  execute({ caller, structureId, input }: ChangeOffer): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [
        changeOffer(structureId, record!.state.structure, { ...input, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
      answer: () => this.structures.asking(caller, structureId),
    });
  }
}

export class CorrectStructure extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly input: CorrectionInput,
  ) {
    super();
  }
}

@CommandHandler(CorrectStructure)
export class CorrectStructureHandler implements ICommandHandler<CorrectStructure> {
  constructor(private readonly records: Records) {}

  execute({ caller, structureId, input }: CorrectStructure): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [
        correctStructure(record!.state.structure, { ...input, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
    });
  }
}

export class RenameStructure extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly input: RenameInput,
  ) {
    super();
  }
}

@CommandHandler(RenameStructure)
export class RenameStructureHandler implements ICommandHandler<RenameStructure> {
  constructor(
    private readonly records: Records,
    private readonly structures: StructuresQueries,
  ) {}

  execute({ caller, structureId, input }: RenameStructure): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [
        renameStructure(record!.state.structure, { ...input, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
      answer: () => this.structures.askingBesideOthers(caller, structureId),
    });
  }
}

export const structureHandlers = [
  DeclareStructureHandler,
  CorrectStructureHandler,
  RenameStructureHandler,
  DecideOnStructureHandler,
  ChangeOfferHandler,
];
