import { newCase, newReferral, type Person } from '../journeys/driver';
import type { Locator } from 'playwright-core';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

/** The list is there before its counts are: what is said once they are. */
const counted = async (choices: Locator): Promise<string[]> => {
  await choices
    .filter({ hasText: /\(\d+\)$/ })
    .first()
    .waitFor({ state: 'attached' });
  return choices.allInnerTexts();
};

inABrowser('how many there are stands beside what a list can be narrowed to', () => {
  aNetwork();
  let sender: Person, recipient: Person;
  beforeAll(async () => {
    sender = await enter('conseiller');
    recipient = await enter('conseiller', 'la-poste');
    const [one, two] = [(await sender.do('/v1/cases', newCase())).id, (await sender.do('/v1/cases', newCase())).id];
    await sender.do('/v1/cases', newCase());
    await sender.do(`/v1/cases/${two}/close`, { reason: 'need_met' });
    const refused = (await sender.do(`/v1/cases/${one}/referrals`, newReferral(recipient.structureId))).id;
    await recipient.do(`/v1/referrals/${refused}/decline`, { reason: 'no_capacity' });
    await sender.do(`/v1/cases/${one}/referrals`, newReferral(recipient.structureId));
  });

  test('of follow-ups, and not where the list is narrowed to what is not counted', async () => {
    const desk = await sit('responsable');
    await desk.open('/cases');
    const choices = desk.page.getByLabel('Suivis').getByRole('option');
    expect(await counted(choices)).toEqual(['Ouverts (2)', 'Clos (1)', 'Tous (3)']);
    await desk.page.getByLabel('Menés par').selectOption('mine');
    await desk.settled();
    expect(await counted(choices)).toEqual(['Ouverts (0)', 'Clos (0)', 'Tous (0)']);
    await desk.page.getByLabel('Thème').selectOption({ label: 'E-mail' });
    await desk.settled();
    expect(await choices.allInnerTexts()).toEqual(['Ouverts', 'Clos', 'Tous']);
    expect([await desk.barriers(), desk.refused]).toEqual([[], []]);
  });

  test('of referrals, in each box', async () => {
    const desk = await sit('conseiller');
    await desk.open('/referrals?box=sent');
    const choices = desk.page.getByLabel('Montrer').getByRole('option');
    const shown = async () => (await counted(choices)).filter((text) => !text.endsWith('(0)'));
    expect(await shown()).toEqual([
      'Celles en cours (1)',
      'Celles en retard',
      'Toutes (2)',
      'Envoyée (1)',
      'Refusée (1)',
    ]);
    const boxes = desk.page.getByRole('navigation', { name: 'Reçues ou envoyées' }).getByRole('link');
    expect(await counted(boxes)).toEqual(['Reçues (0)', 'Envoyées (1)']);
    expect(await desk.barriers()).toEqual([]);
  });

  test('of what is to be done; and whoever has no box asks for no count', async () => {
    const desk = await sit('conseiller', 'la-poste');
    await desk.open('/tasks');
    const [own, all] = await counted(desk.page.getByLabel('Pour').getByRole('option'));
    const listed = async (mine: boolean) => (await recipient.all(`/v1/tasks?mine=${mine}`)).length;
    expect([own, all]).toEqual([`Moi (${await listed(true)})`, `Toute la structure (${await listed(false)})`]);
    expect(await listed(false)).toBeGreaterThan(0);
    const watching = await sit('coordinateur');
    for (const address of ['/cases', '/referrals', '/tasks']) await watching.open(address);
    expect(watching.refused).toEqual([]);
  });
});
