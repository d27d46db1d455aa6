/**
 * READ FIRST: somebody is sent to an organisation outside the network, a CAF or France Travail: a sheet goes along, nobody there answers here. Whoever sent says what
 * came of it; after sixty days without a word it is not known. It opens no access to anybody, so it is no referral: an entry of the follow-up, read as the thread is.
 * What is open is state of the case, little of it; to whom and why is a sealed piece. Pure.
 */
import {
  addCalendarDays,
  endOfDay,
  eventsOf,
  localDateOf,
  type Instant,
  type LocalDate,
  type NoteError,
  type OutsideMeans,
  type OutsideOutcome,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { isCaseEvent, type CaseRecord } from '../case/case';

/** `until`: when it is given up to be heard of. */
export type OpenOutside = { id: Uuid; until: Instant };
export type OutsideState = { open: OpenOutside[] };
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
};

export const outsideWrites: Readonly<Record<keyof OutsideEventData, number>> = {
  OutsideReferralMade: 1,
  OutsideReferralReported: 1,
  OutsideReferralLapsed: 1,
  OutsideReferralCancelled: 1,
};

export const isOutsideEvent = eventsOf<OutsideEventData>(outsideWrites);

export const initialOutside: OutsideState = { open: [] };

export function evolveOutside(state: OutsideState, event: RecordEvent): OutsideState {
  if (isCaseEvent(event)) {
    if (event.type === 'MergedInto' || event.type === 'CaseErased') return initialOutside;
    if (event.type !== 'RecordsMerged') return state;
    return { open: [...state.open, ...((event.data.takenOver['outside'] ?? []) as OpenOutside[])] };
  }
  if (!isOutsideEvent(event)) return state;
  const { outsideId: id } = event.data;
  const others = state.open.filter((one) => one.id !== id);
  return event.type === 'OutsideReferralMade'
    ? { open: [...others, { id, until: endOfDay(addCalendarDays(localDateOf(event.at), outsideDays)) }] }
    : { open: others };
}
