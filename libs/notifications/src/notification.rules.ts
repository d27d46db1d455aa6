/**
 * READ FIRST: who is told what, row by row of docs/domain.md's table. Pure.
 *
 * Beyond the table stand the alert of a case nobody adds to, and the rows without which one side would wait for an answer it cannot know of: a reminder of a handover, a
 * cancellation that is asked for, its answer, a void that takes the recipient's access. `recipient` never means a structure that a referral has not been disclosed to: a withdrawn or
 * cancelled draft is told to nobody there.
 */
import type { Role, Uuid } from '@fil-rouge/kernel';

/** `answering`: the side a handover waits for; `otherSide`: whoever did not act, both when nobody did. */
export type Audience = 'recipient' | 'sender' | 'lead' | 'otherSide' | 'answering' | 'bothSides' | 'contributors' | 'coordinator';

/** Of an event, what the rules look at. */
export interface Happened {
  readonly type: string;
  readonly actor: Uuid | null;
  readonly structure: Uuid | null;
  readonly data: object;
}

/** A structure in its part, and the counsellor named for it. */
export interface Side {
  readonly structureId: Uuid;
  readonly counsellorId: Uuid | null;
}

/** What stands around an event when it is told. */
export interface Scene {
  readonly commune: string;
  readonly lead: Side | null;
  readonly contributors: readonly Side[];
  /** `expiries`: how many referrals to this recipient expired in the last 90 days, this one included. */
  readonly referral?: { readonly from: Side; readonly to: Side; readonly sent: boolean; readonly expiries: number };
  /** `blind`: who asks (`to`) does not know whose case it is. */
  readonly handover?: { readonly from: Side; readonly to: Side; readonly kind: string; readonly blind: boolean };
}

interface Row {
  readonly on: readonly string[];
  readonly tell: readonly Audience[];
  /** Under another name than the event's, when the same event says something else to these readers. */
  readonly as?: string;
  readonly when?: (event: Happened, scene: Scene) => boolean;
}

const manyExpiries = 3;

export const whoIsTold: readonly Row[] = [
  { on: ['ReferralSent', 'ReferralWithdrawn', 'ReferralCancellationRequested'], tell: ['recipient'] },
  // Its contact by now: a colleague has named them.
  { on: ['ReferralContactNamed'], tell: ['recipient'] },
  { on: ['ReferralCancelled'], tell: ['recipient'], when: (event) => !isFilled(event) },
  { on: ['ReferralCancelled'], tell: ['recipient'], as: 'ReferralFilledElsewhere', when: (event) => isFilled(event) },
  { on: ['ReferralReminded'], tell: ['recipient'], when: (event) => says(event, 'awaiting', 'answer') },
  { on: ['ReferralReminded'], tell: ['recipient'], as: 'FirstSessionAwaited', when: (event) => says(event, 'awaiting', 'first_session') },
  {
    on: [
      'ReferralAcknowledged', 'ReferralAccepted', 'ReferralDeclined', 'ReferralStarted', 'ReferralPutOnHold', 'ReferralCompleted', 'ReferralReturned', 'ReferralExpired',
    ],
    tell: ['sender', 'lead'],
  },
  { on: ['ReferralReminded'], tell: ['coordinator'], as: 'ReferralUnanswered', when: (event) => says(event, 'coordinator', true) },
  { on: ['ReferralExpired'], tell: ['coordinator'], as: 'RepeatedExpiries', when: (_event, { referral }) => (referral?.expiries ?? 0) >= manyExpiries },
  // Nobody sends a referral but a person, or the decision of the State that releases a held one; the same for its cancellation.
  { on: ['ReferralSent'], tell: ['sender'], as: 'ReferralReleased', when: ({ actor }) => actor === null },
  // Whoever asked several structures is told of the one that accepts, not of the others.
  { on: ['ReferralCancelled'], tell: ['sender'], when: (event) => event.actor === null && !isFilled(event) },
  { on: ['ReferralCancelled'], tell: ['sender', 'lead'], when: (event) => says(event, 'reason', 'agreed') || says(event, 'reason', 'forced') },
  // Of one that was open: its recipient reads the case no more. Of one that had ended, it changes nothing for anybody.
  { on: ['ReferralVoided'], tell: ['recipient', 'sender', 'lead'], when: ({ data }) => ((data as { ended?: unknown[] }).ended ?? []).length > 0 },
  {
    on: ['HandoverProposed', 'HandoverRequested', 'HandoverAccepted', 'HandoverDeclined', 'HandoverWithdrawn', 'HandoverExpired', 'HandoverCancelled'],
    tell: ['otherSide'],
  },
  { on: ['HandoverReminded'], tell: ['answering'] },
  { on: ['HandoverExpired'], tell: ['coordinator'], as: 'HandoverUnanswered', when: (event) => says(event, 'escalate', true) },
  { on: ['HandoverTookEffect'], tell: ['bothSides', 'contributors'] },
  // Nobody loses sight of the resident unawares: who led the record that ended contributes to the one that goes on.
  { on: ['RecordsMerged'], tell: ['lead', 'contributors'] },
  {
    on: ['SessionRecorded', 'WorkshopAttended'], tell: ['lead'], as: 'EntriesAdded',
    when: ({ structure }, { lead }) => structure !== null && structure !== lead?.structureId,
  },
  { on: ['CaseFellSilent'], tell: ['lead'] },
];

export const toldEvents: readonly string[] = [...new Set(whoIsTold.flatMap(({ on }) => on))];

export interface Told {
  readonly type: string;
  readonly to: Side | 'coordinator';
}

/** Each side once per type, in the order of the table. */
export function toldOf(event: Happened, scene: Scene): Told[] {
  const all = whoIsTold
    .filter(({ on, when }) => on.includes(event.type) && (when?.(event, scene) ?? true))
    .flatMap(({ tell, as = event.type }) => tell.flatMap((audience) => sidesOf(audience, event, scene)).map((to) => ({ type: as, to })));
  const known = new Set<string>();
  return all.filter(({ type, to }) => {
    const key = `${type}/${to === 'coordinator' ? to : `${to.structureId}/${to.counsellorId}`}`;
    return !known.has(key) && Boolean(known.add(key));
  });
}

function sidesOf(audience: Audience, event: Happened, { lead, contributors, referral, handover }: Scene): (Side | 'coordinator')[] {
  const sides = handover ? [handover.from, handover.to] : [];
  switch (audience) {
    case 'recipient':
      return referral?.sent ? [referral.to] : [];
    case 'sender': {
      if (!referral) return [];
      const takesPart = [lead, ...contributors].some((side) => side?.structureId === referral.from.structureId);
      // One that has left is told nothing more: what it sent reports to whoever leads, unless that is the one who was asked.
      return takesPart ? [referral.from] : lead && lead.structureId !== referral.to.structureId ? [lead] : [];
    }
    case 'lead':
      // As the sender it has its place already, and a lead that receives a referral answers it itself.
      return lead && !(referral && [referral.from, referral.to].some(({ structureId }) => structureId === lead.structureId)) ? [lead] : [];
    case 'answering':
      return handover ? [handover.kind === 'pull' ? handover.from : handover.to] : [];
    case 'otherSide':
      return actsForNoSide(event) ? sides : sides.filter(({ structureId }) => structureId !== event.structure);
    case 'bothSides':
      return sides;
    case 'contributors':
      return contributors.filter(({ structureId }) => structureId !== lead?.structureId && !sides.some((side) => side.structureId === structureId));
    case 'coordinator':
      return ['coordinator'];
  }
}

/** A coordinator is employed by a structure of the network, perhaps by one of the two, and acts for neither. */
const actsForNoSide = (event: Happened): boolean => says(event, 'because', 'administrative') || says(event, 'because', 'merged');

export interface Employee {
  readonly userId: Uuid;
  readonly structureId: Uuid;
  readonly role: Role;
  /** Communes a coordinator watches over; null: the whole network. */
  readonly territory: readonly string[] | null;
}

/** Whom a notification reaches, and for which structure: it is read when signed in for that one. */
export interface Addressee {
  readonly userId: Uuid;
  readonly structureId: Uuid;
}

/**
 * The named counsellor while employed there, else the structure's managers, else (it has none) its counsellors; never the author, whom nobody
 * replaces: the structure knows.
 * @param staff who is employed today by the structures of the scene, and the coordinators
 */
export function peopleOf({ to }: Told, staff: readonly Employee[], { commune }: Scene, author: Uuid | null): Addressee[] {
  const found = to === 'coordinator' ? coordinatorsOf(staff, commune) : inCharge(to, staff);
  return found.filter(({ userId }) => userId !== author).map(({ userId, structureId }) => ({ userId, structureId }));
}

function inCharge({ structureId, counsellorId }: Side, staff: readonly Employee[]): Employee[] {
  const as = (role: Role) => staff.filter((employee) => employee.structureId === structureId && employee.role === role);
  const [managers, counsellors] = [as('manager'), as('counsellor')];
  const named = [...counsellors, ...managers].find(({ userId }) => userId === counsellorId);
  if (named) return [named];
  return managers.length > 0 ? managers : counsellors;
}

const coordinatorsOf = (staff: readonly Employee[], commune: string): Employee[] =>
  staff.filter(({ role, territory }) => role === 'coordinator' && (territory === null || territory.includes(commune)));

/** Another structure of a broadcast has accepted. */
const isFilled = (event: Happened): boolean => says(event, 'reason', 'filled_elsewhere');

const says = ({ data }: Happened, member: string, value: unknown): boolean => (data as Record<string, unknown>)[member] === value;
