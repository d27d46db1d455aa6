import { randomUUID } from 'node:crypto';
import { newCase, newReferral, newSession, Person, request, type View } from './driver';
import { administrator, coordinator, enter, laPoste, lead, network, notices, system } from './structures-story';

interface Structure extends View {
  decisions: { status: string; successor?: { id: string; name: string } }[];
  tookOver?: { id: string; name: string; on: string }[];
}
interface Batch {
  id: string;
  items: { caseId: string; proposal?: { structure: { id: string }; counsellor?: { id: string }; because: string[] } }[];
}

describe('a structure that closes in favour of another one', () => {
  network();
  let counsellor: Person;
  let manager: Person;
  const on = () => system.clock.now().slice(0, 10);
  const closing = (successorId: string, more: object = {}) => ({
    status: 'closed',
    decidedOn: on(),
    successorId,
    ...more,
  });
  const decide = (structureId: string, body: object) =>
    administrator.post(`/v1/structures/${structureId}/decisions`, body);
  const refusal = async (structureId: string, body: object) => {
    const { status, body: problem } = await decide(structureId, body);
    return [status, problem.errors?.[0]?.code ?? problem.code];
  };
  const structure = async (id: string) => (await coordinator.get(`/v1/structures/${id}`)) as Structure;

  beforeAll(async () => {
    [counsellor, manager] = (await Promise.all(['conseiller@fal-72', 'responsable@fal-72'].map(enter))) as [
      Person,
      Person,
    ];
  });

  it('is refused where there is nobody to take over, and while the State pays for posts there', async () => {
    const { structureId } = counsellor;
    const suspended = await administrator.do('/v1/structures', {
      name: 'Les Amis du Numérique',
      typology: 'ASSO',
      communes: ['72264'],
      services: [],
    });
    expect(await refusal(structureId, closing(laPoste.structureId, { status: 'suspended' }))).toEqual([
      422,
      'not-for-this-status',
    ]);
    expect(await refusal(structureId, closing(structureId))).toEqual([422, 'same']);
    expect(await refusal(structureId, closing(randomUUID()))).toEqual([422, 'unknown']);
    expect(await refusal(structureId, closing(suspended.id))).toEqual([422, 'not-active']);
    expect(
      (await coordinator.post(`/v1/structures/${structureId}/decisions`, closing(laPoste.structureId))).status,
    ).toBe(403);
    expect(await refusal(administrator.structureId, closing(laPoste.structureId))).toEqual([403, 'forbidden']);
    const convention = await administrator.do(`/v1/structures/${structureId}/conventions`, {
      reference: 'CN-72-2026-099',
      envelope: 1,
      from: on(),
      posts: 2,
    });
    const { body } = await decide(structureId, closing(laPoste.structureId));
    expect(body).toMatchObject({ code: 'wrong-state', status: 'running-conventions' });
    await administrator.do(`/v1/conventions/${convention.id}/end`, { on: on(), reason: 'Réunie à La Poste.' });
    expect((await structure(structureId)).status).toBe('active');
    expect((await counsellor.try('GET', '/v1/me')).status).toBe(200);
  });

  it('its people work there from then on, what it leads is proposed to them, and what was done keeps its name', async () => {
    const { structureId } = counsellor;
    const { id: led } = await counsellor.do('/v1/cases', newCase());
    await counsellor.do(`/v1/cases/${led}/sessions`, newSession());
    const { id: helped } = await lead.do('/v1/cases', newCase());
    const asked = await lead.do(`/v1/cases/${helped}/referrals`, newReferral(structureId));
    const byPost = await notices(await enter('responsable@la-poste'), 'StructureTookOver');

    const key = { 'Idempotency-Key': 'une-seule-fois' };
    const close = () =>
      administrator.post(`/v1/structures/${structureId}/decisions`, closing(laPoste.structureId), key);
    const [closed, again] = [await close(), await close()];
    expect([closed.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    await system.settle();
    expect((await structure(structureId)).decisions.at(-1)).toMatchObject({
      status: 'closed',
      successor: { id: laPoste.structureId, name: 'La Poste' },
    });
    expect((await structure(laPoste.structureId)).tookOver).toEqual([
      { id: structureId, name: "Ligue de l'enseignement – FAL 72", on: on() },
    ]);
    expect(await refusal(structureId, closing(laPoste.structureId))).toEqual([409, 'wrong-state']);

    // Nobody signs in for the one any more; the same account signs in for the other, with the same role.
    const { authorization } = counsellor;
    expect((await request(system.baseUrl, 'GET', '/v1/me', { headers: { authorization } })).status).toBe(401);
    const [here, boss] = (await Promise.all(['conseiller@fal-72', 'responsable@fal-72'].map(enter))) as [
      Person,
      Person,
    ];
    expect([here.structureId, here.id, boss.structureId, boss.id]).toEqual([
      laPoste.structureId,
      counsellor.id,
      laPoste.structureId,
      manager.id,
    ]);
    expect((await boss.get('/v1/me'))['role' as 'id']).toBe('manager');
    const colleagues = await coordinator.all(`/v1/structures/${laPoste.structureId}/people`);
    expect(colleagues.filter(({ id }) => id === counsellor.id)).toHaveLength(1);
    // Told once to whoever is in charge there, not once for each person.
    const told = await notices(await enter('responsable@la-poste'), 'StructureTookOver');
    expect(told.length - byPost.length).toBe(1);
    expect(await notices(await enter('responsable@la-poste'), 'FirstManagerNamed')).toEqual([]);
    expect(await notices(await enter('responsable@la-poste'), 'EmploymentEndedFromOutside')).toEqual([]);

    // What was asked of it ends, as with each structure that closes; what it leads goes on with the same counsellor.
    expect(await lead.get(`/v1/referrals/${asked.id}`)).toMatchObject({
      status: 'cancelled',
      reason: 'structure_closed',
    });
    const listed = (await coordinator.all('/v1/handover-batches')).at(0)!;
    const batch = (await coordinator.get(`/v1/handover-batches/${listed.id}`)) as unknown as Batch;
    expect(batch.items.find(({ caseId }) => caseId === led)?.proposal).toMatchObject({
      structure: { id: laPoste.structureId },
      counsellor: { id: counsellor.id },
      because: ['takes_over'],
    });
    await coordinator.do(`/v1/handover-batches/${batch.id}/start`, { acceptProposals: true });
    await system.settle();
    expect(await here.get(`/v1/cases/${led}`)).toMatchObject({
      participation: 'lead',
      lead: { structure: { id: laPoste.structureId }, counsellor: { id: counsellor.id } },
      leads: [
        expect.objectContaining({ structure: { id: structureId, name: "Ligue de l'enseignement – FAL 72" } }),
        {},
      ],
    });
    const timeline = (await here.all(`/v1/cases/${led}/timeline`)) as unknown as {
      type: string;
      structure: { name: string };
    }[];
    expect(timeline.find(({ type }) => type === 'SessionRecorded')?.structure.name).toBe(
      "Ligue de l'enseignement – FAL 72",
    );
    expect((await coordinator.all('/v1/structures?acceptsReferrals=true')).map(({ id }) => id)).not.toContain(
      structureId,
    );
    expect(await administrator.get(`/v1/audit/cases/${led}/verification`)).toMatchObject({
      chain: 'ok',
      continuity: 'ok',
    });
  });
});
