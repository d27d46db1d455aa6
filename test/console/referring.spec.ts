import { newCase, newReferral, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

inABrowser('referring somebody at a desk', () => {
  aNetwork();
  let sender: Person, recipient: Person;

  beforeAll(async () => {
    sender = await enter('conseiller');
    recipient = await enter('conseiller', 'la-poste');
  });

  const opened = async (): Promise<string> => (await sender.do('/v1/cases', newCase())).id;
  const sent = async (more = {}): Promise<string> =>
    (await sender.do(`/v1/cases/${await opened()}/referrals`, newReferral(recipient.structureId, more))).id;

  test('five acts: a need, a message, a structure, informed, send; what will be read stands there before, word for word', async () => {
    const caseId = await opened();
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/refer`);
    const slip = page.getByRole('region', { name: /mot pour mot/ });
    await page.getByRole('checkbox', { name: 'E-mail' }).check();
    await page.getByLabel('Message à la structure').fill('Veut écrire à sa petite-fille.');
    await page.getByRole('checkbox', { name: /La Poste/ }).check();
    await page.getByRole('radio', { name: 'À l’oral' }).check();
    const read = (await slip.innerText()).replaceAll('\u00a0', ' ');
    for (const words of ['Eulalie', 'Sablé-sur-Sarthe', 'E-mail', '« Veut écrire à sa petite-fille. »', 'La Poste'])
      expect(read).toContain(words);
    // A candidate reads a first name.
    expect(read).not.toMatch(/Essai/);
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: 'La demande' }).waitFor();
    // From the foot of the form to the head of the page that follows.
    await desk.settled();
    expect(await page.evaluate<number>('scrollY')).toBe(0);
    const [referral] = (await recipient.get('/v1/referrals?box=received&limit=1')).items;
    expect(referral).toMatchObject({
      caseId,
      status: 'sent',
      message: 'Veut écrire à sa petite-fille.',
      resident: { firstName: 'Eulalie' },
    });
  });

  test('nothing is sent without need, structure and how the person was told; each is asked for beside it', async () => {
    const caseId = await opened();
    const desk = await sit('conseiller');
    await desk.open(`/cases/${caseId}/refer`);
    await desk.page.getByRole('button', { name: 'Envoyer' }).click();
    const asked = await desk.page.getByRole('alert').innerText();
    expect(asked).toContain('Cochez au moins un besoin.');
    expect(asked).toContain('Choisissez une structure.');
    expect(asked).toContain('Dites comment la personne a été informée.');
    expect(await desk.barriers()).toEqual([]);
    expect((await sender.get(`/v1/cases/${caseId}`)).referrals).toEqual([]);
  });

  test('several at once are one need: none of them knows of the others', async () => {
    const caseId = await opened();
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/refer`);
    await page.getByRole('checkbox', { name: 'E-mail' }).check();
    await page.getByRole('checkbox', { name: /La Poste/ }).check();
    await page.getByRole('checkbox', { name: /Afpa/ }).check();
    await page.getByRole('radio', { name: 'Par téléphone' }).first().check();
    await page.getByRole('button', { name: 'Envoyer aux 2 structures' }).click();
    await page.getByRole('heading', { name: 'Orientations' }).waitFor();
    const { referrals } = await sender.get(`/v1/cases/${caseId}`);
    expect(referrals.map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  test('a structure that the person objects to stands apart, with why', async () => {
    const caseId = await opened();
    await sender.do(`/v1/cases/${caseId}/objections`, {
      against: recipient.structureId,
      on: '2026-11-23',
      how: 'oral',
    });
    const desk = await sit('conseiller');
    await desk.open(`/cases/${caseId}/refer`);
    await desk.page.getByText('ne peuvent pas être sollicitées').click();
    await desk.page.getByText('La personne s’oppose à ce que cette structure lise son suivi.').waitFor();
    expect(await desk.page.getByRole('checkbox', { name: /La Poste/ }).count()).toBe(0);
    expect(await desk.barriers()).toEqual([]);
  });

  test('what is written survives a reload, a draft is kept, read again and sent', async () => {
    const caseId = await opened();
    const desk = await sit('conseiller', undefined, { width: 320, height: 640, theme: 'dark' });
    const { page } = desk;
    await desk.open(`/cases/${caseId}/refer`);
    await page.getByLabel('Message à la structure').fill('À voir avec sa fille.');
    await page.waitForTimeout(500);
    await page.reload();
    await page.getByText('Vous aviez commencé à écrire').waitFor();
    expect(await page.getByLabel('Message à la structure').inputValue()).toBe('À voir avec sa fille.');
    await page.getByRole('checkbox', { name: 'E-mail' }).check();
    expect(await desk.overflow()).toBe(0);
    await page.getByRole('button', { name: 'Garder en brouillon' }).click();
    await page.getByRole('link', { name: 'Relire et envoyer' }).click();
    await page.getByRole('radio', { name: /La Poste/ }).check();
    await page.getByRole('radio', { name: 'À l’oral' }).check();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByText('Envoyée', { exact: true }).waitFor();
    const [referral] = (await recipient.get('/v1/referrals?box=received&limit=1')).items;
    expect(referral).toMatchObject({ caseId, status: 'sent', message: 'À voir avec sa fille.' });
  });

  test('the boxes: late ones first, a choice of state in the address, a first name until it is accepted', async () => {
    const id = await sent();
    const desk = await sit('conseiller', 'la-poste', { width: 320, height: 640 });
    const { page } = desk;
    await desk.open('/referrals');
    await page.getByRole('heading', { name: 'À répondre' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Essai/);
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    // That there is no more room is said where it is noticed.
    await page.getByRole('button', { name: 'Complet', exact: true, pressed: false }).waitFor();
    await page.getByLabel('Montrer').selectOption('declined');
    await page.waitForURL(/#\/referrals\?.*state=declined/);
    await page.getByText('Aucune orientation de cette sorte.').waitFor();
    await desk.open(`/referrals/${id}`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Eulalie, Sablé-sur-Sarthe');
    expect(await page.title()).not.toContain('Eulalie');
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
  });

  test('accepted by one click, finished by three; the other desk sees both', async () => {
    const id = await sent();
    const desk = await sit('conseiller', 'la-poste');
    const { page } = desk;
    await desk.open(`/referrals/${id}`);
    await page.getByRole('button', { name: 'Accepter' }).click();
    await page.getByText('Acceptée', { exact: true }).waitFor();
    expect(await sender.get(`/v1/referrals/${id}`)).toMatchObject({
      status: 'accepted',
      contactPerson: { id: recipient.id },
    });
    await page.getByRole('button', { name: 'Terminer…' }).click();
    await page.getByRole('radio', { name: 'Aide apportée', exact: true }).check();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Terminer' }).click();
    await page.getByText('Terminée', { exact: true }).waitFor();
    expect(await sender.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'completed', outcome: 'helped' });
  });

  test('a refusal takes a reason, and the page closes for who refused; the sender chooses another', async () => {
    const id = await sent();
    const there = await sit('conseiller', 'la-poste');
    await there.open(`/referrals/${id}`);
    await there.page.getByRole('button', { name: 'Refuser…' }).click();
    await there.page.getByRole('dialog').getByRole('button', { name: 'Refuser' }).click();
    await there.page.getByText('Choisissez une réponse.').waitFor();
    await there.page.getByRole('radio', { name: 'Autre' }).check();
    await there.page.getByRole('dialog').getByRole('button', { name: 'Refuser' }).click();
    // "Other" says nothing: the api asks for more, and it is shown at its field.
    await there.page.locator('dialog .wrong').waitFor();
    expect(await there.barriers()).toEqual([]);
    await there.page.getByRole('radio', { name: 'Pas de disponibilité' }).check();
    await there.page.getByRole('dialog').getByRole('button', { name: 'Refuser' }).click();
    await there.page.getByText('Refusée', { exact: true }).waitFor();
    expect(await there.page.getByRole('heading', { level: 1 }).innerText()).toBe('Une personne');
    const here = await sit('conseiller');
    await here.open(`/referrals/${id}`);
    await here.page.getByRole('link', { name: 'Choisir une autre structure' }).click();
    await here.page.getByRole('heading', { name: /^Orienter Eulalie/ }).waitFor();
    await here.page.waitForURL(new RegExp(`previous=${id}`));
    expect(await here.page.getByLabel('Message à la structure').inputValue()).toContain('consulter son compte');
  });

  test('a coordinator reads states and structures, and takes back with a reason', async () => {
    const id = await sent();
    const desk = await sit('coordinateur');
    const { page } = desk;
    await desk.open('/referrals');
    await page.getByRole('heading', { name: 'En attente d’une réponse' }).waitFor();
    await desk.open(`/referrals/${id}`);
    expect(await page.locator('main').innerText()).not.toMatch(/Eulalie|consulter son compte/);
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Retirer…' }).click();
    await page.getByRole('radio', { name: 'Mauvais destinataire' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
    await page.getByText('Retirée', { exact: true }).waitFor();
    expect((await sender.get(`/v1/referrals/${id}`)).status).toBe('withdrawn');
  });
});
