import { newCase, newReferral, newSession, Person, type View } from './driver';
import { startSystem, type TestSystem } from '../support/system';

interface Tagged extends View {
  tags?: { id: string; name: string }[];
}

describe('labels by which a structure finds its sessions again', () => {
  let system: TestSystem;
  let manager: Person;
  let counsellor: Person;
  let elsewhere: Person;
  let caseId: string;
  let sessionId: string;

  beforeAll(async () => {
    system = await startSystem();
    [manager, counsellor, elsewhere] = (await Promise.all(
      [system.account('responsable'), system.account('conseiller'), system.account('conseiller', 'la-poste')].map(
        (account) => Person.signIn(system.baseUrl, account, system.password),
      ),
    )) as [Person, Person, Person];
    caseId = (await counsellor.do('/v1/cases', newCase())).id;
    const { id } = await counsellor.do(`/v1/cases/${caseId}/referrals`, newReferral(elsewhere.structureId));
    await elsewhere.do(`/v1/referrals/${id}/accept`);
    sessionId = (await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession())).id;
  });
  afterAll(() => system.stop());

  const own = () => `/v1/structures/${counsellor.structureId}/tags`;
  const ofSession = () => `/v1/cases/${caseId}/sessions/${sessionId}/tags`;
  const put = (person: Person, path: string, body: object, headers = {}) => person.try('PUT', path, { body, headers });
  const choose = async (...tags: object[]): Promise<Tagged['tags'] & object> =>
    ((await put(manager, own(), { tags })).body as Tagged).tags!;
  const listed = async (person: Person, query = ''): Promise<Tagged[]> => await person.all(`/v1/sessions${query}`);

  it('its manager says which there are, all of them anew; its people alone read them', async () => {
    const [seniors, france] = await choose({ name: 'Seniors' }, { name: 'France Services' });
    expect((await counsellor.get(own())) as Tagged).toMatchObject({ tags: [seniors, france] });
    expect((await put(counsellor, own(), { tags: [] })).status).toBe(403);
    expect((await elsewhere.try('GET', own())).status).toBe(403);
    const twice = await put(manager, own(), { tags: [seniors!, { name: 'SÉNIORS' }] });
    expect([twice.status, twice.body.errors[0]]).toMatchObject([422, { pointer: '/tags/1/name', code: 'twice' }]);
    const unknown = await put(manager, own(), { tags: [{ id: caseId, name: 'Autre' }] });
    expect([unknown.status, unknown.body.errors[0]]).toMatchObject([422, { pointer: '/tags/0/id', code: 'unknown' }]);
    const stale = await put(manager, own(), { tags: [] }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    // Called otherwise it is the same one.
    expect(await choose({ ...seniors!, name: 'Aînés' }, france!)).toEqual([{ ...seniors, name: 'Aînés' }, france]);
  });

  it('a session has some of them, is found by them, and nobody else learns of it', async () => {
    const { tags: known } = (await counsellor.get(own())) as Tagged;
    const [seniors, france] = known!;
    const before = await counsellor.get(`/v1/cases/${caseId}`);
    const tagged = await put(counsellor, ofSession(), { tags: [seniors!.id] });
    expect([tagged.status, (tagged.body as Tagged).tags]).toEqual([200, [seniors]]);
    expect((await put(manager, ofSession(), { tags: [france!.id, seniors!.id] })).status).toBe(200);
    expect(await counsellor.get(ofSession())).toEqual({ id: sessionId, tags: [seniors, france] });
    expect((await listed(counsellor, `?tag=${france!.id}`)).map(({ id, tags }) => [id, tags])).toEqual([
      [sessionId, [seniors, france]],
    ]);
    expect(await listed(counsellor, `?tag=${caseId}`)).toEqual([]);
    const unknown = await put(counsellor, ofSession(), { tags: [caseId] });
    expect([unknown.status, unknown.body.errors[0]]).toMatchObject([422, { pointer: '/tags/0', code: 'unknown' }]);

    // Whoever takes part reads the session, and nothing of the labels; it was no correction and no activity.
    expect((await elsewhere.try('GET', ofSession())).status).toBe(404);
    expect((await put(elsewhere, ofSession(), { tags: [] })).status).toBe(403);
    for (const path of ['', '/timeline', `/sessions/${sessionId}`])
      expect((await elsewhere.try('GET', `/v1/cases/${caseId}${path}`)).text).not.toContain(seniors!.id);
    expect((await counsellor.try('GET', `/v1/cases/${caseId}/timeline`)).text).not.toContain('SessionTagged');
    expect(await counsellor.get(`/v1/cases/${caseId}`)).toEqual(before);
    expect(await counsellor.get(`/v1/cases/${caseId}/sessions/${sessionId}`)).toMatchObject({ versions: [] });
  });

  it('one that its structure has given up is shown nowhere any more', async () => {
    const { tags: known } = (await counsellor.get(own())) as Tagged;
    await choose(known![1]!);
    expect(await counsellor.get(ofSession())).toEqual({ id: sessionId, tags: [known![1]] });
    await choose();
    expect((await listed(counsellor)).find(({ id }) => id === sessionId)).not.toHaveProperty('tags');
    const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    expect(await administrator.get(`/v1/audit/cases/${caseId}/verification`)).toMatchObject({ chain: 'ok' });
  });
});
