import { newCase, newSession, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

inABrowser('what is done more rarely', () => {
  aNetwork();
  let counsellor: Person;
  let caseId: string;

  beforeAll(async () => {
    counsellor = await enter('conseiller');
  });
  beforeEach(async () => {
    caseId = (await counsellor.do('/v1/cases', newCase())).id;
  });

  test('a note is corrected, what it said before stays, and then it was an error', async () => {
    await counsellor.do(`/v1/cases/${caseId}/notes`, { text: 'Rappelée, absente.' });
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}`);
    await page.getByRole('link', { name: 'Note', exact: true }).click();
    await page.getByRole('button', { name: 'Corriger' }).click();
    await page.getByLabel('Note', { exact: true }).fill('Rappelée, présente.');
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Enregistrer la correction' }).click();
    await page.getByText('« Rappelée, présente. »').waitFor();
    await page.getByText(/^Écrit /).click();
    await page.getByText('« Rappelée, absente. »').waitFor();
    await page.getByRole('button', { name: 'Saisi par erreur…' }).click();
    await page.getByRole('dialog').getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Marquer comme erreur' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect([await desk.barriers(), await page.getByRole('button', { name: 'Corriger' }).count()]).toEqual([[], 0]);
    expect((await counsellor.get(`/v1/cases/${caseId}/timeline?kind=note`)).items).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ type: 'NoteWritten', cancelled: true })]) as object,
    );
  });

  test('a session is recorded once more as it was, on today’s day, without its texts', async () => {
    const { id } = await counsellor.do(
      `/v1/cases/${caseId}/sessions`,
      newSession({ minutes: 90, themes: ['sante'], summary: 'Première fois.' }),
    );
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/sessions/${id}`);
    await page.getByRole('link', { name: 'Le même encore' }).click();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('heading', { name: 'Ce qui s’est passé' }).waitFor();
    const { items } = await counsellor.get(`/v1/cases/${caseId}/timeline?kind=session&order=desc`);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ data: { minutes: 90, themes: ['sante'] } });
    expect(items.filter((one) => 'text' in one)).toHaveLength(1);
  });

  test('somebody objects to all structures at once', async () => {
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}`);
    await page.getByText('Autres actions').click();
    await page.getByRole('button', { name: 'Noter une opposition…' }).click();
    await page.getByRole('radio', { name: 'À toutes les structures' }).check();
    await page.getByRole('radio', { name: 'À l’oral' }).check();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Noter l’opposition' }).click();
    await page.getByText(/toutes les structures, depuis/).waitFor();
    expect((await counsellor.get(`/v1/cases/${caseId}`)).objections).toMatchObject([{ against: 'all' }]);
  });

  test('the journal is narrowed to one act, the directory begins with who is near, a territory is seen at a glance', async () => {
    const administrator = await sit('administrateur');
    await administrator.open('/journal');
    await administrator.page.getByLabel('Ce qui a été fait', { exact: true }).selectOption('Le suivi commence');
    const entries = administrator.page.getByRole('region', { name: 'Entrées du journal' }).getByRole('listitem');
    await entries.filter({ hasText: 'Connexion' }).first().waitFor({ state: 'detached' });
    await entries.filter({ hasText: 'Le suivi commence' }).first().waitFor();
    expect(await entries.filter({ hasText: 'Le suivi commence' }).count()).toBe(await entries.count());
    expect(await administrator.barriers()).toEqual([]);
    // Each word of the list is one of the journal's own.
    const words = await administrator.page
      .getByLabel('Ce qui a été fait', { exact: true })
      .getByRole('option')
      .evaluateAll((options) => options.map((option) => (option as unknown as { value: string }).value));
    const reader = await enter('administrateur');
    for (const word of words.filter(Boolean))
      expect([word, (await reader.try('GET', `/v1/audit/entries?limit=1&action=${word}`)).status]).toEqual([word, 200]);

    const desk = await sit('conseiller');
    await desk.open('/structures');
    await desk.page.getByLabel('La plus proche d’abord, pour').fill('Saint-Calais');
    await desk.page.getByRole('button', { name: 'Saint-Calais 72120', exact: true }).click();
    const structures = desk.page.getByRole('region', { name: 'Structures' }).getByRole('listitem');
    await structures.first().filter({ hasText: 'Médiathèque de Saint-Calais' }).waitFor();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);

    const coordinator = await sit('coordinateur', undefined, { width: 320, height: 640 });
    await coordinator.open('/territory');
    await coordinator.page.getByRole('heading', { name: 'Par structure sollicitée' }).waitFor();
    expect([await coordinator.barriers(), await coordinator.overflow()]).toEqual([[], 0]);
  });
});
