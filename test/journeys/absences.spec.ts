/** Somebody is away and a colleague takes over: what comes to the one comes to the other too, for these days, and nobody may do more for it. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { rebuild } from '../support/rebuild';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person, type Answer } from './driver';

interface Shown {
  id: string;
  from: string;
  until: string;
  person: { id: string };
  deputy: { id: string };
}

describe('somebody who is away', () => {
  let system: TestSystem;
  let manager: Person;
  let away: Person;
  let deputy: Person;
  let third: Person;
  let stranger: Person;
  let administrator: Person;
  let at: string;
  beforeAll(async () => {
    system = await startSystem();
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    [manager, away, deputy, third, stranger, administrator] = (await Promise.all(
      [
        'responsable@departement-sarthe',
        'conseiller@departement-sarthe',
        'conseiller.pays-flechois@departement-sarthe',
        'conseiller.pays-sabolien@departement-sarthe',
        'conseiller@la-poste',
        'administrateur@departement-sarthe',
      ].map(enter),
    )) as [Person, Person, Person, Person, Person, Person];
    at = `/v1/structures/${manager.structureId}/absences`;
  });
  afterAll(() => system.stop());
  afterEach(async () => {
    for (const { id } of await manager.all(at)) await manager.do(`${at}/${id}/end`);
  });

  const in_ = (days: number): string => addCalendarDays(today(), days);
  const said = (more: object = {}) => ({ from: in_(0), until: in_(4), deputyId: deputy.id, ...more });
  const say = async (by: Person, more: object = {}): Promise<Shown> =>
    (await by.do(at, said(more))) as unknown as Shown;
  const refused = async (answer: Promise<Answer>): Promise<unknown[]> => {
    const { status, body } = await answer;
    return [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
  };
  const mine = async (person: Person): Promise<(string | undefined)[]> =>
    ((await person.all('/v1/tasks?mine=true')) as unknown as { referralId?: string }[]).map(
      ({ referralId }) => referralId,
    );
  const toldOf = async (person: Person, referral: string): Promise<string[]> => {
    await system.settle();
    return ((await person.all('/v1/notifications')) as unknown as { type: string; referralId?: string }[])
      .filter(({ referralId }) => referralId === referral)
      .map(({ type }) => type);
  };
  const contacts = (): Promise<{ today: { id: string } | null }> =>
    manager.get(`/v1/structures/${manager.structureId}/contacts`) as unknown as ReturnType<typeof contacts>;

  it('is shown with the team, and is said by themself or a manager of theirs', async () => {
    const own = await say(away);
    expect(own).toMatchObject({ person: { id: away.id }, deputy: { id: deputy.id }, from: in_(0), until: in_(4) });
    const people = (await third.all(`/v1/structures/${manager.structureId}/people`)) as unknown as {
      id: string;
      absence?: object;
    }[];
    expect(people.find(({ id }) => id === away.id)!.absence).toEqual({
      ...{ id: own.id, from: in_(0), until: in_(4), deputy: { id: deputy.id, name: expect.any(String) as string } },
    });
    expect(people.filter(({ absence }) => absence).map(({ id }) => id)).toEqual([away.id]);
    expect((await stranger.try('GET', at)).status).toBe(403);
    expect((await administrator.all(at)).map(({ id }) => id)).toEqual([own.id]);
    const other = await say(manager, { userId: third.id, from: in_(10), until: in_(12) });
    expect((await away.all(at)).map(({ id }) => id)).toEqual([own.id, other.id]);
    expect(await refused(deputy.post(at, said({ userId: third.id, from: in_(20), until: in_(21) })))).toEqual([403]);
    expect(await refused(deputy.post(`${at}/${other.id}/corrections`, { until: in_(11) }))).toEqual([403]);
    for (const by of [stranger, administrator]) {
      expect(await refused(by.post(at, said({ userId: third.id })))).toEqual([403]);
      expect(await refused(by.post(`${at}/${own.id}/end`))).toEqual([403]);
    }
    await system.settle();
    const told = (await deputy.all('/v1/notifications')) as unknown as { type: string; title: string }[];
    expect(told.filter(({ type }) => type === 'AbsenceSaid').map(({ title }) => title)[0]).toMatch(
      /^Vous prenez le relais de .+ pendant son absence$/,
    );
  });

  it.each<[string, () => object, string]>([
    ['without an end', () => ({ until: undefined }), '/until'],
    ['that ends before it begins', () => ({ from: in_(3), until: in_(2) }), '/until before-from'],
    ['that is over', () => ({ from: in_(-3), until: in_(-1) }), '/until past'],
    ['years ahead', () => ({ until: '2031-01-01' }), '/until too-late'],
    ['of somebody who works elsewhere', () => ({ userId: stranger.id }), '/userId not-employed'],
    ['in which they take over themself', () => ({ userId: deputy.id }), '/deputyId same'],
    ['in which a stranger takes over', () => ({ deputyId: stranger.id }), '/deputyId not-employed'],
    ['that names nobody', () => ({ deputyId: null }), '/deputyId'],
    ['on no day', () => ({ from: '2026-02-30' }), '/from'],
  ])('%s is refused', async (_, more, where) => {
    const [status, first] = await refused(manager.post(at, said({ userId: away.id, ...more() })));
    expect([status, String(first).startsWith(where)]).toEqual([422, true]);
  });

  it('twice in the same days is refused, also when both are said at once, and nobody takes over who is away', async () => {
    const answers = await Promise.all([
      away.post(at, said()),
      manager.post(at, said({ userId: away.id, from: in_(2) })),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await refused(manager.post(at, said({ userId: third.id, deputyId: away.id })))).toEqual([
      422,
      '/deputyId away',
    ]);
    const next = await say(away, { from: in_(6), until: in_(8) });
    expect(await refused(away.post(`${at}/${next.id}/corrections`, { from: in_(3) }))).toEqual([422, '/from overlap']);
    const key = { 'idempotency-key': 'away-1' };
    const bodies = [];
    for (let n = 0; n < 2; n++)
      bodies.push((await away.post(at, said({ from: in_(20), until: in_(22) }), key)).body.id);
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('is asked and told through the colleague, who answers for them, until they are back', async () => {
    const caseId = (await away.do('/v1/cases', newCase())).id;
    const send = async (more = {}) =>
      (await away.do(`/v1/cases/${caseId}/referrals`, newReferral(stranger.structureId, more))).id;
    const first = await send();
    await stranger.do(`/v1/referrals/${first}/decline`, { reason: 'no_capacity' });
    expect([await mine(away), await mine(deputy)]).toEqual([[first], []]);
    const absence = await say(away);
    expect([await mine(away), await mine(deputy), await mine(third)]).toEqual([[first], [first], []]);
    const badges = (await deputy.get('/v1/today/badges')) as unknown as { tasks: { count: number } };
    expect(badges.tasks.count).toBe(1);
    const second = await send({ needs: ['email'] });
    await stranger.do(`/v1/referrals/${second}/accept`);
    expect([await toldOf(away, second), await toldOf(deputy, second), await toldOf(third, second)]).toEqual([
      ['ReferralAccepted'],
      ['ReferralAccepted'],
      [],
    ]);
    await manager.try('PUT', `/v1/structures/${manager.structureId}/contacts`, { body: { defaultId: away.id } });
    expect((await contacts()).today).toMatchObject({ id: deputy.id });
    // The colleague is away, too: nobody takes over, and whoever is away is asked alone.
    const too = await say(deputy, { deputyId: third.id });
    expect([await mine(deputy), (await contacts()).today]).toEqual([[], null]);
    await deputy.do(`${at}/${too.id}/end`);
    expect(await mine(deputy)).toEqual([first]);

    const corrected = (await away.do(`${at}/${absence.id}/corrections`, { deputyId: third.id })) as unknown as Shown;
    expect(corrected).toMatchObject({ deputy: { id: third.id }, until: in_(4) });
    expect([await mine(deputy), await mine(third)]).toEqual([[], [first]]);
    system.clock.advance({ days: 1 });
    expect((await away.do(`${at}/${absence.id}/end`)) as unknown).toMatchObject({ until: in_(-1) });
    expect([await mine(third), (await contacts()).today]).toEqual([[], expect.objectContaining({ id: away.id })]);
    expect(await refused(away.post(`${at}/${absence.id}/end`))).toEqual([409]);
    expect((await manager.all(at)).map(({ id }) => id)).toEqual([]);
    expect(await rebuild(system.database)).toEqual([]);
  });

  it('reads and does nothing more for it: the colleague of another structure’s resident least of all', async () => {
    const caseId = (await stranger.do('/v1/cases', newCase())).id;
    await say(away);
    for (const who of [deputy, away]) expect((await who.try('GET', `/v1/cases/${caseId}`)).status).toBe(404);
  });

  it('ends with the employment of whoever is away; who takes over and leaves is passed over', async () => {
    const [leaving, going] = (await Promise.all(
      ['conseiller.sud-sarthe', 'conseiller.val-de-sarthe'].map((account) =>
        Person.signIn(system.baseUrl, `${account}@departement-sarthe.demo`, system.password),
      ),
    )) as [Person, Person];
    const end = async (person: Person): Promise<void> => {
      const { employments } = (await manager.get(`/v1/users/${person.id}`)) as unknown as {
        employments: { id: string }[];
      };
      await manager.do(`/v1/users/${person.id}/employments/${employments[0]!.id}/end`);
    };
    await say(manager, { userId: leaving.id, deputyId: third.id });
    const kept = await say(away, { deputyId: going.id });
    await end(leaving);
    await end(going);
    expect((await manager.all(at)).map(({ id }) => id)).toEqual([kept.id]);
    await manager.try('PUT', `/v1/structures/${manager.structureId}/contacts`, { body: { defaultId: away.id } });
    expect((await contacts()).today).toBeNull();
    expect(await rebuild(system.database)).toEqual([]);
  });
});
