import { addCalendarDays } from '@fil-rouge/kernel';
import { newCase, Person } from '../journeys/driver';
import type { Appointment } from '../journeys/appointment-story';
import { today } from '../support/clock';
import { inABrowser } from './desk';
import { aDesk, desk, enter, system } from './stage';

inABrowser('appointments', () => {
  aDesk('conseiller');
  let counsellor: Person;
  let caseId: string;

  beforeAll(async () => {
    counsellor = await enter('conseiller');
  });
  beforeEach(async () => {
    caseId = (await counsellor.do('/v1/cases', { ...newCase(), confirmNotDuplicate: true })).id;
  });

  const made = async () => (await counsellor.get(`/v1/cases/${caseId}/appointments`)).items as Appointment[];
  const make = (at: string) =>
    counsellor.do(`/v1/cases/${caseId}/appointments`, { at, minutes: 45 }) as Promise<Appointment>;

  test('one is made in four interactions: the week, the hour, the button', async () => {
    const { page } = desk;
    await desk.open(`/cases/${caseId}/appointment`);
    await page.getByLabel('Dans deux semaines').check();
    await page.getByLabel('Heure').fill('14:30');
    await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).dblclick();
    await page.waitForURL(`**/#/cases/${caseId}`);
    const [one, ...others] = await made();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ minutes: 45, counsellor: { id: counsellor.id } });
    expect(one!.atParis).toContain('T14:30');
  });

  test('what stands on the same day is seen before another one is made', async () => {
    await make(`${today()}T23:30`);
    await desk.open(`/cases/${caseId}/appointment`);
    await desk.page.getByLabel('Jour').fill(today());
    await desk.page.getByText(/Déjà prévu .* 23 h 30/).waitFor();
    expect(await desk.barriers()).toEqual([]);
  });

  test('one is moved: only the hour is said again, and the week shows it at its new hour', async () => {
    const { page } = desk;
    const one = await make(`${today()}T23:00`);
    await desk.open(`/cases/${caseId}/appointments/${one.id}`);
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Déplacer…' }).click();
    await page.getByLabel('Heure').fill('23:15');
    const sent = page.waitForRequest('**/move');
    await page.getByRole('button', { name: 'Déplacer le rendez-vous' }).click();
    expect(Object.keys((await sent).postDataJSON() as object)).toEqual(['at']);
    await page.getByRole('heading', { name: /23 h 15/ }).waitFor();
    await desk.open('/appointments');
    await page.locator(`a[href="#/cases/${caseId}/appointments/${one.id}"]`).getByText('23 h 15').waitFor();
  });

  test('a resident who asks for it is reminded, at an address that is theirs; and no more once it is taken back', async () => {
    const { page } = desk;
    const one = await make(`${addCalendarDays(today(), 3)}T10:00`);
    await desk.open(`/cases/${caseId}/appointments/${one.id}`);
    await page.getByRole('button', { name: 'Envoyer un rappel…' }).click();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('Son adresse électronique').fill('eulalie@exemple');
    await page.getByRole('button', { name: 'Envoyer un rappel', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Son adresse électronique').fill('eulalie@exemple.fr');
    await page.getByRole('button', { name: 'Envoyer un rappel', exact: true }).click();
    await page.getByText(/à eulalie@exemple\.fr, part .* à 0?9 h 00/).waitFor();
    expect(await counsellor.get(`/v1/cases/${caseId}/appointments/${one.id}`)).toMatchObject({
      reminder: { email: 'eulalie@exemple.fr', sent: false },
    });
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Ne plus rappeler' }).click();
    await page.getByRole('button', { name: 'Envoyer un rappel…' }).waitFor();
    expect(await page.getByText('eulalie@exemple.fr').count()).toBe(0);
    const past = await make(`${today()}T23:30`);
    await desk.open(`/cases/${caseId}/appointments/${past.id}`);
    expect(await page.getByRole('button', { name: 'Envoyer un rappel…' }).count()).toBe(0);
  });

  test('one is called off by the resident, with a reason, after being asked for what is missing', async () => {
    const { page } = desk;
    const one = await make(`${today()}T23:00`);
    await desk.open(`/cases/${caseId}/appointments/${one.id}`);
    await page.getByRole('button', { name: 'Annuler le rendez-vous…' }).click();
    const act = page.getByRole('dialog').getByRole('button', { name: 'Annuler le rendez-vous' });
    await act.click();
    await page.getByText('Dites qui l’annule.').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('La personne', { exact: true }).check();
    await page.getByLabel('Empêchement').check();
    await act.click();
    await page.getByRole('definition').getByText('Annulé', { exact: true }).waitFor();
    expect(await counsellor.get(`/v1/cases/${caseId}/appointments/${one.id}`)).toMatchObject({
      status: 'cancelled',
      ended: { by: 'resident', reason: 'unavailable' },
    });
  });

  test('an absence is noted once its hour has come; whoever came is recorded from it', async () => {
    const { page } = desk;
    const one = await make(`${today()}T14:00`);
    await desk.open(`/cases/${caseId}/appointments/${one.id}`);
    await page.getByRole('link', { name: 'Enregistrer l’accompagnement' }).waitFor();
    expect(await page.getByRole('button', { name: 'Noter l’absence…' }).count()).toBe(0);
    await page.clock.setFixedTime(new Date(Date.parse(one.at) + 60_000));
    system.clock.set(new Date(Date.parse(one.at) + 60_000).toISOString());
    // Nobody was here for longer than half an hour.
    await page.reload();
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await desk.signIn(system.account('conseiller'), system.password);
    await desk.open(`/cases/${caseId}/appointments/${one.id}`);
    await page.getByRole('button', { name: 'Noter l’absence…' }).click();
    await page.getByRole('button', { name: 'Noter l’absence', exact: true }).click();
    await page.getByRole('definition').getByText('Manqué', { exact: true }).waitFor();
    const status = async () => (await counsellor.get(`/v1/cases/${caseId}/appointments/${one.id}`)).status;
    expect(await status()).toBe('missed');
    // It was somebody else who did not come.
    await page.getByRole('button', { name: 'Absence notée par erreur…' }).click();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Prévoir de nouveau' }).click();
    await page.getByRole('definition').getByText('Prévu', { exact: true }).waitFor();
    expect(await status()).toBe('planned');
  });

  test('one is made by the keyboard alone', async () => {
    const { page } = desk;
    await desk.open(`/cases/${caseId}/appointment`);
    const focused = () =>
      page.evaluate<string>(
        `(document.activeElement.closest('label') ?? document.activeElement).textContent + (document.activeElement.type ?? '')`,
      );
    const reach = async (words: string) => {
      for (let steps = 0; steps < 60; steps++) {
        if ((await focused()).includes(words)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Sixty steps, and nothing says ${words}.`);
    };
    await reach('Dans une semaine');
    await page.keyboard.press('ArrowDown');
    await reach('Prendre ce rendez-vous');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/#/cases/${caseId}`);
    expect((await made())[0]!.atParis).toContain('2026-12-07T10:00');
  });

  test('a filter stays with its page: the next page begins without it, and a link with one opens anywhere', async () => {
    const { page } = desk;
    await desk.open('/appointments?counsellor=all');
    expect(await page.getByLabel('Avec qui').inputValue()).toBe('all');
    await page.getByRole('link', { name: 'Dossiers', exact: true }).click();
    await desk.settled();
    expect(page.url()).toBe(`${system.baseUrl}/#/cases`);
  });
});
