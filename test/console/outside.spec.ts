import { newCase, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

inABrowser('sending somebody outside the network, at a desk', () => {
  aNetwork();
  let lead: Person;
  let caseId: string;

  beforeAll(async () => {
    lead = await enter('conseiller');
    caseId = (await lead.do('/v1/cases', newCase())).id;
  });

  test('the sheet stands there before it is made, is printed, and what came of it is told later', async () => {
    const desk = await sit('conseiller', undefined, { width: 320, height: 640 });
    const { page } = desk;
    await desk.open(`/cases/${caseId}/outside`);
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Noter et faire la fiche' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Choisissez un organisme.');
    await page.getByLabel('Vers qui ?').selectOption({ label: 'Caf' });
    await page.getByRole('checkbox', { name: 'E-mail' }).check();
    await page.getByLabel('Message sur la fiche').fill('Demande d’aide au logement.');
    await page.getByRole('radio', { name: 'À l’oral', exact: true }).check();
    const slip = await page.getByRole('region', { name: 'Ce que dira la fiche, mot pour mot' }).innerText();
    for (const words of ['Caf', 'Eulalie', 'E-mail', 'Demande d’aide au logement.']) expect(slip).toContain(words);
    expect(slip).not.toMatch(/Essai/);
    await page.getByRole('button', { name: 'Noter et faire la fiche' }).click();
    await page.getByRole('heading', { name: 'Fiche d’orientation' }).waitFor();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    const sheet = await page.locator('article').innerText();
    for (const words of ['Caf', 'Eulalie', 'Demande d’aide au logement.', 'Département de la Sarthe'])
      expect(sheet).toContain(words);
    await page.getByRole('link', { name: 'Les orientations hors du réseau' }).click();
    await page.getByRole('button', { name: 'Dire la suite…' }).click();
    await page.getByRole('radio', { name: 'Aide apportée', exact: true }).check();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Noter la suite' }).click();
    await page.getByText('La suite est notée').waitFor();
    const [outside] = (await lead.get(`/v1/cases/${caseId}/outside-referrals`)).items;
    expect(outside).toMatchObject({ recipient: 'caf', status: 'reported', outcome: 'helped' });
  });
});
