import { newCase, newReferral, type Person } from '../journeys/driver';
import { inABrowser, type Desk } from './desk';
import { aNetwork, enter, sit, system } from './stage';

inABrowser('a small act is shown at once', () => {
  aNetwork();
  let sender: Person, recipient: Person;
  beforeAll(async () => {
    sender = await enter('conseiller');
    recipient = await enter('responsable', 'la-poste');
  });

  const told = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++) {
      const { id } = await sender.do('/v1/cases', newCase());
      await sender.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId));
    }
    await system.settle();
  };
  const unread = async () =>
    ((await recipient.get('/v1/notifications/unread')) as unknown as { unread: { count: number } }).unread.count;

  /** Whatever is sent there waits until it is let go, or its line is cut. */
  async function held(desk: Desk, path: string) {
    const waiting: ((cut: boolean) => Promise<void>)[] = [];
    await desk.page.route(path, (route) => {
      if (route.request().method() === 'GET') return route.continue();
      waiting.push((cut) => (cut ? route.abort() : route.continue()));
    });
    const answer = async (cut = false): Promise<void> => {
      while (waiting.length === 0) await desk.page.waitForTimeout(20);
      await waiting.shift()!(cut);
    };
    return Object.assign(answer, { waiting });
  }

  test('a notice is read before that is known; it comes back, with why, when it could not be noted', async () => {
    await told(3);
    const desk = await sit('responsable', 'la-poste');
    const { page } = desk;
    const news = page.getByRole('region', { name: 'Ce qui est nouveau' });
    const rows = news.getByRole('listitem');
    const answer = await held(desk, '**/v1/notifications/**');
    await desk.open('/');
    const before = await rows.count();
    expect(before).toBeGreaterThanOrEqual(3);
    await rows
      .first()
      .getByRole('button', { name: /^C’est lu/ })
      .click();
    while ((await rows.count()) === before) await page.waitForTimeout(20);
    expect(await unread()).toBe(before);
    await answer(true);
    await news.getByRole('alert').getByText('Pas de réponse').waitFor();
    expect(await rows.count()).toBe(before);
    expect(await desk.barriers()).toEqual([]);
    await rows
      .first()
      .getByRole('button', { name: /^C’est lu/ })
      .click();
    await answer();
    await desk.settled();
    expect([await rows.count(), await unread()]).toEqual([before - 1, before - 1]);
    expect(await news.getByRole('alert').count()).toBe(0);
    // Whoever opens what it is about has read it.
    await rows.first().getByRole('link').last().click();
    await answer();
    await desk.settled();
    expect(await unread()).toBe(before - 2);
  });

  test('so are all of them; and in the list each says whether it is new', async () => {
    await told(2);
    const desk = await sit('responsable', 'la-poste');
    const { page } = desk;
    await desk.open('/notifications');
    const fresh = page.getByRole('button', { name: /^C’est lu/ });
    const before = await fresh.count();
    await fresh.first().click();
    await desk.settled();
    expect([await fresh.count(), await unread()]).toEqual([before - 1, before - 1]);
    await desk.open('/');
    const answer = await held(desk, '**/v1/notifications/read');
    await page.getByRole('button', { name: 'Tout marquer comme lu' }).click();
    await page.getByText('Rien de nouveau depuis').waitFor();
    expect(await unread()).toBe(before - 1);
    await answer();
    await desk.settled();
    expect(await unread()).toBe(0);
  });

  test('how much room there is: what was pressed last is what stands', async () => {
    const desk = await sit('responsable', 'la-poste');
    const { page } = desk;
    const at = `/v1/structures/${recipient.structureId}`;
    const answer = await held(desk, '**/capacity');
    await desk.open(`/structures/${recipient.structureId}`);
    const pressed = page.locator('button[aria-pressed=true]');
    const shows = (label: string) => pressed.filter({ hasText: label }).waitFor();
    const first = await pressed.innerText();
    await page.getByRole('button', { name: 'Complet' }).click();
    await shows('Complet');
    await answer(true);
    await page.getByRole('alert').getByText('Pas de réponse').waitFor();
    expect(await pressed.innerText()).toBe(first);
    await page.getByRole('button', { name: 'Complet' }).click();
    await page.getByRole('button', { name: 'Liste d’attente' }).click();
    await shows('Liste d’attente');
    // The second goes when the first has been answered: on the way they would overtake each other.
    expect(answer.waiting).toHaveLength(1);
    await answer();
    await answer();
    await page.getByText('L’accueil est à jour').first().waitFor();
    await desk.settled();
    expect(await pressed.innerText()).toBe('Liste d’attente');
    expect(await recipient.get(at)).toMatchObject({ capacity: 'waiting_list' });
  });
});
