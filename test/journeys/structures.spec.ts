import { today } from '../support/clock';
import { Database } from '@fil-rouge/platform';
import { newCase, newReferral, newSession, sable, type View } from './driver';
import { administrator, coordinator, decide, enter, laPoste, lead, network, notices, system } from './structures-story';

describe('structures change', () => {
  network();

  const refusal = async (answer: Promise<{ status: number; body: View }>): Promise<[number, string]> => {
    const { status, body } = await answer;
    return [status, body?.code];
  };

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
    const proposed = await lead.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: structureId,
      note: 'À vous ?',
    });
    await decide(structureId, 'suspended');

    expect((await suspended.get(`/v1/cases/${own}`)).lead.structure.id).toBe(structureId);
    await suspended.do(`/v1/cases/${own}/sessions`, newSession());
    await suspended.do(`/v1/cases/${caseId}/sessions`, newSession({ date: today(), referralId: under.id }));
    await suspended.do(`/v1/cases/${own}/corrections`, { resident: { firstName: 'Dominique' } });
    expect((await lead.get(`/v1/referrals/${under.id}`)).status).toBe('in_progress');

    expect(await refusal(suspended.post('/v1/cases', newCase()))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/cases/${closed}/reopen`, { reason: 'Revenu nous voir.' }))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await refusal(suspended.post(`/v1/cases/${own}/referrals`, newReferral(laPoste.structureId)))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await refusal(suspended.post(`/v1/referrals/${draft.id}/send`))).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/referrals/${waiting.id}/accept`))).toEqual([403, 'forbidden']);
    expect(
      await refusal(
        suspended.post(`/v1/cases/${own}/handovers`, {
          kind: 'push',
          toStructureId: laPoste.structureId,
          note: 'Nous fermons.',
        }),
      ),
    ).toEqual([403, 'forbidden']);
    expect(await refusal(suspended.post(`/v1/handovers/${proposed.id}/accept`))).toEqual([422, 'recipient-not-active']);
    expect(
      await refusal(suspended.post(`/v1/cases/${caseId}/handovers`, { kind: 'pull', note: 'Nous la voyons.' })),
    ).toEqual([409, 'open-handover']);
    expect(
      await refusal(lead.post(`/v1/cases/${caseId}/referrals`, newReferral(structureId, { needs: ['sante'] }))),
    ).toEqual([422, 'recipient-not-active']);
    expect((await suspended.do(`/v1/handovers/${proposed.id}/decline`, { reason: 'Suspendue.' })).status).toBe(
      'declined',
    );
    expect(
      await refusal(suspended.post(`/v1/cases/${caseId}/handovers`, { kind: 'pull', note: 'Nous la voyons.' })),
    ).toEqual([422, 'recipient-not-active']);
    expect(
      await refusal(
        coordinator.post(`/v1/cases/${caseId}/handovers`, {
          kind: 'administrative',
          toStructureId: structureId,
          reason: 'Proche.',
        }),
      ),
    ).toEqual([422, 'recipient-not-active']);
    expect((await suspended.do(`/v1/referrals/${under.id}/complete`, { outcome: 'helped' })).status).toBe('completed');

    // Nothing that was open has changed; once reinstated the same answer goes through. Its cases stay with it: no batch.
    await decide(structureId, 'active');
    expect((await suspended.do(`/v1/referrals/${waiting.id}/accept`)).status).toBe('accepted');
    expect(
      (await coordinator.all('/v1/handover-batches')).some(
        (batch) => (batch as unknown as { structure: { id: string } }).structure.id === structureId,
      ),
    ).toBe(false);
  });

  it('three expiries in 90 days are told to the coordinator, two are not', async () => {
    system.clock.set('2027-01-13T09:00:00.000Z');
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const expire = async (needs: string): Promise<string> => {
      const { id } = await lead.do(
        `/v1/cases/${caseId}/referrals`,
        newReferral(laPoste.structureId, { needs: [needs] }),
      );
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
      expect.objectContaining({
        referralId: third,
        title: 'La Poste\u00a0: au moins trois orientations restées sans réponse en 90 jours',
      }),
    ]);
    // By then all three are older than 90 days: one alone says nothing.
    system.clock.advance({ days: 80 });
    await expire('scolarite_et_numerique');
    expect(await notices(coordinator, 'RepeatedExpiries')).toHaveLength(1);
    const [index] = await system.database.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where indexname = 'referral_expired'`,
    );
    expect(index!.indexdef).toMatch(/\(to_structure_id, ended_at\) WHERE \(status = 'expired'::text\)/);
  });

  it('one that is validated: what is held to yet another while that is worked on waits on, and is not cancelled for a recipient nobody looked at', async () => {
    const validated = await enter('conseiller@asso-en-attente');
    const declared = await administrator.do('/v1/structures', {
      name: 'Association des Deux Rives',
      typology: 'ASSO',
      communes: [sable],
      services: [],
    });
    await administrator.do('/v1/users', {
      name: 'Rive Droite',
      email: 'rive@exemple.fr',
      structureId: declared.id,
      role: 'manager',
    });
    const { id: caseId } = await validated.do('/v1/cases', newCase());
    const first = await validated.do(`/v1/cases/${caseId}/referrals`, newReferral(laPoste.structureId));
    expect(first.status).toBe('held');
    await system.settle();
    const database = system.worker.get(Database, { strict: false });
    let second: View | undefined;
    const looking = jest
      .spyOn(database, 'query')
      .mockImplementation(async (...asked: Parameters<Database['query']>) => {
        const rows = await Database.prototype.query.apply(database, asked);
        if (asked[0] === 'held_referral_sides')
          second ??= await validated.do(
            `/v1/cases/${caseId}/referrals`,
            newReferral(declared.id, { needs: ['email'] }),
          );
        return rows;
      });
    try {
      await administrator.do(`/v1/structures/${validated.structureId}/decisions`, {
        status: 'active',
        decidedOn: system.clock.now().slice(0, 10),
        reference: 'DEC-72',
      });
      // The system's own worker looks as well: whichever of the two came too early puts it off once more.
      for (let look = 0; look < 8 && (await system.database.query('select id from delivery')).length > 0; look++) {
        await system.settle();
        system.clock.advance({ minutes: 10 });
      }
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
