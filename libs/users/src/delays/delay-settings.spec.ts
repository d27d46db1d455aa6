import type { Actor, Context, EventOf, Fact, OwnDelays, Problem } from '@fil-rouge/kernel';
import {
  changeDelays,
  evolveDelays,
  nothingSet,
  type DelaysEventData,
  type DelaySettings,
  type Mix,
} from './delay-settings';
import { delaysFor, networkId } from '../network/network-record';

const context = (role: Actor['role'], facts: Record<string, Fact> = {}): Context => ({
  now: '2026-11-23T09:00:00.000Z',
  today: '2026-11-23',
  actor: { userId: 'u', structureId: 's', role, territory: null },
  seq: 0,
  newId: () => 'new',
  fact: (id) => facts[id ?? ''],
  row: () => undefined,
  piece: () => undefined,
});
const changed = (present: DelaySettings, own: OwnDelays): DelaySettings =>
  changeDelays(present, { own, mixes: [{ network: {}, structure: own }] }, context('administrator')).reduce(
    (settings, { data }) => evolveDelays(settings, { data } as unknown as EventOf<DelaysEventData>),
    present,
  );
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
    const by = (role: Actor['role']) => code(() => changeDelays(nothingSet, { own: {}, mixes: [] }, context(role)));
    expect((['counsellor', 'manager', 'coordinator', 'auditor', 'administrator'] as const).map(by)).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
      'forbidden',
      'none',
    ]);
  });

  it('replaces all that was set, and the same again is no event', () => {
    const first = changed(nothingSet, { answer: 10, reminders: [2, 5] });
    expect(first).toEqual({ version: 1, own: { answer: 10, reminders: [2, 5] } });
    expect(changed(first, { reminders: [2, 5], answer: 10 })).toBe(first);
    expect(changed(first, { late: 3 })).toEqual({ version: 2, own: { late: 3 } });
  });

  it('is refused when somebody else has changed them meanwhile', () => {
    expect(
      code(() =>
        changeDelays({ version: 2, own: {} }, { own: { late: 3 }, ifMatch: 1, mixes: [] }, context('administrator')),
      ),
    ).toBe('stale');
  });
});

describe('a change that contradicts what is set', () => {
  const refusal = (own: OwnDelays, mix: Mix) => {
    try {
      changeDelays(nothingSet, { own, mixes: [mix] }, context('administrator'));
    } catch (error) {
      const { detail, members } = error as Problem;
      return [members.errors![0]!.pointer, members.errors![0]!.code, detail.split('. ')[0]];
    }
    return null;
  };

  it('is refused, and says where', () => {
    expect(refusal({ reminders: [12], answer: 5 }, { network: {}, structure: { reminders: [12], answer: 5 } })).toEqual(
      ['/reminders', 'too-long', 'reminders must not be longer than answer'],
    );
    expect(refusal({ reminders: [7, 3] }, { network: {}, structure: { reminders: [7, 3] } })).toEqual([
      '/reminders',
      'order',
      'The days of reminders must go up, each once',
    ]);
    expect(
      refusal(
        { urgent: { answer: 2 } },
        { network: { urgent: { coordinator: 3 } }, structure: { urgent: { answer: 2 } } },
      ),
    ).toEqual([
      '/urgent/answer',
      'too-short',
      'urgent/coordinator must not be longer than urgent/answer (as set above, or by default)',
    ]);
    expect(
      refusal({ answer: 5 }, { network: { answer: 5 }, structure: { reminders: [12] }, name: 'La Poste' }),
    ).toEqual(['/answer', 'too-short', 'reminders must not be longer than answer (as set for La Poste)']);
  });
});

it('the delays for a structure are its own, above the network’s, above the defaults', () => {
  const network: Fact = {
    id: networkId,
    kind: 'network',
    version: 1,
    state: { network: { delays: { version: 1, own: { answer: 25, firstSession: 10 } } } },
  };
  const structure: Fact = {
    id: 's',
    kind: 'structure',
    version: 3,
    state: { structure: { delays: { version: 1, own: { answer: 15 } } } },
  };
  expect(delaysFor('s', context('counsellor'))).toMatchObject({ answer: 20, firstSession: 15 });
  expect(delaysFor('s', context('counsellor', { [networkId]: network }))).toMatchObject({
    answer: 25,
    firstSession: 10,
  });
  expect(delaysFor('s', context('counsellor', { [networkId]: network, s: structure }))).toMatchObject({
    answer: 15,
    firstSession: 10,
  });
});
