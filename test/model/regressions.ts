/** What once went wrong, shrunk; and what chance alone finds too seldom. */
import type { Command, Drawn } from './commands';

/** `on`: which record; the first when nothing is said. */
export type Step = Command & { on?: number };
export const drawnOf = ({ on = 0, ...command }: Step): Drawn => ({ on, command, steer: null });

type Of<K extends Command['do']> = Extract<Step, { do: K }>;
type Action = Of<'referral'>['action'];
type Decision = Of<'carry-out'>['decision'];

const asking = (by: string, to: string, send = true): Of<'create'> => ({ do: 'create', by: `${by}.counsellor`, to, needs: 'online', informed: 'yes', onward: false, parent: null, send });
const broadcast = (to: string[], send = true): Of<'broadcast'> => ({ do: 'broadcast', by: 'alpha.counsellor', to, needs: 'online', informed: 'yes', onward: false, parent: null, send });
const acting = (by: string, action: Action, n = 0): Of<'referral'> =>
  ({ do: 'referral', by: `${by}.counsellor`, n, action, match: 'none', outcome: 'helped', remaining: false, days: 5, comment: true, contact: null, informed: true });
const proposing = (by: string, to: string): Of<'open-handover'> => ({ do: 'open-handover', by: `${by}.counsellor`, kind: 'push', to, counsellor: null, said: true, days: null });
const agreeing = (by: string, n: number): Step => ({ do: 'handover', by: `${by}.counsellor`, n, match: 'none', action: 'accept', days: null, counsellor: null });
const carrying = (by: string, decision: Decision, more: { leaving?: string; to?: string; counsellor?: string } = {}): Step =>
  ({ do: 'carry-out', by, of: 'alpha', leaving: more.leaving ?? null, decision, to: more.to ?? null, counsellor: more.counsellor ?? null, cancelReferrals: false });
const merging: Of<'merge'> = { do: 'merge', on: 1, by: 'coordinator.everywhere', match: 'none', into: 0 };
const erasing: Of<'erase'> = { do: 'erase', by: 'administrator', match: 'none' };
const objecting = (by: string, against: string, on = 0): Of<'object'> => ({ do: 'object', on, by: `${by}.counsellor`, against });
const closing = (by: string, on = 0): Of<'close'> => ({ do: 'close', on, by: `${by}.counsellor`, reason: 'need_met', cancelReferrals: false });
const times = (n: number, step: Step): Step[] => Array.from({ length: n }, () => step);

export const onOneRecord: Record<string, Step[]> = {
  'a late answer is told that it has expired, not that it was sent': [
    asking('alpha', 'delta'),
    { do: 'wait', days: 31, hours: 0, late: true },
    acting('delta', 'accept'),
  ],
  'a session while it is on hold is the first one, and nobody is asked for it': [
    asking('alpha', 'delta'),
    acting('delta', 'accept'),
    acting('delta', 'hold'),
    { do: 'session', by: 'delta.counsellor', n: null },
    acting('delta', 'resume'),
    { do: 'wait', days: 31, hours: 0, late: false },
  ],
  'on hold freezes the days left until the first session is asked for': [
    asking('alpha', 'delta'),
    acting('delta', 'accept'),
    { do: 'wait', days: 9, hours: 0, late: false },
    acting('delta', 'hold'),
    { do: 'wait', days: 31, hours: 0, late: false },
    acting('delta', 'resume'),
    { do: 'wait', days: 9, hours: 0, late: false },
    { do: 'wait', days: 9, hours: 0, late: false },
  ],
  'what is voided as it expires is not voided again': [
    asking('alpha', 'delta'),
    { do: 'wait', days: 31, hours: 0, late: true },
    { ...acting('alpha', 'void'), by: 'coordinator' },
    { ...acting('alpha', 'void'), by: 'coordinator' },
  ],
  'what an old lead sent and was held is released though it leads no more': [
    asking('alpha', 'nova'),
    { ...asking('alpha', 'beta'), needs: 'office' },
    { do: 'open-handover', by: 'alpha.counsellor', kind: 'push', to: 'beta', counsellor: null, said: true, days: null },
    { do: 'handover', by: 'beta.counsellor', n: 0, match: 'none', action: 'accept', days: null, counsellor: null },
    asking('beta', 'alpha'),
    acting('alpha', 'accept', 2),
    { do: 'decide', structure: 'nova', status: 'active' },
  ],
  'the first acceptance cancels the others, whatever has become of them': [
    broadcast(['beta', 'nova', 'gamma', 'delta']), acting('gamma', 'acknowledge', 2), acting('delta', 'decline', 3), acting('beta', 'accept', 0),
    { do: 'decide', structure: 'nova', status: 'active' }, acting('gamma', 'accept', 2),
  ],
  'the first acceptance cancels what was drafted with it': [broadcast(['beta', 'gamma'], false), acting('alpha', 'send', 0), acting('beta', 'accept', 0), acting('alpha', 'send', 1)],
  'what stands against one recipient stands against all': [broadcast(['beta', 'full', 'gamma']), broadcast(['beta', 'far', 'gamma']), broadcast(['beta', 'alpha'])],
  'a broadcast needs room for each of its recipients': [
    ...times(19, asking('alpha', 'beta', false)), broadcast(['gamma', 'delta']), acting('alpha', 'withdraw', 3), broadcast(['gamma', 'delta']), asking('alpha', 'beta', false),
  ],
  'a case that another counsellor follows by now is no more of the batch': [
    { do: 'assign', by: 'alpha.manager', counsellor: 'alpha.manager' }, carrying('coordinator.everywhere', 'structure', { leaving: 'alpha.counsellor', to: 'gamma' }),
    carrying('alpha.manager', 'close', { leaving: 'alpha.counsellor' }), carrying('alpha.manager', 'structure', { leaving: 'alpha.manager', to: 'gamma' }),
  ],
  'of a closed structure nobody can lead, and the case goes where it is decided': [
    asking('alpha', 'beta'), { do: 'decide', structure: 'alpha', status: 'closed' }, carrying('administrator', 'colleague', { counsellor: 'alpha.manager' }),
    carrying('administrator', 'structure', { to: 'gamma' }), acting('gamma', 'withdraw', 0), { do: 'session', by: 'alpha.counsellor', n: null },
  ],
  'who asks for a case it was only told of learns that its request is open, and leads once it is accepted': [
    { do: 'join', by: 'beta.counsellor' }, { do: 'join', by: 'beta.counsellor' }, { do: 'join', by: 'gamma.counsellor' }, agreeing('alpha', 0), { do: 'join', by: 'alpha.counsellor' },
  ],
};

/** Opened by alpha, beta and nova. */
export const onThreeRecords: Record<string, Step[]> = {
  'who lost the lead in the commit of the merge had left before it, and is not told of it': [
    { do: 'open-handover', on: 1, by: 'beta.counsellor', kind: 'push', to: 'gamma', counsellor: null, said: true, days: 1 },
    { do: 'handover', by: 'gamma.counsellor', n: 100, match: 'none', action: 'accept', days: null, counsellor: null },
    { do: 'wait', days: 2, hours: 0, late: true },
    merging,
    { do: 'close', on: 1, by: 'beta.counsellor', reason: 'need_met', cancelReferrals: false },
    { do: 'close', on: 1, by: 'gamma.counsellor', reason: 'need_met', cancelReferrals: false },
  ],
  'who led the other record sends what it had drafted there, and nothing that it drafts since': [
    { ...asking('beta', 'delta', false), on: 1 },
    merging,
    asking('beta', 'gamma', false),
    acting('beta', 'send', 100),
    acting('beta', 'send', 0),
  ],
  'who helps on the record that ends helps on where it goes on': [
    { ...asking('beta', 'gamma'), on: 1 }, acting('gamma', 'accept', 100), merging, { do: 'session', by: 'gamma.counsellor', n: 100 }, acting('gamma', 'return', 100),
  ],
  'who had left the record that goes on reads nothing of the other': [
    asking('alpha', 'delta'), acting('delta', 'accept'), proposing('alpha', 'gamma'), agreeing('gamma', 0), acting('delta', 'return'),
    { ...asking('beta', 'alpha'), on: 1 }, { do: 'session', on: 1, by: 'beta.counsellor', n: null }, merging, acting('alpha', 'accept', 100), acting('alpha', 'return', 100),
  ],
  'what the resident objects to on either record ends what is open on either': [
    asking('alpha', 'gamma'), { ...asking('beta', 'delta'), on: 1 }, { do: 'object', by: 'alpha.counsellor', against: 'delta' }, { do: 'object', on: 1, by: 'beta.counsellor', against: 'gamma' }, merging,
  ],
  'a merge is refused while the lead of what ends is objected to where it goes on': [
    objecting('alpha', 'beta'), merging, { ...proposing('beta', 'gamma'), on: 1 }, agreeing('gamma', 100), merging, { do: 'session', on: 1, by: 'beta.counsellor', n: null },
  ],
  'a merge is refused while the lead of what goes on is objected to on what ends': [objecting('beta', 'alpha', 1), merging, { do: 'end-objection', on: 1, by: 'beta.counsellor', n: 0 }, merging],
  'a merge is refused too when the objected lead is the last one of a closed record, not when only that one ends': [
    objecting('beta', 'alpha', 1), objecting('alpha', 'beta'), closing('alpha'), closing('beta', 1), merging, { ...merging, on: 0, into: 1 },
    { do: 'reopen', on: 1, by: 'beta.counsellor' }, { do: 'end-objection', on: 1, by: 'beta.counsellor', n: 0 }, closing('beta', 1), merging,
  ],
  'an objection to everybody ends who helps on the other record, and is none to one and the same lead': [
    { ...proposing('beta', 'alpha'), on: 1 }, agreeing('alpha', 100), asking('alpha', 'gamma'), acting('gamma', 'accept'), { ...asking('alpha', 'delta'), on: 1 }, objecting('alpha', 'all', 1),
    merging, { do: 'session', by: 'gamma.counsellor', n: null },
  ],
  'who helps on the record that ends and is objected to where it goes on leaves it before, and is not told of the merge': [
    { ...asking('beta', 'gamma'), on: 1 }, acting('gamma', 'accept', 100), objecting('alpha', 'gamma'), merging, { do: 'session', on: 1, by: 'gamma.counsellor', n: null }, { do: 'session', by: 'gamma.counsellor', n: null },
  ],
  'who contributes because it led the other record is objected to and reads no more': [
    { do: 'session', on: 1, by: 'beta.counsellor', n: null }, merging, { do: 'session', by: 'beta.counsellor', n: null }, objecting('alpha', 'beta'), { do: 'session', by: 'alpha.counsellor', n: null },
    { do: 'session', by: 'beta.counsellor', n: null },
  ],
  'who contributes because it led the other record does so no more once the resident objects to everybody': [merging, objecting('beta', 'all'), { do: 'session', by: 'beta.counsellor', n: null }],
  'who contributes because it led one record leaves when the resident objects to it on the next': [
    merging, objecting('nova', 'beta', 2), { ...merging, on: 2 }, { do: 'session', by: 'beta.counsellor', n: null }, { do: 'session', by: 'nova.counsellor', n: null },
  ],
  'who contributes because it led the other record does so until the follow-up is closed': [
    merging, closing('alpha'), { do: 'session', by: 'beta.counsellor', n: null }, { do: 'reopen', by: 'alpha.counsellor' }, { do: 'session', by: 'beta.counsellor', n: null },
  ],
  'a handover to whom the resident objects to on the other record ends with the merge': [proposing('alpha', 'gamma'), { do: 'object', on: 1, by: 'beta.counsellor', against: 'gamma' }, merging],
  'what ended on a record that went on elsewhere is not voided any more, what goes on is': [
    { ...asking('beta', 'gamma'), on: 1 }, acting('gamma', 'decline', 100), { ...asking('beta', 'delta'), on: 1 }, merging,
    { ...acting('alpha', 'void', 100), by: 'coordinator.everywhere' }, { ...acting('alpha', 'void', 101), by: 'coordinator.everywhere' },
  ],
  'who left a record in time adds nothing to it once it went on elsewhere': [
    { ...proposing('beta', 'gamma'), on: 1 }, agreeing('gamma', 100), { do: 'session', on: 1, by: 'beta.counsellor', n: null }, { do: 'wait', days: 1, hours: 0, late: false }, merging,
    { do: 'session', on: 1, by: 'beta.counsellor', n: null }, { do: 'session', on: 1, by: 'gamma.counsellor', n: null }, { do: 'session', by: 'gamma.counsellor', n: null },
  ],
  'a merged record is not erased alone, and goes with the other': [merging, erasing, { ...erasing, on: 1 }, { do: 'session', on: 1, by: 'beta.counsellor', n: null }],
  'under the id of a record that ended the resident is erased too, at the version of the one that goes on': [
    { do: 'object', by: 'alpha.counsellor', against: 'far' }, merging, { ...erasing, on: 1, match: 'present' }, { ...erasing, on: 1, match: 'stale' }, { ...erasing, on: 1 }, erasing,
    { do: 'session', by: 'alpha.counsellor', n: null },
  ],
  'under the id of the first of two that ended everything is erased': [{ ...merging, into: 2 }, { ...merging, on: 2 }, { ...erasing, on: 1 }, { ...erasing, on: 2 }],
  'a broadcast goes on whole: the first acceptance cancels the others on the record where they are': [
    { ...broadcast(['gamma', 'delta', 'nova']), on: 1, by: 'beta.counsellor' }, merging, acting('delta', 'accept', 101), acting('gamma', 'accept', 100),
  ],
  'through two merges access, referrals and their clocks go on': [
    { ...asking('beta', 'gamma'), on: 1 }, acting('gamma', 'accept', 100), { ...asking('beta', 'delta'), on: 1 }, { do: 'wait', days: 5, hours: 0, late: false },
    { ...merging, into: 2 }, { ...merging, on: 2 }, { do: 'wait', days: 31, hours: 0, late: false }, { do: 'session', by: 'gamma.counsellor', n: 100 }, acting('gamma', 'complete', 100), { ...erasing, on: 0 },
  ],
};
