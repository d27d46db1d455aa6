import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Context, Decided, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { StructureRecord, StructureState } from '../structure/structure';
import { correctAbsence, endAbsence, sayAbsence, type Saying } from './absence.decider';
import { AbsencesQueries } from './absences.queries';

type Done = Outcome<{ absenceId: Uuid }>;

export type AbsenceChange =
  | ({ readonly verb: 'say' } & Saying)
  | ({ readonly verb: 'correct' } & Partial<Omit<Saying, 'userId'>>)
  | { readonly verb: 'end' };

export class ChangeAbsence extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    /** Absent: it is said for the first time. */
    readonly absenceId: Uuid | undefined,
    readonly change: AbsenceChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeAbsence)
export class ChangeAbsenceHandler implements ICommandHandler<ChangeAbsence> {
  constructor(
    private readonly records: Records,
    private readonly absences: AbsencesQueries,
  ) {}

  execute({ caller, structureId, absenceId = newId(), change }: ChangeAbsence): Promise<Done> {
    return this.records.decide<StructureRecord, { absenceId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [decided(structureId, record!.state.structure, absenceId, change, record!.context)],
      result: () => ({ absenceId }),
      answer: ({ absenceId: id }) => this.absences.asking(caller, structureId, id),
    });
  }
}

function decided(id: Uuid, state: StructureState, absenceId: Uuid, change: AbsenceChange, context: Context): Decided[] {
  switch (change.verb) {
    case 'say':
      return sayAbsence(id, state, absenceId, change, context);
    case 'correct':
      return correctAbsence(id, state, absenceId, change, context);
    case 'end':
      return endAbsence(id, state, absenceId, context);
  }
}
