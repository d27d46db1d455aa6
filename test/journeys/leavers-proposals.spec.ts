/** What a batch only proposed is not done: when the other side does not take the case, it is to be decided anew. */
import { rebuild } from '../support/rebuild';
import { newCase, type Person } from './driver';
import {
  administrator,
  coordinator,
  departement,
  endEmployment,
  enter,
  laPoste,
  leaver,
  manager,
  read as readBatch,
  system,
} from './leavers-stage';
import { batches, type Batch, type Item } from './leavers-story';

describe('what a batch proposed and nobody took', () => {
  departement();

  let afpa: Person;
  let who: Person;
  let caseId: string;
  let id: string;

  beforeAll(async () => {
    afpa = await enter('conseiller@afpa');
  });

  const read = (): Promise<Batch> => readBatch(administrator, id);
  const item = async (): Promise<Item> => (await read()).items[0]!;
  const decide = (decision: object) =>
    manager.post(`${batches}/${id}/decisions`, { decisions: [{ caseId, ...decision }] });
  const toStructure = (to: Person) => ({ decision: 'structure', structureId: to.structureId });
  async function carriedOut(): Promise<Item> {
    await system.settle();
    const { status, items } = await read();
    expect(status).toBe('done');
    return items[0]!;
  }
  const asked = async (): Promise<string[]> =>
    ((await manager.all('/v1/tasks')) as unknown as { kind: string; handoverBatchId?: string }[]).flatMap(
      ({ kind, handoverBatchId }) => (kind === 'decide_batch' ? [handoverBatchId!] : []),
    );

  /** Of another counsellor each time: one case, which a batch has proposed to La Poste. */
  async function proposed(): Promise<string> {
    who = await leaver();
    caseId = (await who.do('/v1/cases', newCase())).id;
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id })).id;
    await manager.do(`${batches}/${id}/start`, { decisions: [{ caseId, ...toStructure(laPoste) }] });
    const { outcome, handoverId } = await carriedOut();
    expect(outcome).toBe('proposed');
    return handoverId!;
  }

  it('comes back with the reason, is shown as a task, and goes where it is decided anew with a handover of its own', async () => {
    const first = await proposed();
    expect([await endEmployment(who), await asked()]).toEqual([200, []]);
    await laPoste.do(`/v1/handovers/${first}/decline`, { reason: 'Pas de place.' });
    expect(await read()).toMatchObject({
      status: 'done',
      done: 0,
      failed: 1,
      remaining: 0,
      items: [{ status: 'failed', failure: 'declined', handoverId: first }],
    });
    expect(await asked()).toEqual([id]);

    const again = await decide(toStructure(afpa));
    expect([again.status, again.body.status]).toEqual([200, 'running']);
    const second = await carriedOut();
    expect(second).toMatchObject({ status: 'done', outcome: 'proposed', handoverId: expect.not.stringMatching(first) });
    expect(await asked()).toEqual([]);
    await afpa.do(`/v1/handovers/${second.handoverId}/decline`, { reason: 'Hors de notre territoire.' });
    expect(await item()).toMatchObject({ status: 'failed', failure: 'declined' });
    await decide({ decision: 'colleague', counsellorId: manager.id });
    expect(await carriedOut()).toMatchObject({ status: 'done', outcome: 'reassigned' });
    expect((await manager.get(`/v1/cases/${caseId}`)).lead.counsellor).toMatchObject({ id: manager.id });
  });

  it('holds who leaves until it is decided anew', async () => {
    await laPoste.do(`/v1/handovers/${await proposed()}/decline`, { reason: 'Pas de place.' });
    expect(await endEmployment(who)).toBe(409);
    await decide(toStructure(afpa));
    expect(await endEmployment(who)).toBe(200);
    await carriedOut();
  });

  it.each<[string, string, (handoverId: string) => Promise<unknown>]>([
    ['withdrawn', 'withdrawn', (handover) => manager.do(`/v1/handovers/${handover}/withdraw`)],
    [
      'agreed for a later day and cancelled',
      'cancelled',
      async (handover) => {
        await laPoste.do(`/v1/handovers/${handover}/accept`, { effectiveAt: '2026-12-10T09:00:00.000Z' });
        expect(await item()).toMatchObject({ status: 'done', outcome: 'proposed' });
        await laPoste.do(`/v1/handovers/${handover}/cancel`, { reason: 'Un départ chez nous aussi.' });
      },
    ],
    [
      'against the will of the resident',
      'objection',
      () =>
        manager.do(`/v1/cases/${caseId}/objections`, { against: laPoste.structureId, on: '2026-11-23', how: 'oral' }),
    ],
    [
      'left without an answer',
      'expired',
      async () => {
        system.clock.advance({ days: 16 });
        await system.settle();
      },
    ],
  ])('%s, it comes back', async (_, failure, end) => {
    await end(await proposed());
    expect(await item()).toMatchObject({ status: 'failed', failure });
    expect(await read()).toMatchObject({ failed: 1, remaining: 0 });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['closed', () => manager.do(`/v1/cases/${caseId}/close`, { reason: 'need_met', cancelHandover: true })],
    [
      'moved by a coordinator',
      () =>
        coordinator.do(`/v1/cases/${caseId}/handovers`, {
          kind: 'administrative',
          toStructureId: afpa.structureId,
          reason: 'Sans attendre.',
        }),
    ],
    ['erased', () => administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' })],
  ])('a case that was %s meanwhile asks for nothing more', async (_, end) => {
    await proposed();
    await end();
    expect(await item()).toMatchObject({ status: 'done', outcome: 'superseded' });
    expect(await asked()).not.toContain(id);
  });

  it('stays as it is when everything derived is rebuilt, also while it waits once more', async () => {
    who = await enter('conseiller@departement-sarthe');
    caseId = (await who.do('/v1/cases', newCase())).id;
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id })).id;
    await manager.do(`${batches}/${id}/start`, { decisions: [{ caseId, ...toStructure(laPoste) }] });
    await laPoste.do(`/v1/handovers/${(await carriedOut()).handoverId}/decline`, { reason: 'Pas de place.' });
    for (const counsellorId of [manager.id, who.id])
      await manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId });
    await system.worker.close();
    await decide(toStructure(afpa));
    const items = () => system.database.query('select * from batch_item order by id');
    const before = await items();
    expect(await item()).toMatchObject({ status: 'pending' });
    expect(await rebuild(system.database)).toEqual([]);
    expect(await items()).toEqual(before);
  });
});
