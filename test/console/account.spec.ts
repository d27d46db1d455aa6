import { inABrowser } from './desk';
import { aDesk, desk, enter, sit, system } from './stage';

inABrowser('one’s own account', () => {
  aDesk('conseiller');

  beforeEach(async () => {
    await desk.open('/account');
  });

  test('the name is changed, and stands above every page at once', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Changer… de nom' }).click();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('Votre nom').fill('Camille Berthelot-Roux');
    await page.getByRole('button', { name: 'Changer', exact: true }).click();
    await page.getByRole('link', { name: 'Camille Berthelot-Roux' }).waitFor();
  });

  test('a password that would be guessed is refused beside its field, and nothing changes', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Changer… de mot de passe' }).click();
    await page.getByLabel('Mot de passe actuel').fill(system.password);
    const field = page.getByLabel('Nouveau mot de passe');
    await field.fill('motdepasse1234');
    await page.getByRole('button', { name: 'Changer', exact: true }).click();
    await page.locator('[aria-invalid=true]').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await desk.barriers()).toEqual([]);
    await enter('conseiller');
  });

  test('another desk is signed out from here, and finds itself at the door', async () => {
    const other = await sit('conseiller');
    await desk.page.reload();
    await desk.settled();
    // Newest first, below the one that asks.
    const others = desk.page.getByRole('button', { name: /^Déconnecter la connexion/ });
    for (let left = await others.count(); left > 0; left--) {
      await others.first().click();
      await others.nth(left - 1).waitFor({ state: 'detached' });
    }
    await other.page.reload();
    await other.page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await desk.page.reload();
    await desk.settled();
    await other.close();
  });

  test('the address of the calendar is shown once, answers, and answers no more when it is taken away', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Faire une adresse' }).click();
    const address = await page.getByLabel('Adresse à copier dans votre agenda').inputValue();
    const status = () => fetch(address).then((answer) => answer.status);
    expect(await status()).toBe(200);
    await page.reload();
    await desk.settled();
    expect(await page.getByText(address).count()).toBe(0);
    await page.getByRole('button', { name: 'La supprimer…' }).click();
    await page.getByRole('button', { name: 'Supprimer l’adresse', exact: true }).click();
    await page.getByText('L’adresse ne répond plus').waitFor();
    expect(await status()).toBe(404);
  });

  test('the colours that were chosen stay on this desk', async () => {
    const { page } = desk;
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const before = await background();
    await page.getByLabel('Sombre').check();
    expect(await background()).not.toBe(before);
    await page.reload();
    await desk.settled();
    expect(await background()).not.toBe(before);
    expect(await desk.barriers()).toEqual([]);
  });
});
