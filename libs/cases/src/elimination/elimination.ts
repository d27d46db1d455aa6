/**
 * READ FIRST: the register of eliminations, one record for the whole network. Public archives are destroyed under a slip that somebody signs, with the visa of the archives: a slip is a frozen list of records
 * whose grace is over, told to who signs by its numbers and its hash, and the register says of each record what became of it, in the very commit that erased it. So nothing is erased twice, and the
 * chain of the register is the proof.
 *
 *   slip   drawn_up → (sign) signed → done, when nothing of it is left;   drawn_up, signed → withdrawn: what is erased stays erased
 *
 * One slip is under way at a time, so that a record stands on one. Erasing goes record by record: each commit consumes the delivery of the event before it and is followed by its own. Pure.
 */
import {
  eventsOf,
  type Instant,
  type LeftOutReason,
  type RecordEvent,
  type SlipState,
  type Uuid,
} from '@fil-rouge/kernel';

export const registerId: Uuid = '00000000-0000-7000-8000-000000000002';

/** A slip, and the commit that draws it up, stay of a size that a screen can show. */
export const mostRecords = 200;

/** How many records of a structure, which led them last. */
export type Producer = { structureId: Uuid; records: number };

/** What a slip says of its records. Months of `YYYY-MM`: of an erased record no day is kept. */
export type SlipContent = {
  slipId: Uuid;
  number: number;
  caseIds: Uuid[];
  open: number;
  closed: number;
  producers: Producer[];
  firstMonth: string;
  lastMonth: string;
};

export type Slip = Omit<SlipContent, 'caseIds'> & {
  state: SlipState;
  hash: string;
  drawnUpAt: Instant;
  drawnUpBy: Uuid;
  signedAt: Instant | null;
  signedBy: Uuid | null;
  visa: string | null;
  erased: number;
  leftOut: number;
  endedAt: Instant | null;
  /** In their order: what waits to be erased. */
  left: { caseId: Uuid; place: number }[];
};

/** `slip`: the one under way, or the last one. */
export type RegisterState = { last: number; slip: Slip | null };
export type RegisterRecord = { register: RegisterState };

export type RegisterEventData = {
  /** `hash`: SHA-256 of the rest, as RFC 8785 JSON. */
  SlipDrawnUp: SlipContent & { hash: string };
  /** `visa`: the reference under which the archives agreed. */
  SlipSigned: { slipId: Uuid; hash: string; visa: string };
  SlipWithdrawn: { slipId: Uuid };
  RecordEliminated: { slipId: Uuid; number: number; caseId: Uuid };
  RecordLeftOut: { slipId: Uuid; number: number; caseId: Uuid; because: LeftOutReason };
};

export const registerWrites: Readonly<Record<keyof RegisterEventData, number>> = {
  SlipDrawnUp: 1,
  SlipSigned: 1,
  SlipWithdrawn: 1,
  RecordEliminated: 1,
  RecordLeftOut: 1,
};
export const isRegisterEvent = eventsOf<RegisterEventData>(registerWrites);

export const isUnderWay = ({ state }: Slip): boolean => state === 'drawn_up' || state === 'signed';

export function evolveRegister(register: RegisterState, event: RecordEvent): RegisterState {
  if (!isRegisterEvent(event)) return register;
  if (event.type === 'SlipDrawnUp') {
    const { caseIds, slipId, number, open, closed, producers, firstMonth, lastMonth, hash } = event.data;
    const content = { slipId, number, open, closed, producers, firstMonth, lastMonth, hash };
    const left = caseIds.map((caseId, place) => ({ caseId, place }));
    const nothingYet = { signedAt: null, signedBy: null, visa: null, erased: 0, leftOut: 0, endedAt: null };
    const drawnUp = { state: 'drawn_up', drawnUpAt: event.at, drawnUpBy: event.actor ?? '' } as const;
    return { last: number, slip: { ...content, ...drawnUp, ...nothingYet, left } };
  }
  const { slip } = register;
  if (slip?.slipId !== event.data.slipId) return register;
  switch (event.type) {
    case 'SlipSigned':
      return {
        ...register,
        slip: { ...slip, state: 'signed', signedAt: event.at, signedBy: event.actor, visa: event.data.visa },
      };
    case 'SlipWithdrawn':
      return { ...register, slip: { ...slip, state: 'withdrawn', endedAt: event.at, left: [] } };
    case 'RecordEliminated':
    case 'RecordLeftOut': {
      const left = slip.left.filter(({ caseId }) => caseId !== event.data.caseId);
      const count = event.type === 'RecordEliminated' ? { erased: slip.erased + 1 } : { leftOut: slip.leftOut + 1 };
      const done = left.length === 0 ? ({ state: 'done', endedAt: event.at } as const) : {};
      return { ...register, slip: { ...slip, ...count, ...done, left } };
    }
  }
}
