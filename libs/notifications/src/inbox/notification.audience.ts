/** Who stands around an event when it is told, and in which part. Pure. */
import type { Uuid } from '@fil-rouge/kernel';

/**
 * `answering`: the side a handover waits for; `otherSide`: whoever did not act, both when nobody did; `otherOfReferral`: the same of a referral that was sent. `outsideSender`: who sent the resident outside the network. `named`, `former`: the person whom the event
 * names for the work, and the one it was taken from.
 */
export type Audience =
  | 'recipient'
  | 'sender'
  | 'otherOfReferral'
  | 'lead'
  | 'outsideSender'
  | 'otherSide'
  | 'answering'
  | 'bothSides'
  | 'contributors'
  | 'coordinator'
  | 'named'
  | 'former';

/** Of an event, what the rules look at. */
export interface Happened {
  readonly type: string;
  readonly actor: Uuid | null;
  readonly structure: Uuid | null;
  readonly data: Said;
}

/** A structure in its part, and the counsellor named for it. */
export interface Side {
  readonly structureId: Uuid;
  readonly counsellorId: Uuid | null;
  /** This person or nobody: who has left is not spoken for. */
  readonly alone?: true;
}

/** What stands around an event when it is told. */
export interface Scene {
  readonly commune: string;
  readonly lead: Side | null;
  readonly contributors: readonly Side[];
  /** `expiries`: how many referrals to this recipient expired in the last 90 days, this one included. */
  readonly referral?: {
    readonly from: Side;
    readonly to: Side;
    readonly sent: boolean;
    readonly urgent: boolean;
    readonly expiries: number;
  };
  /** `blind`: who asks (`to`) does not know whose case it is. */
  readonly handover?: { readonly from: Side; readonly to: Side; readonly kind: string; readonly blind: boolean };
}

export function sidesOf(audience: Audience, event: Happened, scene: Scene): (Side | 'coordinator')[] {
  const { lead, contributors, referral, handover } = scene;
  const sides = handover ? [handover.from, handover.to] : [];
  const didNotAct = ({ structureId }: Side): boolean => structureId !== event.structure;
  switch (audience) {
    case 'recipient':
      return referral?.sent ? [referral.to] : [];
    case 'sender': {
      if (!referral) return [];
      const takesPart = [lead, ...contributors].some((side) => side?.structureId === referral.from.structureId);
      // One that has left is told nothing more: what it sent reports to whoever leads, unless that is the one who was asked.
      return (takesPart ? [referral.from] : lead && lead.structureId !== referral.to.structureId ? [lead] : []).filter(
        didNotAct,
      );
    }
    case 'otherOfReferral':
      return [...sidesOf('recipient', event, scene), ...sidesOf('sender', event, scene)].filter(
        (side) => side !== 'coordinator' && didNotAct(side),
      );
    case 'lead':
      // As the sender it has its place already, and a lead that receives a referral answers it itself.
      return lead &&
        !(referral && [referral.from, referral.to].some(({ structureId }) => structureId === lead.structureId))
        ? [lead].filter(didNotAct)
        : [];
    case 'outsideSender':
      return event.data.sentBy ? [event.data.sentBy] : [];
    case 'answering':
      return handover ? [['pull', 'beside'].includes(handover.kind) ? handover.from : handover.to] : [];
    case 'otherSide':
      return actsForNoSide(event) ? sides : sides.filter(({ structureId }) => structureId !== event.structure);
    case 'bothSides':
      return sides;
    case 'contributors':
      return contributors.filter(
        ({ structureId }) =>
          structureId !== lead?.structureId && !sides.some((side) => side.structureId === structureId),
      );
    case 'coordinator':
      return ['coordinator'];
    case 'named':
      return [peopleIn(event).named].filter((side) => side !== null);
    case 'former':
      return [peopleIn(event).former].filter((side) => side !== null);
  }
}

/** What any event may say that matters to who is told, and how; which members a type has stands in its own library. */
export interface Said {
  /** Who led until a case ended for good, or for now. */
  led?: Side;
  /** Who made the link by which an organisation outside the network answers. */
  sentBy?: Side;
  answer?: string;
  toStructureId?: Uuid;
  fromStructureId?: Uuid;
  counsellorId?: Uuid;
  previousCounsellorId?: Uuid;
  toCounsellorId?: Uuid | null;
  fromCounsellorId?: Uuid | null;
  contactUserId?: Uuid;
  previousContactUserId?: Uuid;
  kind?: string;
  decidedBy?: string;
  reason?: string;
  because?: string;
  escalate?: boolean;
  coordinator?: boolean;
  awaiting?: string;
  ended?: readonly unknown[];
  /** The first day on which a record may be erased. */
  from?: string;
}

/** Whom the event itself names for the work, and from whom it takes it. */
function peopleIn({ data, structure }: Happened): { named: Side | null; former: Side | null } {
  const {
    led,
    toStructureId,
    fromStructureId,
    counsellorId,
    previousCounsellorId,
    toCounsellorId,
    fromCounsellorId,
    contactUserId,
    previousContactUserId,
  } = data;
  const side = (structureId: Uuid | null | undefined, counsellor: Uuid | null | undefined): Side | null =>
    structureId && counsellor ? { structureId, counsellorId: counsellor, alone: true } : null;
  return {
    named: side(toStructureId ?? structure, counsellorId ?? toCounsellorId ?? contactUserId),
    former:
      led ??
      side(
        (fromCounsellorId ? fromStructureId : toStructureId) ?? structure,
        previousCounsellorId ?? fromCounsellorId ?? previousContactUserId,
      ),
  };
}

/** A coordinator is employed by a structure of the network, perhaps by one of the two, and acts for neither. */
function actsForNoSide({ data: { because } }: Happened): boolean {
  return because === 'administrative' || because === 'merged';
}
