import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Records, Slices, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import type { CaseRecord } from '../case/case';
import { merge, type Merging } from './merge.decider';

type OfSurvivor = Outcome<{ caseId: Uuid }>;

export class MergeCases extends Command<OfSurvivor> {
  constructor(
    readonly caller: Caller,
    readonly input: Merging,
  ) {
    super();
  }
}

/** Both records in one commit. The loser stands first: where both write an image of one row, the survivor's is the last and counts. */
@CommandHandler(MergeCases)
export class MergeCasesHandler implements ICommandHandler<MergeCases> {
  constructor(
    private readonly records: Records,
    private readonly slices: Slices,
  ) {}

  execute({ caller, input }: MergeCases): Promise<OfSurvivor> {
    const { loserId, survivorId } = input;
    return this.records.decide<CaseRecord, { caseId: Uuid }>({
      caller,
      on: [...new Set([loserId, survivorId])].map((id): Target => ({ kind: 'case', id })),
      pieces: ['first_name', 'identity', 'profile'],
      decide: ([loser, survivor]) => merge(loser!, survivor, input, this.slices.merging('case')),
      result: () => ({ caseId: survivorId }),
    });
  }
}

export const mergesHandlers = [MergeCasesHandler];
