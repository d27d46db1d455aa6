import { newCase, newReferral, newSession, Person, sable, succeeded } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, enter, sit, system } from './stage';

const overtaken = /enregistré un changement ici pendant que vous écriviez/;

inABrowser('what somebody types', () => {
  aNetwork();
  let counsellor: Person, manager: Person, administrator: Person;

  beforeAll(async () => {
    [counsellor, manager, administrator] = await Promise.all([
      enter('conseiller'),
      enter('responsable'),
      enter('administrateur'),
    ]);
  });

  const put = async (who: Person, path: string, body: object) => succeeded(await who.try('PUT', path, { body }));

  test('stays when somebody else saves the same meanwhile, and undoes nothing of theirs unseen: delays', async () => {
    const { page } = await sit('administrateur').then(async (desk) => {
      await desk.open('/settings');
      return desk;
    });
    const silence = page.getByLabel('Suivi sans nouvelles : rappel après');
    await silence.fill('75');
    await put(administrator, '/v1/settings/delays', { firstSession: 13 });
    await page.getByRole('button', { name: 'Changer les délais' }).click();
    await page.getByRole('alert').filter({ hasText: overtaken }).waitFor();
    const first = page.getByLabel('Rien d’enregistré après l’acceptation : rappel');
    while ((await first.inputValue()) !== '13') await page.waitForTimeout(50);
    expect([await silence.inputValue(), await first.inputValue()]).toEqual(['75', '13']);
    await page.getByRole('button', { name: 'Changer les délais' }).click();
    await page.getByText('Les délais sont changés').waitFor();
    expect(await administrator.get('/v1/settings/delays')).toMatchObject({
      own: { firstSession: 13, silenceCalendarDays: 75 },
    });
    // One's own saving is nobody else's.
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('the same of what a structure says of itself: leaflet, who answers, offer, place', async () => {
    const desk = await sit('responsable');
    const { page } = desk;
    const at = `/v1/structures/${manager.structureId}`;
    await desk.open(`/structures/${manager.structureId}`);

    await page.getByRole('button', { name: 'Écrire…' }).click();
    await page.getByLabel('Quoi apporter').fill('Votre téléphone.');
    await put(manager, `${at}/leaflet`, { coming: 'Ligne 3.' });
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: overtaken }).waitFor();
    await page.getByText('Ligne 3.').first().waitFor();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await manager.get(at)).toMatchObject({ leaflet: { bring: 'Votre téléphone.', coming: 'Ligne 3.' } });

    await page.getByRole('button', { name: 'Changer…' }).click();
    await page.getByLabel('Tous les jours').selectOption({ index: 1 });
    await put(manager, `${at}/capacity`, { capacity: 'waiting_list' });
    await put(manager, `${at}/contacts`, { rota: [{ weekday: 'friday', userId: manager.id }] });
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: overtaken }).waitFor();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await manager.get(`${at}/contacts`)).toMatchObject({
      default: { id: expect.any(String) as string },
      rota: [{ weekday: 'friday', person: { id: manager.id } }],
    });

    await page.getByRole('button', { name: 'Changer ce qu’elle propose' }).click();
    await page.getByLabel('Les autres structures peuvent orienter').uncheck();
    await put(manager, `${at}/capacity`, { capacity: 'open' });
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: overtaken }).waitFor();
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByText('L’offre est à jour').waitFor();
    expect(await manager.get(at)).toMatchObject({ acceptsReferrals: false });

    const place = await manager.do('/v1/places', {
      name: 'Maison des services',
      street: '1 place du Marché',
      postalCode: '72300',
      commune: sable,
    });
    await desk.open(`/places/${place.id}`);
    await page.getByLabel('Bâtiment, étage, entrée').fill('Porte B');
    await manager.do(`/v1/places/${place.id}/corrections`, { phone: '02 43 00 11 22' });
    await page.getByRole('button', { name: 'Corriger le lieu' }).click();
    await page.getByRole('alert').filter({ hasText: overtaken }).waitFor();
    await page.getByRole('button', { name: 'Corriger le lieu' }).click();
    await page.getByText('Le lieu est corrigé').waitFor();
    expect(await manager.get(`/v1/places/${place.id}`)).toMatchObject({
      complement: 'Porte B',
      phone: '02 43 00 11 22',
    });
  });

  test('is found again after a reload in a note, in corrections and in a request to lead', async () => {
    const caseId = (await counsellor.do('/v1/cases', newCase())).id;
    const { id } = await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession());
    const desk = await sit('conseiller');
    const { page } = desk;
    const again = page.getByText('Vous aviez commencé à écrire');
    const write = async (open: () => Promise<void>, field: string, text: string) => {
      await open();
      await page.getByLabel(field, { exact: true }).fill(text);
      // Left at once: what was typed last is kept on the way out.
      await desk.open('/help');
      await page.reload();
      await desk.settled();
      await open();
      await again.waitFor();
      expect(await page.getByLabel(field, { exact: true }).inputValue()).toBe(text);
    };
    await write(
      async () => {
        await desk.open(`/cases/${caseId}`);
        await page.getByText('Autres actions').click();
        await page.getByRole('button', { name: 'Écrire une note…' }).click();
      },
      'Note',
      'Rappelée, absente.',
    );
    await page.getByRole('button', { name: 'Enregistrer la note' }).click();
    await page.getByText('« Rappelée, absente. »').waitFor();
    await write(() => desk.open(`/cases/${caseId}/corrections`), 'Prénom', 'Eulalia');
    // A colleague corrects something else: it is not sent back as it was.
    await counsellor.do(`/v1/cases/${caseId}/corrections`, { resident: { birthYear: 1971 } });
    await page.getByRole('button', { name: 'Corriger', exact: true }).click();
    await page.getByText('Dossier corrigé').waitFor();
    expect(await counsellor.get(`/v1/cases/${caseId}`)).toMatchObject({
      resident: { firstName: 'Eulalia', birthYear: 1971 },
    });
    await write(
      async () => {
        await desk.open(`/cases/${caseId}/sessions/${id}`);
        await page.getByRole('button', { name: 'Corriger', exact: true }).click();
      },
      'Ce qui a été fait',
      'Écrit seule.',
    );
  });

  test('in several forms at once is found again in each, sealed, and goes with the one that is recorded', async () => {
    const [one, other] = [
      (await counsellor.do('/v1/cases', newCase())).id,
      (await counsellor.do('/v1/cases', newCase())).id,
    ];
    const recipient = await enter('conseiller', 'la-poste');
    const { id: referral } = await counsellor.do(`/v1/cases/${one}/referrals`, newReferral(recipient.structureId));
    const desk = await sit('conseiller');
    const { page } = desk;
    const act = (name: string) => async () => {
      await page.getByText('Autres actions').click();
      await page.getByRole('button', { name }).click();
    };
    const forms: readonly (readonly [address: string, open: () => Promise<void>, field: string, text: string])[] = [
      [`/cases/${one}`, act('Écrire une note…'), 'Note', 'Rappelée, absente.'],
      [`/cases/${other}`, act('Écrire une note…'), 'Note', 'Rappelé, présent.'],
      [`/cases/${other}`, act('Fixer un objectif…'), 'Ce que la personne veut savoir faire', 'Écrire à sa fille.'],
      [
        `/referrals/${referral}`,
        () => page.getByRole('button', { name: 'Retirer…' }).click(),
        'Un mot de plus, si vous voulez',
        'Elle a trouvé seule.',
      ],
    ];
    for (const [address, open, field, text] of forms) {
      await desk.open(address);
      await open();
      await page.getByLabel(field, { exact: true }).fill(text);
      await desk.open('/help');
    }
    await page.reload();
    await desk.settled();
    for (const [address, open, field, text] of forms) {
      await desk.open(address);
      await open();
      await page.getByText('Vous aviez commencé à écrire').waitFor();
      expect(await page.getByLabel(field, { exact: true }).inputValue()).toBe(text);
      expect(await desk.barriers()).toEqual([]);
      if (address !== `/referrals/${referral}`) await desk.open('/help');
    }
    const kept = `new Promise((done) => {
      const opening = indexedDB.open('fil-rouge');
      opening.onsuccess = () => {
        const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
        all.onsuccess = () => done(all.result.flatMap((one) => one.box ? new TextDecoder().decode(one.box) : []));
      };
    })`;
    const boxes = await page.evaluate<string[]>(kept);
    expect(boxes).toHaveLength(4);
    for (const [, , , text] of forms) expect(boxes.join()).not.toContain(text);
    // What is recorded is no draft any more; the others wait.
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Retirer', exact: true }).click();
    await page.getByText('Orientation retirée').first().waitFor();
    expect(await page.evaluate<string[]>(kept)).toHaveLength(3);
  });

  test('is never sent in the name of somebody who has signed in in another window of the same browser', async () => {
    const caseId = (await counsellor.do('/v1/cases', newCase())).id;
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/session`);
    await page.getByText('Ajouter : ce qui a été fait').click();
    await page.getByLabel('Ce qui a été fait').fill('Sait joindre une photo.');
    const other = await page.context().newPage();
    await other.goto(`${desk.baseUrl}/#/help`);
    await other.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await other.context().clearCookies();
    await other.reload();
    await other.getByLabel('Adresse électronique').fill(system.account('responsable'));
    await other.getByLabel('Mot de passe').fill(system.password);
    await other.getByRole('button', { name: 'Se connecter' }).click();
    await other.getByRole('heading', { name: 'Aide' }).waitFor();
    await page.getByRole('heading', { name: 'Quelqu’un d’autre s’est connecté' }).waitFor();
    expect(await desk.barriers()).toEqual([]);
    expect(await page.getByRole('button', { name: 'Enregistrer', exact: true }).count()).toBe(0);
    // Whoever wrote it finds it; who sits there now does not.
    await page.getByRole('button', { name: 'Continuer avec la personne connectée' }).click();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await desk.open(`/cases/${caseId}/session`);
    await page.getByText('Ajouter : ce qui a été fait').click();
    expect(await page.getByLabel('Ce qui a été fait').inputValue()).toBe('');
    await page.context().clearCookies();
    await page.reload();
    await desk.signIn(system.account('conseiller'), system.password);
    await desk.open(`/cases/${caseId}/session`);
    await page.getByText('Vous aviez commencé à écrire').waitFor();
  });
});
