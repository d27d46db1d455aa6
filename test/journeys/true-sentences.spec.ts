import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person, type Answer } from './driver';

/** What somebody would type who knows no better gets the sentence that is true of it. */
describe('each its own, true sentence', () => {
  let system: TestSystem;
  let people: Record<'lead' | 'post' | 'afpa' | 'administrator' | 'auditor', Person>;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      lead: await enter('conseiller'),
      post: await enter('conseiller', 'la-poste'),
      afpa: await enter('conseiller', 'afpa'),
      administrator: await enter('administrateur'),
      auditor: await enter('auditeur'),
    };
  });
  afterAll(() => system.stop());

  const open = async () => (await people.lead.do('/v1/cases', newCase())).id;
  const refusal = ({ status, body }: Answer) => [
    status,
    body.code,
    ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
  ];

  it('a referral to one’s own structure, alone or among others', async () => {
    const { lead, post } = people;
    const caseId = await open();
    const to = (body: object) =>
      lead.post(`/v1/cases/${caseId}/referrals`, { ...newReferral(''), toStructureId: undefined, ...body });
    expect(refusal(await to({ toStructureId: lead.structureId }))).toEqual([
      422,
      'invalid',
      '/toStructureId own-structure',
    ]);
    expect(refusal(await to({ toStructureId: lead.structureId, send: false }))).toEqual([
      422,
      'invalid',
      '/toStructureId own-structure',
    ]);
    expect(refusal(await to({ toStructureIds: [post.structureId, lead.structureId] }))).toEqual([
      422,
      'invalid',
      '/toStructureIds/1 own-structure',
    ]);
  });

  it('somebody with a single name, in whichever member, is followed and found', async () => {
    const { lead } = people;
    const resident = (names: object) => ({ ...newCase(), resident: { birthYear: 1970, commune: '72264', ...names } });
    for (const names of [
      { lastName: 'Soukouna' },
      { lastName: 'Boubakarine', firstName: '-' },
      { firstName: 'Anjalinee' },
      { firstName: 'Wulandarie', lastName: '-' },
    ]) {
      const { id, resident: shown } = await lead.do('/v1/cases', resident(names));
      const [name] = Object.values(names).filter((word) => word !== '-');
      expect(Object.values(shown ?? {})).toContain(name);
      expect((await lead.do('/v1/cases/search', { name })).items.map((item) => item.id)).toEqual([id]);
      await lead.do(`/v1/cases/${id}/referrals`, newReferral(people.post.structureId));
    }
    expect(refusal(await lead.post('/v1/cases', resident({})))).toEqual([
      422,
      'invalid',
      expect.stringMatching('^/resident/firstName'),
      expect.stringMatching('^/resident/lastName'),
    ]);
    const { id } = await lead.do('/v1/cases', newCase());
    expect(
      (await lead.do(`/v1/cases/${id}/corrections`, { resident: { firstName: null } })).resident,
    ).not.toHaveProperty('firstName');
    expect(refusal(await lead.post(`/v1/cases/${id}/corrections`, { resident: { lastName: '-' } }))).toEqual([
      422,
      'invalid',
      '/resident/lastName required',
    ]);
  });

  it('`other` without a word, of whatever is answered with a reason', async () => {
    const { lead, post, auditor } = people;
    const caseId = await open();
    const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(post.structureId));
    expect(refusal(await post.post(`/v1/referrals/${id}/decline`, { reason: 'other' }))).toEqual([
      422,
      'invalid',
      '/comment required',
    ]);
    expect(refusal(await lead.post(`/v1/referrals/${id}/withdraw`, { reason: 'other' }))).toEqual([
      422,
      'invalid',
      '/comment required',
    ]);
    expect(refusal(await auditor.post(`/v1/audit/cases/${caseId}/readings`, { reasonCode: 'other' }))).toEqual([
      422,
      'invalid',
      '/comment required',
    ]);
    await post.do(`/v1/referrals/${id}/accept`);
    expect(refusal(await post.post(`/v1/referrals/${id}/hold`, { reason: 'other', until: '2027-01-15' }))).toEqual([
      422,
      'invalid',
      '/comment required',
    ]);
    const held = await post.do(`/v1/referrals/${id}/hold`, {
      reason: 'other',
      until: '2027-01-15',
      comment: 'Hospitalisation.',
    });
    expect(held.history.at(-1)).toMatchObject({ type: 'ReferralPutOnHold', comment: 'Hospitalisation.' });
    expect(refusal(await post.post(`/v1/referrals/${id}/return`, { reason: 'other' }))).toEqual([
      422,
      'invalid',
      '/comment required',
    ]);
  });

  it('a handover for a day, from its beginning in Paris; for today, at once', async () => {
    const { lead, afpa } = people;
    const propose = async (effectiveAt: string) =>
      lead.post(`/v1/cases/${await open()}/handovers`, {
        kind: 'push',
        toStructureId: afpa.structureId,
        note: 'Suivi.',
        effectiveAt,
      });
    const later = (await propose('2026-12-01')).body as unknown as { id: string; effectiveAt: string };
    expect(later.effectiveAt).toBe('2026-11-30T23:00:00.000Z');
    expect((await afpa.do(`/v1/handovers/${later.id}/accept`, { effectiveAt: '2026-12-02' })) as object).toMatchObject({
      status: 'accepted',
      effectiveAt: '2026-12-01T23:00:00.000Z',
    });
    const today = (await propose('2026-11-23')).body;
    expect(await afpa.do(`/v1/handovers/${today.id}/accept`, { effectiveAt: '2026-11-23' })).toMatchObject({
      status: 'effective',
    });
    expect(refusal(await propose('2026-11-22'))).toEqual([422, 'invalid', '/effectiveAt past']);
    expect(refusal(await propose('2026-02-30'))).toEqual([422, 'invalid', '/effectiveAt instant']);
    expect(refusal(await propose('2027-02-22'))).toEqual([422, 'invalid', '/effectiveAt too-far']);
  });

  it('a referral held until the end because its sender is not validated: that, and no other structure to choose', async () => {
    const { administrator, post } = people;
    const { id: structureId } = await administrator.do('/v1/structures', {
      name: 'Association des Deux Rives',
      typology: 'ASSO',
      communes: ['72264'],
      services: [],
    });
    const helper = await Person.signIn(
      system.baseUrl,
      system.account('conseiller', 'asso-en-attente'),
      system.password,
    );
    const { id: caseId } = await helper.do('/v1/cases', newCase());
    const referral = await helper.do(`/v1/cases/${caseId}/referrals`, newReferral(post.structureId));
    const unvalidated = await helper.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(structureId, { needs: ['sante'] }),
    );
    expect([referral.status, unvalidated.status]).toEqual(['held', 'held']);
    system.clock.advance({ days: 62 });
    await system.settle();
    for (const { id } of [referral, unvalidated])
      expect(await helper.get(`/v1/referrals/${id}`)).toMatchObject({
        status: 'cancelled',
        reason: 'sender_not_validated',
      });
    const tasks = (
      (await helper.all('/v1/tasks')) as unknown as { kind: string; title: string; caseId: string }[]
    ).filter((task) => task.caseId === caseId);
    expect(tasks.map(({ kind, title }) => `${kind} ${title.replaceAll('\u00a0', ' ')}`)).toContain(
      'propose_next_step La Poste : orientation annulée faute de validation de la structure qui l’envoie, à refaire une fois validée',
    );
    expect(tasks.map(({ kind }) => kind)).not.toContain('choose_other_structure');
  });
});
