import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, type Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { resetSecondFactor } from '../person/own-account.decider';
import type { PersonRecord } from '../person/person';

type Done = Outcome<{ userId: Uuid }>;

export class ResetSecondFactor extends Command<Done> {
  /** @param caller null: from the command line of the server */
  constructor(
    readonly caller: Caller | null,
    readonly userId: Uuid,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(ResetSecondFactor)
export class ResetSecondFactorHandler implements ICommandHandler<ResetSecondFactor> {
  constructor(private readonly records: Records) {}

  execute({ caller, userId, reason }: ResetSecondFactor): Promise<Done> {
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      decide: ([record]) => [resetSecondFactor(userId, { reason }, record!.context)],
      result: () => ({ userId }),
      requires: () => ({ call: 'check_second_factor', of: { userId } }),
      unmet: () => new Problem('wrong-state', 'This person has no second step.', { status: 'absent' }),
    });
  }
}
