import { rebuild } from '../support/rebuild';
import { newCase, newReferral, Person, succeeded } from './driver';
import { asBatch, batches, type Period } from './leavers-story';
import {
  carriedOut,
  coordinator,
  departement,
  endEmployment,
  laPoste,
  leaver,
  manager,
  open,
  openCases,
  system,
} from './leavers-stage';

describe('somebody leaves with open cases', () => {
  departement();

  const leads = async (caseId: string): Promise<Period[]> =>
    ((await coordinator.get(`/v1/cases/${caseId}`)) as unknown as { leads: Period[] }).leads;

  it('is shown where each case could go, the same structure first, and nothing is written', async () => {
    const who = await leaver();
    const cases = await openCases(who, 4);
    const answer = succeeded(await manager.post(batches, { kind: 'counsellor_leaves', userId: who.id, preview: true }));
    const preview = asBatch(answer.body);
    expect([answer.status, preview.status, preview.total, preview.id]).toEqual([200, 'preview', 4, undefined]);
    expect(preview.items.map(({ caseId }) => caseId)).toEqual(cases);
    expect(
      preview.items.every(
        ({ proposal }) => proposal?.decision === 'colleague' && proposal.structure.id === who.structureId,
      ),
    ).toBe(true);
    const colleagues = preview.items.map(({ proposal }) => proposal!.counsellor!.id);
    expect(colleagues).not.toContain(who.id);
    // They all live in Sablé: with who works there.
    const inSable = await Person.signIn(
      system.baseUrl,
      'conseiller.pays-sabolien@departement-sarthe.demo',
      system.password,
    );
    expect([...new Set(colleagues)]).toEqual([inSable.id]);
    expect(await system.database.query('select from batch')).toEqual([]);
    expect((await manager.post(batches, { kind: 'counsellor_leaves', userId: laPoste.id, preview: true })).status).toBe(
      422,
    );
  });

  it('leaves once a batch has every case, and each case goes where it was decided, in one commit of the person who decided', async () => {
    const who = await leaver();
    const cases = await openCases(who, 4);
    expect(await endEmployment(who)).toBe(409);
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id, reason: 'Départ à la retraite.' });
    const [first, second, third, fourth] = cases;
    const uncovered = await who.do('/v1/cases', newCase());
    expect(await endEmployment(who)).toBe(409);
    await manager.do(`/v1/cases/${uncovered.id}/assignments`, { counsellorId: manager.id });
    expect(await endEmployment(who)).toBe(200);

    const early = await manager.post(`${batches}/${batch.id}/start`);
    expect([early.status, early.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ pointer: '/decisions', code: 'undecided' }),
    ]);
    const decided = asBatch(
      await manager.do(`${batches}/${batch.id}/decisions`, {
        decisions: [
          { caseId: first, decision: 'colleague', counsellorId: manager.id },
          { caseId: second, decision: 'structure', structureId: laPoste.structureId },
          { caseId: third, decision: 'close', reason: 'need_met' },
        ],
      }),
    );
    expect([decided.status, decided.undecided, decided.remaining]).toEqual(['prepared', 1, 4]);
    // Not to whom it is proposed: that one may be the next to leave here.
    await manager.do(`${batches}/${batch.id}/start`, {
      decisions: [{ caseId: fourth, decision: 'colleague', counsellorId: manager.id }],
    });
    const done = await carriedOut(manager, batch.id);
    expect([done.done, done.failed, done.remaining]).toEqual([4, 0, 0]);
    const outcome = (caseId: string | undefined) => done.items.find((item) => item.caseId === caseId)!;
    expect([first, second, third, fourth].map((caseId) => outcome(caseId).outcome)).toEqual([
      'reassigned',
      'proposed',
      'closed',
      'reassigned',
    ]);

    expect(await leads(first!)).toEqual([
      expect.objectContaining({ counsellor: expect.objectContaining({ id: who.id }), until: expect.any(String) }),
      expect.objectContaining({ counsellor: expect.objectContaining({ id: manager.id }) }),
    ]);
    // A manager decides for the own structure only: the other one is asked, and answers.
    const handover = await laPoste.get(`/v1/handovers/${outcome(second).handoverId}`);
    expect(handover).toMatchObject({ kind: 'push', status: 'proposed', note: 'Départ à la retraite.' });
    await laPoste.do(`/v1/handovers/${outcome(second).handoverId}/accept`);
    expect((await laPoste.get(`/v1/cases/${second}`)).lead.structure.id).toBe(laPoste.structureId);
    expect((await manager.get(`/v1/cases/${third}`)).status).toBe('closed');
    const entries = await manager.all(`/v1/cases/${first}/timeline`);
    expect(entries.at(-1)).toMatchObject({ type: 'HandoverTookEffect', actor: { id: manager.id } });
  });

  it('a coordinator moves a case to another structure at once, with a reason on the record', async () => {
    const who = await leaver();
    const [caseId] = await openCases(who, 1);
    const batch = await open(coordinator, { kind: 'post_moves', userId: who.id, toStructureId: laPoste.structureId });
    expect(batch.items).toEqual([
      expect.objectContaining({
        proposal: expect.objectContaining({ decision: 'structure', because: ['destination_of_the_post'] }),
      }),
    ]);
    await coordinator.do(`${batches}/${batch.id}/start`, { acceptProposals: true });
    expect((await carriedOut(coordinator, batch.id)).items).toEqual([
      expect.objectContaining({ caseId, outcome: 'moved' }),
    ]);
    expect((await leads(caseId!)).map(({ structure }) => structure.id)).toEqual([who.structureId, laPoste.structureId]);
    const [handover] = await laPoste.all('/v1/handovers?box=received&status=effective');
    expect((await laPoste.get(`/v1/handovers/${handover!.id}`)).reason).toBe(
      'Transfert du poste vers une autre structure.',
    );
  });

  it('says why a case failed, and tries it again once it is decided anew', async () => {
    const who = await leaver();
    const [withReferral, moved] = (await openCases(who, 2)) as [string, string];
    await who.do(`/v1/cases/${withReferral}/referrals`, newReferral(laPoste.structureId));
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id });
    await manager.do(`/v1/cases/${moved}/assignments`, { counsellorId: manager.id });
    const close = { decision: 'close', reason: 'moved_out' };
    // Given to somebody who stays: there is nothing left to decide on it.
    expect(
      (
        await manager.post(`${batches}/${batch.id}/start`, {
          decisions: [
            { caseId: withReferral, ...close },
            { caseId: moved, ...close },
          ],
        })
      ).body,
    ).toMatchObject({ code: 'wrong-state', status: 'done' });
    await manager.do(`${batches}/${batch.id}/start`, { decisions: [{ caseId: withReferral, ...close }] });
    const stopped = await carriedOut(manager, batch.id);
    expect([stopped.done, stopped.failed]).toEqual([1, 1]);
    expect(stopped.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ caseId: withReferral, status: 'failed', failure: 'open-referrals' }),
        expect.objectContaining({ caseId: moved, status: 'done', outcome: 'superseded' }),
      ]),
    );
    expect((await manager.get(`/v1/cases/${moved}`)).status).toBe('open');
    // A failed case is in nobody's hands: the counsellor stays for it.
    expect(await endEmployment(who)).toBe(409);
    await manager.do(`${batches}/${batch.id}/decisions`, {
      decisions: [{ caseId: withReferral, ...close, cancelReferrals: true }],
    });
    expect(await endEmployment(who)).toBe(200);
    expect((await carriedOut(manager, batch.id)).items).toEqual(
      expect.arrayContaining([expect.objectContaining({ caseId: withReferral, outcome: 'closed' })]),
    );
    const late = await manager.post(`${batches}/${batch.id}/decisions`, {
      decisions: [{ caseId: withReferral, ...close }],
    });
    expect([late.status, late.body.code, late.body.status]).toEqual([409, 'wrong-state', 'done']);
  });

  it('the same request again is the same batch', async () => {
    const who = await leaver();
    await openCases(who, 1);
    const asked = { kind: 'counsellor_leaves', userId: who.id };
    const [first, second] = await Promise.all(
      [1, 2].map(() => manager.post(batches, asked, { 'idempotency-key': 'depart1' })),
    );
    expect([first!.status, second!.status]).toEqual([201, 201]);
    expect(first!.body.id).toBe(second!.body.id);
    const again = await manager.post(batches, asked, { 'idempotency-key': 'depart1' });
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([
      201,
      'true',
      first!.body.id,
    ]);
    const other = await manager.post(batches, { ...asked, preview: false }, { 'idempotency-key': 'depart1' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('a rebuild derives from the logs what people decided and what became of it', async () => {
    const derived = async () => [
      await system.database.query('select * from batch order by id'),
      await system.database.query('select * from batch_item order by id'),
    ];
    const before = await derived();
    expect(before.map(({ length }) => length > 3)).toEqual([true, true]);
    expect(await rebuild(system.database)).toEqual([]);
    expect(await derived()).toEqual(before);
  });

  it('200 cases take less than a minute', async () => {
    const who = await leaver();
    await Promise.all([1, 2, 3, 4].map(() => openCases(who, 50)));
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id });
    expect(batch.total).toBe(200);
    const began = performance.now();
    await manager.do(`${batches}/${batch.id}/start`, { acceptProposals: true });
    const done = await carriedOut(manager, batch.id);
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`200 cases handed over in ${seconds.toFixed(1)} s\n`);
    expect([done.done, done.failed, done.remaining]).toEqual([200, 0, 0]);
    expect(seconds).toBeLessThan(60);
  });
});
