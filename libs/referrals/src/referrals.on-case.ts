/** What this module adds where a case is closed, merged or shown: the points that cases leave open for it. */
import { Injectable } from '@nestjs/common';
import { Problem, type Decided, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { CaseInserts, ClosingRule, MergingRule, type CaseInsert, type CaseRecord, type Closing, type WholeInsert } from '@fil-rouge/cases';
import type { Caller } from '@fil-rouge/platform';
import type { HandoverRecord } from './handover';
import { endForMerge, endForObjections } from './handover.decider';
import { HandoversQueries } from './handovers.queries';
import type { ReferralRecord } from './referral';
import { carriedOf, checkRoom, endForOther } from './referral.merge';
import { mayCloseWith } from './referral.policy';
import { referralStatusOf } from './referral.status';
import { ReferralsQueries } from './referrals.queries';

/** An open handover does not stand against closing: it is cancelled with the case. */
@Injectable()
export class OpenReferralsRule extends ClosingRule {
  check(whole: CaseRecord, { reason, cancelReferrals }: Closing): void {
    const { open } = (whole as ReferralRecord).referrals;
    if (mayCloseWith(open.length, reason, cancelReferrals)) return;
    throw new Problem('open-referrals', 'This case has open referrals. Wait until they have ended, or close it with `cancelReferrals`.', { openReferrals: open.length });
  }
}

@Injectable()
export class OpenReferralsGoOn extends MergingRule {
  endings(loser: CaseRecord, survivor: CaseRecord): { ofLoser: Decided[]; ofSurvivor: Decided[] } {
    checkRoom(loser as ReferralRecord, survivor as ReferralRecord);
    return {
      ofLoser: [...endForOther(loser as ReferralRecord, survivor), ...endForMerge(loser as HandoverRecord)],
      ofSurvivor: [...endForOther(survivor as ReferralRecord, loser), ...endForObjections(survivor as HandoverRecord, loser)],
    };
  }

  carried(loser: CaseRecord, survivor: CaseRecord): { takenOver: JsonObject; sealed: JsonObject } {
    return carriedOf(loser as ReferralRecord, survivor);
  }
}

@Injectable()
export class ReferralsOfCase extends CaseInserts {
  constructor(
    private readonly referrals: ReferralsQueries,
    private readonly handovers: HandoversQueries,
  ) {
    super();
  }

  async of(caller: Caller, caseId: Uuid): Promise<WholeInsert> {
    const [lines, openHandover] = await Promise.all([this.referrals.ofCases(caller, [caseId]), this.handovers.openHandoverOf(caller, caseId)]);
    const referrals = lines.map(({ id, toStructure, status }) => ({ id, toStructure, status }));
    return { referrals, referralStatus: referralStatusOf(lines), ...(openHandover ? { openHandover } : {}) };
  }

  async ofEach(caller: Caller, caseIds: readonly Uuid[]): Promise<CaseInsert[]> {
    const lines = await this.referrals.ofCases(caller, caseIds);
    return caseIds.map((id) => ({ referralStatus: referralStatusOf(lines.filter(({ caseId }) => caseId === id)) }));
  }
}
