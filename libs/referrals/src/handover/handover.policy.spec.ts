import { handoverStatusValues, type Actor, type HandoverStatus } from '@fil-rouge/kernel';
import { initialCase, type CaseState } from '@fil-rouge/cases';
import type { Handover } from './handover';
import { isVisible, knowsCase, readsSheet } from './handover.policy';

const handover: Handover = {
  id: 'h',
  kind: 'push',
  status: 'proposed',
  version: 1,
  from: 'from',
  to: 'to',
  fromCounsellor: null,
  toCounsellor: null,
  by: 'somebody',
  blind: false,
  effectiveAt: null,
  createdAt: '2026-11-23T09:00:00.000Z',
  createdSeq: 5,
  endedAt: null,
  reminded: 0,
  note: 'event',
};
const staff = (structureId: string): Actor => ({ userId: 'u', structureId, role: 'counsellor', territory: null });
const state: CaseState = {
  ...initialCase,
  status: 'open',
  commune: '72181',
  grants: [
    { id: '1', structureId: 'lead-now', kind: 'lead', source: 'x', fromSeq: 9 },
    { id: '2', structureId: 'contributor', kind: 'contributor', source: 'r', fromSeq: 2 },
    { id: '3', structureId: 'candidate', kind: 'candidate', source: 'r2', fromSeq: 3 },
  ],
  formers: {
    'led-when-it-began': { kind: 'former_lead', seq: 5, at: '2026-11-23T10:00:00.000Z' },
    'led-before': { kind: 'former_lead', seq: 4, at: '2026-11-23T08:00:00.000Z' },
    'former-contributor': { kind: 'former_contributor', seq: 8, at: '2026-11-23T10:00:00.000Z' },
  },
};

test.each([
  ['from', true],
  ['to', true],
  ['lead-now', true],
  ['led-when-it-began', true],
  ['led-before', false],
  ['contributor', false],
  ['former-contributor', false],
  ['candidate', false],
  ['stranger', false],
])('a handover is visible to %s: %s', (structureId, visible) => {
  expect(isVisible(handover, state, staff(structureId))).toBe(visible);
});

test.each<[Actor['role'], string[] | null, boolean]>([
  ['administrator', null, true],
  ['auditor', null, true],
  ['coordinator', null, true],
  ['coordinator', ['72181'], true],
  ['coordinator', ['72001'], false],
])('a %s of %j watches it: %s', (role, territory, visible) => {
  // Employed by a side on purpose: the role decides, not the employer.
  const actor: Actor = { userId: 'u', structureId: 'from', role, territory };
  expect(isVisible(handover, state, actor)).toBe(visible);
  expect(knowsCase(state, actor)).toBe(visible);
});

test('a candidate knows its sheet, not the case', () => {
  expect(knowsCase(state, staff('candidate'))).toBe(false);
  expect(knowsCase(state, staff('former-contributor'))).toBe(true);
});

test('who was proposed the case reads the sheet until it is lost to it; the lead always; others never', () => {
  const readers = (status: HandoverStatus, structureId: string) => readsSheet({ ...handover, status }, structureId);
  expect(handoverStatusValues.filter((status) => readers(status, 'to'))).toEqual(['proposed', 'accepted', 'effective']);
  expect(handoverStatusValues.every((status) => readers(status, 'from'))).toBe(true);
  expect(handoverStatusValues.some((status) => readers(status, 'contributor'))).toBe(false);
});

test('who asked reads why it was refused, unless it does not know whose case it is', () => {
  const pull: Handover = { ...handover, kind: 'pull', status: 'declined' };
  expect(readsSheet(pull, 'to')).toBe(true);
  expect(readsSheet({ ...pull, blind: true }, 'to')).toBe(false);
});
