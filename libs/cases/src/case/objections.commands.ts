import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { type Caller, type Outcome } from '@fil-rouge/platform';
import { OneCase } from './cases.commands';
import { endObjection, object, type EndingObjection, type Objecting } from './objection.decider';

type OfCase = Outcome<{ caseId: Uuid }>;

export class RecordObjection extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Objecting,
  ) {
    super();
  }
}

@CommandHandler(RecordObjection)
export class RecordObjectionHandler implements ICommandHandler<RecordObjection> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: RecordObjection): Promise<OfCase> {
    const facts = input.against === 'all' ? [] : [input.against];
    return this.oneCase.decide(caller, caseId, ({ state, context }) => object(state.case, input, context), { facts });
  }
}

export class EndObjection extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: EndingObjection,
  ) {
    super();
  }
}

@CommandHandler(EndObjection)
export class EndObjectionHandler implements ICommandHandler<EndObjection> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: EndObjection): Promise<OfCase> {
    return this.oneCase.decide(caller, caseId, ({ state, context }) => endObjection(state.case, input, context));
  }
}

export const objectionsHandlers = [RecordObjectionHandler, EndObjectionHandler];
