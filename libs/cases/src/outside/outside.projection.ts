/** One row per time somebody was sent outside the network, from whichever record. Pure. */
import {
  localDateOf,
  pieceOf,
  type Change,
  type LocalDate,
  type AnswerLinkEnd,
  type DeclineReason,
  type OutsideAnswer,
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
  answer: OutsideAnswer | null;
  answer_reason: DeclineReason | null;
  answered_at: string | null;
  /** Who said what came of it: the organisation itself. */
  by_recipient: boolean | null;
  link_id: Uuid | null;
  link_hash: string | null;
  link_event: Uuid | null;
  link_until: string | null;
  link_end: AnswerLinkEnd | null;
}

/** What is said later keeps who made it and what it says. */
export type OutsideChangeRow = Pick<
  OutsideRow,
  | 'id'
  | 'case_id'
  | 'seq'
  | 'status'
  | 'outcome'
  | 'outcome_on'
  | 'by_recipient'
  | 'version'
  | 'end_event'
  | 'ended_at'
  | 'ended_by'
>;
/** Said of the link or by it, in calls of their own: what came of it stays as it is. */
export type OutsideAnswerRow = Pick<
  OutsideRow,
  'id' | 'case_id' | 'seq' | 'version' | 'answer' | 'answer_reason' | 'answered_at'
>;
export type AnswerLinkRow = Pick<OutsideRow, 'id' | 'link_id' | 'link_hash' | 'link_event' | 'link_until'>;
export type AnswerLinkEndRow = Pick<OutsideRow, 'id' | 'link_id' | 'link_end'>;

const unanswered = {
  ...{ answer: null, answer_reason: null, answered_at: null, by_recipient: null },
  ...{ link_id: null, link_hash: null, link_event: null, link_until: null, link_end: null },
};

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
  const unsaid = { outcome: null, outcome_on: null, by_recipient: null };
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
        outcome: null,
        outcome_on: null,
        version: 1,
        seq: event.seq,
        text_event: event.id,
        sent_on: localDateOf(event.at),
        sent_at: event.at,
        end_event: null,
        ended_at: null,
        ended_by: null,
        ...unanswered,
      };
      return [{ call: 'put_outside_referral', rows: [row] }];
    }
    case 'OutsideReferralReported': {
      const { nth, outcome, on: outcome_on } = event.data;
      return change(nth, { status: 'reported', outcome, outcome_on, by_recipient: false });
    }
    case 'OutsideReferralLapsed':
      return change(event.data.nth, { status: 'unknown', ...unsaid });
    case 'OutsideReferralCancelled':
      return change(event.data.nth, { status: 'entered_in_error', ...unsaid });
    case 'OutsideAnswered': {
      const { nth: version, answer, reason = null, outcome, on = null } = event.data;
      const given = { id, case_id: event.stream, seq: event.seq, version };
      const row: OutsideAnswerRow = { ...given, answer, answer_reason: reason, answered_at: event.at };
      return [
        { call: 'put_outside_answer', rows: [row] },
        ...(outcome ? change(version, { status: 'reported', outcome, outcome_on: on, by_recipient: true }) : []),
      ];
    }
    case 'OutsideLinkMade': {
      const { linkId: link_id, linkHash: link_hash, until: link_until } = event.data;
      const row: AnswerLinkRow = { id, link_id, link_hash, link_event: event.id, link_until };
      return [{ call: 'put_answer_link', rows: [row] }];
    }
    case 'OutsideLinkEnded': {
      const row: AnswerLinkEndRow = { id, link_id: event.data.linkId, link_end: event.data.because };
      return [{ call: 'put_answer_link_end', rows: [row] }];
    }
    case 'OutsideSheetOpened':
    case 'OutsideCodeMistaken':
      return [];
  }
}
