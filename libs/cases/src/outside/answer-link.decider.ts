/** What may happen to a link for answering: made, revoked, used by whoever holds it, ended. Pure. */
import {
  addCalendarDays,
  checkDay,
  endOfDay,
  invalid,
  Problem,
  type AnswerLinkEnd,
  type Context,
  type Decided,
  type DeclineReason,
  type LocalDate,
  type OutsideAnswer,
  type OutsideOutcome,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { objectsTo, takesPart, type CaseState } from '../case/case';
import { linkDays, mostOpenings, type AnswerLink } from './answer-link';
import { isOutsideEvent, type OutsideEventData, type OutsideRecord } from './outside';
import { ofOwn, type OnOutside, type OutsideAddress } from './outside.decider';

export interface MakingLink extends OnOutside {
  readonly linkId: Uuid;
  readonly linkHash: string;
  readonly email: string;
}

/** Whoever may make the sheet. A new one ends the one before. */
export function makeLink(record: OutsideRecord, input: MakingLink, context: Context): Decided[] {
  const { case: state } = record;
  const row = ofOwn(record, input, context, 'send_outside');
  if (state.objections.some(({ against }) => against === 'all'))
    throw new Problem('objection', 'The resident objects to sharing with anybody.');
  const { linkId, linkHash, email } = input;
  const data: OutsideEventData['OutsideLinkMade'] = {
    outsideId: row.id,
    linkId,
    linkHash,
    until: endOfDay(addCalendarDays(context.today, linkDays)),
    sentBy: { structureId: row.structure_id, counsellorId: context.actor.userId },
  };
  return [{ type: 'OutsideLinkMade', about: row.id, data, pieces: [{ kind: 'private_note', value: { email } }] }];
}

/** Where none opens any more: no event. */
export function revokeLink(record: OutsideRecord, input: OnOutside, context: Context): Decided[] {
  const row = ofOwn(record, input, context);
  return record.outside.links.filter(({ outsideId }) => outsideId === row.id).map((link) => ended(link, 'revoked'));
}

export interface GivenAnswer {
  readonly answer: OutsideAnswer;
  readonly reason?: DeclineReason;
  readonly outcome?: OutsideOutcome;
  readonly on?: LocalDate;
}

export interface UsingLink {
  readonly linkId: Uuid;
  /** Whether the code that came with it is its own. */
  readonly isRight: boolean;
  /** Absent: the sheet is opened. */
  readonly answer?: GivenAnswer;
}

/** Null: it opens nothing, whatever the code. */
export function useLink(
  record: OutsideRecord,
  { linkId, isRight, answer }: UsingLink,
  context: Context,
): Decided[] | null {
  const link = record.outside.links.find(({ id }) => id === linkId);
  if (!link) return null;
  if (!isRight) return [of(link, 'OutsideCodeMistaken', { left: link.left - 1 })];
  if (!answer) return [of(link, 'OutsideSheetOpened', {})];
  return answered(link, context.row<OutsideAddress>('outside')!, answer, context);
}

/** What may be answered after what was: received, then accepted or refused; what came of it at any time. */
export const answersAfter = (before: OutsideAnswer | null): readonly OutsideAnswer[] => {
  if (before === null) return ['acknowledged', 'accepted', 'declined', 'reported'];
  return before === 'acknowledged' ? ['accepted', 'declined', 'reported'] : ['reported'];
};

function answered(
  link: AnswerLink,
  row: OutsideAddress,
  { answer, ...said }: GivenAnswer,
  { today }: Context,
): Decided[] {
  // Pressed twice.
  if (row.answer === answer && answer !== 'reported') return [];
  if (!answersAfter(row.answer).includes(answer)) throw answeredOtherwise(row.answer ?? row.status);
  const nth = row.version + 1;
  switch (answer) {
    case 'acknowledged':
    case 'accepted':
      return [of(link, 'OutsideAnswered', { nth, answer })];
    case 'declined': {
      if (!said.reason) throw invalid('/reason', 'missing', 'Say why: one of the published reasons.');
      return [of(link, 'OutsideAnswered', { nth, answer, reason: said.reason, outcome: 'could_not_help', on: today })];
    }
    case 'reported': {
      const { outcome, on = today } = said;
      if (!outcome) throw invalid('/outcome', 'missing', 'Say what came of it.');
      checkDay('happened', on, today, '/on');
      if (on < row.sent_on)
        throw invalid('/on', 'before-sending', 'It cannot have come of it before the resident was sent there.');
      return [of(link, 'OutsideAnswered', { nth, answer, outcome, on })];
    }
  }
}

/** What is due by the clock. */
export const expiredLinks = ({ outside }: OutsideRecord, { now }: Context): Decided[] =>
  outside.links.filter(({ until }) => until <= now).map((link) => ended(link, 'expired'));

/** A link opens for as long as its sender could hand out the sheet, and has not heard what came of it by the link. */
export function endLinks({ case: state, outside: { links } }: OutsideRecord, happened: RecordEvent): Decided[] {
  return links.flatMap((link) => {
    const because = endOf(link, state, happened);
    return because ? [{ ...ended(link, because), byItself: true as const }] : [];
  });
}

function endOf(link: AnswerLink, state: CaseState, happened: RecordEvent): AnswerLinkEnd | undefined {
  const { structureId } = link.sentBy;
  if (isOutsideEvent(happened) && happened.type === 'OutsideReferralCancelled' && happened.about === link.outsideId)
    return 'taken_back';
  if (link.answered) return 'answered';
  if (link.left <= 0) return 'wrong_codes';
  if (link.openings > mostOpenings) return 'opened_too_often';
  if (objectsTo(state, structureId)) return 'objection';
  if (state.status !== 'open') return 'case_closed';
  return takesPart(state, structureId) ? undefined : 'part_ended';
}

const answeredOtherwise = (status: string) =>
  new Problem('wrong-state', 'This was answered in another way before.', { status, actions: [] });

const ended = (link: AnswerLink, because: AnswerLinkEnd): Decided => of(link, 'OutsideLinkEnded', { because });

const of = (link: AnswerLink, type: keyof OutsideEventData, data: object): Decided => ({
  type,
  about: link.outsideId,
  data: { outsideId: link.outsideId, linkId: link.id, ...data, sentBy: link.sentBy },
});
