/** What people, the State and the clock may do to the records of a story, as data; and how fast-check draws it. */
import fc from 'fast-check';
import { firstNumber } from './network';

export const referralActions = [
  'edit',
  'send',
  'acknowledge',
  'accept',
  'decline',
  'withdraw',
  'hold',
  'resume',
  'name-contact',
  'complete',
  'return',
  'request-cancellation',
  'agree-cancellation',
  'cancel',
  'void',
] as const;
export const handoverActions = ['accept', 'decline', 'withdraw', 'cancel'] as const;
export const decisions = ['colleague', 'structure', 'close'] as const;
export const handoverKinds = ['push', 'pull', 'beside', 'internal', 'administrative'] as const;

type By = { by: string };
/** Which of its kind, numbered from the record on which it was made; beyond the last: an id that does not exist. */
type Nth = { n: number };
type Match = { match: 'none' | 'present' | 'stale' };

export type Command =
  | (By & {
      do: 'create';
      to: string;
      needs: string;
      informed: 'yes' | 'no' | 'tomorrow';
      onward: boolean;
      parent: number | null;
      send: boolean;
    })
  /** One need, several structures. */
  | (By & {
      do: 'broadcast';
      to: string[];
      needs: string;
      informed: 'yes' | 'no' | 'tomorrow';
      onward: boolean;
      parent: number | null;
      send: boolean;
    })
  | (By &
      Nth &
      Match & {
        do: 'referral';
        action: (typeof referralActions)[number];
        outcome: 'helped' | 'helped_partially';
        remaining: boolean;
        days: number;
        comment: boolean;
        contact: string | null;
        informed: boolean;
        /** What a draft says from now on; absent: as before. */
        to?: string | null;
        needs?: string;
        parent?: number | null;
      })
  /** `ago`: days, between what was done and its being written down. */
  | (By & { do: 'session'; n: number | null; ago?: number })
  /** The n-th session of the record turns out to be an error. */
  | (By & Nth & { do: 'cancel-session' })
  | (By & { do: 'object'; against: string })
  | (By & Nth & { do: 'end-objection' })
  | (By & { do: 'close'; reason: 'need_met' | 'deceased'; cancelReferrals: boolean; cancelHandover?: boolean })
  | (By & { do: 'reopen' })
  | (By & { do: 'move'; commune: string })
  | (By & { do: 'assign'; counsellor: string })
  | (By & {
      do: 'open-handover';
      kind: (typeof handoverKinds)[number];
      to: string | null;
      counsellor: string | null;
      said: boolean;
      days: number | null;
    })
  | (By &
      Nth &
      Match & {
        do: 'handover';
        action: (typeof handoverActions)[number];
        days: number | null;
        counsellor: string | null;
      })
  | (By & { do: 'join'; beside?: boolean })
  | (By & Match & { do: 'erase' })
  /** Into which other record of the story. */
  | (By & Match & { do: 'merge'; into: number })
  /** What was decided for this case when a counsellor (`leaving`) or a whole structure left. */
  | (By & {
      do: 'carry-out';
      of: string;
      leaving: string | null;
      decision: (typeof decisions)[number];
      to: string | null;
      counsellor: string | null;
      cancelReferrals: boolean;
    })
  | { do: 'decide'; structure: string; status: string }
  /** `late`: the worker sleeps; what falls due meanwhile is decided before the next command. */
  | { do: 'wait'; days: number; hours: number; late: boolean };

export type Asked = Exclude<Command, { do: 'wait' | 'decide' }>;
/** `on`: which record. A referral or handover is found by its number, wherever it is by now. */
export interface Told {
  on: number;
  command: Command;
}

/** A command as it is drawn. A steered one looks for somebody who may do something now; else most sequences would be refusals. */
export interface Drawn extends Told {
  steer: number | null;
}

export interface Cast {
  people: string[];
  structures: string[];
  needs: string[];
  communes: string[];
  decisions: [structure: string, status: string][];
  records: number;
  without?: readonly Command['do'][];
}

export function drawing({
  people,
  structures,
  needs,
  communes,
  decisions: ofTheState,
  records,
  without = [],
}: Cast): fc.Arbitrary<Drawn> {
  const by = fc.constantFrom(...people);
  const structure = fc.constantFrom(...structures);
  const nth = fc.nat(5);
  const match = fc.constantFrom<Match['match'][]>('none', 'none', 'none', 'present', 'stale');
  const mostly = fc.constantFrom(true, true, true, true, false);
  const sometimes = fc.constantFrom(false, false, false, true);
  const nobody = fc.option(by, { nil: null, freq: 1 });
  const ahead = fc.constantFrom(null, null, null, 0, 1, 30, 90, 91, -1);
  const informed = fc.constantFrom(
    'yes' as const,
    'yes' as const,
    'yes' as const,
    'yes' as const,
    'no' as const,
    'tomorrow' as const,
  );
  const asking = {
    by,
    needs: fc.constantFrom(...needs),
    informed,
    onward: fc.boolean(),
    parent: fc.constantFrom(null, null, 0, 1, 2, 3),
    send: mostly,
  };
  // How often, and what is said.
  const drawn: {
    [K in Command['do']]: readonly [weight: number, said: fc.Arbitrary<Omit<Extract<Command, { do: K }>, 'do'>>];
  } = {
    create: [6, fc.record({ to: structure, ...asking })],
    broadcast: [3, fc.record({ to: fc.uniqueArray(structure, { minLength: 2, maxLength: 4 }), ...asking })],
    referral: [
      14,
      fc.record({
        by,
        n: nth,
        match,
        action: fc.constantFrom(...referralActions),
        outcome: fc.constantFrom('helped' as const, 'helped_partially' as const),
        remaining: sometimes,
        days: fc.constantFrom(0, 5, 20, -1),
        comment: mostly,
        contact: nobody,
        informed: mostly,
        to: fc.constantFrom(undefined, null, ...structures),
        needs: fc.constantFrom(undefined, ...needs),
        parent: fc.constantFrom(undefined, undefined, undefined, null, 0, 1, 2),
      }),
    ],
    session: [
      3,
      fc.record({ by, n: fc.constantFrom(null, null, 0, 1, 2), ago: fc.constantFrom(0, 0, 0, 0, 1, 3, 30, 62) }),
    ],
    'cancel-session': [2, fc.record({ by, n: fc.nat(4) })],
    object: [
      1,
      fc.record({
        by,
        against: fc.oneof({ weight: 4, arbitrary: structure }, { weight: 1, arbitrary: fc.constant('all') }),
      }),
    ],
    'end-objection': [1, fc.record({ by, n: fc.nat(1) })],
    close: [
      1,
      fc.record({
        by,
        reason: fc.constantFrom('need_met' as const, 'need_met' as const, 'deceased' as const),
        cancelReferrals: fc.boolean(),
        cancelHandover: fc.constantFrom(undefined, true, false),
      }),
    ],
    reopen: [1, fc.record({ by })],
    move: [1, fc.record({ by, commune: fc.constantFrom(...communes) })],
    assign: [1, fc.record({ by, counsellor: by })],
    'open-handover': [
      4,
      fc.record({
        by,
        kind: fc.constantFrom(...handoverKinds),
        to: fc.option(structure, { nil: null, freq: 8 }),
        counsellor: nobody,
        said: mostly,
        days: ahead,
      }),
    ],
    handover: [
      6,
      fc.record({
        by,
        n: fc.nat(3),
        match,
        action: fc.constantFrom(...handoverActions),
        days: ahead,
        counsellor: nobody,
      }),
    ],
    join: [1, fc.record({ by, beside: fc.boolean() })],
    erase: [1, fc.record({ by, match })],
    merge: [2, fc.record({ by, match, into: fc.nat(records - 1) })],
    'carry-out': [
      2,
      fc.record({
        by,
        of: structure,
        leaving: nobody,
        decision: fc.constantFrom(...decisions),
        to: fc.option(structure, { nil: null, freq: 8 }),
        counsellor: nobody,
        cancelReferrals: fc.boolean(),
      }),
    ],
    decide: [2, fc.constantFrom(...ofTheState).map(([named, status]) => ({ structure: named, status }))],
    wait: [
      7,
      fc.record({
        days: fc.constantFrom(0, 0, 1, 2, 3, 5, 9, 14, 21, 31, 61),
        hours: fc.constantFrom(0, 1, 8, 14, 15),
        late: sometimes,
      }),
    ],
  };
  const command = fc.oneof(
    ...Object.entries(drawn)
      .filter(([kind]) => !(without as readonly string[]).includes(kind))
      .map(([kind, [weight, said]]) => ({
        weight,
        arbitrary: (said as fc.Arbitrary<object>).map((members) => ({ do: kind, ...members }) as Command),
      })),
  );
  return fc
    .record({ on: fc.nat(records - 1), command, steer: fc.option(fc.nat(1000), { nil: null, freq: 4 }) })
    .map(numbered);
}

/** What is drawn is the n-th of that record. */
function numbered({ on, command, steer }: Drawn): Drawn {
  const first = firstNumber(on);
  if (command.do === 'referral')
    return {
      on,
      steer,
      command: { ...command, n: first + command.n, ...(command.parent ? { parent: first + command.parent } : {}) },
    };
  if (command.do === 'handover') return { on, steer, command: { ...command, n: first + command.n } };
  if (command.do === 'session')
    return { on, steer, command: { ...command, n: command.n === null ? null : first + command.n } };
  if (command.do === 'create' || command.do === 'broadcast')
    return { on, steer, command: { ...command, parent: command.parent === null ? null : first + command.parent } };
  return { on, steer, command };
}
