import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type Answer, type View } from './driver';

interface Broadcast {
  broadcastId: string;
  referrals: (View & { broadcastId: string; toStructure: { id: string } })[];
}

describe('a broadcast: several structures for one need', () => {
  let system: TestSystem;
  let lead: Person;
  let asked: Person[];
  let managers: Person[];
  let administrator: Person;
  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    lead = await enter('conseiller');
    administrator = await enter('administrateur');
    [asked, managers] = [[], []];
    for (const structure of ['la-poste', 'afpa', 'croix-rouge']) {
      asked.push(await enter('conseiller', structure));
      managers.push(await enter('responsable', structure));
    }
  });
  afterAll(() => system.stop());

  const open = async (): Promise<string> => (await lead.do('/v1/cases', newCase())).id;
  const body = (toStructureIds: unknown, more: Record<string, unknown> = {}) => ({
    ...newReferral(''),
    toStructureId: undefined,
    toStructureIds,
    ...more,
  });
  const send = (
    caseId: string,
    to: readonly Person[],
    more: Record<string, unknown> = {},
    headers = {},
  ): Promise<Answer> =>
    lead.post(
      `/v1/cases/${caseId}/referrals`,
      body(
        to.map(({ structureId }) => structureId),
        more,
      ),
      headers,
    );
  const sent = async (
    caseId: string,
    to: readonly Person[] = asked,
    more: Record<string, unknown> = {},
  ): Promise<Broadcast> => {
    const answer = await send(caseId, to, more);
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return answer.body as unknown as Broadcast;
  };
  const states = async (caseId: string) =>
    (await lead.get(`/v1/cases/${caseId}`)).referrals.map(({ status }) => status);
  const inbox = async (person: Person, caseId: string) => {
    await system.settle();
    return (await person.all('/v1/notifications')).filter((item) => item.caseId === caseId).map(({ type }) => type);
  };

  it('is one referral for each, in the order they were named, under one number', async () => {
    const caseId = await open();
    const answer = await send(caseId, asked);
    const { broadcastId, referrals } = answer.body as unknown as Broadcast;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/referrals/${referrals[0]!.id}`);
    expect((await lead.get(answer.headers.get('location')!)).id).toBe(referrals[0]!.id);
    expect(referrals.map(({ status, broadcastId: of, toStructure }) => [status, of, toStructure.id])).toEqual(
      asked.map(({ structureId }) => ['sent', broadcastId, structureId]),
    );
    for (const [at, person] of asked.entries())
      expect((await person.get(`/v1/referrals/${referrals[at]!.id}`)).actions).toContain('accept');
    expect(((await lead.get(`/v1/cases/${caseId}`)) as View & { referralStatus: string }).referralStatus).toBe(
      'waiting',
    );
  });

  it('is done once for one key, and answers the same again', async () => {
    const caseId = await open();
    const key = { 'idempotency-key': `broadcast-${caseId}` };
    const [first, second] = [await send(caseId, asked, {}, key), await send(caseId, asked, {}, key)];
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(await states(caseId)).toHaveLength(3);
  });

  it('the first acceptance cancels the others with itself, and each is told what concerns it', async () => {
    const caseId = await open();
    const {
      referrals: [first, second, third],
    } = await sent(caseId);
    await asked[1]!.do(`/v1/referrals/${second!.id}/accept`);
    expect(await states(caseId)).toEqual(['cancelled', 'accepted', 'cancelled']);
    const seen = await asked[0]!.get(`/v1/referrals/${first!.id}`);
    expect(seen).toMatchObject({ status: 'cancelled', reason: 'filled_elsewhere', actions: [] });
    const late = await asked[2]!.post(`/v1/referrals/${third!.id}/accept`);
    expect([late.status, late.body.code, late.text]).toEqual([
      409,
      'wrong-state',
      expect.stringContaining('cancelled'),
    ]);
    // One commit: the three events stand one after the other at one instant, and nobody's name stands on the others.
    const events = await system.database.query<{
      type: string;
      at: Date;
      actor_id: string | null;
      structure_id: string | null;
    }>(
      `select type, at, actor_id, structure_id from event where stream_id = $1 and type in ('ReferralAccepted', 'ReferralCancelled') order by seq`,
      [caseId],
    );
    expect(events.map(({ type, actor_id }) => [type, actor_id === null])).toEqual([
      ['ReferralAccepted', false],
      ['ReferralCancelled', true],
      ['ReferralCancelled', true],
    ]);
    expect(new Set(events.map(({ at }) => at.toISOString())).size).toBe(1);
    expect(await inbox(managers[0]!, caseId)).toEqual(['ReferralFilledElsewhere', 'ReferralSent']);
    expect(await inbox(lead, caseId)).toEqual(['ReferralAccepted']);
  });

  it('recipients learn of each other neither before nor after', async () => {
    const caseId = await open();
    const { referrals } = await sent(caseId);
    const namesOfOthers = async (person: Person) => {
      const own = referrals[asked.indexOf(person)]!;
      const timeline = await person.try('GET', `/v1/cases/${caseId}/timeline`);
      const whole = await person.try('GET', `/v1/cases/${caseId}`);
      const everything = JSON.stringify([
        await person.get(`/v1/referrals/${own.id}`),
        (await person.all('/v1/referrals')).filter((one) => one.caseId === caseId),
        timeline.body,
        whole.body,
        (await person.all('/v1/notifications')).filter((one) => one.caseId === caseId),
      ]);
      for (const other of referrals.filter(({ id }) => id !== own.id))
        expect((await person.try('GET', `/v1/referrals/${other.id}`)).status).toBe(404);
      return asked.filter((other) => other !== person && everything.includes(other.structureId)).length;
    };
    for (const person of asked) expect(await namesOfOthers(person)).toBe(0);
    await asked[2]!.do(`/v1/referrals/${referrals[2]!.id}/decline`, { reason: 'no_capacity' });
    await asked[0]!.do(`/v1/referrals/${referrals[0]!.id}/accept`);
    await asked[0]!.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2026-11-23' }));
    await system.settle();
    for (const person of asked) expect(await namesOfOthers(person)).toBe(0);
    expect((await lead.all('/v1/referrals?box=sent')).filter((one) => one.caseId === caseId)).toHaveLength(3);
  });

  it('of two acceptances at once exactly one wins, and the other is told the present state', async () => {
    for (let round = 0; round < 8; round++) {
      const caseId = await open();
      const { referrals } = await sent(caseId, asked.slice(0, 2), { needs: ['email'] });
      const answers = await Promise.all(referrals.map(({ id }, at) => asked[at]!.post(`/v1/referrals/${id}/accept`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const loser = answers.find(({ status }) => status === 409)!;
      expect([loser.body.code, loser.text]).toEqual(['wrong-state', expect.stringContaining('cancelled')]);
      expect((await states(caseId)).sort()).toEqual(['accepted', 'cancelled']);
    }
  });

  it('drafts and referrals of other needs are not confused with it', async () => {
    const caseId = await open();
    const other = await lead.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(asked[2]!.structureId, { needs: ['sante'] }),
    );
    const { referrals } = await sent(caseId, asked, { send: false });
    expect(referrals.map(({ status }) => status)).toEqual(['draft', 'draft', 'draft']);
    await lead.do(`/v1/referrals/${referrals[0]!.id}/send`);
    await asked[0]!.do(`/v1/referrals/${referrals[0]!.id}/accept`);
    const after = await Promise.all(
      [other, ...referrals].map(async ({ id }) => (await lead.get(`/v1/referrals/${id}`)).status),
    );
    expect(after).toEqual(['sent', 'accepted', 'cancelled', 'cancelled']);
    // A draft was disclosed to nobody: its recipient is not told that it is over.
    expect(await inbox(managers[1]!, caseId)).toEqual([]);
  });

  describe('is refused whole', () => {
    const refusal = async (caseId: string, more: unknown) => {
      const answer = await lead.post(`/v1/cases/${caseId}/referrals`, more);
      expect(await states(caseId)).toEqual([]);
      return [answer.status, answer.body.code, answer.body.errors?.map(({ pointer, code }) => [pointer, code])];
    };
    const ids = () => asked.map(({ structureId }) => structureId);

    it('when one recipient cannot be asked, naming which', async () => {
      const caseId = await open();
      await lead.do(`/v1/cases/${caseId}/objections`, {
        against: asked[1]!.structureId,
        on: '2026-11-20',
        how: 'oral',
      });
      expect(await refusal(caseId, body(ids()))).toEqual([422, 'objection', [['/toStructureIds/1', 'objection']]]);
      const other = await open();
      expect(await refusal(other, body([...ids(), lead.structureId]))).toEqual([
        422,
        'invalid',
        [['/toStructureIds/3', 'own-structure']],
      ]);
      expect(await refusal(other, body([ids()[0], other]))).toEqual([
        422,
        'recipient-not-active',
        [['/toStructureIds/1', 'recipient-not-active']],
      ]);
      const [elsewhere] = (await lead.all('/v1/structures')).filter(({ name }) => name.includes('Allonnes'));
      expect(await refusal(other, body([...ids(), elsewhere!.id]))).toEqual([
        422,
        'out-of-area',
        [['/toStructureIds/3', 'out-of-area']],
      ]);
    });

    it('for what stands against all of them, without naming one', async () => {
      const caseId = await open();
      expect(await refusal(caseId, body(ids(), { informed: undefined }))).toEqual([422, 'not-informed', undefined]);
    });

    it.each([
      ['one structure', (all: string[]) => body(all.slice(0, 1)), '/toStructureIds'],
      [
        'eleven',
        () => body(Array.from({ length: 11 }, (_, at) => `01890000-0000-7000-8000-0000000000${10 + at}`)),
        '/toStructureIds',
      ],
      ['the same twice', (all: string[]) => body([all[0], all[0]?.toUpperCase()]), '/toStructureIds'],
      ['something that is no id', (all: string[]) => body([all[0], 'La Poste']), '/toStructureIds'],
      ['both ways of naming', (all: string[]) => body(all, { toStructureId: all[0] }), '/toStructureIds'],
      ['nobody', () => body(undefined), '/toStructureId'],
      ['null', () => body(null), '/toStructureIds'],
    ])('for %s', async (_, made, pointer) => {
      const caseId = await open();
      expect(await refusal(caseId, made(ids()))).toEqual([422, 'invalid', [[pointer, expect.any(String)]]]);
    });
  });

  it('a held one of it waits for the State, and is cancelled with the others', async () => {
    const caseId = await open();
    const declared = await administrator.do('/v1/structures', {
      name: 'Association des Trois Ponts',
      typology: 'ASSO',
      communes: ['72264'],
      services: [],
    });
    const answer = await lead.post(`/v1/cases/${caseId}/referrals`, body([asked[0]!.structureId, declared.id]));
    const { referrals } = answer.body as unknown as Broadcast;
    expect(referrals.map(({ status }) => status)).toEqual(['sent', 'held']);
    await asked[0]!.do(`/v1/referrals/${referrals[0]!.id}/accept`);
    expect(await states(caseId)).toEqual(['accepted', 'cancelled']);
    await administrator.do(`/v1/structures/${declared.id}/decisions`, { status: 'active', decidedOn: '2026-11-20' });
    await system.settle();
    expect(await states(caseId)).toEqual(['accepted', 'cancelled']);
  });
});
