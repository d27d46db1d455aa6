/** What the title of a notification must say beyond its type: who did it, why, how urgently; and the conditions of the table. Pure. */
import type { Happened, Said, Scene } from './notification.audience';

/** The structures of coordinators and administrators stand on no event of theirs. */
export const isFromOutside = ({ actor, structure }: Happened): boolean => actor !== null && structure === null;

/** Whose hand it was, when it was not the sender's. */
export function actorOf(event: Happened, { referral }: Scene): string | undefined {
  if (isFromOutside(event)) return 'coordinator';
  return event.structure === null || event.structure === referral?.from.structureId ? undefined : 'lead';
}

export const urgently = (_event: Happened, { referral }: Scene): string | undefined =>
  referral?.urgent ? 'urgent' : undefined;

export const reasonOf = ({ data }: Happened): string | undefined => data.reason;

export const becauseOf = ({ data }: Happened): string | undefined => data.because;

export const answerOf = ({ data }: Happened): string | undefined => data.answer;

/** Ended by the clock, or by who tried it; any other end somebody has just decided, or follows from what is told. */
export const isUnasked = ({ data: { because = '' } }: Happened): boolean =>
  ['expired', 'wrong_codes', 'opened_too_often'].includes(because);

/** What is told of somebody who asks to contribute: the lead does not move. */
const isBeside = ({ data }: Happened): boolean => data.kind === 'beside';

/** Whatever the lead may have against it, who asked is told no more than that it is over. */
export const besideOr =
  (cause: (event: Happened) => string | undefined): ((event: Happened) => string | undefined) =>
  (event) =>
    isBeside(event) ? 'beside' : cause(event);

/** A coordinator or an administrator moved the lead. */
export function decidedBy({ data: { kind, decidedBy: role = kind } }: Happened): string | undefined {
  return kind === 'administrative' ? role : undefined;
}

/** From one counsellor of a structure to another. */
export const isInside = ({ data }: Happened): boolean => data.kind === 'internal';

/** Another structure of a broadcast has accepted. */
export const isFilled = ({ data }: Happened): boolean => data.reason === 'filled_elsewhere';

export const says =
  (member: keyof Said, value: unknown): ((event: Happened) => boolean) =>
  ({ data }) =>
    data[member] === value;
