import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { invalid, type Context, type Decided, type HandoverKind, type Uuid } from '@fil-rouge/kernel';
import { Clock, newId, Records, Sealing, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import type { HandoverRecord } from './handover';
import type { Answer, Opening } from './handover.conditions.decider';
import { accept, cancel, decline, join, propose, reassignByDecision, reassignInside, request, withdraw } from './handover.decider';

export type HandoverOutcome = Outcome<{ handoverId: Uuid }>;

type Asked = Omit<Opening, 'handoverId' | 'ifMatch'>;
type Said = Omit<Answer, 'handoverId' | 'ifMatch'>;

/** What the rules look up when a handover is opened: its structure, its counsellor, and what the sheet is copied from. */
const opens = (caller: Caller, caseId: Uuid, asked: Asked, handoverId: Uuid) => ({
  caller,
  on: [{ kind: 'case', id: caseId }] satisfies Target[],
  facts: [asked.toStructureId, asked.toCounsellorId],
  pieces: ['first_name', 'profile'] as const,
  result: () => ({ handoverId }),
});

const openers: Readonly<Record<HandoverKind, (record: HandoverRecord, input: Opening, context: Context) => Decided[]>> = {
  push: propose, pull: request, internal: reassignInside, administrative: reassignByDecision,
};

export class OpenHandover extends Command<HandoverOutcome> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly kind: HandoverKind, readonly asked: Asked) {
    super();
  }
}

@CommandHandler(OpenHandover)
export class OpenHandoverHandler implements ICommandHandler<OpenHandover> {
  constructor(private readonly records: Records) {}

  execute({ caller, caseId, kind, asked }: OpenHandover): Promise<HandoverOutcome> {
    const handoverId = newId();
    const opening = { ...asked, handoverId, ifMatch: caller.ifMatch };
    return this.records.decide<HandoverRecord, { handoverId: Uuid }>({
      ...opens(caller, caseId, asked, handoverId),
      decide: (records) => records.map(({ state, context }) => openers[kind](state, opening, context)),
    });
  }
}

/** What cases seals into the `matchToken` of a possible duplicate. */
type Match = { caseIds?: Uuid[]; userId?: Uuid; until?: string };

export class AskToJoin extends Command<HandoverOutcome> {
  constructor(readonly caller: Caller, readonly matchToken: string, readonly reason: string) {
    super();
  }
}

@CommandHandler(AskToJoin)
export class AskToJoinHandler implements ICommandHandler<AskToJoin> {
  constructor(
    private readonly records: Records,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, matchToken, reason }: AskToJoin): Promise<HandoverOutcome> {
    const handoverId = newId();
    const asked = { note: reason };
    return this.records.decide<HandoverRecord, { handoverId: Uuid }>({
      ...opens(caller, this.caseOf(matchToken, caller), asked, handoverId),
      decide: (records) => records.map(({ state, context }) => join(state, { ...asked, handoverId }, context)),
    });
  }

  /** The nearest match when there are several: its lead can say that it is somebody else. */
  private caseOf(matchToken: string, { session }: Caller): Uuid {
    const match = this.sealing.openToken('match', matchToken) as Match | null;
    const caseId = match?.caseIds?.[0];
    if (!match?.until || match.userId !== session.userId || match.until <= this.clock.now() || caseId === undefined) {
      throw invalid('/matchToken', 'expired', 'This token is not yours or no longer valid. Open the case again to get a new one.');
    }
    return caseId;
  }
}

type Answering = (record: HandoverRecord, input: Answer, context: Context) => Decided[];

/** Decides on the record that the handover's row names; the row tells of one that ended long ago. */
function answerTo(records: Records, command: { caller: Caller; handoverId: Uuid; said: Said }, rule: Answering): Promise<HandoverOutcome> {
  const { caller, handoverId, said } = command;
  const answer = { ...said, handoverId, ifMatch: caller.ifMatch };
  return records.decide<HandoverRecord, { handoverId: Uuid }>({
    caller,
    on: [{ kind: 'case', row: 'handover' }],
    rows: { handover: { table: 'handover', id: handoverId, facts: ['to_structure_id', 'to_counsellor_id'] } },
    facts: [said.counsellorId],
    decide: (deliberations) => deliberations.map(({ state, context }) => rule(state, answer, context)),
    result: () => ({ handoverId }),
  });
}

export class AcceptHandover extends Command<HandoverOutcome> {
  constructor(readonly caller: Caller, readonly handoverId: Uuid, readonly said: Pick<Said, 'effectiveAt' | 'counsellorId'>) {
    super();
  }
}

@CommandHandler(AcceptHandover)
export class AcceptHandoverHandler implements ICommandHandler<AcceptHandover> {
  constructor(private readonly records: Records) {}

  execute(command: AcceptHandover): Promise<HandoverOutcome> {
    return answerTo(this.records, command, accept);
  }
}

export class DeclineHandover extends Command<HandoverOutcome> {
  constructor(readonly caller: Caller, readonly handoverId: Uuid, readonly said: { reason: string }) {
    super();
  }
}

@CommandHandler(DeclineHandover)
export class DeclineHandoverHandler implements ICommandHandler<DeclineHandover> {
  constructor(private readonly records: Records) {}

  execute(command: DeclineHandover): Promise<HandoverOutcome> {
    return answerTo(this.records, command, decline);
  }
}

export class WithdrawHandover extends Command<HandoverOutcome> {
  constructor(readonly caller: Caller, readonly handoverId: Uuid) {
    super();
  }
}

@CommandHandler(WithdrawHandover)
export class WithdrawHandoverHandler implements ICommandHandler<WithdrawHandover> {
  constructor(private readonly records: Records) {}

  execute({ caller, handoverId }: WithdrawHandover): Promise<HandoverOutcome> {
    return answerTo(this.records, { caller, handoverId, said: {} }, withdraw);
  }
}

export class CancelHandover extends Command<HandoverOutcome> {
  constructor(readonly caller: Caller, readonly handoverId: Uuid, readonly said: { reason: string }) {
    super();
  }
}

@CommandHandler(CancelHandover)
export class CancelHandoverHandler implements ICommandHandler<CancelHandover> {
  constructor(private readonly records: Records) {}

  execute(command: CancelHandover): Promise<HandoverOutcome> {
    return answerTo(this.records, command, cancel);
  }
}

export const handoverHandlers = [
  OpenHandoverHandler, AskToJoinHandler, AcceptHandoverHandler, DeclineHandoverHandler, WithdrawHandoverHandler, CancelHandoverHandler,
];
