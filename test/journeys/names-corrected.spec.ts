/** The name of somebody else is corrected by whoever answers for the account: a manager of the structure, an administrator. */
import { startSystem, type TestSystem } from '../support/system';
import { Person, type Answer } from './driver';

describe('somebody else’s name', () => {
  let system: TestSystem;
  let manager: Person;
  let administrator: Person;
  let colleague: Person;
  beforeAll(async () => {
    system = await startSystem();
    [manager, administrator, colleague] = (await Promise.all(
      ['responsable', 'administrateur', 'conseiller'].map((role) => enter(role)),
    )) as [Person, Person, Person];
  });
  afterAll(() => system.stop());

  const enter = (role: string, structure?: string): Promise<Person> =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  const correct = (by: Person, whose: Person, name = 'Renée Dupré', headers = {}): Promise<Answer> =>
    by.post(`/v1/users/${whose.id}/corrections`, { name }, headers);
  const corrections = async (whose: Person): Promise<(string | null)[]> =>
    (
      await system.database.query<{ actor_id: string | null }>(
        `select actor_id from event where stream_id = $1 and type = 'NameCorrected' order by seq`,
        [whose.id],
      )
    ).map(({ actor_id }) => actor_id);

  it('is corrected by a manager of the structure and by an administrator, who are named to the person', async () => {
    expect((await correct(manager, colleague)).body).toMatchObject({ id: colleague.id, name: 'Renée Dupré' });
    expect((await colleague.get('/v1/me')) as unknown).toMatchObject({ user: { name: 'Renée Dupré' } });
    // The same again is nothing; nor is the same request.
    expect((await correct(manager, colleague)).status).toBe(200);
    const key = { 'idempotency-key': 'name-1' };
    for (let n = 0; n < 2; n++) expect((await correct(administrator, colleague, 'Renée Dupre', key)).status).toBe(200);
    expect(await corrections(colleague)).toEqual([manager.id, administrator.id]);
    await system.settle();
    const titles = ((await colleague.all('/v1/notifications')) as unknown as { type: string; title: string }[])
      .filter(({ type }) => type === 'NameCorrected')
      .map(({ title }) => title);
    expect(titles).toHaveLength(2);
    for (const title of titles) expect(title).toMatch(/^Votre nom a été corrigé par /);
    expect((await manager.all('/v1/notifications')).filter(({ type }) => type === 'NameCorrected')).toEqual([]);
    expect((await manager.all('/v1/users?q=Dupre')).map(({ id }) => id)).toContain(colleague.id);
  });

  it('is not for a colleague, another structure’s manager, nor of somebody with a role in the network', async () => {
    const [stranger, coordinator, auditor] = [
      await enter('responsable', 'la-poste'),
      await enter('coordinateur'),
      await enter('auditeur'),
    ];
    expect((await correct(colleague, manager)).status).toBe(403);
    expect((await correct(stranger, colleague)).status).toBe(404);
    expect((await correct(coordinator, colleague)).status).toBe(403);
    expect((await correct(auditor, colleague)).status).toBe(403);
    expect((await correct(manager, coordinator)).status).toBe(403);
    // Not even when they follow residents there as well.
    await manager.do(`/v1/users/${coordinator.id}/employments`, {
      structureId: manager.structureId,
      role: 'counsellor',
    });
    expect((await correct(manager, coordinator)).status).toBe(403);
    expect((await correct(administrator, coordinator, 'Cora Coordonne')).status).toBe(200);
    await system.settle();
    expect((await coordinator.all('/v1/notifications')).map(({ type }) => type)).toContain('NameCorrected');
  });

  it('is a name', async () => {
    for (const name of ['', '   ', '…', 'x'.repeat(201), 12, null]) {
      const { status, body } = await manager.post(`/v1/users/${colleague.id}/corrections`, { name });
      expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/name']);
    }
    expect(
      (await manager.post(`/v1/users/0190a5d2-0000-7000-8000-000000000000/corrections`, { name: 'Anne' })).status,
    ).toBe(404);
  });
});
