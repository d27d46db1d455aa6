/** What people do most, counted: each click, each field that is written in, each choice. From a page on which they are anyway, to the word that it is done. */
import type { Locator } from 'playwright-core';
import { newCase, newReferral, Person } from '../journeys/driver';
import { inABrowser, type Desk } from './desk';
import { aNetwork, enter, sit, system } from './stage';

/** A hand that counts what it does. */
class Hand {
  done = 0;

  async click(what: Locator): Promise<void> {
    this.done++;
    await what.click();
  }

  async check(what: Locator): Promise<void> {
    this.done++;
    await what.check();
  }

  async write(where: Locator, words: string): Promise<void> {
    this.done++;
    await where.fill(words);
  }
}

inABrowser('the ten acts of most days', () => {
  aNetwork();
  let counsellor: Person;
  let partner: Person;
  let caseId: string;
  const counts: [string, number][] = [];

  beforeAll(async () => {
    counsellor = await enter('conseiller');
    partner = await enter('conseiller', 'la-poste');
  });
  beforeEach(async () => {
    caseId = (await counsellor.do('/v1/cases', { ...newCase(), confirmNotDuplicate: true })).id;
  });
  afterAll(() => {
    process.stdout.write(`${counts.map(([act, count]) => `${String(count).padStart(3)}  ${act}`).join('\n')}\n`);
    expect(counts).toHaveLength(10);
  });

  /** @param most interactions; one more is a step back */
  const act = (
    what: string,
    most: number,
    from: () => Promise<[Desk, string]>,
    does: (hand: Hand, desk: Desk) => Promise<void>,
  ) =>
    test(`${what}: ${most} at most`, async () => {
      const [desk, address] = await from();
      await desk.open(address);
      const hand = new Hand();
      await does(hand, desk);
      counts.push([what, hand.done]);
      expect(hand.done).toBeLessThanOrEqual(most);
    });
  const fromCase = async (): Promise<[Desk, string]> => [await sit('conseiller'), `/cases/${caseId}`];
  const fromDay = async (): Promise<[Desk, string]> => [await sit('conseiller'), '/'];
  const sent = async (): Promise<string> => {
    const { id } = await counsellor.do(`/v1/cases/${caseId}/referrals`, newReferral(partner.structureId));
    await system.settle();
    return id;
  };

  act('Enregistrer un accompagnement', 3, fromCase, async (hand, { page }) => {
    await hand.click(page.getByRole('main').getByRole('link', { name: 'Enregistrer un accompagnement' }));
    await hand.check(page.getByLabel('E-mail'));
    await hand.click(page.getByRole('button', { name: 'Enregistrer', exact: true }));
    await page.getByRole('heading', { name: 'Ce qui s’est passé' }).waitFor();
  });

  act('Trouver une personne et lire son suivi', 2, fromDay, async (hand, { page }) => {
    const { resident } = (await counsellor.get(`/v1/cases/${caseId}`)) as unknown as { resident: { lastName: string } };
    await hand.write(page.getByRole('searchbox').or(page.getByRole('combobox')).first(), resident.lastName);
    await hand.click(
      page.getByRole('option').or(page.getByRole('link')).filter({ hasText: resident.lastName }).first(),
    );
    await page.getByRole('heading', { name: 'Ce qui s’est passé' }).waitFor();
  });

  act('Écrire une note', 4, fromCase, async (hand, { page }) => {
    await hand.click(page.getByText('Autres actions'));
    await hand.click(page.getByRole('button', { name: 'Écrire une note…' }));
    await hand.write(page.getByRole('dialog').getByLabel('Note', { exact: true }), 'Rappelée, absente.');
    await hand.click(page.getByRole('dialog').getByRole('button', { name: /Enregistrer/ }));
    await page.getByText('« Rappelée, absente. »').waitFor();
  });

  act('Prendre rendez-vous', 4, fromCase, async (hand, { page }) => {
    await hand.click(page.getByRole('link', { name: 'Prendre rendez-vous' }));
    await hand.check(page.getByLabel('Dans deux semaines'));
    await hand.write(page.getByLabel('Heure'), '14:30');
    await hand.click(page.getByRole('button', { name: 'Prendre ce rendez-vous' }));
    await page.waitForURL(`**/#/cases/${caseId}`);
  });

  act(
    'Ouvrir un dossier',
    8,
    async () => [await sit('conseiller'), '/cases/new'],
    async (hand, { page }) => {
      await hand.write(page.getByLabel('Prénom'), 'Solange');
      await hand.write(page.getByLabel('Nom', { exact: true }), 'Trécul');
      await hand.write(page.getByLabel('Où habite la personne ?'), '72300');
      await hand.click(page.getByRole('button', { name: /Sablé-sur-Sarthe/ }));
      await hand.write(page.getByLabel('Téléphone', { exact: true }), '06 39 98 44 66');
      await hand.check(page.getByLabel('E-mail', { exact: true }).first());
      await hand.check(page.getByRole('radio', { name: 'À l’oral' }));
      await hand.click(page.getByRole('button', { name: 'Ouvrir le dossier' }));
      await page.getByRole('heading', { name: 'Solange Trécul' }).waitFor();
    },
  );

  act('Orienter vers une structure', 6, fromCase, async (hand, { page }) => {
    await hand.click(page.getByRole('link', { name: 'Orienter', exact: true }));
    await hand.check(page.getByRole('checkbox', { name: 'E-mail' }));
    await hand.write(page.getByLabel('Message à la structure'), 'Veut suivre ses colis.');
    await hand.check(page.getByRole('checkbox', { name: /La Poste/ }));
    await hand.check(page.getByRole('radio', { name: 'À l’oral' }));
    await hand.click(page.getByRole('button', { name: 'Envoyer', exact: true }));
    await page.getByRole('heading', { name: 'La demande' }).waitFor();
  });

  const atPost = async (): Promise<[Desk, string]> => {
    const id = await sent();
    return [await sit('conseiller', 'la-poste'), `/referrals/${id}`];
  };
  act('Accepter une orientation', 1, atPost, async (hand, { page }) => {
    await hand.click(page.getByRole('button', { name: 'Accepter' }));
    await page.getByRole('link', { name: 'Voir le dossier' }).waitFor();
  });

  act('Refuser une orientation', 3, atPost, async (hand, { page }) => {
    await hand.click(page.getByRole('button', { name: 'Refuser…' }));
    await hand.check(page.getByRole('dialog').getByRole('radio').first());
    await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Refuser' }));
    await page.getByText('Refusée', { exact: true }).first().waitFor();
  });

  const helping = async (): Promise<[Desk, string]> => {
    const id = await sent();
    await partner.do(`/v1/referrals/${id}/accept`, {});
    return [await sit('conseiller', 'la-poste'), `/referrals/${id}`];
  };
  act('Dire ce qu’une orientation a donné', 3, helping, async (hand, { page }) => {
    await hand.click(page.getByRole('button', { name: 'Terminer…' }));
    await hand.check(page.getByRole('dialog').getByRole('radio').first());
    await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Terminer' }));
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  act('Passer la main', 4, fromCase, async (hand, { page }) => {
    await hand.click(page.getByRole('link', { name: 'Passer la main' }));
    await hand.write(page.getByLabel('Où en est la personne'), 'Écrit seule.');
    await hand.check(page.getByRole('radio', { name: /Le Mans Métropole/ }));
    await hand.click(page.getByRole('button', { name: 'Proposer' }));
    await page.getByText('Proposée', { exact: true }).waitFor();
  });
});
