import type { Page } from 'playwright-core';
import { inABrowser } from './desk';
import { aNetwork, anotherDesk, sit, system } from './stage';

inABrowser('the story', () => {
  aNetwork();

  test('is played by four people in four windows, each of whom sees what the others did', async () => {
    const [counsellor, post, successor, administrator] = await Promise.all([
      sit('conseiller'),
      sit('responsable', 'la-poste'),
      sit('conseiller', 'le-mans-metropole'),
      sit('administrateur'),
    ]);

    // Marguerite comes for the first time.
    await openCase(counsellor.page, 'Marguerite', 'Lhuissier');
    await counsellor.page.getByRole('heading', { name: 'Marguerite Lhuissier' }).waitFor();
    await counsellor.page.getByRole('main').getByRole('link', { name: 'Enregistrer un accompagnement' }).click();
    await counsellor.page.getByLabel('E-mail').check();
    await counsellor.page.getByText('Ajouter : ce qui a été fait').click();
    await counsellor.page.getByLabel('Ce qui a été fait').fill('A créé son adresse électronique.');
    await counsellor.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await counsellor.page.getByText('« A créé son adresse électronique. »').waitFor();

    // She is sent to La Poste, with her agreement.
    await counsellor.page.getByRole('link', { name: 'Orienter', exact: true }).click();
    await counsellor.page.getByRole('checkbox', { name: 'E-mail' }).check();
    await counsellor.page.getByLabel('Message à la structure').fill('Veut suivre ses colis.');
    await counsellor.page.getByRole('checkbox', { name: /La Poste/ }).check();
    await counsellor.page.getByRole('radio', { name: 'À l’oral' }).check();
    await counsellor.page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await counsellor.page.getByRole('heading', { name: 'La demande' }).waitFor();
    await system.settle();

    // La Poste finds it in its day, with a first name alone, and takes it.
    await post.page.reload();
    const asked = post.page.getByRole('region', { name: 'À faire' });
    expect(await asked.innerText()).not.toContain('Lhuissier');
    await asked.getByRole('link', { name: /^Répondre/ }).click();
    await post.page.getByText('« Veut suivre ses colis. »').waitFor();
    await post.page.getByRole('button', { name: 'Accepter' }).click();
    await post.page.getByRole('link', { name: 'Voir le dossier' }).click();
    await post.page.getByRole('heading', { name: 'Marguerite Lhuissier' }).waitFor();
    await post.page.getByRole('main').getByRole('link', { name: 'Enregistrer un accompagnement' }).click();
    await post.page.getByLabel('E-mail').check();
    await post.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await post.page.getByRole('main').getByRole('link', { name: 'La Poste' }).first().click();
    await post.page.getByRole('button', { name: 'Terminer…' }).click();
    await post.page.getByRole('dialog').getByRole('radio').first().check();
    await post.page.getByRole('dialog').getByRole('button', { name: 'Terminer' }).click();
    await post.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await system.settle();

    // The counsellor hears of it, sees what was done, and passes the lead on.
    await counsellor.open('/');
    await counsellor.page.reload();
    const news = counsellor.page.getByRole('region', { name: 'Ce qui est nouveau' });
    await news.getByText('Marguerite Lhuissier').first().waitFor();
    await news.getByRole('link', { name: 'Marguerite Lhuissier' }).first().click();
    const thread = counsellor.page.getByRole('region', { name: 'Ce qui s’est passé' });
    await thread.getByText('Orientation terminée').waitFor();
    expect(await thread.getByRole('listitem').filter({ hasText: 'Accompagnement' }).count()).toBe(2);
    await counsellor.page.getByRole('link', { name: 'Passer la main' }).click();
    await counsellor.page.getByLabel('Où en est la personne').fill('Écrit seule à sa petite-fille.');
    await counsellor.page.getByRole('radio', { name: /Le Mans Métropole/ }).check();
    await counsellor.page.getByRole('button', { name: 'Proposer' }).click();
    await counsellor.page.getByText('Proposée', { exact: true }).waitFor();
    await system.settle();

    // Who takes over reads a sheet, then everything.
    await successor.open('/handovers');
    await successor.page.getByRole('main').getByRole('link', { name: 'Département de la Sarthe' }).click();
    await successor.page.getByText('« Écrit seule à sa petite-fille. »').waitFor();
    await successor.page.getByRole('button', { name: 'Accepter' }).click();
    await successor.page.getByRole('link', { name: 'Voir le dossier' }).click();
    await successor.page.getByText('« A créé son adresse électronique. »').waitFor();
    expect(await successor.page.getByRole('main').innerText()).toMatch(/Le Mans Métropole,.*mène le suivi/);

    // The administrator reads with a reason and finds nothing altered.
    await administrator.open('/journal/find');
    await administrator.page.getByLabel('Nom et prénom').fill('Lhuissier Marguerite');
    await administrator.page.getByRole('radio').first().check();
    await administrator.page.getByRole('button', { name: 'Trouver le dossier' }).click();
    await administrator.page.getByRole('link', { name: /^Voir/ }).click();
    await administrator.page.getByRole('button', { name: 'Vérifier ce dossier' }).click();
    await administrator.page.getByText('Intact', { exact: true }).waitFor();
    await administrator.page.getByRole('radio').first().check();
    await administrator.page.getByRole('button', { name: 'Lire, avec cette raison' }).click();
    await administrator.page.getByText('« A créé son adresse électronique. »').waitFor();

    // And that is known to who leads now, no longer to who did.
    await successor.page.reload();
    await successor.page.getByText('Qui l’a lu').click();
    const name = (await administrator.page.getByRole('link', { name: 'Olivier Guédon' }).innerText()).trim();
    await successor.page.getByRole('listitem').filter({ hasText: name }).first().waitFor();
    await counsellor.page.getByRole('link', { name: 'Voir le dossier' }).click();
    await counsellor.page.reload();
    await counsellor.page
      .getByText(/Le Mans Métropole/)
      .first()
      .waitFor();
    await counsellor.settled();
    expect(await counsellor.page.getByText('Qui l’a lu').count()).toBe(0);
  });

  test('goes from the door to the handover by the keyboard alone, and the focus is always seen', async () => {
    const desk = await anotherDesk();
    const { page } = desk;
    await page.goto(`${desk.baseUrl}/`);
    await page.getByLabel('Adresse électronique').waitFor();
    await type(page, 'Adresse électronique', system.account('conseiller'));
    await type(page, 'Mot de passe', system.password);
    await press(page, 'Se connecter');

    await arrived(page, /\d/);
    await press(page, 'Dossiers');
    await arrived(page, 'Dossiers');
    await press(page, 'Ouvrir un dossier');
    await arrived(page, 'Ouvrir un dossier');
    await type(page, 'Prénom', 'Simone');
    await type(page, 'Nom', 'Quinton');
    await type(page, 'Où habite la personne ?', '72300');
    await page.getByRole('button', { name: /Sablé-sur-Sarthe/ }).waitFor();
    await page.keyboard.press('Enter');
    // What was chosen stands where it was written.
    await page.getByRole('button', { name: /^Changer/ }).waitFor();
    expect(await focused(page)).toMatch(/^Changer/);
    await type(page, 'Téléphone', '06 39 98 44 55');
    await reach(page, 'E-mail');
    await page.keyboard.press('Space');
    await reach(page, 'À l’oral');
    await page.keyboard.press('Space');
    await press(page, 'Ouvrir le dossier');

    await arrived(page, 'Simone Quinton');
    await press(page, 'Enregistrer un accompagnement', 'main');
    await arrived(page, 'Simone Quinton');
    await reach(page, 'E-mail');
    await page.keyboard.press('Space');
    await press(page, 'Enregistrer');
    await arrived(page, 'Simone Quinton');

    // A menu and a dialog give the focus back to where they were called from.
    await press(page, 'Autres actions');
    await reach(page, 'Écrire une note…');
    await page.keyboard.press('Escape');
    expect([await focused(page), await page.getByText('Écrire une note…').isVisible()]).toEqual([
      'Autres actions',
      false,
    ]);
    await page.keyboard.press('Enter');
    await press(page, 'Écrire une note…');
    await page.getByRole('dialog').waitFor();
    await type(page, 'Note', 'Rappelée, absente.');
    await press(page, 'Enregistrer la note');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('Autres actions');

    await press(page, 'Orienter');
    await arrived(page, /^Orienter/);
    await reach(page, 'E-mail');
    await page.keyboard.press('Space');
    await reach(page, 'À l’oral');
    await page.keyboard.press('Space');
    await reach(page, /^La Poste/);
    await page.keyboard.press('Space');
    await press(page, 'Envoyer');
    await arrived(page, /Simone/);

    // What ends leaves the focus on the page.
    await press(page, 'Retirer…');
    await page.getByRole('dialog').getByRole('radio').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('Retirer…');

    await press(page, 'Voir le dossier');
    await arrived(page, 'Simone Quinton');
    await press(page, 'Passer la main');
    await arrived(page, /^Passer la main/);
    await type(page, 'Où en est la personne', 'Se débrouille seule.');
    await type(page, 'Chercher une structure par le début de son nom', 'Le Mans');
    await page.getByRole('radio', { name: /La Poste/ }).waitFor({ state: 'detached' });
    await reach(page, /^Le Mans Métropole/);
    await page.keyboard.press('Space');
    await press(page, 'Proposer');
    await arrived(page, /Simone/);
    await press(page, 'Retirer');
    await page.getByText('Retirée', { exact: true }).first().waitFor();
    // The button has gone with what it did: the focus has not gone to the top of the page.
    await page.locator(':focus').waitFor();
  });
});

async function openCase(page: Page, firstName: string, lastName: string): Promise<void> {
  await page.getByRole('link', { name: 'Dossiers' }).click();
  await page.getByRole('link', { name: 'Ouvrir un dossier' }).click();
  await page.getByLabel('Prénom').fill(firstName);
  await page.getByLabel('Nom', { exact: true }).fill(lastName);
  await page.getByLabel('Où habite la personne ?').fill('72300');
  await page.getByRole('button', { name: /Sablé-sur-Sarthe/ }).click();
  await page.getByLabel('E-mail').check();
  await page.getByLabel('À l’oral').check();
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).click();
}

/** What has the focus, by what it is called; nothing when the page itself has it. */
const focused = async (page: Page): Promise<string> =>
  (
    await page.evaluate<string>(`(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return '';
      return here.labels?.[0]?.textContent ?? here.getAttribute('aria-label') ?? here.textContent;
    })()`)
  )
    .replace(/\s+/g, ' ')
    .trim();

/** Whether somebody who looks sees where they are. */
const seen = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const here = document.activeElement;
    const shown = (one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const { width, height } = here.getBoundingClientRect();
    return width > 0 && height > 0 && (shown(here) || shown(here.closest('label')));
  })()`);

const fits = (name: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? name === wanted || name.startsWith(`${wanted} `) : wanted.test(name);

/** Goes on by Tab until it is there; every stop on the way can be seen. */
async function reach(page: Page, wanted: string | RegExp, inside?: string): Promise<void> {
  for (let stops = 0; stops < 120; stops++) {
    const name = await focused(page);
    const right =
      inside === undefined || (await page.evaluate<boolean>(`!!document.activeElement.closest('${inside}')`));
    if (right && fits(name, wanted)) return;
    await page.keyboard.press('Tab');
    if ((await focused(page)) !== '' && !(await seen(page)))
      throw new Error(`Nothing shows that the focus is on « ${await focused(page)} ».`);
  }
  throw new Error(`Tab does not lead to « ${String(wanted)} ».`);
}

async function type(page: Page, field: string, text: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.type(text);
}

async function press(page: Page, name: string, inside?: string): Promise<void> {
  await reach(page, name, inside);
  await page.keyboard.press('Enter');
}

/** A page that was come to says its title to whoever listens. */
async function arrived(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.locator('h1:focus').waitFor();
}
