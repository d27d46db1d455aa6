import { today } from '../support/clock';
import { randomUUID } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { newReferral, newSession, Person, sable, type Answer, type View } from './driver';

interface Handover extends View {
  kind: string;
  note: string | null;
  fromStructure: { id: string } | null;
  toStructure: { id: string };
  reason?: string | null;
}
interface Notice extends View {
  handoverId?: string;
}
interface Duplicate {
  code: string;
  matchToken: string;
  caseId?: string;
}

describe('somebody else follows this resident already', () => {
  let system: TestSystem;
  let lead: Person;
  let asker: Person;
  let colleague: Person;
  let coordinator: Person;

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, `${account}.demo`, system.password);

  beforeAll(async () => {
    system = await startSystem();
    [lead, asker, colleague, coordinator] = (await Promise.all(
      ['conseiller@departement-sarthe', 'conseiller@afpa', 'responsable@afpa', 'coordinateur@departement-sarthe'].map(
        enter,
      ),
    )) as [Person, Person, Person, Person];
  });
  afterAll(() => system.stop());

  const resident = () => ({
    firstName: 'Camille',
    lastName: `Essai${randomUUID().replace(/[^a-f]/g, '')}`,
    birthYear: 1970,
    commune: sable,
  });
  const opening = (who: object, more: object = {}) => ({
    resident: who,
    themes: ['email'],
    informed: { on: today(), how: 'oral' },
    ...more,
  });
  const duplicate = (answer: Answer): Duplicate => answer.body as unknown as Duplicate;
  const notices = async (person: Person, handoverId: string): Promise<string[]> =>
    ((await person.all('/v1/notifications')) as Notice[])
      .filter((notice) => notice.handoverId === handoverId)
      .map(({ type }) => type);
  const handover = async (person: Person, id: string): Promise<Handover> =>
    (await person.get(`/v1/handovers/${id}`)) as Handover;
  const verified = async (caseId: string) => {
    const administrator = await enter('administrateur@departement-sarthe');
    return administrator.get(`/v1/audit/cases/${caseId}/verification`);
  };

  /** The lead's case, and what the asker is told when it opens the same resident. */
  async function meet(): Promise<{ caseId: string; who: object; told: Duplicate }> {
    const who = resident();
    const { id: caseId } = await lead.do('/v1/cases', opening(who));
    const answer = await asker.post('/v1/cases', opening(who));
    expect([answer.status, answer.body.code]).toEqual([409, 'possible-duplicate']);
    return { caseId, who, told: duplicate(answer) };
  }
  const ask = async (told: Duplicate): Promise<Handover> =>
    (await asker.do('/v1/join-requests', {
      matchToken: told.matchToken,
      reason: 'Elle vient à nos ateliers depuis mars.',
    })) as Handover;

  it('asks by the token, learns nothing of the case, and leads it once the lead has accepted', async () => {
    const { caseId, told } = await meet();
    expect(told).not.toHaveProperty('caseId');
    const asked = await ask(told);
    expect(asked).toMatchObject({
      kind: 'pull',
      status: 'requested',
      caseId: null,
      fromStructure: null,
      toStructure: { id: asker.structureId },
      actions: ['withdraw'],
    });
    expect(JSON.stringify(await handover(asker, asked.id))).not.toContain(caseId);
    for (const path of ['', '/timeline', '/sessions'])
      expect((await asker.try('GET', `/v1/cases/${caseId}${path}`)).status).toBe(404);
    await system.settle();
    expect(await notices(lead, asked.id)).toEqual(['HandoverRequested']);
    const seen = await handover(lead, asked.id);
    expect(seen).toMatchObject({
      caseId,
      note: 'Elle vient à nos ateliers depuis mars.',
      actions: ['accept', 'decline'],
    });

    const accepted = (await lead.do(`/v1/handovers/${asked.id}/accept`, { counsellorId: asker.id })) as Handover;
    expect(accepted.status).toBe('effective');
    const mine = await asker.get(`/v1/cases/${caseId}`);
    expect(mine).toMatchObject({
      participation: 'lead',
      lead: { structure: { id: asker.structureId }, counsellor: { id: asker.id } },
    });
    expect(mine.resident?.lastName).toMatch(/^Essai/);
    expect(await handover(asker, asked.id)).toMatchObject({ caseId, fromStructure: { id: lead.structureId } });
    expect(await lead.get(`/v1/cases/${caseId}`)).toMatchObject({ participation: 'former_lead' });
    await asker.do(`/v1/cases/${caseId}/sessions`, newSession());
    await system.settle();
    expect(await notices(asker, asked.id)).toEqual(expect.arrayContaining(['HandoverAccepted', 'HandoverTookEffect']));
    expect(await verified(caseId)).toMatchObject({ chain: 'ok', continuity: 'ok' });
  });

  it('asks to contribute beside the lead, and reads and adds once the lead has accepted, who goes on', async () => {
    const { caseId, told } = await meet();
    const asked = (await asker.do('/v1/join-requests', {
      matchToken: told.matchToken,
      reason: 'Elle vient à nos ateliers depuis mars.',
      as: 'contributor',
    })) as Handover;
    expect(asked).toMatchObject({ kind: 'beside', status: 'requested', caseId: null, fromStructure: null });
    expect(asked.actions).toEqual(['withdraw']);
    expect(JSON.stringify(await handover(asker, asked.id))).not.toContain(caseId);
    await system.settle();
    expect(await notices(lead, asked.id)).toEqual(['HandoverRequested']);
    const tasks = (await lead.all('/v1/tasks')) as (View & { handoverId?: string; title: string })[];
    expect(tasks.find(({ handoverId }) => handoverId === asked.id)?.title).toBe(
      'Afpa\u00a0: demande à accompagner aussi une personne que vous suivez, à accepter ou à refuser',
    );
    expect(await lead.get(`/v1/cases/${caseId}`)).toMatchObject({ openHandover: { id: asked.id, kind: 'beside' } });
    expect((await asker.post(`/v1/handovers/${asked.id}/accept`)).status).toBe(403);
    expect(await lead.do(`/v1/handovers/${asked.id}/accept`)).toMatchObject({ status: 'effective', actions: [] });
    expect(await asker.get(`/v1/cases/${caseId}`)).toMatchObject({
      participation: 'contributor',
      lead: { structure: { id: lead.structureId } },
    });
    await asker.do(`/v1/cases/${caseId}/sessions`, newSession());
    await system.settle();
    expect(await notices(asker, asked.id)).toEqual(['HandoverAccepted']);
    expect(await lead.get(`/v1/cases/${caseId}`)).not.toHaveProperty('openHandover');
    await lead.do(`/v1/cases/${caseId}/objections`, { against: asker.structureId, on: today(), how: 'oral' });
    expect(await asker.get(`/v1/cases/${caseId}`)).toMatchObject({ participation: 'former_contributor' });
    expect(await verified(caseId)).toMatchObject({ chain: 'ok', continuity: 'ok' });
  });

  it.each(['declined', 'withdrawn'] as const)('%s, who asked to contribute has learnt nothing', async (status) => {
    const { caseId, told } = await meet();
    const { id } = await asker.do('/v1/join-requests', {
      matchToken: told.matchToken,
      reason: 'Vient à nos ateliers.',
      as: 'contributor',
    });
    if (status === 'declined') await lead.do(`/v1/handovers/${id}/decline`, { reason: 'Une autre personne.' });
    else await asker.do(`/v1/handovers/${id}/withdraw`);
    expect(await handover(asker, id)).toMatchObject({ status, caseId: null, fromStructure: null });
    expect((await asker.try('GET', `/v1/cases/${caseId}`)).status).toBe(404);
  });

  it('is refused, still without learning whose case it is, and opens its own', async () => {
    const { caseId, who, told } = await meet();
    const { id } = await ask(told);
    await lead.do(`/v1/handovers/${id}/decline`, { reason: 'C’est une autre personne.' });
    expect(await handover(asker, id)).toMatchObject({ status: 'declined', caseId: null, fromStructure: null });
    expect((await asker.try('GET', `/v1/cases/${caseId}`)).status).toBe(404);
    await system.settle();
    // Nobody is named for the asking structure on this case: its manager is told.
    const notice = ((await colleague.all('/v1/notifications')) as Notice[]).find((one) => one.handoverId === id);
    expect(notice).toMatchObject({ type: 'HandoverDeclined' });
    expect(notice).not.toHaveProperty('caseId');
    expect((await asker.post('/v1/cases', opening(who, { confirmNotDuplicate: true }))).status).toBe(201);
    expect((await lead.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(lead.structureId);
  });

  it('the token is the person’s own, for fifteen minutes; two requests at once are one', async () => {
    const { told, who } = await meet();
    const body = { matchToken: told.matchToken, reason: 'Suivie chez nous.' };
    const stolen = await colleague.post('/v1/join-requests', body);
    expect([stolen.status, stolen.body.errors[0]!.pointer]).toEqual([422, '/matchToken']);
    expect(
      (
        await asker.post('/v1/join-requests', {
          ...body,
          matchToken: `${told.matchToken.startsWith('A') ? 'B' : 'A'}${told.matchToken.slice(1)}`,
        })
      ).status,
    ).toBe(422);
    const answers = await Promise.all([1, 2].map(() => asker.post('/v1/join-requests', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [made, refused] = answers.sort((one, other) => one.status - other.status);
    expect(refused!.body).toMatchObject({ code: 'open-handover', handoverId: made!.body.id });
    // Its own request it knows of; somebody else's it must not learn of from a refusal.
    const laPoste = await enter('conseiller@la-poste');
    const theirs = duplicate(await laPoste.post('/v1/cases', opening(who)));
    const blind = await laPoste.post('/v1/join-requests', {
      matchToken: theirs.matchToken,
      reason: 'Suivie chez nous aussi.',
    });
    expect([blind.status, blind.body.errors[0]!.code, blind.text.includes(made!.body.id)]).toEqual([
      422,
      'cannot-be-asked',
      false,
    ]);
    const later = await meet();
    system.clock.advance({ minutes: 16 });
    expect(
      (await asker.post('/v1/join-requests', { matchToken: later.told.matchToken, reason: 'Trop tard.' })).status,
    ).toBe(422);
  });

  it('whoever takes part already is shown the case instead, and a coordinator cannot join', async () => {
    const { caseId, who } = await meet();
    const referral = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(asker.structureId));
    await asker.do(`/v1/referrals/${referral.id}/accept`);
    const again = await asker.post('/v1/cases', opening(who));
    expect(duplicate(again)).toMatchObject({ code: 'possible-duplicate', caseId });
    expect(
      (await coordinator.post('/v1/join-requests', { matchToken: duplicate(again).matchToken, reason: 'Non.' })).status,
    ).toBe(403);
  });

  it.each(['a join request', 'a contributor’s request'] as const)(
    'silence to %s: reminders, then the coordinator; the lead never moves',
    async (what) => {
      // A Monday without a public holiday in the three weeks that follow.
      const monday = what === 'a join request' ? '2027-06-07' : '2028-06-12';
      system.clock.set(`${monday}T08:00:00.000Z`);
      const { caseId, told } = await meet();
      const request = async (): Promise<View> => {
        if (what === 'a join request') return ask(told);
        const referral = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(asker.structureId));
        await asker.do(`/v1/referrals/${referral.id}/accept`);
        return asker.do(`/v1/cases/${caseId}/handovers`, { kind: 'pull', note: 'Nous la voyons chaque semaine.' });
      };
      const { id } = await request();
      const at = async (instant: string): Promise<[string, number]> => {
        system.clock.set(instant);
        await system.settle();
        const types = await notices(lead, id);
        return [(await handover(lead, id)).status, types.filter((type) => type === 'HandoverReminded').length];
      };
      const day = (n: number, time: string): string =>
        new Date(Date.parse(`${monday}T${time}:00.000Z`) + n * 86_400_000).toISOString();
      expect(await at(day(3, '06:59'))).toEqual(['requested', 0]);
      expect(await at(day(3, '07:01'))).toEqual(['requested', 1]);
      expect(await at(day(9, '07:01'))).toEqual(['requested', 2]);
      expect(await at(day(14, '21:59'))).toEqual(['requested', 2]);
      expect(await notices(coordinator, id)).toEqual([]);
      // The tenth business day ends at midnight in Paris; a worker that comes late changes no answer.
      system.clock.set(day(14, '22:01'));
      const late = await lead.post(`/v1/handovers/${id}/accept`);
      expect([late.status, late.body.code, late.body.status]).toEqual([409, 'wrong-state', 'expired']);
      await system.settle();
      expect(await notices(coordinator, id)).toEqual(['HandoverUnanswered']);
      expect((await lead.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(lead.structureId);
      expect(await verified(caseId)).toMatchObject({ chain: 'ok', continuity: 'ok' });
      // Escalated, the coordinator decides, with a reason; nobody else can.
      const decision = { kind: 'administrative', toStructureId: asker.structureId, toCounsellorId: asker.id };
      const refused = async (person: Person, body: object): Promise<(number | string)[]> => {
        const { status, body: problem } = await person.post(`/v1/cases/${caseId}/handovers`, body);
        return [status, problem.code, ...(problem.errors ?? []).map(({ pointer }) => pointer)];
      };
      expect(await refused(lead, { ...decision, reason: 'Parce que.' })).toEqual([403, 'forbidden']);
      expect(await refused(coordinator, decision)).toEqual([422, 'invalid', '/reason']);
      const moved = (await coordinator.do(`/v1/cases/${caseId}/handovers`, {
        ...decision,
        reason: 'La conseillère ne répond plus.',
      })) as Handover;
      expect(moved.status).toBe('effective');
      expect((await asker.get(`/v1/cases/${caseId}`)).lead).toMatchObject({
        structure: { id: asker.structureId },
        counsellor: { id: asker.id },
      });
      expect((await handover(asker, moved.id)).reason).toBe('La conseillère ne répond plus.');
      expect(await verified(caseId)).toMatchObject({ chain: 'ok', continuity: 'ok' });
    },
  );

  it('a decision of the coordinator ends the request that was open', async () => {
    const { caseId, told } = await meet();
    const { id } = await ask(told);
    const laPoste = await enter('conseiller@la-poste');
    await coordinator.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'administrative',
      toStructureId: laPoste.structureId,
      reason: 'Plus proche.',
    });
    expect(await handover(asker, id)).toMatchObject({ status: 'cancelled', caseId: null });
    expect((await laPoste.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(laPoste.structureId);
    expect((await asker.try('GET', `/v1/cases/${caseId}`)).status).toBe(404);
  });
});
