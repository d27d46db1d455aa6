import type { Role } from '@fil-rouge/kernel';
import { toldOfTheNetwork, type NetworkEvent, type Reachable } from './network.rules';

const laPoste = 'la-poste';
const departement = 'departement';
const person = (userId: string, structureId: string, role: Role): Reachable => ({ userId, structureId, role });
const people = [
  person('rose', laPoste, 'manager'),
  person('anne', laPoste, 'counsellor'),
  person('ada', departement, 'administrator'),
  person('alix', departement, 'administrator'),
];

const event = (type: string, more: Partial<NetworkEvent> = {}): NetworkEvent => ({
  type,
  stream: 'newcomer',
  actor: 'ada',
  structure: null,
  data: { structureId: laPoste, role: 'manager' },
  ...more,
});
const told = (happened: NetworkEvent, { inNetwork = false, among = people } = {}): string[] =>
  toldOfTheNetwork(happened, { inNetwork }, among, laPoste).map(({ type, to }) => `${type} ${to.userId}`);

describe('from outside a structure', () => {
  it('a first manager that is named is told to whoever works there, and to the other administrators', () => {
    expect(told(event('EmploymentStarted'))).toEqual(['FirstManagerNamed rose', 'FirstManagerNamed alix']);
    expect(told(event('EmploymentStarted', { actor: 'cora' }), { among: people.slice(1) })).toEqual([
      'FirstManagerNamed anne',
      'FirstManagerNamed ada',
      'FirstManagerNamed alix',
    ]);
  });

  it('so is a role in the network, the end of somebody’s work, a corrected sheet', () => {
    expect(told(event('EmploymentStarted', { data: { structureId: laPoste, role: 'administrator' } }))).toEqual([
      'NetworkRoleGiven rose',
      'NetworkRoleGiven alix',
    ]);
    expect(told(event('EmploymentEnded'))).toEqual([
      'EmploymentEndedFromOutside rose',
      'EmploymentEndedFromOutside alix',
    ]);
    expect(told(event('StructureCorrected', { stream: laPoste, data: {} }))).toEqual([
      'StructureCorrected rose',
      'StructureCorrected alix',
    ]);
  });

  it('never to the author, nor to whom it is about', () => {
    expect(told(event('EmploymentEnded', { stream: 'rose', actor: 'alix' }))).toEqual([
      'EmploymentEndedFromOutside anne',
      'EmploymentEndedFromOutside ada',
    ]);
  });

  it('not to those whom it is done for by the system, which has nobody yet', () => {
    expect(told(event('EmploymentStarted', { actor: null }))).toEqual([]);
  });
});

describe('inside a structure', () => {
  const inside = { actor: 'rose', structure: laPoste };
  it('what its managers do is theirs alone', () => {
    expect(told(event('EmploymentStarted', inside))).toEqual([]);
    expect(told(event('EmploymentEnded', inside))).toEqual([]);
  });

  it('but that somebody with a role in the network now works there', () => {
    expect(told(event('EmploymentStarted', inside), { inNetwork: true })).toEqual([
      'NetworkMemberHired ada',
      'NetworkMemberHired alix',
    ]);
  });
});

it.each([
  ['ConventionSigned', 'ConventionSigned', {}],
  ['ConventionEnded', 'ConventionEnded', {}],
  ['EndNears', 'ConventionEnds', { of: 'convention', on: '2027-01-01' }],
  ['EndNears', 'PostToFill', { of: 'vacancy', on: '2027-01-01' }],
])('%s is told to managers alone, and to no counsellor where there is none (%s)', (type, as, data) => {
  const happened = event(type, {
    actor: 'cora',
    at: '2026-11-23T09:00:00.000Z',
    data: { structureId: laPoste, ...data },
  });
  expect(told(happened)).toEqual([`${as} rose`, `${as} ada`, `${as} alix`]);
  expect(told(happened, { among: people.slice(1) })).toEqual([`${as} ada`, `${as} alix`]);
});

it('unusually many duplicates, or cases, in one day are told to the administrators', () => {
  expect(told(event('UnusualOpenings', { actor: null, data: { of: 'hints' } }))).toEqual([
    'ManyDuplicatesFound ada',
    'ManyDuplicatesFound alix',
  ]);
  expect(told(event('UnusualOpenings', { actor: null, data: { of: 'openings' } }))).toEqual([
    'ManyCasesOpened ada',
    'ManyCasesOpened alix',
  ]);
  expect(told(event('UnusualOpenings', { actor: null, data: { of: 'corrections' } }))).toEqual([
    'ManyResidentsCorrected ada',
    'ManyResidentsCorrected alix',
  ]);
});
