import { newCase, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aDesk, desk, enter, sit, system } from './stage';

inABrowser('recording a session', () => {
  aDesk('conseiller');
  let counsellor: Person;
  let caseId: string;

  beforeAll(async () => {
    counsellor = await enter('conseiller');
  });
  beforeEach(async () => {
    caseId = (await counsellor.do('/v1/cases', { ...newCase(), confirmNotDuplicate: true })).id;
  });

  const recorded = async (): Promise<unknown[]> =>
    (await counsellor.get(`/v1/cases/${caseId}/timeline?kind=session`)).items;

  test('takes three interactions from the page of the resident, without scrolling', async () => {
    await desk.open(`/cases/${caseId}`);
    const { page } = desk;
    await page.getByRole('main').getByRole('link', { name: 'Enregistrer un accompagnement' }).click();
    await page.getByLabel('E-mail').check();
    const button = page.getByRole('button', { name: 'Enregistrer', exact: true });
    expect(await desk.page.evaluate<number>('document.documentElement.scrollHeight - innerHeight')).toBeLessThanOrEqual(
      0,
    );
    await button.click();
    await page.getByRole('heading', { name: 'Ce qui s’est passé' }).waitFor();
    expect(await recorded()).toHaveLength(1);
  });

  test('pressed twice, and sent again when its answer was lost, it is one session', async () => {
    await desk.open(`/cases/${caseId}/session`);
    const { page } = desk;
    await page.getByLabel('E-mail').check();
    // The first time it arrives, and the answer does not.
    let lost = false;
    await page.route('**/v1/cases/*/sessions', async (route) => {
      if (lost) return route.continue();
      lost = true;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).dblclick();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/connexion est coupée/);
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('heading', { name: 'Ce qui s’est passé' }).waitFor();
    expect(await recorded()).toHaveLength(1);
  });

  test('what is being written outlives a reload and the end of the sign-in, and lies nowhere in clear', async () => {
    const words = 'Renouvelle sa carte vitale, presque seule.';
    await desk.open(`/cases/${caseId}/session`);
    const { page } = desk;
    await page.getByText('Ajouter : ce qui a été fait').click();
    await page.getByLabel('Ce qui a été fait').fill(words);
    const stored = `new Promise((done) => {
      const opening = indexedDB.open('fil-rouge');
      opening.onsuccess = () => {
        const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
        all.onsuccess = () => done(all.result.map((one) => one.box ? new TextDecoder().decode(one.box) : String(one.extractable)));
      };
    })`;
    let kept: string[] = [];
    // Written a moment after the last letter.
    while (kept.length < 2) kept = await page.evaluate<string[]>(stored);
    expect(kept).toContain('false');
    expect(kept.join()).not.toContain('carte vitale');
    await page.reload();
    await page.getByText('Vous aviez commencé à écrire').waitFor();
    // Somebody ended this session from elsewhere.
    await counsellor.try('POST', '/v1/me/sign-ins/end-others');
    await page.reload();
    await desk.signIn(system.account('conseiller'), system.password);
    await desk.open(`/cases/${caseId}/session`);
    await page.getByText('Vous aviez commencé à écrire').waitFor();
    await page.getByText('Ajouter : ce qui a été fait').click();
    expect(await page.getByLabel('Ce qui a été fait').inputValue()).toBe(words);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    expect(await page.evaluate<string[]>(stored)).toEqual([]);
  });

  test('says what is wrong beside what is wrong, and changes nothing', async () => {
    await desk.open(`/cases/${caseId}/session`);
    await desk.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await desk.page.locator('.wrong').waitFor();
    expect(await desk.barriers()).toEqual([]);
    expect(await recorded()).toEqual([]);
  });

  test('fits a telephone, in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const phone = await sit('conseiller', undefined, { width: 320, height: 640, theme });
      for (const address of ['/', '/cases', `/cases/${caseId}`, `/cases/${caseId}/session`, '/session', '/cases/new']) {
        await phone.open(address);
        expect([address, theme, await phone.overflow(), await phone.barriers()]).toEqual([address, theme, 0, []]);
      }
      expect(phone.trouble).toEqual([]);
      await phone.close();
    }
  });
});
