import { newCase, Person, type View } from '../journeys/driver';
import { inABrowser } from './desk';
import { aDesk, desk, enter, sit } from './stage';

inABrowser('the page of a resident', () => {
  aDesk('conseiller');
  let counsellor: Person;

  beforeAll(async () => {
    counsellor = await enter('conseiller');
  });

  async function fill(): Promise<void> {
    const { page } = desk;
    await desk.open('/cases/new');
    await page.getByLabel('Prénom').fill('Bernadette');
    await page.getByLabel('Nom', { exact: true }).fill('Lorioux');
    await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 11 22');
    await page.getByLabel('Où habite la personne ?').fill('72300');
    await page.getByRole('button', { name: /Sablé-sur-Sarthe/ }).click();
    await page.getByLabel('E-mail').check();
  }

  test('begins when somebody was told, and not before', async () => {
    const { page } = desk;
    await fill();
    await page.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await page.getByText('Informez la personne, puis dites ici comment.').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('À l’oral').check();
    await page.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await page.getByRole('heading', { name: 'Bernadette Lorioux' }).waitFor();
    expect(await page.title()).not.toContain('Lorioux');
    expect(page.url()).toMatch(/#\/cases\/[0-9a-f-]{36}$/);
    expect(await desk.barriers()).toEqual([]);
  });

  test('asks whether somebody is followed already, and opens all the same when it is somebody else', async () => {
    const { page } = desk;
    await fill();
    await page.getByLabel('À l’oral').check();
    await page.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await page.getByRole('heading', { name: 'Cette personne est peut-être déjà suivie' }).waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Ce n’est pas elle : ouvrir un dossier' }).click();
    await page.getByRole('heading', { name: 'Bernadette Lorioux' }).waitFor();
  });

  test('asks the structure that follows somebody to accompany them too, which agrees on its page', async () => {
    const { page } = desk;
    const elsewhere = await enter('conseiller', 'la-poste');
    const resident = {
      firstName: 'Solange',
      lastName: 'Verdier',
      birthYear: 1950,
      commune: '72264',
      phone: '0639981133',
    };
    const { id: caseId } = await elsewhere.do('/v1/cases', { ...newCase(), resident });
    await desk.open('/cases/new');
    await page.getByLabel('Prénom').fill('Solange');
    await page.getByLabel('Nom', { exact: true }).fill('Verdier');
    await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 11 33');
    await page.getByLabel('Où habite la personne ?').fill('72300');
    await page.getByRole('button', { name: /Sablé-sur-Sarthe/ }).click();
    await page.getByLabel('E-mail').check();
    await page.getByLabel('À l’oral').check();
    await page.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await page.getByLabel('Pourquoi voulez-vous la suivre ?').fill('Elle vient à nos ateliers.');
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Demander à l’accompagner aussi' }).click();
    await page.getByRole('heading', { name: 'Une demande à accompagner aussi' }).waitFor();
    expect(await desk.barriers()).toEqual([]);
    const there = await sit('conseiller', 'la-poste');
    await there.open(`/cases/${caseId}`);
    await there.page.getByRole('link', { name: /demande à accompagner aussi la personne/ }).click();
    await there.page.getByText('« Elle vient à nos ateliers. »').waitFor();
    expect([await there.barriers(), await there.overflow()]).toEqual([[], 0]);
    await there.page.getByRole('button', { name: 'Accepter' }).click();
    await there.page.getByText('Une structure accompagne aussi').waitFor();
    expect(await counsellor.get(`/v1/cases/${caseId}`)).toMatchObject({
      participation: 'contributor',
      lead: { structure: { id: elsewhere.structureId } },
    });
  });

  test('is found by the beginnings of a name, which never stand in an address', async () => {
    const { page } = desk;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByLabel('Trouver une personne').fill('lori');
    await page
      .getByRole('search')
      .getByRole('link', { name: /Lorioux/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Bernadette Lorioux' }).waitFor();
    expect(asked.filter((url) => /lori/i.test(url))).toEqual([]);
  });

  test('takes a note, an objection, an end and a new beginning, each with its word', async () => {
    const { id } = await counsellor.do('/v1/cases', { ...newCase(), confirmNotDuplicate: true });
    const { page } = desk;
    await desk.open(`/cases/${id}`);
    const act = async (name: string) => {
      await page.getByText('Autres actions').click();
      await page.getByRole('button', { name }).click();
    };
    await act('Écrire une note…');
    await page.getByLabel('Note', { exact: true }).fill('Rappelée, absente.');
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Enregistrer la note' }).click();
    await page.getByText('« Rappelée, absente. »').or(page.getByText('Rappelée, absente.')).first().waitFor();
    await desk.open('/');
    await desk.open(`/cases/${id}`);
    await act('Noter une opposition…');
    await page.getByLabel(/Quelle structure/).fill('afpa');
    await page.getByRole('list', { name: 'Structures trouvées' }).getByRole('button', { name: 'Afpa' }).click();
    await page.getByLabel('À l’oral').check();
    await page.getByRole('button', { name: 'Noter l’opposition' }).click();
    await page.getByRole('heading', { name: 'La personne s’oppose à' }).waitFor();
    expect(((await counsellor.get(`/v1/cases/${id}`)).objections as View[]).length).toBe(1);
    await desk.open('/');
    await desk.open(`/cases/${id}`);
    await act('Clore le suivi…');
    await page.getByLabel('Besoin satisfait').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Clore le suivi' }).click();
    await page.getByText('Suivi clos', { exact: false }).first().waitFor();
    expect(await desk.barriers()).toEqual([]);
  });

  test('goes on paper in two pages of large print, and the journal knows', async () => {
    const { id } = await counsellor.do('/v1/cases', { ...newCase(), confirmNotDuplicate: true });
    await desk.open(`/cases/${id}/sheet`);
    await desk.page.emulateMedia({ media: 'print' });
    const paper = await desk.page.pdf({ format: 'A4' });
    expect(paper.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeLessThanOrEqual(2);
    const auditor = await enter('auditeur');
    const printed = async () => (await auditor.get(`/v1/audit/entries?caseId=${id}&action=case.sheet`)).items;
    while ((await printed()).length === 0) await new Promise((later) => setTimeout(later, 20));
    expect(await printed()).toEqual([expect.objectContaining({ action: 'case.sheet', outcome: 'ok' })]);
  });
});
