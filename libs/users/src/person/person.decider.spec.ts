import { system, type Actor, type Role } from '@fil-rouge/kernel';
import { outcome } from '../../../../test/support/given';
import { createPerson, inviteAgain, startEmployment } from './person.decider';
import { initialPerson } from './person';
import type { Employed } from '../structure/staff';
import { actor, after, context, invited, known, manager, person, today } from './person.story';

describe('a new person', () => {
  it('gets an account whose name and e-mail are sealed, an employment from today and an invitation for seven days', () => {
    const [account, started, sent] = createPerson('p1', initialPerson, invited, context(actor('manager')));
    expect(account).toEqual({
      type: 'AccountCreated',
      data: {},
      pieces: [{ kind: 'identity', value: { name: 'Anne Martin', email: 'anne@exemple.fr' } }],
    });
    expect(started!.data).toMatchObject({ structureId: 's1', role: 'counsellor', from: today });
    expect(sent).toMatchObject({
      type: 'PersonInvited',
      data: { accountId: 'p1', expiresAt: '2026-11-30T09:00:00.000Z' },
    });
  });

  const giving = (who: Actor, role: Role, structureId: string, staff: Employed[], state = initialPerson) =>
    outcome(() => startEmployment('p1', state, { role, structureId }, context(who, 'active', { staff })));
  it.each<[Actor['role'], string, string, string, string, string]>([
    // who           own counsellor, other structure's counsellor and manager, the first manager of one that has none, coordinator
    ['counsellor', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['manager', 'done', 'forbidden', 'forbidden', 'forbidden', 'forbidden'],
    ['coordinator', 'forbidden', 'forbidden', 'forbidden', 'done', 'forbidden'],
    ['administrator', 'forbidden', 'forbidden', 'forbidden', 'done', 'done'],
    ['auditor', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'],
  ])('is hired by a %s as far as the role reaches', (role, own, counsellor, second, first, network) => {
    const who = actor(role);
    const counsellors: Employed[] = [{ ...manager, role: 'counsellor' }];
    expect([
      giving(who, 'counsellor', 's1', [manager]),
      giving(who, 'counsellor', 's2', counsellors),
      giving(who, 'manager', 's2', [manager]),
      giving(who, 'manager', 's2', counsellors),
      giving(who, 'coordinator', 's1', [manager]),
    ]).toEqual([own, counsellor, second, first, network]);
  });

  it('is not the first manager while one is to begin, and is when the last one has left', () => {
    const coordinator = actor('coordinator');
    expect(giving(coordinator, 'manager', 's2', [{ ...manager, from: '2027-01-04' }])).toBe('forbidden');
    expect(giving(coordinator, 'manager', 's2', [{ ...manager, until: '2026-11-22' }])).toBe('done');
    // Declared before its people stood on its record: nobody knows, so nobody from outside enters.
    expect(
      outcome(() =>
        startEmployment(
          'p1',
          initialPerson,
          { role: 'manager', structureId: 's2' },
          context(coordinator, 'active', {}),
        ),
      ),
    ).toBe('forbidden');
  });

  it('is never oneself, and somebody with a role in the network only by a manager of the structure', () => {
    const inNetwork = after(
      initialPerson,
      createPerson('p1', initialPerson, { ...invited, role: 'auditor' }, context(system)),
    );
    expect(
      outcome(() =>
        startEmployment('u1', inNetwork, { role: 'auditor', structureId: 's2' }, context(actor('administrator'))),
      ),
    ).toBe('forbidden');
    expect(
      outcome(() =>
        startEmployment('u1', known(), { role: 'counsellor', structureId: 's1' }, context(actor('manager'))),
      ),
    ).toBe('forbidden');
    expect(giving(actor('administrator'), 'manager', 's2', [], inNetwork)).toBe('forbidden');
    expect(giving(actor('manager'), 'counsellor', 's1', [manager], inNetwork)).toBe('done');
  });

  it('is not named manager by whoever emptied the structure from outside', () => {
    const emptied = (by: string) =>
      outcome(() =>
        startEmployment(
          'p1',
          initialPerson,
          { role: 'manager', structureId: 's2' },
          context(actor('administrator'), 'active', { staff: [], endedFromOutside: by }),
        ),
      );
    expect([emptied('u1'), emptied('u2')]).toEqual(['forbidden', 'done']);
  });
});

it('is invited again by whoever manages one of the present employments', () => {
  expect(outcome(() => inviteAgain('p1', known(), context(actor('manager'))))).toBe('done');
  expect(outcome(() => inviteAgain('p1', known(), context(actor('manager', 's2'))))).toBe('not-found');
  expect(outcome(() => inviteAgain('p1', known(), context(actor('counsellor'))))).toBe('forbidden');
  expect(outcome(() => inviteAgain('p1', known({ role: 'administrator' }), context(actor('coordinator'))))).toBe(
    'forbidden',
  );
});

it('is projected without a password: an account row, an employment row, an invitation row', () => {
  const story = person();
  const made = story.when(system, ({ person: state }, around) =>
    createPerson('p1', state, { ...invited, placedAt: '200073112' }, around),
  );
  made.then({ events: ['AccountCreated', 'EmploymentStarted', 'PersonInvited'] });
  expect(story.changes).toEqual([
    {
      call: 'put_account_of_person',
      rows: [
        {
          id: 'p1',
          name: 'Anne Martin',
          search_name: 'anne martin',
          email: 'anne@exemple.fr',
          created_at: `${today}T09:00:00.000Z`,
        },
      ],
    },
    {
      call: 'put_employment',
      rows: [
        {
          id: 'id-1',
          case_id: 'p1',
          user_id: 'p1',
          structure_id: 's1',
          role: 'counsellor',
          from_date: today,
          until_date: null,
          ended: false,
          placed_at: '200073112',
          territory: null,
        },
      ],
    },
    {
      call: 'put_invitation_of_person',
      rows: [
        { id: 'id-2', user_id: 'p1', created_at: `${today}T09:00:00.000Z`, expires_at: '2026-11-30T09:00:00.000Z' },
      ],
    },
  ]);
});
