/** How the events of a referral are made: what each carries in clear, what is sealed, whose access opens and ends. Pure. */
import {
  ageBracketOf,
  type Context,
  type Decided,
  type JsonObject,
  type PieceKind,
  type Uuid,
} from '@fil-rouge/kernel';
import { grantsOf, type AccessChange, type FirstName, type Profile } from '@fil-rouge/cases';
import { delaysFor } from '@fil-rouge/users';
import type { DraftText, Informed, Referral, ReferralDelays, ReferralRecord, Sheet } from './referral';
import type { OfReferral, ReferralEventData, ReferralEventType } from './referral.fold';

type Parties = Pick<Referral, 'id' | 'from' | 'to'>;
/** About to be sent: it says to whom. */
type Sent = Parties & Pick<Referral, 'urgency'> & { to: Uuid };

/** What `disclosed` and the rules of sending read of the resident. */
export const sheetPieces: readonly PieceKind[] = ['first_name', 'identity', 'profile'];

/** The minimal sheet is copied from the record as it stands now: the recipient reads nothing else before it has accepted. */
export function disclosed(referral: Sent, context: Context, informed?: Informed): Decided {
  const { firstName } = context.piece('first_name') as FirstName;
  const { commune, birthYear } = context.piece('profile') as Profile;
  const sheet: Sheet = { commune, ageBracket: ageBracketOf(birthYear, context.today), informed };
  const opened = [{ id: context.newId(), structureId: referral.to, kind: 'candidate' as const, source: referral.id }];
  const sent = event('ReferralSent', referral, { opened, delays: promisedTo(referral, context) }, sheet);
  return {
    ...sent,
    pieces: [{ kind: 'first_name', value: { firstName }, sharedBy: referral.id }, ...(sent.pieces ?? [])],
  };
}

/** Nothing is disclosed until the State has validated both structures. */
export const heldBack = (referral: Sent, context: Context, informed?: Informed): Decided =>
  event('ReferralHeld', referral, { delays: promisedTo(referral, context) }, { informed });

/** Copied into the event, so that a later change rewrites nothing that was promised. */
const promisedTo = ({ to, urgency }: Sent, context: Context): ReferralDelays => {
  const { silenceCalendarDays: _, urgent, ...delays } = delaysFor(to, context);
  return urgency === 'urgent' ? { ...delays, ...urgent } : delays;
};

export const drafted = (referral: Parties, data: ReferralEventData['ReferralDrafted'], text: DraftText): Decided =>
  event('ReferralDrafted', referral, data, text);

export const edited = (referral: Parties, data: ReferralEventData['ReferralDraftEdited'], text: DraftText): Decided =>
  event('ReferralDraftEdited', referral, data, text);

/** By the acceptance of another: its recipient is told that, and not whose. */
export const filledElsewhere = (record: ReferralRecord, referral: Referral): Decided => ({
  ...cancelled(record, referral, 'filled_elsewhere'),
  byItself: true,
});

export const cancelled = (record: ReferralRecord, referral: Referral, reason: string, comment?: string): Decided =>
  event('ReferralCancelled', referral, { reason, ...ends(record, referral) }, { comment });

/** The recipient's access through this referral ends with the event. */
export const ends = ({ case: state }: ReferralRecord, { id, to }: Parties): AccessChange => {
  const ended = to === undefined ? [] : grantsOf(state, to, id).map((grant) => grant.id);
  return ended.length > 0 ? { ended } : {};
};

export function event<T extends ReferralEventType>(
  type: T,
  { id, from, to }: Parties,
  data: ReferralEventData[T],
  text: JsonObject = {},
): Decided {
  const of: OfReferral = { referralId: id, fromStructureId: from, toStructureId: to };
  const says = Object.values(text).some((value) => value !== undefined);
  return {
    type,
    data: { ...of, ...data },
    about: id,
    audience: 'about',
    ...(says ? { pieces: [{ kind: 'shared_text', value: text, sharedBy: id }] } : {}),
  };
}
