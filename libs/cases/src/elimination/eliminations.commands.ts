import { createHash } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { wrongState, type Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { registerId, type RegisterRecord } from './elimination';
import { drawUp, sign, withdraw, type Signing } from './elimination.decider';
import { EliminationsQueries } from './eliminations.queries';

type OfSlip = Outcome<{ slipId: Uuid }>;

export class DrawUpSlip extends Command<OfSlip> {
  constructor(readonly caller: Caller) {
    super();
  }
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex');

@CommandHandler(DrawUpSlip)
export class DrawUpSlipHandler implements ICommandHandler<DrawUpSlip> {
  constructor(
    private readonly records: Records,
    private readonly queries: EliminationsQueries,
  ) {}

  async execute({ caller }: DrawUpSlip): Promise<OfSlip> {
    const ready = await this.queries.ready(caller);
    const slipId = newId();
    return this.records.decide<RegisterRecord, { slipId: Uuid }>({
      caller,
      on: [{ kind: 'elimination', id: registerId, orNew: true }],
      decide: ([one]) => [drawUp(one!.state.register, { slipId, ready, hashed }, one!.context)],
      result: () => ({ slipId }),
      answer: ({ slipId: drawn }) => this.queries.asking(caller, drawn),
    });
  }
}

export class ChangeSlip extends Command<OfSlip> {
  /** @param signing what it is signed with; absent: it is withdrawn */
  constructor(
    readonly caller: Caller,
    readonly slipId: Uuid,
    readonly signing?: Signing,
  ) {
    super();
  }
}

@CommandHandler(ChangeSlip)
export class ChangeSlipHandler implements ICommandHandler<ChangeSlip> {
  constructor(
    private readonly records: Records,
    private readonly queries: EliminationsQueries,
  ) {}

  async execute({ caller, slipId, signing }: ChangeSlip): Promise<OfSlip> {
    // Only the last one can be under way.
    const { state } = await this.queries.one(caller, slipId);
    return this.records.decide<RegisterRecord, { slipId: Uuid }>({
      caller,
      on: [{ kind: 'elimination', id: registerId }],
      decide: ([one]) => {
        const { slip } = one!.state.register;
        if (slip?.slipId !== slipId) throw wrongState(state);
        return [signing ? sign(slip, signing, one!.context) : withdraw(slip, one!.context)];
      },
      result: () => ({ slipId }),
      answer: () => this.queries.asking(caller, slipId),
    });
  }
}

export const eliminationsHandlers = [DrawUpSlipHandler, ChangeSlipHandler];
