import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type Answer, type View } from './driver';

type Shown = View & {
  parentReferralId?: string;
  previousReferralId?: string;
  needs?: string[];
  contact?: string;
  contactPerson?: { id: string };
  fromStructure: { id: string };
  toStructure: { id: string };
  referralStatus: string;
  history: (View['history'][number] & { comment?: string })[];
};

/** A→B→C: Département → La Poste → Afpa, and further. */
describe('a chain of referrals', () => {
  let system: TestSystem;
  let a: Person;
  let b: Person;
  let c: Person;
  let d: Person;
  let e: Person;
  beforeAll(async () => {
    system = await startSystem();
    const enter = (structure: string) =>
      Person.signIn(system.baseUrl, system.account('conseiller', structure), system.password);
    [a, b, c, d, e] = [
      await enter('departement-sarthe'),
      await enter('la-poste'),
      await enter('afpa'),
      await enter('croix-rouge'),
      await enter('fal-72'),
    ];
  });
  afterAll(() => system.stop());

  const open = async (): Promise<string> => (await a.do('/v1/cases', newCase())).id;
  const refer = (from: Person, caseId: string, to: Person, more: Record<string, unknown> = {}): Promise<Answer> =>
    from.post(`/v1/cases/${caseId}/referrals`, newReferral(to.structureId, more));
  const referred = async (
    from: Person,
    caseId: string,
    to: Person,
    more: Record<string, unknown> = {},
  ): Promise<string> => {
    const answer = await refer(from, caseId, to, more);
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return answer.body.id;
  };
  const accepted = async (
    from: Person,
    caseId: string,
    to: Person,
    more: Record<string, unknown> = {},
  ): Promise<string> => {
    const id = await referred(from, caseId, to, more);
    await to.do(`/v1/referrals/${id}/accept`);
    return id;
  };
  const refused = ({ status, body }: Answer) => [status, body.code];
  const shown = async (person: Person, id: string): Promise<Shown> =>
    (await person.get(`/v1/referrals/${id}`)) as Shown;
  const statusOf = async (person: Person, caseId: string) =>
    ((await person.get(`/v1/cases/${caseId}`)) as Shown).referralStatus;

  it('goes on only where the lead allowed it and the parent is named', async () => {
    const caseId = await open();
    const closed = await accepted(a, caseId, b);
    expect(refused(await refer(b, caseId, c))).toEqual([422, 'invalid']);
    expect(refused(await refer(b, caseId, c, { parentReferralId: closed }))).toEqual([403, 'forbidden']);
    const other = await open();
    const allowed = await referred(a, other, b, { onwardAllowed: true });
    // Not yet accepted: La Poste is a candidate, for whom the case does not exist.
    expect(refused(await refer(b, other, c, { parentReferralId: allowed }))).toEqual([404, 'not-found']);
    await b.do(`/v1/referrals/${allowed}/accept`);
    const onward = await refer(b, other, c, { parentReferralId: allowed });
    expect([onward.status, (onward.body as Shown).parentReferralId]).toEqual([201, allowed]);
    expect(refused(await refer(c, other, d, { parentReferralId: allowed }))).toEqual([404, 'not-found']);
  });

  it('is three referrals deep at most, and never a circle', async () => {
    const caseId = await open();
    const ab = await accepted(a, caseId, b, { onwardAllowed: true });
    const bc = await accepted(b, caseId, c, { onwardAllowed: true, parentReferralId: ab });
    for (const to of [a, b])
      expect(refused(await refer(c, caseId, to, { parentReferralId: bc }))).toEqual([422, 'cycle']);
    const cd = await accepted(c, caseId, d, { onwardAllowed: true, parentReferralId: bc });
    expect(refused(await refer(d, caseId, e, { parentReferralId: cd }))).toEqual([422, 'too-deep']);
  });

  it('shows the lead the states of the last one and no private note', async () => {
    const caseId = await open();
    const ab = await accepted(a, caseId, b, { onwardAllowed: true });
    const bc = await accepted(b, caseId, c, { parentReferralId: ab });
    expect(await shown(a, bc)).toMatchObject({
      status: 'accepted',
      fromStructure: { id: b.structureId },
      toStructure: { id: c.structureId },
    });
    await c.do(
      `/v1/cases/${caseId}/sessions`,
      newSession({ summary: 'Premier rendez-vous.', privateNote: 'secret de l’Afpa', date: '2026-11-23' }),
    );
    expect((await shown(a, bc)).status).toBe('in_progress');
    const timeline = await a.all(`/v1/cases/${caseId}/timeline`);
    expect(JSON.stringify(timeline)).toContain('Premier rendez-vous.');
    expect(JSON.stringify(timeline)).not.toContain('secret');
    expect(timeline.map(({ type }) => type)).toContain('ReferralStarted');
  });

  it('shows whoever sent the parent states, dates and structures of the child, not what is said in it', async () => {
    const caseId = await open();
    // La Poste is no lead here: it refers on to Afpa, and Afpa to the Croix-Rouge.
    const ab = await accepted(a, caseId, b, { onwardAllowed: true });
    const bc = await accepted(b, caseId, c, { onwardAllowed: true, parentReferralId: ab });
    const cd = await referred(c, caseId, d, { parentReferralId: bc, message: 'message de l’Afpa' });
    await d.do(`/v1/referrals/${cd}/decline`, { reason: 'no_capacity', comment: 'mot de la Croix-Rouge' });
    const child = await shown(b, cd);
    expect(child).toMatchObject({
      status: 'declined',
      fromStructure: { id: c.structureId },
      toStructure: { id: d.structureId },
      actions: [],
    });
    expect(child.history.map(({ type }) => type)).toEqual(['ReferralDrafted', 'ReferralSent', 'ReferralDeclined']);
    expect(child).not.toHaveProperty('message');
    expect(child).not.toHaveProperty('needs');
    const everything = JSON.stringify([
      child,
      await b.all(`/v1/cases/${caseId}/timeline`),
      await b.all('/v1/referrals'),
    ]);
    expect(everything).not.toMatch(/message de l’Afpa|mot de la Croix-Rouge/);
    expect((await shown(c, cd)).history.at(-1)).toMatchObject({ comment: 'mot de la Croix-Rouge' });
    expect((await shown(a, cd)).history.at(-1)).toMatchObject({ comment: 'mot de la Croix-Rouge' });
    // Two steps away from what La Poste was asked: nothing of it is the candidate's.
    expect(refused(await d.try('GET', `/v1/referrals/${bc}`))).toEqual([404, 'not-found']);
  });

  it('outlives its middle: what C does is still told to the lead when B has finished', async () => {
    const caseId = await open();
    const ab = await accepted(a, caseId, b, { onwardAllowed: true });
    const bc = await accepted(b, caseId, c, { parentReferralId: ab });
    await b.do(`/v1/referrals/${ab}/complete`, { outcome: 'referred_onward' });
    expect(await statusOf(a, caseId)).toBe('in_progress');
    await c.do(`/v1/referrals/${bc}/complete`, { outcome: 'helped' });
    expect((await shown(a, bc)).status).toBe('completed');
    expect(await statusOf(a, caseId)).toBe('helped');
    // B has left: it keeps what it had seen.
    expect((await shown(b, bc)).status).toBe('accepted');
  });

  describe('again', () => {
    it('names a declined or expired one, and counts instead of it', async () => {
      const caseId = await open();
      const declined = await referred(a, caseId, b);
      await b.do(`/v1/referrals/${declined}/decline`, { reason: 'no_capacity' });
      expect(await statusOf(a, caseId)).toBe('not_helped');
      const expired = await referred(a, caseId, c, { previousReferralId: declined });
      expect(await statusOf(a, caseId)).toBe('waiting');
      system.clock.advance({ days: 40 });
      await system.settle();
      expect((await shown(a, expired)).status).toBe('expired');
      const again = await referred(a, caseId, d, { previousReferralId: expired });
      expect(await shown(a, again)).toMatchObject({ status: 'sent', previousReferralId: expired });
      await d.do(`/v1/referrals/${again}/accept`);
      await d.do(`/v1/referrals/${again}/complete`, { outcome: 'helped' });
      expect(await statusOf(a, caseId)).toBe('helped');
      const [row] = (await a.get('/v1/cases?limit=1')).items;
      expect(row).toMatchObject({ id: caseId, referralStatus: 'helped' });
    });

    it('names an ended referral of this case that the sender may know of, and no other', async () => {
      const [caseId, other] = [await open(), await open()];
      const elsewhere = await referred(a, other, b);
      await a.do(`/v1/referrals/${elsewhere}/withdraw`, { reason: 'changed_mind' });
      const waiting = await referred(a, caseId, b);
      const ac = await accepted(a, caseId, c, { onwardAllowed: true });
      const wrong = async (from: Person, more: Record<string, unknown>) =>
        (await refer(from, caseId, d, more)).body.errors;
      expect(await wrong(a, { previousReferralId: elsewhere })).toMatchObject([
        { pointer: '/previousReferralId', code: 'unknown' },
      ]);
      expect(await wrong(a, { previousReferralId: caseId })).toMatchObject([
        { pointer: '/previousReferralId', code: 'unknown' },
      ]);
      expect(await wrong(a, { previousReferralId: waiting })).toMatchObject([
        { pointer: '/previousReferralId', code: 'not-ended' },
      ]);
      await a.do(`/v1/referrals/${waiting}/withdraw`, { reason: 'changed_mind' });
      expect(await wrong(c, { previousReferralId: waiting, parentReferralId: ac })).toMatchObject([
        { pointer: '/previousReferralId', code: 'unknown' },
      ]);
      expect((await refer(a, caseId, d, { previousReferralId: waiting })).status).toBe(201);
    });
  });

  it('remaining needs become a draft on the sender’s desk, which goes once the resident is informed', async () => {
    const caseId = await open();
    const ab = await accepted(a, caseId, b, { needs: ['email', 'sante'], contact: 'via_referrer' });
    await b.do(`/v1/referrals/${ab}/complete`, { outcome: 'helped_partially', remainingNeeds: ['sante'] });
    expect(await statusOf(a, caseId)).toBe('partly_helped');
    const [draft] = (await a.get('/v1/referrals?box=sent&status=draft')).items as Shown[];
    expect(draft).toMatchObject({
      caseId,
      status: 'draft',
      needs: ['sante'],
      contact: 'via_referrer',
      previousReferralId: ab,
    });
    expect(draft).not.toHaveProperty('toStructure');
    expect((await b.try('GET', `/v1/referrals/${draft!.id}`)).status).toBe(404);
    expect(refused(await a.post(`/v1/referrals/${draft!.id}/send`))).toEqual([422, 'invalid']);
    await a.do(`/v1/referrals/${draft!.id}/edit`, { toStructureId: b.structureId });
    expect(refused(await a.post(`/v1/referrals/${draft!.id}/send`))).toEqual([422, 'not-informed']);
    await a.do(`/v1/referrals/${draft!.id}/send`, { informed: { on: '2026-11-20', how: 'phone' } });
    await b.do(`/v1/referrals/${draft!.id}/accept`);
    await b.do(`/v1/referrals/${draft!.id}/complete`, { outcome: 'helped' });
    expect(await statusOf(a, caseId)).toBe('helped');
  });

  it('the status of a case is computed from what its reader may see', async () => {
    const caseId = await open();
    expect(await statusOf(a, caseId)).toBe('none');
    const ab = await accepted(a, caseId, b);
    await b.do(`/v1/referrals/${ab}/hold`, { reason: 'waiting_list', until: '2027-06-30' });
    const ac = await accepted(a, caseId, c);
    await c.do(`/v1/referrals/${ac}/complete`, { outcome: 'no_show' });
    expect(await statusOf(a, caseId)).toBe('in_progress');
    expect(await statusOf(b, caseId)).toBe('in_progress');
    expect(await statusOf(c, caseId)).toBe('not_helped');
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    expect(await statusOf(coordinator, caseId)).toBe('in_progress');
    const listed = (await coordinator.all('/v1/cases')).find(({ id }) => id === caseId) as Shown | undefined;
    expect(listed?.referralStatus).toBe('in_progress');
  });

  it('no draft is kept for a structure that does not exist', async () => {
    const caseId = await open();
    const nobody = await a.post(`/v1/cases/${caseId}/referrals`, newReferral(caseId, { send: false }));
    expect(refused(nobody)).toEqual([422, 'recipient-not-active']);
    expect((await a.get(`/v1/cases/${caseId}`)).referrals).toEqual([]);
  });
});
