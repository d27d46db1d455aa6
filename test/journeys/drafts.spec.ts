import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person, type View } from './driver';

type Shown = View & { toStructure?: { id: string }; needs: string[]; urgency: string; contact: string };

/** A draft is worded anew until it is sent. Who is asked reads what it was sent, and not what it said before, nor to whom. */
describe('a draft', () => {
  let system: TestSystem;
  let sender: Person, first: Person, second: Person, coordinator: Person;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    sender = await enter('conseiller', 'departement-sarthe');
    first = await enter('conseiller', 'afpa');
    second = await enter('conseiller', 'la-poste');
    coordinator = await enter('coordinateur', 'departement-sarthe');
  });
  afterAll(() => system.stop());

  const open = async (): Promise<string> => (await sender.do('/v1/cases', newCase())).id;
  const draft = async (caseId: string, more: object = {}): Promise<string> =>
    (
      await sender.do(
        `/v1/cases/${caseId}/referrals`,
        newReferral(first.structureId, { message: 'Première esquisse.', send: false, ...more }),
      )
    ).id;
  const edit = (id: string, body: object, headers: Record<string, string> = {}) =>
    sender.post(`/v1/referrals/${id}/edit`, body, headers);
  const informed = () => ({ on: today(), how: 'oral' });

  it('is changed in part, as often as need be, at the version one has read, and once for one key', async () => {
    const id = await draft(await open());
    const { body, headers } = await edit(
      id,
      { needs: ['bureautique', 'email'], urgency: 'urgent', contact: 'via_referrer' },
      { 'if-match': '"1"', 'idempotency-key': 'une-fois' },
    );
    expect(body).toMatchObject({
      status: 'draft',
      version: 2,
      needs: ['bureautique', 'email'],
      urgency: 'urgent',
      contact: 'via_referrer',
      message: 'Première esquisse.',
      actions: ['edit', 'send', 'withdraw'],
    });
    expect(headers.get('etag')).toBe('"2"');
    const again = await edit(
      id,
      { needs: ['bureautique', 'email'], urgency: 'urgent', contact: 'via_referrer' },
      { 'if-match': '"1"', 'idempotency-key': 'une-fois' },
    );
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.version]).toEqual([200, 'true', 2]);
    expect((await edit(id, { message: 'Trop tard.' }, { 'if-match': '"1"' })).body.code).toBe('stale');
    expect((await edit(id, { message: null })).body).not.toHaveProperty('message');
    const told = {
      toStructureId: first.structureId,
      informed: informed(),
      parentReferralId: null,
      previousReferralId: null,
    };
    expect([(await edit(id, told)).status, (await edit(id, told)).body.version]).toEqual([200, 3]);
    expect((await sender.do(`/v1/referrals/${id}/send`)).status).toBe('sent');
    expect((await edit(id, { message: 'Encore.' })).body).toMatchObject({ code: 'wrong-state', status: 'sent' });
  });

  it('that is left to do names nobody, says so in the tasks, and goes once it does and the resident is informed', async () => {
    const caseId = await open();
    const { id } = await sender.do(`/v1/cases/${caseId}/referrals`, newReferral(second.structureId));
    await second.do(`/v1/referrals/${id}/accept`);
    await second.do(`/v1/referrals/${id}/complete`, { outcome: 'helped_partially', remainingNeeds: ['email'] });
    const left = (await sender.all('/v1/referrals?box=sent&status=draft')).find(
      (one) => one.caseId === caseId,
    ) as Shown;
    expect(left).toMatchObject({ previousReferralId: id, needs: ['email'], actions: ['edit', 'send', 'withdraw'] });
    for (const seen of [
      left,
      await sender.get(`/v1/referrals/${left.id}`),
      await coordinator.get(`/v1/referrals/${left.id}`),
    ])
      expect(seen).not.toHaveProperty('toStructure');
    expect((await sender.get(`/v1/cases/${caseId}`)).referrals.find((one) => one.id === left.id)).toEqual({
      id: left.id,
      status: 'draft',
    });
    const task = (await sender.all('/v1/tasks')).find((one) => one.caseId === caseId);
    expect(task).toMatchObject({ kind: 'send_draft', title: 'Brouillon d’orientation à compléter et à envoyer' });
    const send = (body: object = {}) => sender.post(`/v1/referrals/${left.id}/send`, body);
    expect((await send({ informed: informed() })).body).toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/toStructureId', code: 'required' }],
    });
    expect((await edit(left.id, { toStructureId: first.structureId })).body).toMatchObject({
      toStructure: { id: first.structureId },
    });
    expect((await send()).body.code).toBe('not-informed');
    expect((await send({ informed: informed() })).body).toMatchObject({ status: 'sent' });
    expect((await first.get(`/v1/referrals/${left.id}`)).history.map(({ type }) => type)).toEqual([
      'ReferralDraftEdited',
      'ReferralSent',
    ]);
  });

  it('may be made without saying for whom, and is not sent so', async () => {
    const caseId = await open();
    const { toStructureId: _, ...open_ } = newReferral('');
    const answer = await sender.post(`/v1/cases/${caseId}/referrals`, open_);
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: '/toStructureId', code: 'required' })],
    ]);
    expect((await sender.post(`/v1/cases/${caseId}/referrals`, { ...open_, send: false })).status).toBe(201);
  });

  it('is read by who was asked as it was sent: nothing that it said before, nor to whom, by any route', async () => {
    const caseId = await open();
    const id = await draft(caseId, { needs: ['parentalite'] });
    await edit(id, { message: 'Deuxième esquisse.', needs: ['bureautique'] });
    await edit(id, {
      toStructureId: second.structureId,
      message: 'Version envoyée.',
      needs: ['email'],
      informed: informed(),
    });
    for (const person of [first, second]) expect((await person.try('GET', `/v1/referrals/${id}`)).status).toBe(404);
    await sender.do(`/v1/referrals/${id}/send`);
    const everything = async (person: Person) =>
      (
        await Promise.all(
          [
            `/v1/referrals/${id}`,
            '/v1/referrals?limit=100',
            `/v1/cases/${caseId}`,
            `/v1/cases/${caseId}/timeline?limit=100`,
            '/v1/cases?limit=100',
            '/v1/notifications?limit=100',
            '/v1/tasks?limit=100',
            `/v1/audit/entries?caseId=${caseId}`,
            `/v1/cases/${caseId}/readings`,
          ].map((path) => person.try('GET', path)),
        )
      )
        .map(({ text }) => text)
        .join('\n');
    const before = /esquisse|parentalite|"bureautique"|Afpa|AFPA/;
    for (const step of ['acknowledge', 'accept', 'complete']) {
      await second.do(`/v1/referrals/${id}/${step}`, step === 'complete' ? { outcome: 'helped' } : {});
      await system.settle();
      const seen = await everything(second);
      expect(seen).not.toMatch(before);
      expect(seen).not.toContain(first.structureId);
      if (step !== 'complete') expect(seen).toContain('Version envoyée.');
      expect(await everything(first)).not.toContain(id);
    }
    const own = await everything(sender);
    for (const words of ['Première esquisse.', 'Deuxième esquisse.', 'Version envoyée.', first.structureId])
      expect(own).toContain(words);
    expect((await coordinator.get(`/v1/referrals/${id}`)).history.map(({ type }) => type).slice(0, 4)).toEqual([
      'ReferralDrafted',
      'ReferralDraftEdited',
      'ReferralDraftEdited',
      'ReferralSent',
    ]);
  });

  it('that goes on from a referral: who had sent that one sees for whom it is, and not for whom it was before', async () => {
    const enter = (structure: string) =>
      Person.signIn(system.baseUrl, system.account('conseiller', structure), system.password);
    const [third, fourth] = [await enter('croix-rouge'), await enter('le-mans-metropole')];
    const caseId = await open();
    const accepted = async (by: Person, to: Person, more: object = {}) => {
      const { id } = await by.do(
        `/v1/cases/${caseId}/referrals`,
        newReferral(to.structureId, { onwardAllowed: true, ...more }),
      );
      await to.do(`/v1/referrals/${id}/accept`);
      return id;
    };
    const one = await accepted(sender, first);
    const two = await accepted(first, second, { parentReferralId: one, needs: ['email'] });
    const { id } = await second.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(third.structureId, { parentReferralId: two, needs: ['bureautique'], send: false }),
    );
    await second.do(`/v1/referrals/${id}/edit`, { toStructureId: fourth.structureId });
    const types = async (person: Person) => (await person.get(`/v1/referrals/${id}`)).history.map(({ type }) => type);
    expect([await types(second), await types(first)]).toEqual([
      ['ReferralDrafted', 'ReferralDraftEdited'],
      ['ReferralDraftEdited'],
    ]);
    const timeline = await first.try('GET', `/v1/cases/${caseId}/timeline?limit=100`);
    expect(timeline.text).toContain(fourth.structureId);
    expect(timeline.text).not.toContain(third.structureId);
    expect(await types(sender)).toEqual(['ReferralDrafted', 'ReferralDraftEdited']);
  });
});
