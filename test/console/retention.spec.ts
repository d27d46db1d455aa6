import { addCalendarDays, atParis, localDateOf } from '@fil-rouge/kernel';
import { newCase, Person } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, enter, sit, system } from './stage';

inABrowser('what is kept no longer', () => {
  aNetwork();
  let counsellor: Person;
  let kept: string;
  let first: string;

  const passTo = async (days: number): Promise<void> => {
    system.clock.set(atParis(addCalendarDays(first, days), '10:00'));
    await system.settle();
  };

  beforeAll(async () => {
    first = localDateOf(system.clock.now());
    counsellor = await enter('conseiller');
    kept = (await counsellor.do('/v1/cases', newCase())).id;
    for (let other = 0; other < 2; other++) await counsellor.do('/v1/cases', newCase());
    await passTo(730);
  });

  test('who leads sees that a record is to be erased, and keeps it', async () => {
    const desk = await sit('conseiller', undefined, { width: 320, height: 640, theme: 'dark' });
    const { page } = desk;
    await desk.open(`/cases/${kept}`);
    await page.getByText('Rien n’a été fait dans ce suivi depuis deux ans').waitFor();
    await page.getByRole('button', { name: 'Garder ce dossier…' }).click();
    await page.getByLabel('Pourquoi sert-il encore ?').fill('La personne revient en septembre.');
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Garder le dossier' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByText('Dossier gardé, il sert encore').first().waitFor();
    await page.getByText('Rien n’a été fait dans ce suivi').waitFor({ state: 'hidden' });
  });

  test('an administrator draws up a slip, prints it, signs it, and reads what became of it', async () => {
    await passTo(760);
    const desk = await sit('administrateur', undefined, { width: 320, height: 640, theme: 'light' });
    const { page } = desk;
    await desk.open('/retention');
    await page.getByText('Délai écoulé').first().waitFor();
    expect(await page.getByText('Délai écoulé').count()).toBe(2);
    await page.getByRole('button', { name: 'Établir un bordereau…' }).click();
    await page.getByRole('button', { name: 'Établir le bordereau' }).click();
    await page.getByRole('heading', { name: 'Bordereau d’élimination n° 1' }).waitFor();
    await page.getByText('2 dossiers, dont 0 clos et 2 restés sans contact').waitFor();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Signer…' }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Signer…' }).click();
    await page.getByLabel('Référence du visa des archives').fill('AD72-2029-114');
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Signer et effacer' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await system.settle();
    await page.reload();
    await page.getByText('Exécuté').waitFor();
    await page.getByText('AD72-2029-114').waitFor();
    expect(await page.getByText(/: effacé$/).count()).toBe(2);
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await desk.open('/retention');
    await page.getByText('2 effacés, 0 laissés de côté').waitFor();
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
  });
});
