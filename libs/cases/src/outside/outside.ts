/**
 * READ FIRST: somebody is sent to an organisation outside the network, a CAF or France Travail: a sheet goes along, nobody there has an account. Whoever sent says what
 * came of it, or the organisation itself behind a link (answer-link.ts); after sixty days without a word it is not known. It opens no access to anybody, so it is no referral: an entry of the follow-up, read as the thread is.
 * What is open is state of the case, little of it; to whom and why is a sealed piece. Pure.
 */
import {
  addCalendarDays,
  endOfDay,
  eventsOf,
  localDateOf,
  type AnswerLinkEnd,
  type DeclineReason,
  type Instant,
  type LocalDate,
  type NoteError,
  type OutsideAnswer,
  type OutsideMeans,
  type OutsideOutcome,
  type EventOf,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { isCaseEvent, type CaseRecord, type Led } from '../case/case';
import { mostCodes, type AnswerLink } from './answer-link';

/** `until`: when it is given up to be heard of; `nth`: what its row counts, when more than one. */
export type OpenOutside = { id: Uuid; until: Instant; nth?: number };
export type OutsideState = { open: OpenOutside[]; links: AnswerLink[] };
export type OutsideRecord = CaseRecord & { outside: OutsideState };

/** More at once are none. */
export const mostOpenOutside = 20;
/** Calendar days after which nobody will say what came of it. */
export const outsideDays = 60;

/** `nth`: what its row counts from then on. */
export type OutsideEventData = {
  /** shared_text `{recipient, name?, place?, needs, message?, informed}` */
  OutsideReferralMade: { outsideId: Uuid; means: OutsideMeans };
  /** Again, when it was said wrongly. shared_text `{comment?}` */
  OutsideReferralReported: { outsideId: Uuid; nth: number; outcome: OutsideOutcome; on: LocalDate };
  OutsideReferralLapsed: { outsideId: Uuid; nth: number };
  /** shared_text `{comment?}` */
  OutsideReferralCancelled: { outsideId: Uuid; nth: number; reason: NoteError };
  /** The one before ends with it. `linkHash`: of the link's secret, which is kept nowhere. private_note `{email}`; until 30 November 2026 shared_text */
  OutsideLinkMade: { linkHash: string; until: Instant } & OfLink;
  OutsideSheetOpened: OfLink;
  OutsideCodeMistaken: { left: number } & OfLink;
  /** Said by the organisation itself. A refusal says what came of it too. */
  OutsideAnswered: {
    nth: number;
    answer: OutsideAnswer;
    reason?: DeclineReason;
    outcome?: OutsideOutcome;
    on?: LocalDate;
  } & OfLink;
  OutsideLinkEnded: { because: AnswerLinkEnd } & OfLink;
};

/** `sentBy`: who is told. */
type OfLink = { outsideId: Uuid; linkId: Uuid; sentBy: Led };

export const outsideWrites: Readonly<Record<keyof OutsideEventData, number>> = {
  OutsideReferralMade: 1,
  OutsideReferralReported: 1,
  OutsideReferralLapsed: 1,
  OutsideReferralCancelled: 1,
  OutsideLinkMade: 1,
  OutsideSheetOpened: 1,
  OutsideCodeMistaken: 1,
  OutsideAnswered: 1,
  OutsideLinkEnded: 1,
};

export const isOutsideEvent = eventsOf<OutsideEventData>(outsideWrites);

export const initialOutside: OutsideState = { open: [], links: [] };

export function evolveOutside(state: OutsideState, event: RecordEvent): OutsideState {
  if (isCaseEvent(event)) {
    if (event.type === 'MergedInto' || event.type === 'CaseErased') return initialOutside;
    if (event.type !== 'RecordsMerged') return state;
    const { outside = [], answerLinks = [] } = event.data.takenOver;
    return {
      open: [...state.open, ...(outside as OpenOutside[])],
      links: [...state.links, ...(answerLinks as AnswerLink[])],
    };
  }
  if (!isOutsideEvent(event)) return state;
  return { open: evolveOpen(state.open, event), links: evolveLinks(state.links, event) };
}

function evolveOpen(open: OpenOutside[], event: EventOf<OutsideEventData>): OpenOutside[] {
  const { outsideId: id } = event.data;
  const others = open.filter((one) => one.id !== id);
  switch (event.type) {
    case 'OutsideReferralMade':
      return [...others, { id, until: endOfDay(addCalendarDays(localDateOf(event.at), outsideDays)) }];
    case 'OutsideReferralReported':
    case 'OutsideReferralLapsed':
    case 'OutsideReferralCancelled':
      return others;
    case 'OutsideAnswered': {
      // Received, or accepted: what comes of it is still waited for.
      const { nth, outcome } = event.data;
      return outcome ? others : open.map((one) => (one.id === id ? { ...one, nth } : one));
    }
    default:
      return open;
  }
}

function evolveLinks(links: AnswerLink[], event: EventOf<OutsideEventData>): AnswerLink[] {
  const { outsideId, ...data } = event.data;
  const changed = (more: (link: AnswerLink) => Partial<AnswerLink>): AnswerLink[] =>
    links.map((link) => ('linkId' in data && link.id === data.linkId ? { ...link, ...more(link) } : link));
  switch (event.type) {
    case 'OutsideLinkMade': {
      const { linkId: id, until, sentBy } = event.data;
      const others = links.filter((link) => link.outsideId !== outsideId);
      return [...others, { id, outsideId, until, sentBy, left: mostCodes, openings: 0 }];
    }
    case 'OutsideSheetOpened':
      return changed(({ openings }) => ({ openings: openings + 1 }));
    case 'OutsideCodeMistaken':
      return changed(() => ({ left: event.data.left }));
    case 'OutsideAnswered':
      return event.data.outcome ? changed(() => ({ answered: true })) : links;
    case 'OutsideLinkEnded':
      return links.filter(({ id }) => id !== event.data.linkId);
    default:
      return links;
  }
}
