import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { invalid, localDateOf, type Uuid } from '@fil-rouge/kernel';
import { Clock, newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
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
import { hasConventions, succeed, type Staffing } from './structure.succession';

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

/** What the State pays for does not pass to another structure by itself. */
const runningConventions = 'check_running_conventions';

@CommandHandler(DecideOnStructure)
export class DecideOnStructureHandler implements ICommandHandler<DecideOnStructure> {
  constructor(
    private readonly records: Records,
    private readonly structures: StructuresQueries,
    private readonly clock: Clock,
  ) {}

  execute({ caller, structureId, input }: DecideOnStructure): Promise<Done> {
    const { successorId } = input;
    return successorId === undefined
      ? this.decide(caller, structureId, input)
      : this.succeed(caller, structureId, successorId, input);
  }

  private async succeed(caller: Caller, structureId: Uuid, successorId: Uuid, input: DecideInput): Promise<Done> {
    if (successorId === structureId) throw invalid('/successorId', 'same', 'A structure does not take over itself.');
    const people = await this.structures.employedBy(caller, structureId);
    return this.records.decide<Staffing, { structureId: Uuid }>({
      caller,
      on: [
        { kind: 'structure', id: structureId },
        { kind: 'structure', id: successorId, orNew: true },
        ...people.map((id) => ({ kind: 'person', id }) as const),
      ],
      decide: (records) =>
        succeed({ structureId, successorId, people }, { ...input, ifMatch: caller.ifMatch }, records),
      result: () => ({ structureId }),
      requires: () => ({ call: runningConventions, of: { structureId, today: localDateOf(this.clock.now()) } }),
      unmet: (count) => hasConventions(count as number),
    });
  }

  private decide(caller: Caller, structureId: Uuid, input: DecideInput): Promise<Done> {
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
