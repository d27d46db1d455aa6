import type { Actor, Context, Fact, OwnDelays, RecordEvent } from '@fil-rouge/kernel';
import { changeDelays, evolveDelays, nothingSet, type DelaySettings } from './delay-settings';
import { delaysFor, networkId } from './network-record';

const context = (role: Actor['role'], facts: Record<string, Fact> = {}): Context => ({
  now: '2026-11-23T09:00:00.000Z', today: '2026-11-23', actor: { userId: 'u', structureId: 's', role, territory: null }, seq: 0,
  newId: () => 'new', fact: (id) => facts[id ?? ''], row: () => undefined, piece: () => undefined,
});
const changed = (present: DelaySettings, own: OwnDelays): DelaySettings =>
  changeDelays(present, { own }, context('administrator')).reduce((settings, { data }) => evolveDelays(settings, { data } as RecordEvent), present);
const code = (decide: () => unknown): string => {
  try {
    decide();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('changing delays', () => {
  it('is for administrators', () => {
    const by = (role: Actor['role']) => code(() => changeDelays(nothingSet, { own: {} }, context(role)));
    expect((['counsellor', 'manager', 'coordinator', 'auditor', 'administrator'] as const).map(by)).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'none']);
  });

  it('replaces all that was set, and the same again is no event', () => {
    const first = changed(nothingSet, { answer: 10, reminders: [2, 5] });
    expect(first).toEqual({ version: 1, own: { answer: 10, reminders: [2, 5] } });
    expect(changed(first, { reminders: [2, 5], answer: 10 })).toBe(first);
    expect(changed(first, { late: 3 })).toEqual({ version: 2, own: { late: 3 } });
  });

  it('is refused when somebody else has changed them meanwhile', () => {
    expect(code(() => changeDelays({ version: 2, own: {} }, { own: { late: 3 }, ifMatch: 1 }, context('administrator')))).toBe('stale');
  });
});

it('the delays for a structure are its own, above the network’s, above the defaults', () => {
  const network: Fact = { id: networkId, kind: 'network', version: 1, state: { network: { delays: { version: 1, own: { answer: 25, firstSession: 10 } } } } };
  const structure: Fact = { id: 's', kind: 'structure', version: 3, state: { structure: { delays: { version: 1, own: { answer: 15 } } } } };
  expect(delaysFor('s', context('counsellor'))).toMatchObject({ answer: 20, firstSession: 15 });
  expect(delaysFor('s', context('counsellor', { [networkId]: network }))).toMatchObject({ answer: 25, firstSession: 10 });
  expect(delaysFor('s', context('counsellor', { [networkId]: network, s: structure }))).toMatchObject({ answer: 15, firstSession: 10 });
});
