import { newCase, newReferral, Person } from '../journeys/driver';
import { inABrowser, type Desk } from './desk';
import { aNetwork, enter, sit, system } from './stage';

/** The window is seen again: looked at once, as it is every minute. */
const seen = (desk: Desk) => desk.page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);

inABrowser('what others do', () => {
  aNetwork();
  let sender: Person, recipient: Person;
  beforeAll(async () => {
    [sender, recipient] = await Promise.all([enter('conseiller'), enter('responsable', 'la-poste')]);
  });

  const refer = async () => {
    const { id } = await sender.do('/v1/cases', newCase());
    const referral = await sender.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId));
    await system.settle();
    return referral;
  };
  const asked = (desk: Desk): { path: string; itself: boolean }[] => {
    const all: { path: string; itself: boolean }[] = [];
    desk.page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/v1/'))
        all.push({ path: pathname, itself: request.headers()['x-fil-rouge-background'] === '1' });
    });
    return all;
  };

  test('arrives by itself on an open desk, and is said to whoever does not see it', async () => {
    const desk = await sit('responsable', 'la-poste');
    const { page } = desk;
    const rows = page.getByRole('region', { name: 'À faire' }).getByRole('listitem');
    await rows.first().or(page.getByText('Rien à faire pour l’instant')).waitFor();
    const before = await rows.count();
    await refer();
    const requests = asked(desk);
    await seen(desk);
    const said = page.getByRole('status').filter({ hasText: 'Vient d’arriver.' });
    await said.getByText('Département de la Sarthe').waitFor();
    while ((await rows.count()) <= before) await page.waitForTimeout(50);
    expect(requests.map(({ path }) => path)).toEqual(expect.arrayContaining(['/v1/today/badges', '/v1/today']));
    expect(await desk.barriers()).toEqual([]);
    // Nothing has come since: the counts alone are asked for, and nothing is read.
    requests.length = 0;
    await seen(desk);
    await desk.settled();
    expect(requests).toEqual([{ path: '/v1/today/badges', itself: true }]);
  });

  test('waits until nobody is writing, and looks at nothing while nobody sees the window', async () => {
    const desk = await sit('responsable', 'la-poste');
    const { page } = desk;
    await page.getByRole('region', { name: 'À faire' }).waitFor();
    await page.getByLabel('Trouver une personne').fill('Zz');
    await refer();
    const requests = asked(desk);
    await seen(desk);
    await page.getByRole('status').filter({ hasText: 'Vient d’arriver.' }).first().waitFor();
    expect(requests.map(({ path }) => path)).not.toContain('/v1/today');
    await page.getByLabel('Trouver une personne').blur();
    while (!requests.some(({ path }) => path === '/v1/today')) await page.waitForTimeout(100);
    requests.length = 0;
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })`);
    await seen(desk);
    await desk.settled();
    expect(requests).toEqual([]);
  });

  test('is asked for in the name of somebody who is there only when somebody is', async () => {
    const desk = await sit('responsable', 'la-poste');
    await desk.page.getByRole('region', { name: 'À faire' }).waitFor();
    const requests = asked(desk);
    await seen(desk);
    await desk.settled();
    await seen(desk);
    await desk.settled();
    await desk.page.keyboard.press('Shift');
    await seen(desk);
    await desk.settled();
    expect(requests.slice(-2).map(({ itself }) => itself)).toEqual([true, false]);
    // After the sign-out nobody asks any more.
    await desk.page.getByRole('button', { name: 'Se déconnecter' }).click();
    await desk.page.getByLabel('Mot de passe').waitFor();
    requests.length = 0;
    await seen(desk);
    await desk.page.waitForLoadState('networkidle');
    expect(requests.map(({ path }) => path)).not.toContain('/v1/today/badges');
  });
});
