import { newCase, newReferral, newSession, type View } from './driver';
import { administrator, coordinator, enter, laPoste, lead, network, notices, system } from './structures-story';

type Told = View & { type: string; structure: { name: string } | null };

describe('a structure that is renamed', () => {
  network();

  const timeline = async (caseId: string): Promise<[string, string | undefined][]> =>
    ((await lead.all(`/v1/cases/${caseId}/timeline`)) as unknown as Told[])
      .filter(({ structure }) => structure && structure.name !== 'Département de la Sarthe')
      .map(({ type, structure }) => [type, structure?.name]);

  it('stands under the name of then where something was done, and under today’s in every list', async () => {
    const { structureId } = laPoste;
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    const referral = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId));
    await laPoste.do(`/v1/referrals/${referral.id}/accept`);
    const handover = await lead.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: structureId,
      note: 'À vous.',
    });
    await laPoste.do(`/v1/handovers/${handover.id}/accept`);
    system.clock.advance({ minutes: 5 });
    const back = await laPoste.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: lead.structureId,
      note: 'À vous de nouveau.',
    });
    await lead.do(`/v1/handovers/${back.id}/accept`);
    const before = await timeline(caseId);
    expect(new Set(before.map(([, name]) => name))).toEqual(new Set(['La Poste']));
    system.clock.advance({ minutes: 5 });

    const rename = (name: string) => administrator.post(`/v1/structures/${structureId}/rename`, { name });
    const renamed = await rename('La Poste du Maine');
    expect([renamed.status, renamed.body.name]).toEqual([200, 'La Poste du Maine']);
    expect((renamed.body as unknown as { formerNames: unknown[] }).formerNames).toEqual([
      { name: 'La Poste', until: expect.any(String) as string },
    ]);
    // The same again is no new name.
    expect(
      ((await rename('La Poste du Maine')).body as unknown as { formerNames: unknown[] }).formerNames,
    ).toHaveLength(1);
    system.clock.advance({ minutes: 5 });

    const { id: other } = await laPoste.do('/v1/cases', newCase());
    await laPoste.do(`/v1/cases/${other}/sessions`, newSession());
    const asked = await laPoste.do(`/v1/cases/${other}/referrals`, newReferral(lead.structureId));
    await lead.do(`/v1/referrals/${asked.id}/accept`);
    expect(new Set((await timeline(other)).map(([, name]) => name))).toEqual(new Set(['La Poste du Maine']));
    // Not one line of what was done before reads otherwise.
    expect(await timeline(caseId)).toEqual(before);
    const shown = (await lead.get(`/v1/cases/${caseId}`)) as unknown as { leads: { structure: { name: string } }[] };
    expect(shown.leads.map(({ structure }) => structure.name)).toContain('La Poste');
    expect(shown.leads.map(({ structure }) => structure.name)).not.toContain('La Poste du Maine');
    const { history } = (await lead.get(`/v1/referrals/${referral.id}`)) as unknown as {
      history: { structure?: { name: string } }[];
    };
    expect(history.map(({ structure }) => structure?.name)).toContain('La Poste');
    expect(history.map(({ structure }) => structure?.name)).not.toContain('La Poste du Maine');

    const [sent] = (await lead.get('/v1/referrals?box=sent')).items as unknown as { toStructure: { name: string } }[];
    expect(sent!.toStructure.name).toBe('La Poste du Maine');
    const directory = async (q: string) =>
      ((await lead.get(`/v1/structures?q=${q}`)).items as unknown as { name: string }[]).map(({ name }) => name);
    for (const q of ['%25', '-']) expect([q, await directory(q)]).toEqual([q, []]);
    expect(await directory('maine')).toContain('La Poste du Maine');
    expect(await directory('poste')).toEqual(['La Poste du Maine']);
    const entries = (await administrator.all(
      `/v1/audit/entries?structureId=${structureId}&action=ReferralAccepted`,
    )) as unknown as { structure: { name: string } }[];
    expect(entries.map(({ structure }) => structure.name)).toEqual(['La Poste']);
  });

  it('is renamed by an administrator alone, and its managers are told', async () => {
    const manager = await enter('responsable@afpa');
    const rename = (by: typeof manager) =>
      by.post(`/v1/structures/${manager.structureId}/rename`, { name: 'Afpa Le Mans' });
    for (const who of [manager, coordinator, lead]) expect((await rename(who)).status).toBe(403);
    expect((await manager.get(`/v1/structures/${manager.structureId}`)) as unknown).not.toHaveProperty('formerNames');
    expect((await rename(administrator)).status).toBe(200);
    await system.settle();
    expect((await notices(manager, 'StructureRenamed')).map(({ title }) => title)).toContainEqual(
      expect.stringContaining('nouveau nom'),
    );
    const stale = await administrator.post(
      `/v1/structures/${manager.structureId}/rename`,
      { name: 'Afpa Sarthe' },
      { 'if-match': '"1"' },
    );
    expect(stale.status).toBe(412);
  });
});
