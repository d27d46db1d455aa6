import { Timers } from '@fil-rouge/platform';
import { newCase, newReferral, newSession, sable, type View } from './driver';
import { administrator, coordinator, decide, enter, lead, network, notices, system } from './structures-story';

interface Batch {
  id: string;
  kind: string;
  status: string;
  createdBy?: object;
  done: number;
  items: { caseId: string; proposal?: { structure: { id: string }; because: string[] }; outcome?: string }[];
}

describe('structures close', () => {
  network();

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
    const handover = await lead.do(`/v1/cases/${promised}/handovers`, {
      kind: 'push',
      toStructureId: structureId,
      note: 'À reprendre en janvier.',
    });
    await closing.do(`/v1/handovers/${handover.id}/accept`, { effectiveAt: '2027-01-11T08:00:00.000Z' });

    await decide(structureId, 'closed');
    expect(await lead.get(`/v1/referrals/${sent.id}`)).toMatchObject({
      status: 'cancelled',
      reason: 'structure_closed',
    });
    expect(await lead.get(`/v1/referrals/${accepted.id}`)).toMatchObject({
      status: 'returned',
      reason: 'structure_closed',
    });
    expect((await notices(lead, 'ReferralReturned')).some(({ referralId }) => referralId === accepted.id)).toBe(true);
    expect((await lead.get(`/v1/handovers/${handover.id}`)).status).toBe('cancelled');
    expect((await closing.try('GET', '/v1/me').catch((error: Error) => error)) instanceof Error).toBe(true);

    const [notice] = await notices(coordinator, 'CasesLeftBehind');
    expect(notice).toMatchObject({
      count: 3,
      title:
        "Ligue de l'enseignement – FAL 72\u00a0: structure fermée ou refusée, 3 suivis à confier à d’autres structures",
    });
    expect(await notices(administrator, 'CasesLeftBehind')).toEqual([]);
    const listed = (await coordinator.all('/v1/handover-batches')).at(0)!;
    const batch = (await coordinator.get(`/v1/handover-batches/${listed.id}`)) as unknown as Batch;
    expect(batch).toMatchObject({ kind: 'structure_closed', status: 'prepared', structure: { id: structureId } });
    expect(batch).not.toHaveProperty('createdBy');
    expect(batch.items.map((item) => item.caseId)).toEqual([...led].sort());
    const active = new Set(
      (await coordinator.all(`/v1/structures?status=active&commune=${sable}`)).map(({ id }) => id),
    );
    expect(
      batch.items.every(
        ({ proposal }) =>
          proposal !== undefined && active.has(proposal.structure.id) && proposal.because.includes('territory'),
      ),
    ).toBe(true);
    const colleague = await coordinator.post(`/v1/handover-batches/${batch.id}/decisions`, {
      decisions: [{ caseId: led[0], decision: 'colleague', counsellorId: closing.id }],
    });
    expect([colleague.status, colleague.body.code]).toEqual([422, 'recipient-not-active']);
    await coordinator.do(`/v1/handover-batches/${batch.id}/start`, {
      decisions: [
        { caseId: led[0], decision: 'structure', structureId: lead.structureId, counsellorId: lead.id },
        { caseId: led[1], decision: 'close', reason: 'unreachable' },
      ],
      acceptProposals: true,
    });
    await system.settle();
    const seen = (await coordinator.get(`/v1/handover-batches/${batch.id}`)) as unknown as Batch;
    expect(seen.status).toBe('done');
    expect(seen.items.map(({ caseId: id, outcome }) => [id, outcome]).sort()).toEqual(
      [
        [led[0], 'moved'],
        [led[1], 'closed'],
        [led[2], 'moved'],
      ].sort(),
    );
    const timeline = (await lead.all(`/v1/cases/${led[0]}/timeline`)) as (View & { structure: { name: string } })[];
    expect(timeline.find(({ type }) => type === 'SessionRecorded')!.structure.name).toBe(
      "Ligue de l'enseignement – FAL 72",
    );
    expect(await administrator.get(`/v1/audit/cases/${led[0]}/verification`)).toMatchObject({
      chain: 'ok',
      continuity: 'ok',
    });

    system.clock.set('2027-01-12T09:00:00.000Z');
    await system.settle();
    expect((await lead.get(`/v1/cases/${promised}`)).lead.structure.id).toBe(lead.structureId);
    system.clock.set('2027-01-13T09:00:00.000Z');
  });

  it('one that is closed when the day comes on which it should have led: the lead has not moved', async () => {
    const closing = await enter('conseiller@ville-allonnes');
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const { id } = await lead.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: closing.structureId,
      note: 'À reprendre tout à l’heure.',
    });
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
    const joined = async (name: string) =>
      (await manager.do('/v1/users', {
        name,
        email: `${name}@exemple.fr`,
        structureId: manager.structureId,
        role: 'counsellor',
      })) as unknown as { id: string; employments: { id: string }[] };
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
    expect(
      await system.database.query(
        `select from case_file f where f.lead_structure_id = $1 and f.status = 'open'
      and not exists (select from batch_item i where i.case_id = f.id and i.state = 'undecided')`,
        [manager.structureId],
      ),
    ).toEqual([]);
  });
});
