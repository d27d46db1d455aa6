/** What people, the State and the clock may do to one case, as data; and how fast-check draws it. */
import fc from 'fast-check';
import { actionsOf as handoverActionsOf } from './handover.rules';
import { openReferral, participation, type Model } from './model';
import { actionsOf } from './referral.rules';

export const referralActions = [
  'send', 'acknowledge', 'accept', 'decline', 'withdraw', 'hold', 'resume', 'complete', 'return', 'request-cancellation', 'agree-cancellation', 'cancel', 'void',
] as const;
export const handoverActions = ['accept', 'decline', 'withdraw', 'cancel'] as const;
export const handoverKinds = ['push', 'pull', 'internal', 'administrative'] as const;

type By = { by: string };
/** Which of its kind, in the order in which they were made; beyond the last: an id that does not exist. */
type Nth = { n: number };
type Match = { match: 'none' | 'present' | 'stale' };

export type Command =
  | By & { do: 'create'; to: string; needs: string; informed: 'yes' | 'no' | 'tomorrow'; onward: boolean; parent: number | null; send: boolean }
  | By & Nth & Match & { do: 'referral'; action: (typeof referralActions)[number]; outcome: 'helped' | 'helped_partially'; remaining: boolean; days: number; comment: boolean; contact: string | null; informed: boolean }
  | By & { do: 'session'; n: number | null }
  | By & { do: 'object'; against: string }
  | By & Nth & { do: 'end-objection' }
  | By & { do: 'close'; reason: 'need_met' | 'deceased'; cancelReferrals: boolean }
  | By & { do: 'reopen' }
  | By & { do: 'move'; commune: string }
  | By & { do: 'assign'; counsellor: string }
  | By & { do: 'open-handover'; kind: (typeof handoverKinds)[number]; to: string | null; counsellor: string | null; said: boolean; days: number | null }
  | By & Nth & Match & { do: 'handover'; action: (typeof handoverActions)[number]; days: number | null; counsellor: string | null }
  | { do: 'decide'; structure: string; status: string }
  /** `late`: the worker sleeps; what falls due meanwhile is decided before the next command. */
  | { do: 'wait'; days: number; hours: number; late: boolean };

/** A command as it is drawn. A steered one looks for somebody who may do something now; else most sequences would be refusals. */
export interface Drawn { command: Command; steer: number | null }

export interface Cast { people: string[]; structures: string[]; needs: string[]; communes: string[]; decisions: [structure: string, status: string][] }

export function drawing({ people, structures, needs, communes, decisions }: Cast): fc.Arbitrary<Drawn> {
  const by = fc.constantFrom(...people);
  const structure = fc.constantFrom(...structures);
  const nth = fc.nat(5);
  const match = fc.constantFrom<Match['match'][]>('none', 'none', 'none', 'present', 'stale');
  const mostly = fc.constantFrom(true, true, true, true, false);
  const sometimes = fc.constantFrom(false, false, false, true);
  const nobody = fc.option(by, { nil: null, freq: 1 });
  const ahead = fc.constantFrom(null, null, null, 0, 1, 30, 90, 91, -1);
  const command = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), by, to: structure, needs: fc.constantFrom(...needs), informed: fc.constantFrom('yes' as const, 'yes' as const, 'yes' as const, 'yes' as const, 'no' as const, 'tomorrow' as const), onward: fc.boolean(), parent: fc.constantFrom(null, null, 0, 1, 2, 3), send: mostly }) },
    { weight: 14, arbitrary: fc.record({
      do: fc.constant('referral' as const), by, n: nth, match, action: fc.constantFrom(...referralActions), outcome: fc.constantFrom('helped' as const, 'helped_partially' as const),
      remaining: sometimes, days: fc.constantFrom(0, 5, 20, -1), comment: mostly, contact: nobody, informed: mostly,
    }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('session' as const), by, n: fc.constantFrom(null, null, 0, 1, 2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('object' as const), by, against: fc.oneof({ weight: 4, arbitrary: structure }, { weight: 1, arbitrary: fc.constant('all') }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('end-objection' as const), by, n: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), by, reason: fc.constantFrom('need_met' as const, 'need_met' as const, 'deceased' as const), cancelReferrals: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), by }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), by, commune: fc.constantFrom(...communes) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('assign' as const), by, counsellor: by }) },
    { weight: 4, arbitrary: fc.record({
      do: fc.constant('open-handover' as const), by, kind: fc.constantFrom(...handoverKinds), to: fc.option(structure, { nil: null, freq: 8 }),
      counsellor: nobody, said: mostly, days: ahead,
    }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('handover' as const), by, n: fc.nat(3), match, action: fc.constantFrom(...handoverActions), days: ahead, counsellor: nobody }) },
    { weight: 2, arbitrary: fc.constantFrom(...decisions).map(([named, status]): Command => ({ do: 'decide', structure: named, status })) },
    { weight: 7, arbitrary: fc.record({
      do: fc.constant('wait' as const), days: fc.constantFrom(0, 0, 1, 2, 3, 5, 9, 14, 21, 31, 61), hours: fc.constantFrom(0, 1, 8, 14, 15), late: sometimes,
    }) },
  ) as fc.Arbitrary<Command>;
  return fc.record({ command, steer: fc.option(fc.nat(1000), { nil: null, freq: 4 }) });
}

/** The same command by somebody who may do it now, to something it can be done to, if there is any. */
export function steered(model: Model, { command, steer }: Drawn): Command {
  if (steer === null) return command;
  if (command.do === 'referral' && !model.referrals.some(openReferral)) return steered(model, { command: newReferral(command, steer), steer });
  const everybody = Object.entries(model.people);
  const pick = <T>(all: readonly T[], by = steer): T | undefined => all[by % all.length];
  const staffOf = (structure: string, role?: string) => everybody.filter(([, person]) => person.structure === structure && (role ? [role] : ['counsellor', 'manager']).includes(person.role));
  const of = (structure: string, role?: string) => pick(staffOf(structure, role))?.[0] ?? askerOf(command);
  switch (command.do) {
    case 'referral': {
      const possible = model.referrals.flatMap((referral) => everybody.flatMap(([by, person]) => actionsOf(model, referral, person).map((action) => ({ n: referral.n, by, action }))));
      // What ends a referral before anything happened, each seldom enough that stories go on.
      const seldom: Record<string, number> = { void: 7, withdraw: 7, decline: 7, cancel: 7, complete: 3, return: 5 };
      const kinds = [...new Set(possible.map(({ action }) => action))].filter((action) => steer % (seldom[action] ?? 1) === 0);
      const action = pick(kinds);
      const found = pick(possible.filter((one) => one.action === action), Math.floor(steer / 13));
      return found ? { ...command, ...found, match: steer % 11 === 0 ? 'present' : 'none' } : command;
    }
    case 'handover': {
      const possible = model.handovers.flatMap((handover) => everybody.flatMap(([by, person]) => handoverActionsOf(handover, person).map((action) => ({ n: handover.n, by, action }))));
      const found = pick(possible.filter(({ action }) => action === 'accept' || steer % 3 === 0));
      // None is open: one is begun, so that the next one finds it.
      if (!found) return steer % 2 === 0 ? steered(model, { command: proposal(command, steer), steer }) : command;
      const { to } = model.handovers[found.n]!;
      return { ...command, ...found, match: 'none', counsellor: steer % 2 === 0 ? of(to) : null, days: command.days !== null && command.days < 0 ? null : command.days };
    }
    case 'session': {
      const referral = pick(model.referrals.filter(({ status }) => status === 'accepted'));
      return referral ? { ...command, by: of(referral.to), n: command.n === null ? null : referral.n } : command;
    }
    case 'create': {
      const parent = pick(model.referrals.filter(({ status, onward }) => ['accepted', 'in_progress'].includes(status) && onward));
      if (parent && steer % 2 === 0) return { ...command, by: of(parent.to), parent: parent.n };
      return { ...command, by: of(model.lead), parent: null };
    }
    case 'open-handover': {
      const counsellor = command.counsellor === null ? null : of(command.kind === 'internal' ? model.lead : (command.to ?? model.lead));
      if (command.kind === 'push') return { ...command, by: of(model.lead), counsellor };
      if (command.kind === 'internal') return { ...command, by: of(model.lead, 'manager'), to: null, days: null, counsellor: of(model.lead) };
      if (command.kind === 'administrative') return { ...command, by: 'coordinator.everywhere', days: null, counsellor };
      const taking = pick(Object.keys(model.structures).filter((structure) => structure !== model.lead && ![null, 'candidate'].includes(participation(model, structure))));
      return taking === undefined ? command : { ...command, by: of(taking), to: null, counsellor: null };
    }
    case 'end-objection':
      return { ...command, by: of(model.lead), n: 0 };
    case 'reopen':
    case 'assign':
      return { ...command, by: of(model.lead) };
    case 'object':
    case 'close':
    case 'move':
      return steer % 2 === 0 ? { ...command, by: of(model.lead) } : command;
    default:
      return command;
  }
}

const recipients = ['beta', 'gamma', 'delta'];

const newReferral = ({ by }: { by: string }, steer: number): Command =>
  ({ do: 'create', by, to: recipients[steer % 3]!, needs: 'online', informed: 'yes', onward: steer % 4 !== 0, parent: null, send: true });

const proposal = ({ by, days }: Extract<Command, { do: 'handover' }>, steer: number): Command =>
  ({ do: 'open-handover', by, kind: 'push', to: recipients[steer % 3]!, counsellor: null, said: true, days: days === null || days < 0 ? null : days });

const askerOf = (command: Command): string => ('by' in command ? command.by : 'administrator');
