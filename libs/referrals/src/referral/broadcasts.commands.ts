import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { networkId } from '@fil-rouge/users';
import type { ReferralRecord } from './referral';
import { isReferralEvent } from './referral.fold';
import { broadcast, type NewBroadcast } from './referral.decider';
import { sheetPieces } from './referral.events';
import { previousOf } from './referrals.verbs';

export type BroadcastOutcome = Outcome<{ broadcastId: Uuid; referralIds: Uuid[] }>;

export class CreateBroadcast extends Command<BroadcastOutcome> {
  constructor(
    readonly caller: Caller,
    readonly input: NewBroadcast,
  ) {
    super();
  }
}
/** One referral per recipient, in one commit: all of them or none. */
@CommandHandler(CreateBroadcast)
export class CreateBroadcastHandler implements ICommandHandler<CreateBroadcast> {
  constructor(private readonly records: Records) {}

  execute({ caller, input }: CreateBroadcast): Promise<BroadcastOutcome> {
    return this.records.decide<ReferralRecord, { broadcastId: Uuid; referralIds: Uuid[] }>({
      caller,
      on: [{ kind: 'case', id: input.caseId }],
      facts: [...input.toStructureIds, networkId],
      rows: previousOf(input),
      pieces: sheetPieces,
      decide: ([one]) => [broadcast(one!.state, { ...input, ifMatch: caller.ifMatch }, one!.context)],
      result: (events) => {
        const drafts = events.filter(isReferralEvent).filter((event) => event.type === 'ReferralDrafted');
        return { broadcastId: drafts[0]!.data.broadcastId!, referralIds: drafts.map(({ about }) => about!) };
      },
    });
  }
}
