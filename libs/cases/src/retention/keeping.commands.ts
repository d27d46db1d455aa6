import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import type { Caller, Outcome } from '@fil-rouge/platform';
import { OneCase } from '../case/cases.commands';
import type { NoticeRecord } from './notice';
import { keep, type Keeping } from './notice.decider';

export class KeepCase extends Command<Outcome<{ caseId: Uuid }>> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Keeping,
  ) {
    super();
  }
}

@CommandHandler(KeepCase)
export class KeepCaseHandler implements ICommandHandler<KeepCase> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: KeepCase): Promise<Outcome<{ caseId: Uuid }>> {
    return this.oneCase.decide(caller, caseId, ({ state, context }) => keep(state as NoticeRecord, input, context));
  }
}
