/** Who plays: structures of every sort, people of every role. One case, led by alpha. */
import type { Cast } from './commands';
import { dayOf } from './days';
import type { Model, Person } from './model';

export const home = '72264';
export const elsewhere = '72181';

const structures: Model['structures'] = {
  alpha: { status: 'active', communes: [home, elsewhere], takes: true },
  beta: { status: 'active', communes: [home, elsewhere], takes: true },
  gamma: { status: 'active', communes: [home, elsewhere], takes: true },
  delta: { status: 'active', communes: [home, elsewhere], takes: true },
  /** Covers another commune. */
  far: { status: 'active', communes: [elsewhere], takes: true },
  /** Takes no referrals. */
  full: { status: 'active', communes: [home, elsewhere], takes: false },
  /** Not validated yet. */
  nova: { status: 'awaiting_state_validation', communes: [home, elsewhere], takes: true },
};

const staff = Object.keys(structures).flatMap((structure): [string, Person][] => [
  [`${structure}.counsellor`, { structure, role: 'counsellor', territory: null }],
  [`${structure}.manager`, { structure, role: 'manager', territory: null }],
]);
const people: Model['people'] = Object.fromEntries<Person>([
  ...staff,
  ['coordinator', { structure: 'alpha', role: 'coordinator', territory: [home] }],
  // Employed by a structure that nobody closes: somebody must be left to decide.
  ['coordinator.everywhere', { structure: 'full', role: 'coordinator', territory: null }],
  ['administrator', { structure: 'full', role: 'administrator', territory: null }],
  ['auditor', { structure: 'alpha', role: 'auditor', territory: null }],
]);

export const start = '2026-11-23T09:00:00.000Z';
export const needs: Record<string, string[]> = {
  online: ['banque_et_achats_en_ligne'],
  office: ['bureautique', 'email'],
};

/** Records of one story number what is on them apart: the first from 0, the second from 100. */
export const firstNumber = (id: number): number => id * 100;

/** A case just opened by that structure's counsellor. */
export const opened = (id = 0, lead = 'alpha'): Model =>
  structuredClone({
    now: start,
    people,
    structures,
    id,
    status: 'open',
    version: 1,
    commune: home,
    lead,
    counsellor: `${lead}.counsellor`,
    joined: [],
    mergedFrom: [],
    mergedInto: null,
    formers: {},
    since: dayOf(start),
    closedOn: null,
    sessions: [],
    silenceTold: false,
    objections: [],
    referrals: [],
    handovers: [],
    next: { referral: firstNumber(id), handover: firstNumber(id), broadcast: firstNumber(id) },
    log: [{ type: 'CaseOpened', about: null, at: start }],
  } satisfies Model);

export const cast: Cast = {
  people: Object.keys(people),
  structures: Object.keys(structures),
  needs: Object.keys(needs),
  communes: [home, home, elsewhere],
  decisions: [
    ['nova', 'active'],
    ['nova', 'refused'],
    ['nova', 'closed'],
    ['beta', 'suspended'],
    ['beta', 'active'],
    ['gamma', 'suspended'],
    ['gamma', 'active'],
    ['gamma', 'closed'],
    ['alpha', 'suspended'],
    ['alpha', 'active'],
    ['alpha', 'closed'],
    ['beta', 'closed'],
    ['delta', 'closed'],
  ],
  records: 1,
  without: ['merge'],
};
