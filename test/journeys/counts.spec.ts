/** How many there are of each state and kind, for the structure that reads the list: exact up to a hundred, and never another structure's. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person } from './driver';

type Counted = { status?: string; kind?: string; count: number; more?: boolean };
const of = (counted: Counted[], name: string): Counted | undefined =>
  counted.find(({ status, kind }) => (status ?? kind) === name);

describe('counts', () => {
  let system: TestSystem;
  let lead: Person;
  let colleague: Person;
  let recipient: Person;
  let coordinator: Person;
  beforeAll(async () => {
    system = await startSystem();
    [lead, colleague, recipient, coordinator] = await Promise.all([
      Person.signIn(system.baseUrl, system.account('conseiller'), system.password),
      Person.signIn(system.baseUrl, system.account('responsable'), system.password),
      Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password),
      Person.signIn(system.baseUrl, system.account('coordinateur'), system.password),
    ]);
  });
  afterAll(() => system.stop());

  const cases = async (by: Person, query = ''): Promise<Counted[]> =>
    ((await by.get(`/v1/cases/counts${query}`)) as unknown as { counts: Counted[] }).counts;
  const referrals = async (by: Person) =>
    (await by.get('/v1/referrals/counts')) as unknown as { received: Counted[]; sent: Counted[] };
  const tasks = async (by: Person, mine = true): Promise<Counted[]> =>
    ((await by.get(`/v1/tasks/counts?mine=${mine}`)) as unknown as { counts: Counted[] }).counts;

  it('say what the lists hold, of the own structure and of who asks', async () => {
    const [one, two, three] = [
      (await lead.do('/v1/cases', newCase())).id,
      (await lead.do('/v1/cases', newCase())).id,
      (await colleague.do('/v1/cases', newCase())).id,
    ];
    await recipient.do('/v1/cases', newCase());
    await lead.do(`/v1/cases/${two}/close`, { reason: 'need_met' });
    expect(await cases(lead)).toEqual([
      { status: 'open', count: 2 },
      { status: 'closed', count: 1 },
    ]);
    expect(await cases(lead, '?lead=mine')).toEqual([
      { status: 'open', count: 1 },
      { status: 'closed', count: 1 },
    ]);
    expect(await cases(lead, `?counsellor=${colleague.id}`)).toEqual([{ status: 'open', count: 1 }]);
    const sent = (await lead.do(`/v1/cases/${one}/referrals`, newReferral(recipient.structureId))).id;
    await lead.do(`/v1/cases/${three}/referrals`, newReferral(recipient.structureId, { send: false }));
    expect(of(await cases(recipient, '?lead=structure'), 'open')).toEqual({ status: 'open', count: 1 });
    const seen = await referrals(lead);
    expect(
      [of(seen.sent, 'sent'), of(seen.sent, 'draft'), of(seen.received, 'sent')].map((found) => found?.count ?? 0),
    ).toEqual([1, 1, 0]);
    const there = await referrals(recipient);
    expect(
      [of(there.received, 'sent'), of(there.received, 'draft'), of(there.sent, 'sent')].map(
        (found) => found?.count ?? 0,
      ),
    ).toEqual([1, 0, 0]);
    await recipient.do(`/v1/referrals/${sent}/decline`, { reason: 'no_capacity' });
    expect([
      of((await referrals(lead)).sent, 'declined')!.count,
      of(await tasks(lead), 'choose_other_structure'),
    ]).toEqual([1, { kind: 'choose_other_structure', count: 1 }]);
    const listed = (await colleague.all('/v1/tasks?mine=false')) as unknown as { kind: string }[];
    for (const { kind, count } of await tasks(colleague, false))
      expect([kind, listed.filter((task) => task.kind === kind).length]).toEqual([kind, count]);
    expect(await tasks(recipient)).toEqual([]);
    for (const path of ['/v1/cases/counts', '/v1/referrals/counts'])
      expect((await coordinator.try('GET', path)).status).toBe(403);
    expect((await coordinator.try('GET', '/v1/tasks/counts')).status).toBe(200);
    expect((await lead.try('GET', '/v1/cases/counts?lead=all')).status).toBe(422);
    expect((await lead.try('GET', '/v1/cases/counts?counsellor=1')).status).toBe(422);
  });

  it('end with a hundred, and say that there are more', async () => {
    for (let n = 0; n < 101; n++) await lead.do('/v1/cases', newCase());
    expect(of(await cases(lead), 'open')).toEqual({ status: 'open', count: 100, more: true });
    expect(of(await cases(lead, `?counsellor=${colleague.id}`), 'open')).toEqual({ status: 'open', count: 1 });
  });
});
