import { succeeded } from './driver';
import { batches, type Batch } from './leavers-story';
import {
  administrator,
  departement,
  endEmployment,
  enter,
  everybodyEnters,
  laPoste,
  leaver,
  manager,
  open,
  openCases,
  read,
  system,
} from './leavers-stage';

describe('an employment ends once its cases are covered', () => {
  departement();

  const prepared = async (): Promise<Batch[]> =>
    ((await manager.all(`${batches}?status=prepared`)) as unknown as Batch[]).filter(
      ({ kind }) => kind === 'counsellor_leaves',
    );

  it('covers the cases of who leaves, not those given to a colleague since, and forgets what was written of somebody who is erased', async () => {
    const who = await enter('conseiller@departement-sarthe');
    const colleague = await manager.do('/v1/users', {
      name: 'Reste Encore',
      email: 'reste@exemple.fr',
      structureId: who.structureId,
      role: 'counsellor',
    });
    const [caseId] = (await openCases(who, 1)) as [string];
    const batch = await open(manager, {
      kind: 'counsellor_leaves',
      userId: who.id,
      reason: 'Madame Introuvable est très fragile.',
    });
    await manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId: colleague.id });
    expect(await read(manager, batch.id)).toMatchObject({ items: [{ caseId, outcome: 'superseded' }] });
    const [employment] = (colleague as unknown as { employments: { id: string }[] }).employments;
    const end = () => manager.post(`/v1/users/${colleague.id}/employments/${employment!.id}/end`);
    expect((await end()).body).toMatchObject({ code: 'wrong-state', status: 'leads-open-cases' });
    expect(
      (await open(manager, { kind: 'counsellor_leaves', userId: colleague.id })).items.map((item) => item.caseId),
    ).toEqual([caseId]);
    expect((await end()).status).toBe(200);
    expect((await manager.get(`${batches}/${batch.id}`)) as { reason?: string }).toMatchObject({
      reason: 'Madame Introuvable est très fragile.',
    });
    await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    expect((await manager.try('GET', `${batches}/${batch.id}`)).text).not.toContain('Introuvable');
  });

  it('a contract that runs out puts what is left into a batch, which nobody gives up', async () => {
    const who = await leaver();
    const [left] = await openCases(who, 2);
    const until = '2026-11-30';
    const { employments } = (await manager.get(`/v1/users/${who.id}`)) as unknown as { employments: { id: string }[] };
    const end = (more = {}) => manager.post(`/v1/users/${who.id}/employments/${employments[0]!.id}/end`, more);
    expect((await end({ until })).body).toMatchObject({
      code: 'wrong-state',
      status: 'leads-open-cases',
      openCases: 2,
    });
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id });
    succeeded(await end({ until }));
    await manager.do(`${batches}/${batch.id}/cancel`);
    await manager.do(`/v1/cases/${left}/assignments`, { counsellorId: manager.id });

    system.clock.set('2026-11-30T22:59:00.000Z');
    await system.settle();
    expect(await prepared()).toEqual([]);
    system.clock.set('2026-11-30T23:00:00.000Z');
    await system.settle();
    await everybodyEnters();
    const [found] = await prepared();
    expect(await read(manager, found!.id)).toMatchObject({ total: 1, undecided: 1 });
    const given = await manager.post(`${batches}/${found!.id}/cancel`);
    expect([given.status, given.body.code, given.body.status]).toEqual([409, 'wrong-state', 'left']);
  });

  it('who a handover that is agreed on will bring a case to stays for it', async () => {
    const who = await enter('conseiller@departement-sarthe');
    const [caseId] = await openCases(laPoste, 1);
    const { id } = await laPoste.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: who.structureId,
      note: 'Note de passation.',
      toCounsellorId: who.id,
    });
    await manager.do(`/v1/handovers/${id}/accept`, { effectiveAt: '2026-12-10T09:00:00.000Z' });
    expect(await endEmployment(who)).toBe(409);
    await manager.do(`/v1/handovers/${id}/cancel`, { reason: 'Départ.' });
    expect(await endEmployment(who)).toBe(200);
  });
});
