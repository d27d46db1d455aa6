import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, request, type View } from './driver';

/** Beside a task, a notification, a participant stands whom it is about: read anew each time, so it is there as long as the reader takes part. */
describe('the name beside what there is to do', () => {
  let system: TestSystem;
  let people: Record<'lead' | 'post' | 'afpa' | 'postManager' | 'coordinator' | 'auditor', Person>;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      lead: await enter('conseiller'),
      post: await enter('conseiller', 'la-poste'),
      afpa: await enter('conseiller', 'afpa'),
      postManager: await enter('responsable', 'la-poste'),
      coordinator: await enter('coordinateur'),
      auditor: await enter('auditeur'),
    };
  });
  afterAll(() => system.stop());

  let count = 0;
  /** Names that occur nowhere else. */
  async function opened() {
    const name = { firstName: `Zéphyrine${'abcdefgh'[count]}`, lastName: `Quatrevents${'abcdefgh'[count++]}` };
    const body = newCase();
    const { id } = await people.lead.do('/v1/cases', {
      ...body,
      resident: { ...(body['resident'] as object), ...name, email: 'zephyrine@exemple.fr' },
    });
    return { id, name };
  }
  const about = async (who: Person, list: 'tasks' | 'notifications', caseId: string) => {
    await system.settle();
    return (await who.all(`/v1/${list}`)).filter((row) => row.caseId === caseId);
  };
  const named = async (who: Person, list: 'tasks' | 'notifications', caseId: string) =>
    [...new Set((await about(who, list, caseId)).map(({ resident }) => JSON.stringify(resident ?? null)))].map(
      (text) => JSON.parse(text) as View['resident'],
    );

  it('a recipient reads the first name before it answers, all of it while it helps, and nothing once its part has ended', async () => {
    const { lead, post, coordinator } = people;
    const { id, name } = await opened();
    const referral = await lead.do(`/v1/cases/${id}/referrals`, newReferral(post.structureId));
    for (const list of ['tasks', 'notifications'] as const)
      expect([list, await named(people.postManager, list, id)]).toEqual([list, [{ firstName: name.firstName }]]);
    await post.do(`/v1/referrals/${referral.id}/accept`, { contactUserId: post.id });
    for (const list of ['tasks', 'notifications'] as const)
      expect([list, await named(people.postManager, list, id)]).toEqual([list, [name]]);
    expect(await named(lead, 'notifications', id)).toEqual([name]);
    // As it is called now, not as it was when somebody was told.
    await lead.do(`/v1/cases/${id}/corrections`, { resident: { firstName: 'Zélie' } });
    expect(await named(people.postManager, 'notifications', id)).toEqual([{ ...name, firstName: 'Zélie' }]);
    await post.do(`/v1/cases/${id}/sessions`, newSession());
    await post.do(`/v1/referrals/${referral.id}/complete`, { outcome: 'could_not_help' });
    const old = await about(people.postManager, 'notifications', id);
    expect(old.length).toBeGreaterThan(0);
    expect(old.filter(({ resident }) => resident !== undefined)).toEqual([]);
    expect(await named(lead, 'tasks', id)).toEqual([{ ...name, firstName: 'Zélie' }]);
    expect(
      JSON.stringify([await coordinator.all('/v1/tasks'), await coordinator.all('/v1/notifications')]),
    ).not.toContain('Z');
  });

  it('who is to lead reads the first name, then all; who led reads none, at its workshops neither', async () => {
    const { lead, afpa } = people;
    const { id, name } = await opened();
    const workshop = {
      title: 'Atelier',
      date: (newSession() as { date: string }).date,
      minutes: 60,
      place: 'autre',
      themes: ['email'],
      participants: [{ caseId: id }],
      anonymous: { total: 2 },
    };
    const held = await lead.do('/v1/workshops', workshop);
    const participants = (shown: View) => (shown as unknown as { participants: View[] }).participants;
    expect(participants(held)).toEqual([{ caseId: id, resident: name }]);
    const corrected = await lead.do(`/v1/workshops/${held.id}/corrections`, { participants: [], reason: 'Absente.' });
    expect((corrected as unknown as { versions: View[] }).versions.flatMap(participants)).toEqual([
      { caseId: id, resident: name },
    ]);
    await lead.do(`/v1/workshops/${held.id}/corrections`, { participants: [{ caseId: id }] });
    const handover = await lead.do(`/v1/cases/${id}/handovers`, {
      kind: 'push',
      toStructureId: afpa.structureId,
      note: 'Déménage.',
    });
    expect(await named(afpa, 'tasks', id)).toEqual([{ firstName: name.firstName }]);
    expect(await named(lead, 'tasks', id)).toEqual([]);
    const manager = await Person.signIn(system.baseUrl, system.account('responsable', 'afpa'), system.password);
    await afpa.do(`/v1/handovers/${handover.id}/accept`);
    for (const list of ['tasks', 'notifications'] as const)
      expect([list, await named(manager, list, id)]).toEqual([list, [name]]);
    expect(await named(lead, 'notifications', id)).toEqual([null]);
    expect((await lead.all('/v1/workshops')).filter((one) => one.id === held.id).flatMap(participants)).toEqual([
      { caseId: id },
    ]);
    expect(participants(await lead.get(`/v1/workshops/${held.id}`))).toEqual([{ caseId: id }]);
  });

  it('two records of one person: who takes part in the one that goes on reads the name it has there', async () => {
    const { lead, post, coordinator } = people;
    const [survivor, loser] = [await opened(), await opened()];
    const referral = await lead.do(`/v1/cases/${loser.id}/referrals`, newReferral(post.structureId));
    await system.settle();
    await coordinator.do(`/v1/cases/${loser.id}/merge`, { intoCaseId: survivor.id, reason: 'Même personne.' });
    expect(await named(people.postManager, 'notifications', loser.id)).toEqual([{ firstName: loser.name.firstName }]);
    await post.do(`/v1/referrals/${referral.id}/accept`);
    expect(await named(people.postManager, 'notifications', loser.id)).toEqual([survivor.name]);
  });

  it('of an erased record nothing is left', async () => {
    const { lead, post } = people;
    const { id } = await opened();
    await lead.do(`/v1/cases/${id}/referrals`, newReferral(post.structureId));
    expect(await named(people.postManager, 'notifications', id)).not.toEqual([null]);
    const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
    for (const who of [lead, people.postManager]) expect(await named(who, 'notifications', id)).toEqual([null]);
  });

  it('marking as read answers with it, and each reading of it stands in the journal', async () => {
    const { lead, post, auditor, coordinator } = people;
    const { id, name } = await opened();
    await lead.do(`/v1/cases/${id}/referrals`, newReferral(post.structureId));
    const [notification] = await about(people.postManager, 'notifications', id);
    expect(await people.postManager.do(`/v1/notifications/${notification!.id}/read`)).toMatchObject({
      resident: { firstName: name.firstName },
    });
    await people.postManager.get('/v1/tasks');
    await coordinator.get('/v1/tasks');
    const entries = async (action: string, who: Person) =>
      (await auditor.all(`/v1/audit/entries?action=${action}&userId=${who.id}`)) as unknown as { shown?: string[] }[];
    for (const action of ['task.list', 'notification.list', 'notification.read'])
      expect([action, (await entries(action, people.postManager)).some(({ shown }) => shown?.includes(id))]).toEqual([
        action,
        true,
      ]);
    expect(await entries('task.list', coordinator)).toEqual([]);
  });

  it('is asked of nobody else: a request without a session reads nothing', async () => {
    for (const list of ['tasks', 'notifications', 'workshops'])
      expect((await request(system.baseUrl, 'GET', `/v1/${list}`)).status).toBe(401);
  });
});
