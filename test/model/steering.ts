/** Chance alone makes refusals: how a command that was drawn becomes one that somebody may give now. */
import type { Command, Drawn } from './commands';
import { actionsOf as handoverActionsOf } from './handover.rules';
import { handoverOf, openReferral, participation, type Model } from './model';
import { actionsOf } from './referral.rules';

/** The same command by somebody who may do it now, to something it can be done to, if there is any. */
export function steered(model: Model, { command, steer }: Pick<Drawn, 'command' | 'steer'>): Command {
  if (steer === null) return command;
  if (command.do === 'referral' && !model.referrals.some(openReferral))
    return steered(model, { command: newReferral(command, steer), steer });
  const everybody = Object.entries(model.people);
  const pick = <T>(all: readonly T[], by = steer): T | undefined => all[by % all.length];
  const staffOf = (structure: string, role?: string) =>
    everybody.filter(
      ([, person]) =>
        person.structure === structure && (role ? [role] : ['counsellor', 'manager']).includes(person.role),
    );
  const of = (structure: string, role?: string) => pick(staffOf(structure, role))?.[0] ?? askerOf(command);
  switch (command.do) {
    case 'referral': {
      const possible = model.referrals.flatMap((referral) =>
        everybody.flatMap(([by, person]) =>
          actionsOf(model, referral, person).map((action) => ({ n: referral.n, by, action })),
        ),
      );
      // What ends a referral before anything happened, each seldom enough that stories go on.
      const seldom: Record<string, number> = { void: 7, withdraw: 7, decline: 7, cancel: 7, complete: 3, return: 5 };
      const kinds = [...new Set(possible.map(({ action }) => action))].filter(
        (action) => steer % (seldom[action] ?? 1) === 0,
      );
      const action = pick(kinds);
      const found = pick(
        possible.filter((one) => one.action === action),
        Math.floor(steer / 13),
      );
      return found ? { ...command, ...found, match: steer % 11 === 0 ? 'present' : 'none' } : command;
    }
    case 'handover': {
      const possible = model.handovers.flatMap((handover) =>
        everybody.flatMap(([by, person]) =>
          handoverActionsOf(handover, person).map((action) => ({ n: handover.n, by, action })),
        ),
      );
      const found = pick(possible.filter(({ action }) => action === 'accept' || steer % 3 === 0));
      // None is open: one is begun, so that the next one finds it.
      if (!found) return steer % 2 === 0 ? steered(model, { command: proposal(command, steer), steer }) : command;
      const { to } = handoverOf(model, found.n)!;
      return {
        ...command,
        ...found,
        match: 'none',
        counsellor: steer % 2 === 0 ? of(to) : null,
        days: command.days !== null && command.days < 0 ? null : command.days,
      };
    }
    case 'session': {
      const referral = pick(model.referrals.filter(({ status }) => status === 'accepted'));
      return referral ? { ...command, by: of(referral.to!), n: command.n === null ? null : referral.n } : command;
    }
    case 'cancel-session': {
      const found = pick(model.sessions.flatMap(({ by, cancelled }, n) => (cancelled ? [] : [{ by, n }])));
      return found ? { ...command, by: of(found.by), n: found.n } : command;
    }
    case 'broadcast':
      return {
        ...command,
        by: of(model.lead),
        parent: null,
        to: [
          recipients[steer % 3]!,
          recipients[(steer + 1) % 3]!,
          ...(steer % 2 === 0 ? [recipients[(steer + 2) % 3]!] : []),
        ],
      };
    case 'create': {
      const parent = pick(
        model.referrals.filter(({ status, onward }) => ['accepted', 'in_progress'].includes(status) && onward),
      );
      if (parent && steer % 2 === 0) return { ...command, by: of(parent.to!), parent: parent.n };
      return { ...command, by: of(model.lead), parent: null };
    }
    case 'open-handover': {
      const counsellor =
        command.counsellor === null ? null : of(command.kind === 'internal' ? model.lead : (command.to ?? model.lead));
      if (command.kind === 'push') return { ...command, by: of(model.lead), counsellor };
      if (command.kind === 'internal')
        return { ...command, by: of(model.lead, 'manager'), to: null, days: null, counsellor: of(model.lead) };
      if (command.kind === 'administrative')
        return { ...command, by: 'coordinator.everywhere', days: null, counsellor };
      const taking = pick(
        Object.keys(model.structures).filter(
          (structure) => structure !== model.lead && ![null, 'candidate'].includes(participation(model, structure)),
        ),
      );
      return taking === undefined ? command : { ...command, by: of(taking), to: null, counsellor: null };
    }
    // Both end a story, or nearly: seldom, so that something happens before.
    case 'erase':
      return steer % 3 === 0
        ? { ...command, by: 'administrator', match: 'none' }
        : { do: 'session', by: of(model.lead), n: null };
    case 'merge':
      if (!model.referrals.some(openReferral) && steer % 4 !== 0)
        return { ...newReferral(command, steer), by: of(model.lead) } as Command;
      return {
        ...command,
        by: 'coordinator.everywhere',
        match: 'none',
        into: command.into === model.id ? (model.id + 1) % 2 : command.into,
      };
    case 'join':
      return steer % 2 === 0 ? { ...command, by: of(recipients[steer % 3]!) } : command;
    case 'carry-out': {
      const by =
        steer % 3 === 0 ? 'coordinator.everywhere' : steer % 3 === 1 ? 'administrator' : of(model.lead, 'manager');
      const decision = command.decision === 'close' && steer % 4 !== 0 ? 'colleague' : command.decision;
      return {
        ...command,
        by,
        decision,
        of: model.lead,
        leaving: steer % 2 === 0 ? model.counsellor : null,
        counsellor: decision === 'colleague' ? of(model.lead) : null,
      };
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

const newReferral = ({ by }: { by: string }, steer: number): Command => ({
  do: 'create',
  by,
  to: recipients[steer % 3]!,
  needs: 'online',
  informed: 'yes',
  onward: steer % 4 !== 0,
  parent: null,
  send: true,
});

const proposal = ({ by, days }: Extract<Command, { do: 'handover' }>, steer: number): Command => ({
  do: 'open-handover',
  by,
  kind: 'push',
  to: recipients[steer % 3]!,
  counsellor: null,
  said: true,
  days: days === null || days < 0 ? null : days,
});

const askerOf = (command: Command): string => ('by' in command ? command.by : 'administrator');
