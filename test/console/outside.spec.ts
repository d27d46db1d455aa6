import { answerToken } from '@fil-rouge/cases';
import { Sealing } from '@fil-rouge/platform';
import { newCase, newOutside, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, anotherDesk, enter, sit, system } from './stage';

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

  test('the organisation answers by a link with the code it was told, once; the desk sees it, and that it said so itself', async () => {
    const { id } = await lead.do(`/v1/cases/${caseId}/outside-referrals`, newOutside({ message: 'Un rendez-vous.' }));
    const desk = await sit('conseiller', undefined, { width: 320, height: 640 });
    const { page } = desk;
    await desk.open(`/cases/${caseId}/outside`);
    await page.getByRole('button', { name: 'Faire répondre par un lien…' }).first().click();
    await page.getByLabel('Adresse de la personne qui répond').fill('guichet@caf.exemple.fr');
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Envoyer le lien' }).click();
    const shown = page.getByRole('dialog', { name: 'Le code à donner par téléphone' });
    const code = await shown.getByText(/^\d{4} \d{4}$/).innerText();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await shown.getByRole('button', { name: 'C’est noté' }).click();
    await page.getByText('lien ouvert jusqu’au').waitFor();

    const [link] = await system.database.query<{ id: string }>(
      `select data->>'linkId' as id from event where about = $1 and type = 'OutsideLinkMade'`,
      [id],
    );
    const outside = await anotherDesk({ width: 320, height: 640 });
    await outside.open(`/reponse/${answerToken(system.api.get(Sealing, { strict: false }), link!.id)}`);
    const { page: theirs } = outside;
    await theirs.getByLabel('Le code que l’on vous a donné par téléphone').fill('0000');
    await theirs.getByRole('button', { name: 'Lire la demande' }).click();
    await theirs.getByRole('alert').filter({ hasText: 'Le lien ne s’ouvre pas' }).waitFor();
    expect([await outside.barriers(), await outside.overflow()]).toEqual([[], 0]);
    await theirs.getByLabel('Le code que l’on vous a donné par téléphone').fill(code);
    await theirs.getByRole('button', { name: 'Lire la demande' }).click();
    const sheet = await theirs.locator('article').innerText();
    for (const words of ['Eulalie', 'Un rendez-vous.', 'Département de la Sarthe']) expect(sheet).toContain(words);
    expect(sheet).not.toMatch(/Essai/);
    await theirs.getByRole('radio', { name: 'Demande refusée' }).check();
    await theirs.getByRole('radio', { name: 'Ne relève pas de notre public' }).check();
    expect([await outside.barriers(), await outside.overflow()]).toEqual([[], 0]);
    await theirs.getByRole('button', { name: 'Envoyer la réponse' }).click();
    await theirs.getByRole('heading', { name: 'Merci' }).waitFor();
    await page.reload();
    await page.getByText('dite par l’organisme lui-même').waitFor();
    expect(await lead.get(`/v1/cases/${caseId}/outside-referrals/${id}`)).toMatchObject({
      ...{ answer: 'declined', reportedBy: 'recipient', answerLink: { ended: 'answered' } },
    });
  });
});
