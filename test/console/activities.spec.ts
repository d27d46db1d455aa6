import { newCase, newSession, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aDesk, desk, enter, sit } from './stage';

inABrowser('what was done', () => {
  aDesk('conseiller');
  let counsellor: Person;

  beforeAll(async () => {
    counsellor = await enter('conseiller');
  });

  const openCase = async (lastName: string): Promise<string> => {
    const { resident, ...body } = newCase() as { resident: object };
    return (
      await counsellor.do('/v1/cases', { ...body, resident: { ...resident, lastName }, confirmNotDuplicate: true })
    ).id;
  };

  test('a session is corrected: only what changed is sent, and what stood before stays readable', async () => {
    const { page } = desk;
    const caseId = await openCase('Corrigée');
    const { id } = await counsellor.do(`/v1/cases/${caseId}/sessions`, { ...newSession(), summary: 'Dit trop vite.' });
    await desk.open(`/cases/${caseId}/sessions/${id}`);
    await page.getByRole('button', { name: 'Corriger' }).click();
    await page.getByLabel('Ce qui a été fait').fill('Dit comme il faut.');
    const sent = page.waitForRequest('**/corrections');
    await page.getByRole('button', { name: 'Enregistrer la correction' }).click();
    expect((await sent).postDataJSON()).toEqual({ summary: 'Dit comme il faut.' });
    await page.getByText('Dit comme il faut.').waitFor();
    await page.getByText(/^Écrit /).click();
    await page.getByText('Dit trop vite.').waitFor();
    expect(await desk.barriers()).toEqual([]);
  });

  test('a manager says which labels there are; a session gets one, and is found by it', async () => {
    const boss = await sit('responsable');
    await boss.open(`/structures/${counsellor.structureId}`);
    await boss.page.getByRole('button', { name: 'Choisir…' }).click();
    await boss.page.getByLabel('Une de plus').fill('Seniors');
    await boss.page.getByLabel('Une de plus').fill('France Services');
    expect([await boss.barriers(), await boss.overflow()]).toEqual([[], 0]);
    await boss.page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await boss.page.getByText('Seniors, France Services').waitFor();
    const { page } = desk;
    const caseId = await openCase('Étiquetée');
    const { id } = await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession());
    await desk.open(`/cases/${caseId}/sessions/${id}`);
    await page.getByLabel('Seniors').check();
    await page.getByRole('button', { name: 'Enregistrer les étiquettes' }).click();
    await page.getByText('Étiquettes enregistrées').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await desk.open('/sessions');
    await page.getByLabel('Étiquette').selectOption({ label: 'France Services' });
    await page.getByText('Rien ne répond à ces choix.').waitFor();
    await page.getByLabel('Étiquette').selectOption({ label: 'Seniors' });
    await page.locator('.tag', { hasText: 'Seniors' }).waitFor();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
  });

  test('a session of somebody else is moved there, found by the name, which stands in no address', async () => {
    const { page } = desk;
    const [wrong, right] = [await openCase('Guillotin'), await openCase('Tessereau')];
    const { id } = await counsellor.do(`/v1/cases/${wrong}/sessions`, newSession());
    await desk.open(`/cases/${wrong}/sessions/${id}`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: 'C’était quelqu’un d’autre…' }).click();
    await page.getByLabel('Avec qui était-ce ?').fill('Tesser');
    await page.getByRole('button', { name: /Tessereau/ }).click();
    await page.getByLabel('Pourquoi').fill('Homonymes.');
    await page.getByRole('button', { name: 'Le déplacer' }).click();
    await page.waitForURL(`**/#/cases/${right}/sessions/*`);
    expect(asked.filter((url) => /tesser/i.test(url))).toEqual([]);
    expect((await counsellor.get(`/v1/cases/${wrong}/sessions/${id}`)).status).toBe('entered_in_error');
  });

  test('somebody without a name is recorded with one box, and what was an error counts no more', async () => {
    const { page } = desk;
    await desk.open('/session');
    await page.getByRole('link', { name: 'La personne ne donne pas son nom' }).click();
    await page.getByLabel('E-mail').check();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).dblclick();
    await page.waitForURL('**/#/anonymous-sessions');
    await desk.settled();
    const [one, ...others] = (await counsellor.get('/v1/anonymous-sessions')).items;
    expect(others).toEqual([]);
    await page.locator(`a[href="#/anonymous-sessions/${one!.id}"]`).click();
    await page.getByRole('button', { name: 'Saisi par erreur…' }).click();
    await page.getByLabel('Saisi deux fois').check();
    await page.getByRole('button', { name: 'Marquer comme erreur' }).click();
    await page.getByText('il ne compte nulle part').waitFor();
    expect((await counsellor.get('/v1/anonymous-sessions')).items).toEqual([]);
  });

  test('a workshop is held with somebody found while typing and two without a case, then said better', async () => {
    const { page } = desk;
    const caseId = await openCase('Vaucelle');
    await desk.open('/workshops/new');
    await page.getByLabel('Titre').fill('Premiers messages');
    await page.getByLabel('Qui est venu ?').fill('Vaucel');
    await page.getByRole('button', { name: /Vaucelle/ }).click();
    await page.getByLabel('Combien d’autres, sans dossier ?').fill('2');
    await page.getByLabel('E-mail').check();
    // What was being written outlives a reload.
    await page.waitForTimeout(500);
    await page.reload();
    await page.getByText('Vous aviez commencé à écrire').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Enregistrer l’atelier' }).click();
    await page.getByRole('heading', { name: 'Premiers messages' }).waitFor();
    await page.getByRole('heading', { name: '3 personnes' }).waitFor();
    await page.getByRole('button', { name: 'Corriger' }).click();
    await page.getByRole('button', { name: /^Retirer/ }).click();
    await page.getByRole('button', { name: 'Enregistrer la correction' }).click();
    await page.getByRole('heading', { name: '2 personnes' }).waitFor();
    const [entry] = (await counsellor.get(`/v1/cases/${caseId}/timeline?kind=workshop`)).items;
    expect(entry).toMatchObject({ type: expect.any(String) as string });
  });

  test('filters stand in the address, and the list is theirs', async () => {
    const caseId = await openCase('Filtrée');
    await counsellor.do(`/v1/cases/${caseId}/sessions`, { ...newSession(), themes: ['email'] });
    await desk.open('/sessions?theme=email');
    await desk.page.getByRole('link', { name: /Filtrée/ }).waitFor();
    await desk.page.getByLabel('Thème').selectOption('sante');
    await desk.page.getByText('Rien ne répond à ces choix').waitFor();
    expect(desk.page.url()).toContain('#/sessions?theme=sante');
  });
});
