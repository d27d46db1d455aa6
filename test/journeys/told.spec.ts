import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person } from './driver';

interface Line {
  type: string;
  kind: string;
  title: string;
  caseId?: string;
  referralId?: string;
  urgent?: boolean;
  betterStructure?: { name: string };
}

/** Whoever's work changes is told, of the true actor, and finds what to do next. */
describe('whoever’s work changes', () => {
  let system: TestSystem;
  let people: Record<'lead' | 'leadManager' | 'colleague' | 'post' | 'postManager' | 'afpa' | 'coordinator', Person>;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      lead: await enter('conseiller', 'departement-sarthe'),
      leadManager: await enter('responsable', 'departement-sarthe'),
      colleague: await another('conseiller@departement-sarthe.demo'),
      post: await enter('conseiller', 'la-poste'),
      postManager: await enter('responsable', 'la-poste'),
      afpa: await enter('conseiller', 'afpa'),
      coordinator: await enter('coordinateur', 'departement-sarthe'),
    };
  });
  afterAll(() => system.stop());

  async function another(but: string): Promise<Person> {
    const [found] = await system.database.query<{ email: string }>(
      `
      select a.email from account b join employment x on x.user_id = b.id join employment e on e.structure_id = x.structure_id join account a on a.id = e.user_id
      where b.email = $1 and e.role = 'counsellor' and a.id <> b.id limit 1`,
      [but],
    );
    return Person.signIn(system.baseUrl, found!.email, system.password);
  }

  const open = async () => (await people.lead.do('/v1/cases', newCase())).id;
  const refer = async (caseId: string, more: object = {}) =>
    people.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(people.post.structureId, { ...more }));
  const lines = async (who: Person, path: string, caseId: string) =>
    ((await who.all(path)) as unknown as Line[]).filter((line) => line.caseId === caseId);
  /** Of one case, oldest first, without the no-break spaces. */
  async function told(who: Person, caseId: string): Promise<string[]> {
    await system.settle();
    return (await lines(who, '/v1/notifications', caseId))
      .map(({ title }) => title.replaceAll('\u00a0', ' '))
      .toReversed();
  }
  const tasks = async (who: Person, caseId: string) =>
    (await lines(who, '/v1/tasks?mine=true', caseId)).map(
      ({ kind, title }) => `${kind}: ${title.replaceAll('\u00a0', ' ')}`,
    );

  it('a case assigned to a colleague, by either way: whoever loses it and whoever gets it', async () => {
    const { lead, leadManager, colleague } = people;
    const [assigned, handed] = [await open(), await open()];
    await leadManager.do(`/v1/cases/${assigned}/assignments`, { counsellorId: colleague.id });
    await leadManager.do(`/v1/cases/${handed}/handovers`, {
      kind: 'internal',
      toCounsellorId: colleague.id,
      note: 'Absence.',
    });
    for (const caseId of [assigned, handed]) {
      expect(await told(lead, caseId)).toEqual([
        'Un suivi que vous meniez est confié à quelqu’un d’autre de votre structure',
      ]);
      expect(await told(colleague, caseId)).toEqual(['Un suivi vous est confié']);
      expect(await told(leadManager, caseId)).toEqual([]);
    }
    const taken = await open();
    await colleague.do(`/v1/cases/${taken}/assignments`, { counsellorId: colleague.id });
    expect([await told(lead, taken), await told(colleague, taken)]).toEqual([
      ['Un suivi que vous meniez est confié à quelqu’un d’autre de votre structure'],
      [],
    ]);
  });

  it('a case that a colleague closes: who followed it', async () => {
    const caseId = await open();
    await people.leadManager.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
    expect(await told(people.lead, caseId)).toEqual(['Un suivi que vous meniez est clos']);
  });

  it('a referral that the coordinator withdraws, or stops: both sides, by whom, and its sender chooses another structure', async () => {
    const { lead, post, postManager, coordinator } = people;
    const withdrawn = await open();
    await coordinator.do(`/v1/referrals/${(await refer(withdrawn)).id}/withdraw`, { reason: 'wrong_recipient' });
    expect(await told(lead, withdrawn)).toEqual(['La Poste : orientation retirée par la coordination']);
    expect((await told(postManager, withdrawn)).at(-1)).toMatch(/Sarthe : orientation retirée par la coordination$/);
    expect(await tasks(lead, withdrawn)).toEqual([
      'choose_other_structure: La Poste : orientation retirée par la coordination, choisir une autre structure',
    ]);

    const stopped = await open();
    const { id } = await refer(stopped);
    await post.do(`/v1/referrals/${id}/accept`);
    await coordinator.do(`/v1/referrals/${id}/cancel`, { reason: 'Décision de la coordination.' });
    expect((await told(lead, stopped)).at(-1)).toBe('La Poste : orientation annulée par la coordination');
    expect((await told(postManager, stopped)).at(-1)).toMatch(/Sarthe : orientation annulée par la coordination$/);
    expect(await tasks(lead, stopped)).toEqual([
      'choose_other_structure: La Poste : orientation annulée par la coordination, choisir une autre structure',
    ]);

    const own = await open();
    await lead.do(`/v1/referrals/${(await refer(own)).id}/withdraw`, { reason: 'changed_mind' });
    expect([await told(lead, own), await tasks(lead, own)]).toEqual([[], []]);
  });

  it('a contact named on acceptance, and another one since', async () => {
    const { post, postManager } = people;
    const caseId = await open();
    const { id } = await refer(caseId);
    await postManager.do(`/v1/referrals/${id}/accept`, { contactUserId: post.id });
    expect((await told(post, caseId)).at(-1)).toMatch(/orientation que l’on vous confie$/);
    await postManager.try('PUT', `/v1/referrals/${id}/contact`, { body: { contactUserId: postManager.id } });
    expect((await told(post, caseId)).at(-1)).toMatch(/orientation confiée à quelqu’un d’autre de votre structure$/);
  });

  it('an urgent referral says so, comes first and is asked for on its own', async () => {
    const { postManager } = people;
    const [calm, pressing, later] = [await open(), await open(), await open()];
    await refer(calm);
    const { id } = await refer(pressing, { urgency: 'urgent' });
    await refer(later);
    expect((await told(postManager, pressing)).at(-1)).toMatch(/Sarthe : nouvelle orientation urgente à examiner$/);
    expect((await lines(postManager, '/v1/notifications', pressing))[0]).toMatchObject({
      type: 'ReferralSent',
      urgent: true,
    });
    expect(await tasks(postManager, pressing)).toEqual([
      expect.stringMatching(/orientation urgente à accepter ou à refuser$/),
    ]);
    for (const who of [postManager, people.lead, people.coordinator]) {
      const urgencies = ((await who.all('/v1/referrals?status=sent', 2)) as unknown as { urgency: string }[]).map(
        ({ urgency }) => urgency,
      );
      expect(urgencies).toEqual(urgencies.toSorted().toReversed());
      const only = await who.all('/v1/referrals?urgency=urgent&status=sent');
      expect(only.map((referral) => referral.id)).toEqual([id]);
    }
    expect((await postManager.try('GET', '/v1/referrals?urgency=soon')).status).toBe(422);
    await postManager.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
    const { id: newest } = await refer(await open());
    expect((await postManager.all('/v1/referrals')).map((referral) => referral.id)[0]).toBe(newest);
  });

  it('a refusal that names another structure: the sender reads and is offered it, in the referral and in the task', async () => {
    const { lead, post, afpa } = people;
    const caseId = await open();
    const { id } = await refer(caseId);
    await post.do(`/v1/referrals/${id}/decline`, { reason: 'not_our_service', betterStructureId: afpa.structureId });
    expect(await lead.get(`/v1/referrals/${id}`)).toMatchObject({
      betterStructureId: afpa.structureId,
      betterStructure: { name: 'Afpa' },
    });
    expect((await lines(lead, '/v1/tasks', caseId))[0]).toMatchObject({
      kind: 'choose_other_structure',
      betterStructure: { id: afpa.structureId, name: 'Afpa' },
    });
    expect((await afpa.try('GET', `/v1/referrals/${id}`)).status).toBe(404);
  });

  it('a recipient that is full, or has a waiting list, is asked all the same, and the answer warns, again on a repetition', async () => {
    const { postManager, coordinator, post } = people;
    const { services, communes } = (await postManager.get(`/v1/structures/${post.structureId}`)) as unknown as {
      services: string[];
      communes: string[];
    };
    const offer = (capacity: string) =>
      postManager.try('PUT', `/v1/structures/${post.structureId}/offer`, {
        body: { services, communes, acceptsReferrals: true, capacity },
      });
    for (const [capacity, code] of [
      ['full', 'recipient-full'],
      ['waiting_list', 'recipient-waiting-list'],
    ] as const) {
      expect((await offer(capacity)).status).toBe(200);
      const caseId = await open();
      const key = { 'idempotency-key': `warned-${capacity}` };
      const sending = () => people.lead.post(`/v1/cases/${caseId}/referrals`, newReferral(post.structureId), key);
      const [answer, again] = [await sending(), await sending()];
      for (const { status, body } of [answer, again]) {
        expect([status, (body as unknown as { warnings: object[] }).warnings]).toEqual([
          201,
          [{ code, detail: expect.any(String) }],
        ]);
      }
      expect(await coordinator.get(`/v1/referrals/${answer.body.id}`)).not.toHaveProperty('warnings');
      expect(await post.get(`/v1/referrals/${answer.body.id}`)).not.toHaveProperty('warnings');
    }
    await offer('open');
    expect(await refer(await open())).not.toHaveProperty('warnings');
  });
});
