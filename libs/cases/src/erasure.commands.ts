import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { onCase } from './cases.commands';
import { erase, type Erasing } from './erasure.decider';

export class EraseCase extends Command<Outcome<{ caseId: Uuid }>> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Erasing) {
    super();
  }
}

@CommandHandler(EraseCase)
export class EraseCaseHandler implements ICommandHandler<EraseCase> {
  constructor(private readonly records: Records) {}

  execute({ caller, caseId, input }: EraseCase): Promise<Outcome<{ caseId: Uuid }>> {
    return onCase(this.records, caller, caseId, ({ state, context }) => erase(state.case, input, context));
  }
}
