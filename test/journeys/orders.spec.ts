/** Lists in the order asked for, and a record read from its end or for one kind of entry. */
import { networkId } from '@fil-rouge/users';
import { newId, Records } from '@fil-rouge/platform';
import type { CaseRecord } from '../../libs/cases/src/case/case';
import { open, type Opening } from '../../libs/cases/src/case/case.decider';
import { mostByName } from '../../libs/cases/src/case/case.order';
import { recordSession } from '../../libs/cases/src/session/session.decider';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';

let system: TestSystem;
let people: Record<'lead' | 'manager' | 'recipient' | 'coordinator', Person>;
/** In the order in which they were opened; the first one was last worked on. */
const opened: string[] = [];

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  people = {
    lead: await enter('conseiller'),
    manager: await enter('responsable'),
    recipient: await enter('conseiller', 'la-poste'),
    coordinator: await enter('coordinateur'),
  };
  for (let n = 0; n < 4; n++) opened.push((await people.lead.do('/v1/cases', newCase())).id);
  await people.lead.do(`/v1/cases/${opened[0]!}/sessions`, newSession());
});
afterAll(() => system.stop());

async function all(who: Person, address: string, limit: number): Promise<{ id: string; type: string }[]> {
  const items: { id: string; type: string }[] = [];
  for (let cursor = ''; ;) {
    const page = await who.get(`${address}${address.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    items.push(...(page.items as unknown as { id: string; type: string }[]));
    if (!page.nextCursor) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

it.each([
  ['newest_activity', [0, 3, 2, 1]],
  ['oldest_activity', [1, 2, 3, 0]],
  ['newest_opened', [3, 2, 1, 0]],
  ['oldest_opened', [0, 1, 2, 3]],
] as const)('cases, %s first, page by page, for who follows them and for who watches', async (sort, order) => {
  const expected = order.map((n) => opened[n]);
  for (const [who, more] of [
    [people.lead, ''],
    [people.lead, '&lead=mine&status=open'],
    [people.manager, `&counsellor=${people.lead.id}`],
    [people.coordinator, ''],
  ] as const)
    expect((await all(who, `/v1/cases?sort=${sort}${more}`, 1)).map(({ id }) => id)).toEqual(expected);
});

it('whose cases a colleague leads is said in their structure alone', async () => {
  const { lead, manager, recipient, coordinator } = people;
  const of = (who: Person, whom: Person) => all(who, `/v1/cases?counsellor=${whom.id}`, 2);
  expect((await of(manager, lead)).map(({ id }) => id)).toEqual(expect.arrayContaining(opened));
  expect(await of(manager, manager)).toEqual([]);
  // A contributor sees the case, and who leads it; how many others that person leads it does not.
  const { id } = await lead.do(`/v1/cases/${opened[3]!}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${id}/accept`);
  expect((await all(recipient, '/v1/cases', 10)).map(({ id }) => id)).toContain(opened[3]);
  expect(await of(recipient, lead)).toEqual([]);
  expect((await coordinator.try('GET', `/v1/cases?counsellor=${lead.id}`)).status).toBe(422);
});

it('an order that is none is refused by its name, and a cursor of another order too', async () => {
  const { lead } = people;
  expect((await lead.try('GET', '/v1/cases?sort=length')).body).toMatchObject({
    code: 'invalid',
    errors: [{ pointer: '?sort' }],
  });
  const { nextCursor } = await lead.get('/v1/cases?sort=oldest_opened&limit=1');
  const refused = await lead.try('GET', `/v1/cases?sort=newest_opened&cursor=${encodeURIComponent(nextCursor!)}`);
  expect(refused.body.errors).toMatchObject([{ pointer: '?cursor' }]);
});

describe('by name', () => {
  const called = (lastName: string | undefined, firstName: string) => {
    const body = newCase() as { resident: object };
    return { ...body, resident: { ...body.resident, firstName, lastName } };
  };
  const names = ['Éluard', 'eluard', 'Zola', 'Abélard', 'Essaime'];

  it('as a French directory has them, whatever was typed in capitals or with an accent, in the whole list and page by page', async () => {
    const { manager, coordinator } = people;
    const ids = new Map<string, string>();
    for (const name of names)
      ids.set(name, (await manager.do('/v1/cases', called(name, name === 'eluard' ? 'Anne' : 'Zoé'))).id);
    ids.set('Anatole', (await manager.do('/v1/cases', called(undefined, 'Anatole'))).id);
    const expected = ['Abélard', 'Anatole', 'eluard', 'Éluard', 'Essaime', 'Zola'].map((name) => ids.get(name));
    for (const limit of [1, 4, 100])
      expect((await all(manager, '/v1/cases?sort=name&lead=mine', limit)).map(({ id }) => id)).toEqual(expected);
    expect((await coordinator.try('GET', '/v1/cases?sort=name')).body.errors).toMatchObject([{ pointer: '?sort' }]);
  });

  it('a page goes on where the one before ended, when that one has left the list, moved in it or is known no more', async () => {
    const { manager, lead, recipient } = people;
    const list = '/v1/cases?sort=name&lead=mine&status=open&limit=2';
    const shown = async (cursor = '') => {
      const page = await manager.get(`${list}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      const items = page.items as unknown as { id: string; resident: { lastName?: string; firstName: string } }[];
      return { ...page, names: items.map(({ resident }) => resident.lastName ?? resident.firstName), items };
    };
    const first = await shown();
    expect(first.names).toEqual(['Abélard', 'Anatole']);
    await manager.do(`/v1/cases/${first.items[1]!.id}/close`, { reason: 'need_met' });
    expect((await shown(first.nextCursor!)).names).toEqual(['eluard', 'Éluard']);
    await manager.do(`/v1/cases/${first.items[1]!.id}/reopen`, { reason: 'Revient.' });
    await manager.do(`/v1/cases/${first.items[1]!.id}/corrections`, { resident: { lastName: 'Voltaire' } });
    expect((await shown(first.nextCursor!)).names).toEqual(['Zola']);
    // Who sees nothing of the name any more comes last, and nothing of the order tells it.
    const { id } = await lead.do(`/v1/cases/${opened[2]!}/referrals`, newReferral(recipient.structureId));
    await recipient.do(`/v1/referrals/${id}/accept`);
    await recipient.do(`/v1/referrals/${id}/return`, { reason: 'no_capacity' });
    const theirs = await all(recipient, '/v1/cases?sort=name', 1);
    expect(theirs.at(-1)).toMatchObject({ id: opened[2], resident: {} });
    expect(theirs.length).toBeGreaterThan(1);
  });

  it('of more than are put in order nothing is said but that the list is to be narrowed', async () => {
    const { lead, manager } = people;
    const actor = { userId: lead.id, structureId: lead.structureId, role: 'counsellor', territory: null } as const;
    const another = (): Promise<unknown> => {
      const caseId = newId();
      return system.worker
        .get(Records, { strict: false })
        .decide<CaseRecord, null>({
          caller: null,
          onBehalfOf: actor,
          on: [{ kind: 'case', create: caseId }],
          facts: [networkId, lead.id, lead.structureId],
          decide: ([one]) => [
            open(one!.state.case, { ...(newCase() as unknown as Omit<Opening, 'caseId'>), caseId }, one!.context),
          ],
          result: () => null,
        });
    };
    for (let n = (await all(lead, '/v1/cases', 100)).length; n < mostByName; n += 10)
      await Promise.all(Array.from({ length: Math.min(10, mostByName - n) }, another));
    expect((await all(lead, '/v1/cases?sort=name', 100)).length).toBe(mostByName);
    await another();
    const refused = await lead.try('GET', '/v1/cases?sort=name');
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer: '?sort', code: 'too-many' }]]);
    expect((await all(manager, '/v1/cases?sort=name&lead=mine', 100)).length).toBe(6);
  });
});

describe('a record', () => {
  const timeline = () => `/v1/cases/${opened[1]!}/timeline`;
  const types = async (query: string, limit = 100, who = people.lead) =>
    (await all(who, `${timeline()}?${query}`, limit)).map(({ type }) => type);

  const referralTypes = ['ReferralDrafted', 'ReferralSent', 'ReferralAccepted', 'ReferralStarted'];

  it('is read from its end as from its beginning, page by page', async () => {
    const { lead, recipient, coordinator } = people;
    const { id } = await lead.do(`/v1/cases/${opened[1]!}/referrals`, newReferral(recipient.structureId));
    await recipient.do(`/v1/referrals/${id}/accept`);
    await lead.do(`/v1/cases/${opened[1]!}/sessions`, newSession());
    await recipient.do(`/v1/cases/${opened[1]!}/sessions`, newSession());
    for (const who of [lead, recipient, coordinator]) {
      const forwards = (await all(who, timeline(), 100)).map(({ id }) => id);
      expect((await all(who, `${timeline()}?order=desc`, 2)).map(({ id }) => id)).toEqual(forwards.toReversed());
    }
    expect((await lead.try('GET', `${timeline()}?order=up`)).body.errors).toMatchObject([{ pointer: '?order' }]);
  });

  it('for one kind of entry or for some, and never for what its reader may not see', async () => {
    expect(await types('kind=session', 1)).toEqual(['SessionRecorded', 'SessionRecorded']);
    expect(await types('kind=referral')).toEqual(referralTypes);
    expect(await types('kind=case,session&order=desc', 2)).toEqual([
      'SessionRecorded',
      'SessionRecorded',
      'CaseOpened',
    ]);
    expect(await types('kind=workshop,handover')).toEqual([]);
    expect(await types('kind=session', 100, people.coordinator)).toEqual([]);
    expect((await people.lead.try('GET', `${timeline()}?kind=nothing`)).body.errors).toMatchObject([
      { pointer: '?kind' },
    ]);
  });

  it('in the longest record too: what is looked through in vain ends a page, not the list', async () => {
    const { lead } = people;
    const actor = { userId: lead.id, structureId: lead.structureId, role: 'counsellor', territory: null } as const;
    for (let n = 0; n < 4; n++)
      await system.worker
        .get(Records, { strict: false })
        .decide<CaseRecord, null>({
          caller: null,
          onBehalfOf: actor,
          on: [{ kind: 'case', id: opened[1]! }],
          decide: ([one]) => [
            Array.from({ length: 150 }, () =>
              recordSession(
                one!.state.case,
                {
                  sessionId: newId(),
                  fields: {
                    ...(newSession() as {
                      date: string;
                      minutes: number;
                      place: string;
                      themes: string[];
                      equipment: string[];
                    }),
                  },
                },
                one!.context,
              ),
            ).flat(),
          ],
          result: () => null,
        });
    const first = await lead.get(`${timeline()}?kind=referral&order=desc&limit=10`);
    expect([first.items, typeof first.nextCursor]).toEqual([[], 'string']);
    expect(await types('kind=referral&order=desc', 10)).toEqual(referralTypes.toReversed());
    expect((await types('kind=session', 100)).length).toBe(602);
  });
});
