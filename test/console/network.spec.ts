import { addCalendarDays } from '@fil-rouge/kernel';
import { newCase } from '../journeys/driver';
import { today } from '../support/clock';
import { inABrowser } from './desk';
import { aDesk, desk, enter, system } from './stage';

inABrowser('the network and who watches it', () => {
  aDesk();
  const at = async (role: string, address: string) => {
    await desk.signIn(system.account(role), system.password);
    await desk.open(address);
    return desk.page;
  };

  test('a counsellor says in one click that there is no more room, and everybody reads it', async () => {
    const counsellor = await enter('conseiller');
    const page = await at('conseiller', `/structures/${counsellor.structureId}`);
    await page.getByRole('button', { name: 'Complet' }).click();
    await page.getByText('L’accueil est à jour').waitFor();
    expect(await counsellor.get(`/v1/structures/${counsellor.structureId}`)).toMatchObject({ capacity: 'full' });
    await page.getByRole('button', { name: 'Accueil ouvert' }).click();
    await page.locator('button[aria-pressed=true]', { hasText: 'Accueil ouvert' }).waitFor();
  });

  test('a manager adds a place with its hours; its structure shows it', async () => {
    const page = await at('responsable', '/places/new');
    await page.getByLabel('Nom', { exact: true }).fill('Maison du test');
    await page.getByLabel('Numéro et rue').fill('1 rue des Essais');
    await page.getByLabel('Code postal', { exact: true }).fill('72300');
    await page.getByLabel('Commune').fill('Sablé');
    await page.getByRole('button', { name: /Sablé-sur-Sarthe/ }).click();
    await page.getByRole('button', { name: 'Ajouter des heures' }).click();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Ajouter le lieu' }).click();
    await page.getByRole('link', { name: 'Maison du test' }).waitFor();
    const manager = await enter('responsable');
    await desk.open(`/structures/${manager.structureId}`);
    await page.getByText('Lundi : 9 h à 12 h').waitFor();
  });

  test('a manager invites somebody, who is there and has not answered yet', async () => {
    const page = await at('responsable', '/team');
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('Prénom et nom').fill('Zoé Nouvelle');
    await page.getByLabel('Adresse électronique').fill('zoe.nouvelle@exemple.fr');
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).dblclick();
    await page.getByText('Une invitation est partie').waitFor();
    await page.getByLabel('Nom ou adresse').fill('Zoé');
    await page.getByText('Invitation en attente', { exact: true }).last().waitFor();
    const manager = await enter('responsable');
    expect((await manager.get('/v1/users?q=Zo%C3%A9')).items).toHaveLength(1);
  });

  test('a manager corrects the name of a colleague, who is told', async () => {
    const page = await at('responsable', '/team');
    await page.getByLabel('Nom ou adresse').fill('Berthelot');
    await page.getByRole('button', { name: 'Corriger le nom… de Camille Berthelot' }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Camille Berthelot-Roux');
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Corriger', exact: true }).click();
    await page.getByText('Camille Berthelot-Roux', { exact: true }).waitFor();
    const counsellor = await enter('conseiller');
    expect(await counsellor.get('/v1/me')).toMatchObject({ user: { name: 'Camille Berthelot-Roux' } });
  });

  test('a counsellor says when she is away and who takes over; the team reads it, and she is back', async () => {
    const page = await at('conseiller', '/team');
    await page.getByRole('button', { name: 'Noter une absence…' }).click();
    await page.getByRole('button', { name: 'Noter l’absence', exact: true }).click();
    await page.getByText('Choisissez un collègue.').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('Qui prend le relais ?').selectOption({ label: 'Philippe Maréchal' });
    await page.getByRole('button', { name: 'Noter l’absence', exact: true }).click();
    await page.getByText('Philippe Maréchal prend le relais').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: /^Changer… l’absence/ }).click();
    await page.getByLabel('Qui prend le relais ?').selectOption('');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Choisissez un collègue.').waitFor();
    await page.getByLabel('Qui prend le relais ?').selectOption({ label: 'Camille Berthelot-Roux' });
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('alert').getByText('La personne absente ne prend pas elle-même le relais').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('Qui prend le relais ?').selectOption({ label: 'Philippe Maréchal' });
    await page.getByLabel('Dernier jour').fill(addCalendarDays(today(), 3));
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('L’absence est changée').waitFor();
    const counsellor = await enter('conseiller');
    const absences = `/v1/structures/${counsellor.structureId}/absences`;
    expect((await counsellor.get(absences)).items[0]).toMatchObject({ until: addCalendarDays(today(), 3) });
    await page.getByRole('button', { name: /^De retour/ }).click();
    await page.getByText('Personne n’est absent.').waitFor();
    expect((await counsellor.get(absences)).items).toEqual([]);
  });

  test('an administrator declares a structure and records what the State decided; it is in force', async () => {
    const page = await at('administrateur', '/structures/new');
    await page.getByLabel('Nom', { exact: true }).fill('Les Essais solidaires');
    await page.getByLabel('Aide aux démarches administratives').check();
    await page.getByLabel('Ajouter une commune où elle intervient').fill('Sablé');
    await page.getByRole('button', { name: /Sablé-sur-Sarthe/ }).click();
    await page.getByRole('button', { name: 'Déclarer la structure' }).click();
    await page.getByRole('heading', { name: 'Les Essais solidaires' }).waitFor();
    await page.getByRole('button', { name: 'Décision de l’État…' }).click();
    await page.getByLabel('Active').check();
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await page.getByText(/^Active, depuis le/).waitFor();
  });

  test('an administrator closes a structure that another one takes over; both say so', async () => {
    const administrator = await enter('administrateur');
    const declared = { typology: 'ASSO', communes: ['72264'], services: [] };
    const { id } = await administrator.do('/v1/structures', { ...declared, name: 'Les Voisins connectés' });
    const page = await at('administrateur', `/structures/${id}`);
    await page.getByRole('button', { name: 'Décision de l’État…' }).click();
    await page.getByLabel('Fermée').check();
    await page.getByLabel('Reprise par une autre structure').fill('La Po');
    await page.getByRole('button', { name: 'La Poste' }).click();
    await page.getByText(/Ses équipes travaillent aussitôt pour La Poste/).waitFor();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await page.getByText(/^Fermée, depuis le/).waitFor();
    await page.getByRole('link', { name: 'La Poste' }).click();
    await page.getByText(/^Les Voisins connectés, le /).waitFor();
    expect(await desk.barriers()).toEqual([]);
  });

  test('a record is read with a reason only; the reading stands in the journal, and the name in no address', async () => {
    const counsellor = await enter('conseiller');
    const { resident, ...body } = newCase() as { resident: object };
    const { id } = await counsellor.do('/v1/cases', { ...body, resident: { ...resident, lastName: 'Chabrillac' } });
    const asked: string[] = [];
    desk.page.on('request', (request) => asked.push(request.url()));
    const page = await at('auditeur', '/journal/find');
    await page.getByLabel('Nom et prénom').fill('Chabrillac');
    await page.getByLabel('Demande de la personne concernée').check();
    await page.getByRole('button', { name: 'Trouver le dossier' }).click();
    await page.locator(`a[href="#/journal/cases/${id}"]`).click();
    await page.getByRole('button', { name: 'Lire, avec cette raison' }).click();
    await page.getByText('Choisissez une raison.').waitFor();
    await page.getByLabel('Demande de la personne concernée').check();
    await page.getByRole('button', { name: 'Lire, avec cette raison' }).click();
    await page.getByRole('heading', { name: /Chabrillac/ }).waitFor();
    await page.getByRole('button', { name: 'Vérifier ce dossier' }).click();
    await page.getByText('Intact', { exact: true }).waitFor();
    expect(await desk.barriers()).toEqual([]);
    expect(asked.filter((url) => /chabrillac/i.test(url))).toEqual([]);
    const auditor = await enter('auditeur');
    const entries = (await auditor.get(`/v1/audit/entries?caseId=${id}&action=case.audit-reading`)).items;
    expect(entries).toHaveLength(1);
  });

  test('an administrator changes one delay, and sees what it was before', async () => {
    const page = await at('administrateur', '/settings');
    await page.getByLabel('Suivi sans nouvelles').fill('45');
    await page.getByText(/45, au lieu de 60/).waitFor();
    await page.getByRole('button', { name: 'Changer les délais' }).click();
    await page.getByText(/: 45 au lieu de/).waitFor();
    const administrator = await enter('administrateur');
    expect(await administrator.get('/v1/settings/delays')).toMatchObject({ own: { silenceCalendarDays: 45 } });
  });
});
