import { newCase, newReferral, newSession, Person, type View } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

/** What each structure reads of referrals, from the rows written in the commit, under row-level security. */
describe('referrals as each side reads them', () => {
  let system: TestSystem;
  let departement: Person, laPoste: Person, afpa: Person, croixRouge: Person, coordinator: Person, auditor: Person;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    departement = await enter('conseiller@departement-sarthe');
    laPoste = await enter('conseiller@la-poste');
    afpa = await enter('conseiller@afpa');
    croixRouge = await enter('conseiller@croix-rouge');
    coordinator = await enter('coordinateur@departement-sarthe');
    auditor = await enter('auditeur@departement-sarthe');
  });
  afterAll(() => system.stop());

  const open = async (): Promise<string> => (await departement.do('/v1/cases', newCase())).id;
  const refer = (from: Person, caseId: string, to: Person, more: Record<string, unknown> = {}): Promise<View> =>
    from.do(`/v1/cases/${caseId}/referrals`, newReferral(to.structureId, more));
  const handOver = async (caseId: string, from: Person, to: Person): Promise<void> => {
    const { id } = await from.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: to.structureId,
      note: 'Entre en formation.',
    });
    await to.do(`/v1/handovers/${id}/accept`);
  };
  const boxOf = async (person: Person, query: string): Promise<string[]> =>
    (await person.all(`/v1/referrals?${query}`)).map(({ id }) => id);
  const read = (person: Person, id: string) => person.try('GET', `/v1/referrals/${id}`);

  it('a candidate reads the minimal sheet and nothing else; a stranger does not know of it', async () => {
    const { id, caseId } = await refer(departement, await open(), laPoste);
    const seen = (await read(laPoste, id)).body;
    expect(seen.resident).toEqual({
      firstName: 'Eulalie',
      commune: '72264',
      communeName: 'Sablé-sur-Sarthe',
      ageBracket: 'quarante_cinquante_neuf',
    });
    expect(seen).toMatchObject({
      message: 'Souhaite consulter son compte en ligne.',
      needs: ['banque_et_achats_en_ligne'],
      contact: 'in_person',
      actions: ['acknowledge', 'accept', 'decline'],
    });
    expect((await read(croixRouge, id)).status).toBe(404);
    expect((await laPoste.try('GET', `/v1/cases/${caseId}`)).status).toBe(404);
  });

  it('after declining: states, without resident, needs, message and contact; void by the coordinator is not told to it', async () => {
    const { id } = await refer(departement, await open(), laPoste);
    await laPoste.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity', comment: 'Complet jusqu’en mars.' });
    await coordinator.do(`/v1/referrals/${id}/void`, { reason: 'Mauvais dossier.' });
    const own = (await read(laPoste, id)).body;
    expect(own).toMatchObject({ status: 'declined', reason: 'no_capacity', resident: {}, actions: [] });
    for (const member of ['needs', 'message', 'contact']) expect(own).not.toHaveProperty(member);
    expect(own.history.map(({ type }) => type)).toEqual(['ReferralDrafted', 'ReferralSent', 'ReferralDeclined']);
    const sender = (await read(departement, id)).body;
    expect(sender).toMatchObject({
      status: 'entered_in_error',
      resident: { lastName: expect.stringMatching(/^Essai/) as string },
    });
    expect(JSON.stringify(sender.history)).toContain('Complet jusqu’en mars.');
    expect(sender.version).toBe(4);
  });

  it('a coordinator and an auditor see states, dates and structures, never needs or texts', async () => {
    const { id } = await refer(departement, await open(), laPoste);
    for (const person of [coordinator, auditor]) {
      const answer = await read(person, id);
      expect(answer.body).toMatchObject({
        status: 'sent',
        toStructure: { id: laPoste.structureId },
        resident: {},
        history: [{ type: 'ReferralDrafted' }, { type: 'ReferralSent' }],
      });
      expect(answer.text).not.toMatch(/Eulalie|compte en ligne|banque|in_person/);
      expect(await boxOf(person, 'status=sent')).toContain(id);
    }
    expect((await read(coordinator, id)).body.actions).toEqual(['withdraw', 'void']);
    expect((await read(auditor, id)).body.actions).toEqual([]);
  });

  it('who takes the lead reads every referral, ended ones too; who leaves it keeps them as they were', async () => {
    const caseId = await open();
    const [ended, standing] = [await refer(departement, caseId, laPoste), await refer(departement, caseId, croixRouge)];
    await laPoste.do(`/v1/referrals/${ended.id}/decline`, { reason: 'no_capacity' });
    await handOver(caseId, departement, afpa);
    expect((await read(afpa, ended.id)).body).toMatchObject({
      status: 'declined',
      needs: ['banque_et_achats_en_ligne'],
      message: 'Souhaite consulter son compte en ligne.',
    });
    expect((await read(afpa, standing.id)).body).toMatchObject({ status: 'sent', actions: ['withdraw'] });
    expect(await boxOf(afpa, 'box=sent')).toEqual(expect.arrayContaining([ended.id, standing.id]));

    await croixRouge.do(`/v1/referrals/${standing.id}/accept`);
    await coordinator.do(`/v1/referrals/${ended.id}/void`, { reason: 'Mauvais dossier.' });
    expect((await read(afpa, ended.id)).body.status).toBe('entered_in_error');
    const [old, oldEnded] = [(await read(departement, standing.id)).body, (await read(departement, ended.id)).body];
    expect([old.status, oldEnded.status]).toEqual(['sent', 'declined']);
    expect(old.history.map(({ type }) => type)).toEqual(['ReferralDrafted', 'ReferralSent']);
    expect(old.message).toBe('Souhaite consulter son compte en ligne.');
    expect((await departement.get(`/v1/cases/${caseId}`)).referrals.find(({ id }) => id === standing.id)?.status).toBe(
      'sent',
    );
  });

  it('a lead that comes back reads on from there', async () => {
    const caseId = await open();
    const { id } = await refer(departement, caseId, laPoste);
    await laPoste.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
    await handOver(caseId, departement, afpa);
    await handOver(caseId, afpa, departement);
    await coordinator.do(`/v1/referrals/${id}/void`, { reason: 'Mauvais dossier.' });
    expect((await read(departement, id)).body.status).toBe('entered_in_error');
    expect((await read(afpa, id)).body.status).toBe('declined');
    expect(await boxOf(departement, 'box=sent&status=entered_in_error')).toContain(id);
  });

  it('A→B→C: A sees the state of C’s; B, once it has completed, keeps what it had and no resident', async () => {
    const caseId = await open();
    const ab = await refer(departement, caseId, laPoste, { onwardAllowed: true });
    await laPoste.do(`/v1/referrals/${ab.id}/accept`);
    const bc = await refer(laPoste, caseId, afpa, { parentReferralId: ab.id, needs: ['email'] });
    await afpa.do(`/v1/referrals/${bc.id}/acknowledge`);
    expect((await read(departement, bc.id)).body).toMatchObject({ status: 'under_review', parentReferralId: ab.id });
    await laPoste.do(`/v1/referrals/${ab.id}/complete`, { outcome: 'referred_onward' });
    await afpa.do(`/v1/referrals/${bc.id}/accept`);
    const kept = (await read(laPoste, bc.id)).body;
    expect(kept).toMatchObject({ status: 'under_review', resident: {} });
    expect(kept).not.toHaveProperty('needs');
    expect((await read(laPoste, ab.id)).body).toMatchObject({
      status: 'completed',
      outcome: 'referred_onward',
      resident: {},
    });
  });

  it('late: unanswered after business day 7; states and boxes filter, pages do not overlap', async () => {
    const { id } = await refer(departement, await open(), laPoste);
    expect(await boxOf(laPoste, 'box=received&late=true')).not.toContain(id);
    system.clock.advance({ days: 14 });
    await system.settle();
    expect(await boxOf(laPoste, 'box=received&late=true')).toContain(id);
    expect(await boxOf(laPoste, 'box=received&late=false')).not.toContain(id);
    expect(await boxOf(laPoste, 'box=sent')).not.toContain(id);
    expect(await boxOf(laPoste, 'status=sent,under_review')).toContain(id);
    const all = await laPoste.all('/v1/referrals?box=received', 2);
    expect(new Set(all.map((referral) => referral.id)).size).toBe(all.length);
    expect(all.map(({ lastActivityAt }) => lastActivityAt)).toEqual(
      all
        .map(({ lastActivityAt }) => lastActivityAt)
        .sort()
        .reverse(),
    );
  });

  it('partial help leaves a draft to the sender', async () => {
    const caseId = await open();
    const { id } = await refer(departement, caseId, laPoste);
    await laPoste.do(`/v1/referrals/${id}/accept`);
    await laPoste.do(`/v1/cases/${caseId}/sessions`, newSession());
    await laPoste.do(`/v1/referrals/${id}/complete`, {
      outcome: 'helped_partially',
      remainingNeeds: ['email'],
      comment: 'Reste la messagerie.',
    });
    const draft = (await departement.all('/v1/referrals?box=sent&status=draft')).find(
      (referral) => referral.caseId === caseId,
    )!;
    expect(draft).toMatchObject({ previousReferralId: id, needs: ['email'], actions: ['edit', 'send', 'withdraw'] });
    await departement.do(`/v1/referrals/${draft.id}/edit`, { toStructureId: laPoste.structureId });
    expect((await departement.post(`/v1/referrals/${draft.id}/send`)).body.code).toBe('not-informed');
    expect(
      await departement.do(`/v1/referrals/${draft.id}/send`, { informed: { on: '2026-11-20', how: 'phone' } }),
    ).toMatchObject({ status: 'sent' });
  });
});
