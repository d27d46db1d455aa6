/** One row per time somebody was sent outside the network, from whichever record. Pure. */
import {
  localDateOf,
  pieceOf,
  type Change,
  type LocalDate,
  type OutsideMeans,
  type OutsideOutcome,
  type OutsideStatus,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { isOutsideEvent, type OutsideRecord } from './outside';

export interface OutsideRow {
  id: Uuid;
  case_id: Uuid;
  structure_id: Uuid | null;
  author_id: Uuid | null;
  recipient: string;
  needs: string[];
  means: OutsideMeans;
  status: OutsideStatus;
  outcome: OutsideOutcome | null;
  outcome_on: LocalDate | null;
  version: number;
  /** Its last event: what came of it after a former lead's end is not that one's to read. */
  seq: number;
  text_event: Uuid;
  sent_on: LocalDate;
  sent_at: string;
  end_event: Uuid | null;
  ended_at: string | null;
  ended_by: Uuid | null;
}

/** What is said later keeps who made it and what it says. */
export type OutsideChangeRow = Pick<
  OutsideRow,
  'id' | 'case_id' | 'seq' | 'status' | 'outcome' | 'outcome_on' | 'version' | 'end_event' | 'ended_at' | 'ended_by'
>;

export function projectOutside(_before: OutsideRecord, _after: OutsideRecord, event: RecordEvent): Change[] {
  if (!isOutsideEvent(event)) return [];
  const { outsideId: id } = event.data;
  const ended = {
    case_id: event.stream,
    seq: event.seq,
    end_event: event.id,
    ended_at: event.at,
    ended_by: event.actor,
  };
  const unsaid = { outcome: null, outcome_on: null };
  const change = (version: number, row: Omit<OutsideChangeRow, 'id' | 'version' | keyof typeof ended>): Change[] => {
    const changed: OutsideChangeRow = { id, version, ...row, ...ended };
    return [{ call: 'put_outside_change', rows: [changed] }];
  };
  switch (event.type) {
    case 'OutsideReferralMade': {
      const said = pieceOf(event, 'shared_text') as { recipient: string; needs: string[] } | undefined;
      if (!said) return [];
      const row: OutsideRow = {
        id,
        case_id: event.stream,
        structure_id: event.structure,
        author_id: event.actor,
        recipient: said.recipient,
        needs: said.needs,
        means: event.data.means,
        status: 'sent',
        ...unsaid,
        version: 1,
        seq: event.seq,
        text_event: event.id,
        sent_on: localDateOf(event.at),
        sent_at: event.at,
        end_event: null,
        ended_at: null,
        ended_by: null,
      };
      return [{ call: 'put_outside_referral', rows: [row] }];
    }
    case 'OutsideReferralReported':
      return change(event.data.nth, { status: 'reported', outcome: event.data.outcome, outcome_on: event.data.on });
    case 'OutsideReferralLapsed':
      return change(event.data.nth, { status: 'unknown', ...unsaid });
    case 'OutsideReferralCancelled':
      return change(event.data.nth, { status: 'entered_in_error', ...unsaid });
  }
}
