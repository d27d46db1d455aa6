import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Decided, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Decision, type Deliberation, type Outcome } from '@fil-rouge/platform';
import { networkId } from '@fil-rouge/users';
import type { CaseRecord } from './case';
import {
  assign,
  close,
  correct,
  open,
  reopen,
  type Assignment,
  type Closing,
  type Correction,
  type Opening,
  type Reopening,
} from './case.decider';
import { CasesQueries } from './cases.queries';
import { leave, type Leaving } from './leaving.decider';
import { claimsIn, Resemblances, tellsWho } from './resemblance.service';
import { residentOf } from './resident';

type OfCase = Outcome<{ caseId: Uuid }>;

/** What is decided on one case alone, and answered with the case as it stands then. */
@Injectable()
export class OneCase {
  constructor(
    private readonly records: Records,
    private readonly queries: CasesQueries,
  ) {}

  decide(
    caller: Caller,
    caseId: Uuid,
    decide: (deliberation: Deliberation<CaseRecord>) => Decided[],
    more: Partial<Pick<Decision<CaseRecord, { caseId: Uuid }>, 'on' | 'facts' | 'pieces' | 'claims' | 'rivals'>> = {},
  ): Promise<OfCase> {
    return this.records.decide<CaseRecord, { caseId: Uuid }>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      ...more,
      decide: (records) => records.map(decide),
      result: () => ({ caseId }),
      answer: () => this.queries.asking(caller, caseId),
    });
  }
}

export class OpenCase extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly input: Omit<Opening, 'caseId'>,
    readonly confirmNotDuplicate: boolean,
  ) {
    super();
  }
}

@CommandHandler(OpenCase)
export class OpenCaseHandler implements ICommandHandler<OpenCase> {
  constructor(
    private readonly oneCase: OneCase,
    private readonly resemblances: Resemblances,
  ) {}

  execute({ caller, input, confirmNotDuplicate }: OpenCase): Promise<OfCase> {
    const asks = !confirmNotDuplicate;
    const caseId = newId();
    return this.resemblances.asking(caller, 'openings', asks, (rivals) =>
      this.oneCase.decide(caller, caseId, ({ state, context }) => open(state.case, { caseId, ...input }, context), {
        on: [{ kind: 'case', create: caseId }],
        facts: [networkId, caller.session.userId],
        claims: (events) => claimsIn(events, null, caller, asks),
        rivals,
      }),
    );
  }
}

export class CorrectCase extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Correction,
    readonly confirmNotDuplicate: boolean,
  ) {
    super();
  }
}

@CommandHandler(CorrectCase)
export class CorrectCaseHandler implements ICommandHandler<CorrectCase> {
  constructor(
    private readonly oneCase: OneCase,
    private readonly resemblances: Resemblances,
  ) {}

  execute({ caller, caseId, input, confirmNotDuplicate }: CorrectCase): Promise<OfCase> {
    const asks = !confirmNotDuplicate && tellsWho(input.resident ?? {});
    return this.resemblances.asking(caller, 'corrections', asks, (rivals) =>
      this.oneCase.decide(caller, caseId, ({ state, context }) => correct(state.case, input, context), {
        pieces: ['first_name', 'identity', 'profile'],
        claims: (events, [record]) =>
          claimsIn(
            events,
            residentOf((kind) => record!.context.piece(kind)),
            caller,
            asks,
          ),
        rivals,
      }),
    );
  }
}

export class AssignCounsellor extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Assignment,
  ) {
    super();
  }
}

@CommandHandler(AssignCounsellor)
export class AssignCounsellorHandler implements ICommandHandler<AssignCounsellor> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: AssignCounsellor): Promise<OfCase> {
    return this.oneCase.decide(caller, caseId, ({ state, context }) => assign(state.case, input, context), {
      facts: [input.counsellorId],
    });
  }
}

export class CloseCase extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Closing,
  ) {
    super();
  }
}

@CommandHandler(CloseCase)
export class CloseCaseHandler implements ICommandHandler<CloseCase> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: CloseCase): Promise<OfCase> {
    return this.oneCase.decide(caller, caseId, ({ state, context }) => close(state.case, input, context));
  }
}

export class ReopenCase extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Reopening,
  ) {
    super();
  }
}

@CommandHandler(ReopenCase)
export class ReopenCaseHandler implements ICommandHandler<ReopenCase> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: ReopenCase): Promise<OfCase> {
    return this.oneCase.decide(caller, caseId, ({ state, context }) => reopen(state.case, input, context), {
      facts: [networkId, caller.session.userId],
    });
  }
}

export class LeaveCase extends Command<OfCase> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Leaving,
  ) {
    super();
  }
}

@CommandHandler(LeaveCase)
export class LeaveCaseHandler implements ICommandHandler<LeaveCase> {
  constructor(private readonly oneCase: OneCase) {}

  execute({ caller, caseId, input }: LeaveCase): Promise<OfCase> {
    return this.oneCase.decide(caller, caseId, ({ state, context }) => leave(state.case, input, context));
  }
}

export const casesHandlers = [
  OneCase,
  OpenCaseHandler,
  CorrectCaseHandler,
  AssignCounsellorHandler,
  CloseCaseHandler,
  ReopenCaseHandler,
  LeaveCaseHandler,
];
