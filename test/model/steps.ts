/** The steps that retold histories are made of. */
import type { Command, Drawn } from './commands';

/** `on`: which record; the first when nothing is said. */
export type Step = Command & { on?: number };
export const drawnOf = ({ on = 0, ...command }: Step): Drawn => ({ on, command, steer: null });

type Of<K extends Command['do']> = Extract<Step, { do: K }>;
type Action = Of<'referral'>['action'];
type Decision = Of<'carry-out'>['decision'];

export const asking = (by: string, to: string, send = true): Of<'create'> => ({
  do: 'create',
  by: `${by}.counsellor`,
  to,
  needs: 'online',
  informed: 'yes',
  onward: false,
  parent: null,
  send,
});
export const broadcast = (to: string[], send = true): Of<'broadcast'> => ({
  do: 'broadcast',
  by: 'alpha.counsellor',
  to,
  needs: 'online',
  informed: 'yes',
  onward: false,
  parent: null,
  send,
});
export const acting = (by: string, action: Action, n = 0): Of<'referral'> => ({
  do: 'referral',
  by: `${by}.counsellor`,
  n,
  action,
  match: 'none',
  outcome: 'helped',
  remaining: false,
  days: 5,
  comment: true,
  contact: null,
  informed: true,
});
export const wording = (
  by: string,
  n: number,
  said: Pick<Of<'referral'>, 'to' | 'needs' | 'parent'>,
  informed = false,
): Of<'referral'> => ({ ...acting(by, 'edit', n), informed, ...said });
export const proposing = (by: string, to: string): Of<'open-handover'> => ({
  do: 'open-handover',
  by: `${by}.counsellor`,
  kind: 'push',
  to,
  counsellor: null,
  said: true,
  days: null,
});
export const agreeing = (by: string, n: number): Step => ({
  do: 'handover',
  by: `${by}.counsellor`,
  n,
  match: 'none',
  action: 'accept',
  days: null,
  counsellor: null,
});
export const carrying = (
  by: string,
  decision: Decision,
  more: { leaving?: string; to?: string; counsellor?: string } = {},
): Step => ({
  do: 'carry-out',
  by,
  of: 'alpha',
  leaving: more.leaving ?? null,
  decision,
  to: more.to ?? null,
  counsellor: more.counsellor ?? null,
  cancelReferrals: false,
});
export const merging: Of<'merge'> = { do: 'merge', on: 1, by: 'coordinator.everywhere', match: 'none', into: 0 };
export const erasing: Of<'erase'> = { do: 'erase', by: 'administrator', match: 'none' };
export const objecting = (by: string, against: string, on = 0): Of<'object'> => ({
  do: 'object',
  on,
  by: `${by}.counsellor`,
  against,
});
export const closing = (by: string, on = 0): Of<'close'> => ({
  do: 'close',
  on,
  by: `${by}.counsellor`,
  reason: 'need_met',
  cancelReferrals: false,
});
export const times = (n: number, step: Step): Step[] => Array.from({ length: n }, () => step);
