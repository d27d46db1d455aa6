import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Reads, Records, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import { networkId } from '@fil-rouge/users';
import type { ReferralRecord } from './referral';
import { create, type NewReferral } from './referral.decider';
import { sheetPieces } from './referral.events';
import type { ReferralAction } from './referral.policy';
import { ReferralsQueries } from './referrals.queries';
import { previousOf, verbs } from './referrals.verbs';

export type ReferralOutcome = Outcome<{ referralId: Uuid }>;

export class CreateReferral extends Command<ReferralOutcome> {
  constructor(
    readonly caller: Caller,
    readonly input: NewReferral,
  ) {
    super();
  }
}
@CommandHandler(CreateReferral)
export class CreateReferralHandler implements ICommandHandler<CreateReferral> {
  constructor(
    private readonly records: Records,
    private readonly queries: ReferralsQueries,
  ) {}

  execute({ caller, input }: CreateReferral): Promise<ReferralOutcome> {
    return this.records.decide<ReferralRecord, { referralId: Uuid }>({
      caller,
      on: [{ kind: 'case', id: input.caseId }],
      facts: [input.toStructureId, networkId],
      rows: previousOf(input),
      pieces: sheetPieces,
      decide: ([one]) => [create(one!.state, { ...input, ifMatch: caller.ifMatch }, one!.context)],
      result: (events) => ({ referralId: events.find(({ type }) => type === 'ReferralDrafted')!.about! }),
      answer: ({ referralId }) => this.queries.asking(caller, referralId),
    });
  }
}

/** Whatever is done to a referral that is there. `body` is of the class that the verb's row names. */
export class ActOnReferral extends Command<ReferralOutcome> {
  constructor(
    readonly caller: Caller,
    readonly referralId: Uuid,
    readonly verb: ReferralAction,
    readonly body: object = {},
  ) {
    super();
  }
}
@CommandHandler(ActOnReferral)
export class ActOnReferralHandler implements ICommandHandler<ActOnReferral> {
  constructor(
    private readonly records: Records,
    private readonly reads: Reads,
    private readonly queries: ReferralsQueries,
  ) {}

  /** The record it belongs to comes with its read row, both structures as facts. */
  async execute({ caller, referralId, verb, body }: ActOnReferral): Promise<ReferralOutcome> {
    const { decide, needs, afterMerge } = verbs[verb];
    const { facts, pieces, rows, events } = needs?.(body) ?? {};
    return this.records.decide<ReferralRecord, { referralId: Uuid }>({
      caller,
      on: [afterMerge ? await this.presentOf(caller, referralId) : ofRow],
      rows: {
        referral: { table: 'referral', id: referralId, facts: ['from_structure_id', 'to_structure_id'], events },
        ...rows,
      },
      pieces,
      facts,
      decide: ([one]) => [decide(one!.state, { ...body, referralId, ifMatch: caller.ifMatch }, one!.context)],
      result: () => ({ referralId }),
      answer: () => this.queries.asking(caller, referralId),
    });
  }

  /** The log of a record that has ended in another one is closed: what ended on it is decided in that one's. */
  private async presentOf(caller: Caller, referralId: Uuid): Promise<Target> {
    const [moved] = await this.reads.rows<{ survivor: Uuid }>(
      caller,
      `select s.id as survivor from referral r, visible_survivor(r.case_id) s(id) where r.id = ($1->>'referralId')::uuid and s.id is not null`,
      { referralId },
    );
    return moved ? { kind: 'case', id: moved.survivor } : ofRow;
  }
}

const ofRow: Target = { kind: 'case', row: 'referral' };

export const referralHandlers = [CreateReferralHandler, ActOnReferralHandler];
