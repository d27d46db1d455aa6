import { Injectable } from '@nestjs/common';
import { CaseInserts, type Reader, type CaseInsert, type Insert, type WholeInsert } from '@fil-rouge/cases';
import { lineOf as handoverLineOf, openHandoverOf, type LineRow as HandoverRow } from '../handover/handovers.queries';
import { mayOpenHandover } from '../handover/handover.policy';
import { lineOf, linesOf, type LineRow } from './referral-lines.sql';
import { mayLeave, mayRefer } from './referral.policy';
import { referralStatusOf } from './referral.status';

interface Whole {
  readonly lines: LineRow[] | null;
  readonly handover: HandoverRow | null;
}

/** What this module adds where a case is shown. */
@Injectable()
export class ReferralsOfCase extends CaseInserts {
  readonly ofOne: Insert<Whole, WholeInsert> = {
    selected: (caller, record) =>
      `json_build_object('lines', ${linesOf(caller, record)}, 'handover', ${openHandoverOf(record)})`,
    shown({ lines, handover }, caller, { participation, status }) {
      const told = (lines ?? []).map(lineOf);
      const referrals = told.map(({ id, toStructure, status }) => ({ id, toStructure, status }));
      const openHandover = handover ? { openHandover: handoverLineOf(handover, caller) } : {};
      const reader = participation as Reader;
      const received = (lines ?? []).map((line) => ({
        to: line.to_structure_id,
        status: line.status,
        onwardAllowed: line.onward_allowed,
      }));
      const actions = [
        ...(mayRefer(reader, caller.session.structureId, received) ? ['referrals'] : []),
        ...(mayLeave(reader, caller.session.structureId, received) ? ['leave'] : []),
        ...(mayOpenHandover(reader, caller.session.role, handover !== null) ? ['handovers'] : []),
      ];
      return {
        referrals,
        referralStatus: referralStatusOf(told),
        ...openHandover,
        actions: status === 'open' ? actions : [],
      };
    },
  };

  readonly ofEach: Insert<LineRow[] | null, CaseInsert> = {
    selected: linesOf,
    shown: (lines) => ({ referralStatus: referralStatusOf((lines ?? []).map(lineOf)) }),
  };
}
