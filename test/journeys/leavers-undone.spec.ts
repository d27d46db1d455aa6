/** What a batch has begun and what had no effect yet can be taken back, in one commit; and what comes back from it asks one thing of one person. */
import type { Person } from './driver';
import {
  administrator,
  coordinator,
  departement,
  endEmployment,
  enter,
  laPoste,
  leaver,
  manager,
  openCases,
  read,
  system,
} from './leavers-stage';
import { asBatch, batches, type Batch } from './leavers-story';

type Undone = Batch & { alreadyEffective?: string[] };
interface Task {
  kind: string;
  caseId?: string;
  handoverId?: string;
  handoverBatchId?: string;
}
const tasksOf = async (person: Person, of: string[], mine = true): Promise<string[]> =>
  ((await person.all(`/v1/tasks?mine=${mine}`)) as unknown as Task[]).flatMap(
    ({ kind, caseId, handoverId, handoverBatchId }) =>
      [caseId, handoverId, handoverBatchId].some((id) => id !== undefined && of.includes(id)) ? [kind] : [],
  );

describe('a batch that is undone', () => {
  departement();

  let afpa: Person;
  beforeAll(async () => {
    afpa = await enter('conseiller@afpa');
  });

  const effectiveAt = '2026-12-10T09:00:00.000Z';
  const undo = (by: Person, id: string, headers = {}) =>
    by.post(`${batches}/${id}/undo`, { reason: 'Reste.' }, headers);
  const toStructure = (to: Person) => ({ decision: 'structure', structureId: to.structureId });

  /** So many cases of another counsellor each time, started with these decisions. */
  async function started(...decisions: object[]): Promise<{ who: Person; ids: string[]; id: string }> {
    const who = await leaver();
    const ids = await openCases(who, decisions.length);
    const { id } = await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id });
    await manager.do(`${batches}/${id}/start`, { decisions: ids.map((caseId, at) => ({ caseId, ...decisions[at] })) });
    await system.settle();
    return { who, ids, id };
  }
  const handoverOf = async (id: string, caseId: string): Promise<string> =>
    (await read(manager, id)).items.find((item) => item.caseId === caseId)!.handoverId!;

  it('withdraws what is proposed, cancels what is agreed for a later day, takes out what failed, and names what stays', async () => {
    const { who, ids, id } = await started(
      toStructure(laPoste),
      toStructure(laPoste),
      toStructure(laPoste),
      toStructure(afpa),
      { decision: 'colleague', counsellorId: manager.id },
    );
    const [proposed, later, declined, accepted, given] = ids as [string, string, string, string, string];
    const [open, agreed, refused, moved] = await Promise.all(
      [proposed, later, declined, accepted].map((caseId) => handoverOf(id, caseId)),
    );
    await laPoste.do(`/v1/handovers/${agreed}/accept`, { effectiveAt });
    await laPoste.do(`/v1/handovers/${refused}/decline`, { reason: 'Pas de place.' });
    await afpa.do(`/v1/handovers/${moved}/accept`);
    expect(await tasksOf(laPoste, [proposed, open!], false)).toEqual(['answer_handover']);
    expect(await tasksOf(manager, [id])).toEqual(['decide_batch']);

    const answer = await undo(manager, id);
    const undone = answer.body as unknown as Undone;
    expect([answer.status, undone.status, undone.alreadyEffective?.sort()]).toEqual([
      200,
      'undone',
      [accepted, given].sort(),
    ]);
    expect(Object.fromEntries(undone.items.map(({ caseId, status }) => [caseId, status]))).toEqual({
      ...{ [proposed]: 'cancelled', [later]: 'cancelled', [declined]: 'cancelled' },
      ...{ [accepted]: 'done', [given]: 'done' },
    });
    expect(
      await Promise.all([open, agreed].map(async (one) => (await manager.get(`/v1/handovers/${one}`)).status)),
    ).toEqual(['withdrawn', 'cancelled']);
    for (const caseId of [proposed, later, declined])
      expect((await who.get(`/v1/cases/${caseId}`)).lead.counsellor).toMatchObject({ id: who.id });
    expect((await afpa.get(`/v1/cases/${accepted}`)).lead.structure).toMatchObject({ id: afpa.structureId });
    expect([await tasksOf(laPoste, [proposed, open!, agreed!], false), await tasksOf(manager, [id])]).toEqual([[], []]);

    await system.settle();
    const told = (await (await enter('responsable@la-poste')).all('/v1/notifications')) as unknown as {
      type: string;
      handoverId?: string;
    }[];
    const about = (handover?: string) => told.flatMap((one) => (one.handoverId === handover ? [one.type] : []));
    expect([about(open), about(agreed)].map((types) => types.filter((type) => type !== 'HandoverProposed'))).toEqual([
      ['HandoverWithdrawn'],
      ['HandoverCancelled'],
    ]);
    expect((await read(manager, id)).status).toBe('undone');
    expect((await manager.all(`${batches}?status=undone`)).map((one) => one.id)).toContain(id);

    // Said again it is done, and nothing more happens; nothing is decided on in it any more.
    expect([(await undo(manager, id)).status, await eventsOf(id)]).toEqual([
      200,
      ['BatchDrawnUp', 'BatchStarted', 'BatchUndone'],
    ]);
    const again = await manager.post(`${batches}/${id}/decisions`, {
      decisions: [{ caseId: declined, ...toStructure(afpa) }],
    });
    expect([again.status, again.body.status]).toEqual([409, 'undone']);
    // What came back can leave once more, in another batch.
    const { items } = asBatch(await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id }));
    expect(items.map(({ caseId }) => caseId).sort()).toEqual([proposed, later, declined].sort());
  });

  const eventsOf = async (stream: string): Promise<string[]> =>
    (
      await system.database.query<{ type: string }>('select type from event where stream_id = $1 order by seq', [
        stream,
      ])
    ).map(({ type }) => type);

  it('is for whoever made it and the managers of the structure; others may see it and do not undo it', async () => {
    const { id } = await started(toStructure(laPoste));
    for (const by of [administrator, coordinator]) expect((await undo(by, id)).status).toBe(403);
    expect((await undo(laPoste, id)).status).toBe(403);
    expect((await undo(await enter('responsable@la-poste'), id)).status).toBe(404);
    expect((await undo(manager, id)).status).toBe(200);

    const who = await leaver();
    const [caseId] = (await openCases(who, 1)) as [string];
    const made = await administrator.do(batches, { kind: 'counsellor_leaves', userId: who.id });
    expect((await undo(administrator, made.id)).body).toMatchObject({ code: 'wrong-state', status: 'prepared' });
    await manager.do(`${batches}/${made.id}/start`, { decisions: [{ caseId, ...toStructure(laPoste) }] });
    await system.settle();
    const handover = await handoverOf(made.id, caseId);
    expect((await undo(administrator, made.id)).status).toBe(200);
    expect((await manager.get(`/v1/handovers/${handover}`)).status).toBe('withdrawn');
  });

  it('asks no more once all has had its effect, nor when whom it is about has left', async () => {
    const { id, ids } = await started(toStructure(laPoste));
    await laPoste.do(`/v1/handovers/${await handoverOf(id, ids[0]!)}/accept`);
    expect((await undo(manager, id)).body).toMatchObject({ code: 'wrong-state', status: 'done' });

    const gone = await started(toStructure(laPoste));
    expect(await endEmployment(gone.who)).toBe(200);
    expect((await undo(manager, gone.id)).body).toMatchObject({ code: 'wrong-state', status: 'left' });
    await laPoste.do(`/v1/handovers/${await handoverOf(gone.id, gone.ids[0]!)}/decline`, { reason: 'Pas de place.' });
    expect((await undo(manager, gone.id)).body).toMatchObject({ code: 'wrong-state', status: 'left' });
    // The manager is asked once who shall follow this person, and not besides for another structure and for a counsellor.
    const [caseId] = gone.ids as [string];
    expect(await tasksOf(manager, [gone.id, caseId])).toEqual(['decide_batch']);
    expect(await tasksOf(manager, [gone.id, caseId], false)).toEqual(['decide_batch']);
    await manager.do(`${batches}/${gone.id}/decisions`, {
      decisions: [{ caseId, decision: 'colleague', counsellorId: manager.id }],
    });
    await system.settle();
    expect(await tasksOf(manager, [gone.id, caseId])).toEqual([]);
  });

  it('and accepted at the same moment: one of the two comes first, and the case is with one of them', async () => {
    const { id, ids, who } = await started(toStructure(laPoste), toStructure(laPoste));
    const handovers = await Promise.all(ids.map((caseId) => handoverOf(id, caseId)));
    const [undone, ...accepted] = await Promise.all([
      undo(manager, id),
      ...handovers.map((handover) => laPoste.post(`/v1/handovers/${handover}/accept`)),
    ]);
    const { alreadyEffective } = undone.body as unknown as Undone;
    const moved = ids.filter((_, at) => accepted[at]!.status === 200);
    const after = await Promise.all(ids.map((caseId) => manager.get(`/v1/cases/${caseId}`)));
    expect(after.map(({ lead }) => lead.structure.id)).toEqual(
      ids.map((caseId) => (moved.includes(caseId) ? laPoste.structureId : who.structureId)),
    );
    if (moved.length === 2) expect(undone.body).toMatchObject({ code: 'wrong-state', status: 'done' });
    else expect([undone.status, alreadyEffective]).toEqual([200, moved]);
  });

  it('two undo it, and the same one twice with one key: it is undone once', async () => {
    const { id } = await started(toStructure(laPoste));
    const key = { 'idempotency-key': 'undone-once' };
    const answers = await Promise.all([undo(manager, id, key), undo(manager, id, key), undo(manager, id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await eventsOf(id)).filter((type) => type === 'BatchUndone')).toHaveLength(1);
  });
});
