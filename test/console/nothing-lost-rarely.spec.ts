import { addCalendarDays } from '@fil-rouge/kernel';
import type { Page } from 'playwright-core';
import { newCase, newSession, Person, succeeded } from '../journeys/driver';
import { today } from '../support/clock';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

const overtaken = /enregistré un changement ici pendant que vous écriviez/;

inABrowser('what somebody types', () => {
  aNetwork();
  let counsellor: Person, manager: Person;
  beforeAll(async () => {
    [counsellor, manager] = await Promise.all([enter('conseiller'), enter('responsable')]);
  });
  const put = async (who: Person, path: string, body: object) => succeeded(await who.try('PUT', path, { body }));

  test('is found again in what is done rarely, too, and over what is stored by then', async () => {
    const caseId = (await counsellor.do('/v1/cases', newCase())).id;
    const { id: session } = await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession());
    const goal = await counsellor.do(`/v1/cases/${caseId}/goals`, { text: 'Écrire seule.' });
    const day = addCalendarDays(today(), 3);
    const meeting = await counsellor.do(`/v1/cases/${caseId}/appointments`, { at: `${day}T10:00`, minutes: 30 });
    const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();
    const folded = (button: string, summary: string) => async (page: Page) => {
      await press(button)(page);
      const field = page.getByText(summary);
      if ((await field.count()) > 0 && !(await page.getByLabel('Ce qu’il faut prévoir').isVisible()))
        await field.click();
    };
    const structure = `/structures/${manager.structureId}`;
    const none = () => Promise.resolve();
    const forms: readonly (readonly [
      role: string,
      address: string,
      open: (page: Page) => Promise<void>,
      field: string,
      text: string,
    ])[] = [
      [
        'conseiller',
        `/cases/${caseId}/sessions/${session}`,
        press('C’était quelqu’un d’autre…'),
        'Pourquoi',
        'Homonyme.',
      ],
      ['conseiller', `/cases/${caseId}`, press('Atteint…'), 'Un mot, si vous voulez', 'Toute seule.'],
      [
        'conseiller',
        `/cases/${caseId}/appointments/${meeting.id}`,
        folded('Déplacer…', 'Ajouter : ce qu’il faut prévoir'),
        'Ce qu’il faut prévoir',
        'La carte vitale.',
      ],
      ['responsable', structure, press('Écrire…'), 'Quoi apporter', 'Un téléphone chargé.'],
      ['responsable', '/places/new', none, 'Nom', 'Maison des services'],
      ['administrateur', structure, press('Décision de l’État…'), 'Référence', 'Arrêté 12'],
      ['administrateur', '/structures/new', none, 'Nom', 'Les Clics'],
      ['administrateur', '/conventions', press('Enregistrer une convention'), 'Numéro donné par l’État', 'CN-72'],
    ];
    expect(goal.id).toBeDefined();
    for (const [role, address, open, field, text] of forms) {
      const desk = await sit(role);
      const { page } = desk;
      await desk.open(address);
      await open(page);
      await page.getByLabel(field, { exact: true }).fill(text);
      await desk.open('/help');
      // Meanwhile a colleague says something else of the same thing.
      if (field === 'Quoi apporter')
        await put(manager, `/v1/structures/${manager.structureId}/leaflet`, { coming: 'Tramway.' });
      await page.reload();
      await desk.settled();
      await desk.open(address);
      await open(page);
      await page.getByText('Vous aviez commencé à écrire').waitFor();
      expect(await page.getByLabel(field, { exact: true }).inputValue()).toBe(text);
      if (field !== 'Quoi apporter') continue;
      await page.getByRole('alert').filter({ hasText: overtaken }).waitFor();
      expect(await page.getByLabel('Comment venir').inputValue()).toBe('Tramway.');
    }
  });
});
