import { Database, Timers } from '@fil-rouge/platform';
import { HandoverBatchRunner } from '@fil-rouge/referrals';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, sable, type View } from './driver';

interface Notice extends View { title: string; count?: number; referralId?: string }
interface Batch { id: string; kind: string; status: string; createdBy?: object; done: number; items: { caseId: string; proposal?: { structure: { id: string }; because: string[] }; outcome?: string }[] }

describe('structures change', () => {
  let system: TestSystem;
  let lead: Person;
  let coordinator: Person;
  let administrator: Person;
  let laPoste: Person;

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, `${account}.demo`, system.password);

  beforeAll(async () => {
    system = await startSystem();
    [lead, coordinator, administrator, laPoste] = await Promise.all(
      ['conseiller@departement-sarthe', 'coordinateur@departement-sarthe', 'administrateur@departement-sarthe', 'conseiller@la-poste'].map(enter)) as [Person, Person, Person, Person];
  });
  afterAll(() => system.stop());

  const decide = async (structureId: string, status: string): Promise<void> => {
    await administrator.do(`/v1/structures/${structureId}/decisions`, { status, decidedOn: system.clock.now().slice(0, 10), reference: 'DEC-72' });
    await system.settle();
  };
  const notices = async (person: Person, type: string): Promise<Notice[]> => ((await person.all('/v1/notifications')) as Notice[]).filter((notice) => notice.type === type);
  const refusal = async (answer: Promise<{ status: number; body: View }>): Promise<[number, string]> => {
    const { status, body } = await answer;
    return [status, body?.code];
  };

  it('a closed one: what it received ends, what it leads is in a batch, the coordinator is told, and its entries keep its name', async () => {
    const closing = await enter('conseiller@fal-72');
    const structureId = closing.structureId;
    const led: string[] = [];
    for (let n = 0; n < 3; n++) led.push((await closing.do('/v1/cases', newCase())).id);
    await closing.do(`/v1/cases/${led[0]}/sessions`, newSession());
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const sent = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId));
    const accepted = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId, { needs: ['email'] }));
    await closing.do(`/v1/referrals/${accepted.id}/accept`);
    await closing.do(`/v1/cases/${caseId}/sessions`, newSession({ referralId: accepted.id }));
    // Agreed for a later day: a closed structure must not become the lead by the clock.
    const { id: promised } = await lead.do('/v1/cases', newCase());
    const handover = await lead.do(`/v1/cases/${promised}/handovers`, { kind: 'push', toStructureId: structureId, note: 'À reprendre en janvier.' });
    await closing.do(`/v1/handovers/${handover.id}/accept`, { effectiveAt: '2027-01-11T08:00:00.000Z' });

    await decide(structureId, 'closed');
    expect(await lead.get(`/v1/referrals/${sent.id}`)).toMatchObject({ status: 'cancelled', reason: 'structure_closed' });
    expect(await lead.get(`/v1/referrals/${accepted.id}`)).toMatchObject({ status: 'returned', reason: 'structure_closed' });
    expect((await notices(lead, 'ReferralReturned')).some(({ referralId }) => referralId === accepted.id)).toBe(true);
    expect((await lead.get(`/v1/handovers/${handover.id}`)).status).toBe('cancelled');
    expect((await closing.try('GET', '/v1/me').catch((error: Error) => error)) instanceof Error).toBe(true);

    const [notice] = await notices(coordinator, 'CasesLeftBehind');
    expect(notice).toMatchObject({ count: 3, title: 'Ligue de l\'enseignement – FAL 72\u00a0: structure fermée ou refusée, 3 suivis à confier à d’autres structures' });
    expect(await notices(administrator, 'CasesLeftBehind')).toEqual([]);
    const listed = (await coordinator.all('/v1/handover-batches')).at(0)!;
    const batch = (await coordinator.get(`/v1/handover-batches/${listed.id}`)) as unknown as Batch;
    expect(batch).toMatchObject({ kind: 'structure_closed', status: 'prepared', structure: { id: structureId } });
    expect(batch).not.toHaveProperty('createdBy');
    expect(batch.items.map((item) => item.caseId)).toEqual([...led].sort());
    const active = new Set((await coordinator.all(`/v1/structures?status=active&commune=${sable}`)).map(({ id }) => id));
    expect(batch.items.every(({ proposal }) => proposal !== undefined && active.has(proposal.structure.id) && proposal.because.includes('territory'))).toBe(true);
    const colleague = await coordinator.post(`/v1/handover-batches/${batch.id}/decisions`, { decisions: [{ caseId: led[0], decision: 'colleague', counsellorId: closing.id }] });
    expect([colleague.status, colleague.body.code]).toEqual([422, 'recipient-not-active']);
    await coordinator.do(`/v1/handover-batches/${batch.id}/start`, {
      decisions: [{ caseId: led[0], decision: 'structure', structureId: lead.structureId, counsellorId: lead.id }, { caseId: led[1], decision: 'close', reason: 'unreachable' }],
      acceptProposals: true,
    });
    const runner = system.worker.get(HandoverBatchRunner, { strict: false });
    let seen = batch;
    for (let tick = 0; seen.status !== 'done' && tick < 500; tick++) {
      await runner.run();
      seen = (await coordinator.get(`/v1/handover-batches/${batch.id}`)) as unknown as Batch;
    }
    expect(seen.items.map(({ caseId: id, outcome }) => [id, outcome]).sort()).toEqual([[led[0], 'moved'], [led[1], 'closed'], [led[2], 'moved']].sort());
    const timeline = (await lead.all(`/v1/cases/${led[0]}/timeline`)) as (View & { structure: { name: string } })[];
    expect(timeline.find(({ type }) => type === 'SessionRecorded')!.structure.name).toBe("Ligue de l'enseignement – FAL 72");
    expect(await administrator.get(`/v1/audit/cases/${led[0]}/verification`)).toMatchObject({ chain: 'ok', continuity: 'ok' });

    system.clock.set('2027-01-12T09:00:00.000Z');
    await system.settle();
    expect((await lead.get(`/v1/cases/${promised}`)).lead.structure.id).toBe(lead.structureId);
    system.clock.set('2027-01-13T09:00:00.000Z');
  });

  it('one that is closed when the day comes on which it should have led: the lead has not moved', async () => {
    const closing = await enter('conseiller@ville-allonnes');
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const { id } = await lead.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: closing.structureId, note: 'À reprendre tout à l’heure.' });
    const effectiveAt = new Date(Date.parse(system.clock.now()) + 3_600_000).toISOString();
    await closing.do(`/v1/handovers/${id}/accept`, { effectiveAt });
    // The timers are late: whatever comes first finds the day come and the structure closed.
    const ringing = jest.spyOn(system.worker.get(Timers, { strict: false }), 'ring').mockResolvedValue(undefined);
    system.clock.advance({ hours: 2 });
    await decide(closing.structureId, 'closed');
    ringing.mockRestore();
    expect(await lead.get(`/v1/handovers/${id}`)).toMatchObject({ status: 'cancelled' });
    expect((await lead.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(lead.structureId);
  });

  it('no batch is given up while somebody who leads one of its cases has left, whatever the batch is about', async () => {
    const manager = await enter('responsable@mediatheque-saint-calais');
    const joined = async (name: string) => (await manager.do('/v1/users', { name, email: `${name}@exemple.fr`, structureId: manager.structureId, role: 'counsellor' })) as unknown as { id: string; employments: { id: string }[] };
    const [leaver, other] = [await joined('leaver'), await joined('other')];
    for (const { id } of [leaver, other]) {
      const { id: caseId } = await manager.do('/v1/cases', newCase());
      await manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId: id });
    }
    const end = () => manager.post(`/v1/users/${leaver.id}/employments/${leaver.employments[0]!.id}/end`);
    expect((await end()).status).toBe(409);
    const ofOther = await manager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: other.id });
    const ofStructure = await manager.do('/v1/handover-batches', { kind: 'structure_closed' });
    expect((await end()).status).toBe(200);
    const cancel = (id: string) => administrator.post(`/v1/handover-batches/${id}/cancel`);
    expect([(await cancel(ofStructure.id)).status, (await cancel(ofStructure.id)).body.status]).toEqual([409, 'left']);
    await decide(manager.structureId, 'closed');
    expect([(await cancel(ofOther.id)).status, (await cancel(ofOther.id)).body.status]).toEqual([409, 'left']);
    expect(await system.database.query(`select from case_file f where f.lead_structure_id = $1 and f.status = 'open'
      and not exists (select from handover_batch_item i where i.case_id = f.id and i.state = 'undecided')`, [manager.structureId])).toEqual([]);
  });

  it('a suspended one reads and records, answers what it has begun, and sends and accepts nothing new', async () => {
    const suspended = await enter('conseiller@croix-rouge');
    const { structureId } = suspended;
    const { id: own } = await suspended.do('/v1/cases', newCase());
    const { id: closed } = await suspended.do('/v1/cases', newCase());
    await suspended.do(`/v1/cases/${closed}/close`, { reason: 'need_met' });
    const draft = await suspended.do(`/v1/cases/${own}/referrals`, newReferral(laPoste.structureId, { send: false }));
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const under = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId));
    await suspended.do(`/v1/referrals/${under.id}/accept`);
    const waiting = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId, { needs: ['email'] }));
    const proposed = await lead.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: structureId, note: 'À vous ?' });
    await decide(structureId, 'suspended');

    expect((await suspended.get(`/v1/cases/${own}`)).lead.structure.id).toBe(structureId);
    await suspended.do(`/v1/cases/${own}/sessions`, newSession());
    await suspended.do(`/v1/cases/${caseId}/sessions`, newSession({ referralId: under.id }));
    await suspended.do(`/v1/cases/${own}/corrections`, { resident: { firstName: 'Dominique' } });
    expect((await lead.get(`/v1/referrals/${under.id}`)).status).toBe('in_progress');

    expect(await refusal(suspended.post('/v1/cases', newCase()))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/cases/${closed}/reopen`, { reason: 'Revenu nous voir.' }))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/cases/${own}/referrals`, newReferral(laPoste.structureId)))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/referrals/${draft.id}/send`))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/referrals/${waiting.id}/accept`))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/cases/${own}/handovers`, { kind: 'push', toStructureId: laPoste.structureId, note: 'Nous fermons.' }))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/handovers/${proposed.id}/accept`))).toEqual([422, 'recipient-not-active']);
    expect(await refusal(suspended.post(`/v1/cases/${caseId}/handovers`, { kind: 'pull', note: 'Nous la voyons.' }))).toEqual([409, 'open-handover']);
    expect(await refusal(lead.post(`/v1/cases/${caseId}/referrals`, newReferral(structureId, { needs: ['sante'] })))).toEqual([422, 'recipient-not-active']);
    expect((await suspended.do(`/v1/handovers/${proposed.id}/decline`, { reason: 'Suspendue.' })).status).toBe('declined');
    expect(await refusal(suspended.post(`/v1/cases/${caseId}/handovers`, { kind: 'pull', note: 'Nous la voyons.' }))).toEqual([422, 'recipient-not-active']);
    expect(await refusal(coordinator.post(`/v1/cases/${caseId}/handovers`, { kind: 'administrative', toStructureId: structureId, reason: 'Proche.' }))).toEqual([422, 'recipient-not-active']);
    expect((await suspended.do(`/v1/referrals/${under.id}/complete`, { outcome: 'helped' })).status).toBe('completed');

    // Nothing that was open has changed; once reinstated the same answer goes through. Its cases stay with it: no batch.
    await decide(structureId, 'active');
    expect((await suspended.do(`/v1/referrals/${waiting.id}/accept`)).status).toBe('accepted');
    expect((await coordinator.all('/v1/handover-batches')).some((batch) => (batch as unknown as { structure: { id: string } }).structure.id === structureId)).toBe(false);
  });

  it('three expiries in 90 days are told to the coordinator, two are not', async () => {
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const expire = async (needs: string): Promise<string> => {
      const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(laPoste.structureId, { needs: [needs] }));
      // More than 20 business days, with Easter among them.
      system.clock.advance({ days: 31 });
      await system.settle();
      expect((await lead.get(`/v1/referrals/${id}`)).status).toBe('expired');
      return id;
    };
    await expire('email');
    await expire('bureautique');
    expect(await notices(coordinator, 'RepeatedExpiries')).toEqual([]);
    const third = await expire('sante');
    expect(await notices(coordinator, 'RepeatedExpiries')).toEqual([
      expect.objectContaining({ referralId: third, title: 'La Poste\u00a0: au moins trois orientations restées sans réponse en 90 jours' }),
    ]);
    // By then all three are older than 90 days: one alone says nothing.
    system.clock.advance({ days: 80 });
    await expire('scolarite_et_numerique');
    expect(await notices(coordinator, 'RepeatedExpiries')).toHaveLength(1);
    const [index] = await system.database.query<{ indexdef: string }>(`select indexdef from pg_indexes where indexname = 'referral_expired'`);
    expect(index!.indexdef).toMatch(/\(to_structure_id, ended_at\) WHERE \(status = 'expired'::text\)/);
  });

  it('one that is validated: what is held to yet another while that is worked on waits on, and is not cancelled for a recipient nobody looked at', async () => {
    const validated = await enter('conseiller@asso-en-attente');
    const declared = await administrator.do('/v1/structures', { name: 'Association des Deux Rives', typology: 'ASSO', communes: [sable], services: [] });
    const { id: caseId } = await validated.do('/v1/cases', newCase());
    const first = await validated.do(`/v1/cases/${caseId}/referrals`, newReferral(laPoste.structureId));
    expect(first.status).toBe('held');
    await system.settle();
    await administrator.do(`/v1/structures/${validated.structureId}/decisions`, { status: 'active', decidedOn: system.clock.now().slice(0, 10), reference: 'DEC-72' });

    const database = system.worker.get(Database, { strict: false });
    let second: View | undefined;
    const looking = jest.spyOn(database, 'query').mockImplementation(async (...asked: Parameters<Database['query']>) => {
      const rows = await Database.prototype.query.apply(database, asked);
      if (asked[0] === 'held_referral_sides') second ??= await validated.do(`/v1/cases/${caseId}/referrals`, newReferral(declared.id, { needs: ['email'] }));
      return rows;
    });
    try {
      await system.settle();
      system.clock.advance({ seconds: 10 });
      await system.settle();
    } finally {
      looking.mockRestore();
    }
    expect((await validated.get(`/v1/referrals/${first.id}`)).status).toBe('sent');
    expect(await validated.get(`/v1/referrals/${second!.id}`)).toMatchObject({ status: 'held' });
    await decide(declared.id, 'active');
    expect((await validated.get(`/v1/referrals/${second!.id}`)).status).toBe('sent');
    expect(await system.database.query('select id from delivery')).toEqual([]);
  });
});
