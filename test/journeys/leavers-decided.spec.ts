import { Sealing } from '@fil-rouge/platform';
import { invitationToken } from '@fil-rouge/users';
import { newCase, Person, request, sable, succeeded } from './driver';
import { asBatch, batches } from './leavers-story';
import {
  administrator,
  carriedOut,
  coordinator,
  departement,
  endEmployment,
  enter,
  laPoste,
  leaver,
  manager,
  open,
  openCases,
  read,
  system,
} from './leavers-stage';

describe('who decides on the cases of somebody who leaves', () => {
  departement();

  it('is for the manager of that structure, coordinators and administrators; others do not learn of it', async () => {
    const who = await leaver();
    const [caseId] = (await openCases(who, 1)) as [string];
    const other = await enter('responsable@la-poste');
    expect((await who.post(batches, { kind: 'counsellor_leaves', userId: who.id })).status).toBe(403);
    expect(
      (await other.post(batches, { kind: 'counsellor_leaves', userId: who.id, structureId: who.structureId })).status,
    ).toBe(403);
    expect((await other.post(batches, { kind: 'counsellor_leaves', userId: who.id })).status).toBe(422);
    const batch = await open(administrator, { kind: 'counsellor_leaves', userId: who.id });
    expect((await manager.post(batches, { kind: 'counsellor_leaves', userId: who.id })).status).toBe(422);
    for (const path of [`${batches}/${batch.id}`]) expect((await other.try('GET', path)).status).toBe(404);
    for (const action of ['start', 'cancel', 'decisions']) {
      const body = action === 'decisions' ? { decisions: [{ caseId, decision: 'close', reason: 'need_met' }] } : {};
      expect((await other.post(`${batches}/${batch.id}/${action}`, body)).status).toBe(404);
    }
    expect((await other.all(batches)).map(({ id }) => id)).not.toContain(batch.id);
    expect((await manager.all(batches)).map(({ id }) => id)).toContain(batch.id);
    const decide = (decision: object) =>
      manager.post(`${batches}/${batch.id}/decisions`, { decisions: [{ caseId, ...decision }] });
    expect((await decide({ decision: 'colleague', counsellorId: who.id })).body.errors[0]!.code).toBe('leaves');
    expect((await decide({ decision: 'colleague', counsellorId: laPoste.id })).body.errors[0]!.code).toBe(
      'not-employed',
    );
    expect((await decide({ decision: 'structure', structureId: who.structureId })).body.errors[0]!.code).toBe(
      'already-leads',
    );
    expect((await decide({ decision: 'close' })).body.errors[0]).toMatchObject({
      pointer: '/decisions/0/reason',
      code: 'required',
    });
    expect(
      (await decide({ decision: 'colleague', counsellorId: manager.id, caseId: batch.id })).body.errors[0]!.code,
    ).toBe('unknown');
    expect(asBatch(await manager.do(`${batches}/${batch.id}/cancel`)).status).toBe('cancelled');
    const journal = await system.database.query<{ action: string }>(
      `select action from audit_entry where $1 = any(shown) and action like 'handover-batch.%'`,
      [batch.id],
    );
    expect(new Set(journal.map(({ action }) => action))).toEqual(
      new Set(['read', 'list'].map((action) => `handover-batch.${action}`)),
    );
    const log = await system.database.query<{ type: string; actor_id: string }>(
      'select type, actor_id from event where stream_id = $1 order by seq',
      [batch.id],
    );
    expect(log).toEqual([
      { type: 'BatchDrawnUp', actor_id: administrator.id },
      { type: 'BatchCancelled', actor_id: manager.id },
    ]);
    expect((await manager.post(`${batches}/${batch.id}/start`)).body.status).toBe('cancelled');
    expect(await endEmployment(who)).toBe(409);
  });

  it('a coordinator decides for the cases of the territory and sees no other; the batch ends when everybody has decided', async () => {
    const who = await leaver();
    const [mine, elsewhere] = [
      (await who.do('/v1/cases', newCase(sable))).id,
      (await who.do('/v1/cases', newCase('72181'))).id,
    ];
    await administrator.do('/v1/users', {
      name: 'Ici Seulement',
      email: 'ici@exemple.fr',
      structureId: who.structureId,
      role: 'coordinator',
      territory: [sable],
    });
    const [invitation] = await system.database.query<{ id: string }>(
      `select i.id from invitation i join account a on a.id = i.user_id where a.email = 'ici@exemple.fr'`,
    );
    const token = invitationToken(system.api.get(Sealing, { strict: false }), invitation!.id);
    succeeded(
      await request(system.baseUrl, 'POST', '/v1/auth/invitations/accept', {
        body: { token, password: system.password },
      }),
    );
    const local = await Person.signIn(system.baseUrl, 'ici@exemple.fr', system.password);

    const { id } = await open(administrator, { kind: 'counsellor_leaves', userId: who.id });
    const seen = await read(local, id);
    expect([seen.total, seen.items.map(({ caseId }) => caseId)]).toEqual([1, [mine]]);
    const unseen = await local.post(`${batches}/${id}/decisions`, {
      decisions: [{ caseId: elsewhere, decision: 'close', reason: 'need_met' }],
    });
    expect([unseen.status, unseen.body.errors[0]!.code]).toEqual([422, 'unknown']);
    expect((await local.post(`${batches}/${id}/cancel`)).status).toBe(403);
    await local.do(`${batches}/${id}/start`, {
      decisions: [{ caseId: mine, decision: 'colleague', counsellorId: manager.id }],
    });
    const begun = await carriedOut(local, id, 'running');
    expect([begun.done, (await read(administrator, id)).undecided]).toEqual([1, 1]);
    await coordinator.do(`${batches}/${id}/decisions`, {
      decisions: [{ caseId: elsewhere, decision: 'structure', structureId: laPoste.structureId }],
    });
    expect((await carriedOut(administrator, id)).items.map(({ caseId, outcome }) => [caseId, outcome]).sort()).toEqual(
      [
        [mine, 'reassigned'],
        [elsewhere, 'moved'],
      ].sort(),
    );
  });
});
