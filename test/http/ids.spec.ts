import { newCase, newReferral, Person, request, type View } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

describe('an id in capitals', () => {
  let system: TestSystem;
  let counsellor: Person;
  let recipient: Person;
  beforeAll(async () => {
    system = await startSystem();
    counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
    recipient = await Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password);
  });
  afterAll(() => system.stop());

  it('is the same id in an address, a body and a filter, and comes back in small letters', async () => {
    const opened = await counsellor.do('/v1/cases', newCase());
    expect((await counsellor.get(`/v1/cases/${opened.id.toUpperCase()}`)).id).toBe(opened.id);
    const sent = await counsellor.do(
      `/v1/cases/${opened.id.toUpperCase()}/referrals`,
      newReferral(recipient.structureId.toUpperCase()),
    );
    expect((sent as unknown as { toStructure: View }).toStructure.id).toBe(recipient.structureId);
    const auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    expect((await auditor.get(`/v1/audit/entries?caseId=${opened.id.toUpperCase()}`)).items.length).toBeGreaterThan(0);
  });

  it('is the same structure at sign-in', async () => {
    const answer = await signIn({ structureId: counsellor.structureId.toUpperCase() });
    expect(answer.status).toBe(200);
    expect((answer.body as unknown as { structure: View }).structure.id).toBe(counsellor.structureId);
  });

  const signIn = (more: object) =>
    request(system.baseUrl, 'POST', '/v1/auth/login', {
      body: { email: system.account('conseiller'), password: system.password, ...more },
    });

  it('of a structure that is not one’s own is told as that, and only after the right password', async () => {
    for (const structureId of [recipient.structureId, '01900000-0000-7000-8000-000000000000']) {
      const answer = await signIn({ structureId });
      expect(answer.body).toMatchObject({
        status: 409,
        code: 'choose-structure',
        detail: expect.stringMatching(/^You do not work for the structure you named\./) as string,
      });
      expect((answer.body as unknown as { structures: View[] }).structures.map(({ id }) => id)).toEqual([
        counsellor.structureId,
      ]);
      expect((await signIn({ structureId, password: 'un autre mot de passe' })).body).toMatchObject({
        status: 401,
        code: 'unauthenticated',
      });
    }
    expect((await signIn({ role: 'manager' })).body).toMatchObject({
      code: 'choose-structure',
      detail: expect.stringMatching(/^You have this role nowhere\./) as string,
    });
    expect((await signIn({ structureId: counsellor.structureId, role: 'manager' })).body.code).toBe('choose-structure');
  });

  it.each(['bearer ', 'BEARER ', 'Bearer   '])('and a token after "%s" is the same token', async (scheme) => {
    const token = counsellor.authorization.replace('Bearer ', '');
    expect(
      (await request(system.baseUrl, 'GET', '/v1/me', { headers: { authorization: `${scheme}${token}` } })).status,
    ).toBe(200);
    expect(
      (await request(system.baseUrl, 'GET', '/v1/me', { headers: { authorization: `${scheme.trim()}${token}` } }))
        .status,
    ).toBe(401);
  });
});
