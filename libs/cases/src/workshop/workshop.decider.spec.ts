import type { Actor } from '@fil-rouge/kernel';
import { outcome } from '../../../../test/support/given';
import { attend, hold, type Holding } from './workshop.decider';
import { departement, Scene, who } from '../case/case.story';

describe('workshops', () => {
  const holding: Holding = {
    workshopId: 'w1',
    participants: ['a', 'b'],
    anonymous: { total: 3, byAge: { soixante_dix_plus: 2 } },
    fields: { title: 'Premiers clics', date: '2026-11-20', minutes: 90, place: 'lieu_activite', themes: ['email'] },
  };
  const held = (changes: Partial<Holding>) =>
    outcome(() => hold({ ...holding, ...changes }, new Scene().context(who(departement))));

  it('count what they count', () => {
    expect(held({})).toBe('done');
    expect(held({ anonymous: { total: 3, byAge: { soixante_dix_plus: 2, non_communique: 2 } } })).toBe(
      'invalid /anonymous/byAge sum',
    );
    expect(held({ participants: ['a', 'b', 'a'] })).toBe('invalid /participants/2 duplicate');
    expect(held({ participants: [], anonymous: { total: 0 } })).toBe('invalid /participants nobody');
  });

  it('name the participant whose case refuses', () => {
    const scene = new Scene().opened().closed();
    scene.now = '2027-01-04T09:00:00.000Z';
    const come = (actor: Actor) => () => attend(scene.state, holding, 1, scene.context(actor));
    expect(come(who(departement))).toThrow(
      expect.objectContaining({
        code: 'wrong-state',
        members: expect.objectContaining({ errors: [{ pointer: '/participants/1', code: 'wrong-state' }] }),
      }),
    );
    expect(outcome(come(who('stranger')))).toBe('not-found /participants/1 not-found');
  });
});
