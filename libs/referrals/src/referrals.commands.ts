import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Context, Decided, LocalDate, PieceKind, Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { networkId } from '@fil-rouge/users';
import type { Informed, ReferralRecord } from './referral';
import {
  accept, acknowledge, agreeCancellation, cancel, complete, create, decline, giveBack, hold, nameContact, requestCancellation, resume, send, voidReferral, withdraw,
  type NewReferral,
} from './referral.decider';
import type { OnReferral } from './referral.standing.decider';

export type ReferralOutcome = Outcome<{ referralId: Uuid }>;

/** Copied into the minimal sheet when a referral is sent. */
export const sheetPieces: readonly PieceKind[] = ['first_name', 'profile'];

interface Needed { pieces?: readonly PieceKind[]; facts?: readonly (Uuid | undefined)[] }

/** One decision on the referral of that id: the record it belongs to comes with its read row, both structures as facts. */
function decideOnReferral<I extends OnReferral>(
  records: Records, caller: Caller, input: I, decide: (record: ReferralRecord, input: I, context: Context) => Decided[], { pieces, facts }: Needed = {},
): Promise<ReferralOutcome> {
  const { referralId } = input;
  return records.decide<ReferralRecord, { referralId: Uuid }>({
    caller,
    on: [{ kind: 'case', row: 'referral' }],
    rows: { referral: { table: 'referral', id: referralId, facts: ['from_structure_id', 'to_structure_id'] } },
    pieces,
    facts,
    decide: ([one]) => [decide(one!.state, { ...input, ifMatch: caller.ifMatch }, one!.context)],
    result: () => ({ referralId }),
  });
}

export class CreateReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: NewReferral) { super(); }
}
@CommandHandler(CreateReferral)
export class CreateReferralHandler implements ICommandHandler<CreateReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: CreateReferral): Promise<ReferralOutcome> {
    return this.records.decide<ReferralRecord, { referralId: Uuid }>({
      caller,
      on: [{ kind: 'case', id: input.caseId }],
      facts: [input.toStructureId, networkId],
      rows: input.previousReferralId ? { previous: { table: 'referral', id: input.previousReferralId } } : {},
      pieces: sheetPieces,
      decide: ([one]) => [create(one!.state, { ...input, ifMatch: caller.ifMatch }, one!.context)],
      result: (events) => ({ referralId: events.find(({ type }) => type === 'ReferralDrafted')!.about! }),
    });
  }
}

export class SendReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { informed?: Informed }) { super(); }
}
@CommandHandler(SendReferral)
export class SendReferralHandler implements ICommandHandler<SendReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: SendReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, send, { pieces: sheetPieces, facts: [networkId] });
  }
}

export class AcknowledgeReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral) { super(); }
}
@CommandHandler(AcknowledgeReferral)
export class AcknowledgeReferralHandler implements ICommandHandler<AcknowledgeReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: AcknowledgeReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, acknowledge);
  }
}

export class AcceptReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { contactUserId?: Uuid }) { super(); }
}
@CommandHandler(AcceptReferral)
export class AcceptReferralHandler implements ICommandHandler<AcceptReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: AcceptReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, accept, { facts: [input.contactUserId] });
  }
}

export class NameContact extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { contactUserId: Uuid }) { super(); }
}
@CommandHandler(NameContact)
export class NameContactHandler implements ICommandHandler<NameContact> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: NameContact): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, nameContact, { facts: [input.contactUserId] });
  }
}

export class DeclineReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string; comment?: string; betterStructureId?: Uuid }) { super(); }
}
@CommandHandler(DeclineReferral)
export class DeclineReferralHandler implements ICommandHandler<DeclineReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: DeclineReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, decline, { facts: [input.betterStructureId] });
  }
}

export class WithdrawReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string; comment?: string }) { super(); }
}
@CommandHandler(WithdrawReferral)
export class WithdrawReferralHandler implements ICommandHandler<WithdrawReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: WithdrawReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, withdraw);
  }
}

export class HoldReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string; until: LocalDate }) { super(); }
}
@CommandHandler(HoldReferral)
export class HoldReferralHandler implements ICommandHandler<HoldReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: HoldReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, hold);
  }
}

export class ResumeReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral) { super(); }
}
@CommandHandler(ResumeReferral)
export class ResumeReferralHandler implements ICommandHandler<ResumeReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: ResumeReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, resume);
  }
}

export class CompleteReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { outcome: string; remainingNeeds?: string[]; comment?: string }) { super(); }
}
@CommandHandler(CompleteReferral)
export class CompleteReferralHandler implements ICommandHandler<CompleteReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: CompleteReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, complete);
  }
}

export class ReturnReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string; comment?: string }) { super(); }
}
@CommandHandler(ReturnReferral)
export class ReturnReferralHandler implements ICommandHandler<ReturnReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: ReturnReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, giveBack);
  }
}

export class RequestCancellation extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string }) { super(); }
}
@CommandHandler(RequestCancellation)
export class RequestCancellationHandler implements ICommandHandler<RequestCancellation> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: RequestCancellation): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, requestCancellation);
  }
}

export class AgreeCancellation extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral) { super(); }
}
@CommandHandler(AgreeCancellation)
export class AgreeCancellationHandler implements ICommandHandler<AgreeCancellation> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: AgreeCancellation): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, agreeCancellation);
  }
}

export class CancelReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string }) { super(); }
}
@CommandHandler(CancelReferral)
export class CancelReferralHandler implements ICommandHandler<CancelReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: CancelReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, cancel);
  }
}

export class VoidReferral extends Command<ReferralOutcome> {
  constructor(readonly caller: Caller, readonly input: OnReferral & { reason: string }) { super(); }
}
@CommandHandler(VoidReferral)
export class VoidReferralHandler implements ICommandHandler<VoidReferral> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: VoidReferral): Promise<ReferralOutcome> {
    return decideOnReferral(this.records, caller, input, voidReferral);
  }
}

export const referralHandlers = [
  CreateReferralHandler, SendReferralHandler, AcknowledgeReferralHandler, AcceptReferralHandler, NameContactHandler, DeclineReferralHandler, WithdrawReferralHandler,
  HoldReferralHandler, ResumeReferralHandler, CompleteReferralHandler, ReturnReferralHandler, RequestCancellationHandler, AgreeCancellationHandler,
  CancelReferralHandler, VoidReferralHandler,
];
