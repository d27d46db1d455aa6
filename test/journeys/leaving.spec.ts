/** Who contributes without a referral says itself when it is done. */
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';

describe('a contributor without a referral', () => {
  let system: TestSystem;
  let lead: Person, asker: Person, administrator: Person;

  beforeAll(async () => {
    system = await startSystem();
    [lead, asker, administrator] = (await Promise.all(
      [system.account('conseiller'), system.account('conseiller', 'afpa'), system.account('administrateur')].map(
        (account) => Person.signIn(system.baseUrl, account, system.password),
      ),
    )) as [Person, Person, Person];
  });
  afterAll(() => system.stop());

  it('leaves: the lead is told, what was done may be written for a while, nothing new is read; who helps with a referral ends that', async () => {
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const { id: referral } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(asker.structureId));
    expect((await asker.post(`/v1/cases/${caseId}/leave`, {})).status).toBe(404);
    await asker.do(`/v1/referrals/${referral}/accept`);
    const helping = await asker.post(`/v1/cases/${caseId}/leave`, {});
    expect([helping.status, helping.body.code]).toEqual([409, 'open-referrals']);
    await asker.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
    const { id } = await asker.do(`/v1/cases/${caseId}/handovers`, { kind: 'beside', note: 'Vient à nos ateliers.' });
    await lead.do(`/v1/handovers/${id}/accept`);
    expect((await asker.get(`/v1/cases/${caseId}`)).actions).toContain('leave');
    const inLead = await lead.try('GET', `/v1/cases/${caseId}`);
    expect(inLead.body.actions).not.toContain('leave');
    expect((await lead.post(`/v1/cases/${caseId}/leave`, {})).status).toBe(403);
    await system.settle();
    const left = await asker.do(`/v1/cases/${caseId}/leave`, { reason: 'Elle se débrouille.' });
    expect(left).toMatchObject({ participation: 'former_contributor' });
    expect(left.actions).not.toContain('leave');
    expect((await asker.post(`/v1/cases/${caseId}/leave`, {})).status).toBe(403);
    await asker.do(`/v1/cases/${caseId}/sessions`, newSession({ date: today() }));
    await lead.do(`/v1/cases/${caseId}/notes`, { date: today(), text: 'Rappelée.' });
    await system.settle();
    const types = async (who: Person) =>
      ((await who.get(`/v1/cases/${caseId}/timeline?limit=100`)).items as unknown as { type: string }[]).map(
        ({ type }) => type,
      );
    expect(await types(lead)).toEqual(expect.arrayContaining(['ContributorLeft', 'NoteWritten']));
    expect(await types(asker)).not.toContain('NoteWritten');
    const inbox = (await lead.all('/v1/notifications')) as unknown as { type: string; title: string }[];
    expect(inbox.find(({ type }) => type === 'ContributorLeft')?.title).toBe(
      'Afpa\u00a0: n’accompagne plus une personne dont vous menez le suivi',
    );
    expect(await administrator.get(`/v1/audit/cases/${caseId}/verification`)).toMatchObject({
      chain: 'ok',
      continuity: 'ok',
    });
  });
});
