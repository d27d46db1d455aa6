import { newCase, Person, type View } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, enter, sit, system } from './stage';

inABrowser('handing over at a desk', () => {
  aNetwork();
  let lead: Person, other: Person, manager: Person;

  beforeAll(async () => {
    [lead, other, manager] = await Promise.all([
      enter('conseiller'),
      enter('conseiller', 'la-poste'),
      enter('responsable'),
    ]);
  });

  const opened = async (): Promise<string> => (await lead.do('/v1/cases', newCase())).id;
  const proposed = async (): Promise<View> =>
    lead.do(`/v1/cases/${await opened()}/handovers`, {
      kind: 'push',
      toStructureId: other.structureId,
      note: 'Se débrouille avec sa messagerie.',
    });

  test('proposed in three acts, with the sheet that the other side reads before it answers', async () => {
    const caseId = await opened();
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/handover`);
    await page.getByLabel('Où en est la personne').fill('Se débrouille avec sa messagerie.');
    await page.getByRole('radio', { name: /La Poste/ }).check();
    const slip = page.getByRole('region', { name: 'Ce que La Poste lira avant de répondre' });
    const read = (await slip.innerText()).replaceAll('\u00a0', ' ');
    for (const words of ['Eulalie', 'Sablé-sur-Sarthe', 'E-mail', '« Se débrouille avec sa messagerie. »'])
      expect(read).toContain(words);
    expect(read).not.toMatch(/Essai/);
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Proposer' }).click();
    await page.getByText('Proposée', { exact: true }).waitFor();
    const [handover] = (await other.get('/v1/handovers?box=received&limit=1')).items;
    expect(handover).toMatchObject({ caseId, status: 'proposed', kind: 'push' });
  });

  test('accepted with a day, on a phone; the other side cancels it with a reason', async () => {
    const { id } = await proposed();
    const there = await sit('conseiller', 'la-poste', { width: 320, height: 640, theme: 'dark' });
    await there.open('/handovers');
    expect([await there.barriers(), await there.overflow()]).toEqual([[], 0]);
    await there.open(`/handovers/${id}`);
    expect(await there.page.getByRole('heading', { level: 1 }).innerText()).toBe('Eulalie');
    expect([await there.barriers(), await there.overflow()]).toEqual([[], 0]);
    await there.page.getByLabel('À partir du').fill('2026-12-07');
    await there.page.getByRole('button', { name: 'Accepter' }).click();
    await there.page.getByText('Acceptée', { exact: true }).waitFor();
    expect(await lead.get(`/v1/handovers/${id}`)).toMatchObject({
      status: 'accepted',
      effectiveAt: '2026-12-06T23:00:00.000Z',
    });
    const here = await sit('conseiller');
    await here.open(`/handovers/${id}`);
    await here.page.getByRole('button', { name: 'Annuler…' }).click();
    await here.page.getByLabel('Pourquoi ?').fill('Elle reste au Mans.');
    await here.page.getByRole('button', { name: 'Annuler la passation' }).click();
    await here.page.getByText('Annulée', { exact: true }).waitFor();
    expect((await other.get(`/v1/handovers/${id}`)).status).toBe('cancelled');
  });

  test('declined with a reason: who leads does not change', async () => {
    const { id, caseId } = await proposed();
    const desk = await sit('conseiller', 'la-poste');
    await desk.open(`/handovers/${id}`);
    await desk.page.getByRole('button', { name: 'Refuser…' }).click();
    await desk.page.getByLabel('Pourquoi ?').fill('Trop loin.');
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Refuser' }).click();
    await desk.page.getByText('Refusée', { exact: true }).waitFor();
    expect((await lead.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(lead.structureId);
  });

  test('to a colleague, at once, by who manages the structure; a counsellor names nobody else', async () => {
    const caseId = await opened();
    const counsellor = await sit('conseiller');
    await counsellor.open(`/cases/${caseId}/handover`);
    expect(await counsellor.page.getByRole('radio', { name: /À un collègue/ }).count()).toBe(0);
    const desk = await sit('responsable');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/handover`);
    await page.getByRole('radio', { name: /À un collègue/ }).check();
    await page.getByLabel('Qui mènera le suivi ?').selectOption({ label: 'Manon Froger' });
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Confier le suivi' }).click();
    await page.getByText('Le suivi est confié').waitFor();
    expect((await lead.get(`/v1/cases/${caseId}`)).lead.counsellor).toMatchObject({ name: 'Manon Froger' });
  });

  test('a leaver: what is proposed and why before anything, decided by row and all together, begun', async () => {
    await opened();
    await opened();
    const desk = await sit('responsable');
    const { page } = desk;
    await desk.open('/handover-batches');
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('link', { name: 'Préparer un départ' }).click();
    await page.getByLabel('Qui s’en va ?').selectOption({ label: 'Camille Berthelot' });
    await page
      .getByText(/Parce que\s: même structure/)
      .first()
      .waitFor();
    expect((await manager.get('/v1/handover-batches')).items).toEqual([]);
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Préparer ce départ' }).click();
    await page.getByRole('heading', { name: 'Le départ de Camille Berthelot' }).waitFor();
    await page.getByRole('button', { name: 'Comme proposé' }).first().click();
    await page.getByText('Décidé', { exact: true }).first().waitFor();
    await page
      .getByRole('button', { name: /Autrement…/ })
      .last()
      .click();
    await page.getByRole('radio', { name: 'Clore le suivi' }).check();
    await page.getByRole('radio', { name: 'Besoin satisfait' }).check();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Décider' }).click();
    await page.getByText('Clore le suivi : Besoin satisfait').waitFor();
    await page.getByRole('button', { name: /[cC]ommencer/ }).click();
    await page.getByText('C’est parti').waitFor();
    await system.settle();
    await page.reload();
    await page.getByText('Terminé', { exact: true }).waitFor();
    const [batch] = (await manager.get('/v1/handover-batches')).items;
    expect(batch).toMatchObject({ status: 'done' });
  });

  test('a leaver’s departure that runs is undone: what was only proposed comes back, and it is told why', async () => {
    const caseId = await opened();
    const batch = await manager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: lead.id });
    const to = await enter('responsable', 'le-mans-metropole');
    for (const item of batch.items as { caseId: string }[])
      await manager.do(`/v1/handover-batches/${batch.id}/decisions`, {
        decisions: [{ caseId: item.caseId, decision: 'structure', structureId: to.structureId }],
      });
    await manager.do(`/v1/handover-batches/${batch.id}/start`, {});
    await system.settle();
    const desk = await sit('responsable');
    const { page } = desk;
    await desk.open(`/handover-batches/${batch.id}`);
    await page.getByRole('button', { name: 'Annuler ce départ…' }).click();
    await page.getByLabel('Pourquoi').fill('Elle reste.');
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Annuler le départ' }).click();
    await page.getByText('Annulé après son départ').waitFor();
    await system.settle();
    expect((await manager.get(`/v1/handover-batches/${batch.id}`)).status).toBe('undone');
    expect(await lead.get(`/v1/cases/${caseId}`)).not.toHaveProperty('openHandover');
  });

  test('a coordinator decides who leads, with a reason', async () => {
    const caseId = await opened();
    const desk = await sit('coordinateur');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/handover`);
    expect(await page.locator('main').innerText()).not.toMatch(/Eulalie/);
    await page.getByLabel('Qui mène le suivi ?').fill('La P');
    await page.getByRole('button', { name: 'La Poste' }).click();
    await page.getByLabel('Pourquoi ?').fill('La structure ferme son bureau.');
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Décider' }).click();
    await page.getByText('Effective', { exact: true }).waitFor();
    expect((await other.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(other.structureId);
  });
});
