import { inABrowser } from './desk';
import { aDesk, desk, system } from './stage';

inABrowser('the door of the console', () => {
  aDesk();

  test('opens with e-mail and password, by a cookie that no script reads, and nothing of it lies in the browser', async () => {
    await desk.signIn(system.account('conseiller'), system.password);
    const [session] = (await desk.page.context().cookies()).filter(({ name }) => name === 'fil-rouge');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict', expires: -1 });
    const seen = await desk.page.evaluate<unknown[]>(
      `[document.cookie, JSON.stringify(localStorage), sessionStorage.length]`,
    );
    expect(seen).toEqual(['', '{"theme":"device"}', 0]);
    expect(await desk.barriers()).toEqual([]);
  });

  test('says that a pair is wrong, in French, and says it to a screen reader', async () => {
    const { page } = desk;
    await page.goto(`${system.baseUrl}/`);
    await page.getByLabel('Adresse électronique').fill(system.account('conseiller'));
    await page.getByLabel('Mot de passe').fill('ce n’est pas le bon');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByRole('alert').innerText()).resolves.toMatch(/adresse.*mot de passe/i);
    expect(await desk.barriers()).toEqual([]);
  });

  test('closes for good: the session has ended, and nothing is left on the desk', async () => {
    await desk.signIn(system.account('conseiller'), system.password);
    await desk.page.getByRole('button', { name: 'Se déconnecter' }).click();
    await desk.page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await desk.page.reload();
    await desk.page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    expect((await desk.page.context().cookies()).map(({ name }) => name)).toEqual(['fil-rouge-device']);
  });

  test('a cookie alone opens nothing: our own page sends a header with it', async () => {
    await desk.signIn(system.account('conseiller'), system.password);
    const cookies = await desk.page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const ask = (headers: Record<string, string>) =>
      fetch(`${system.baseUrl}/v1/me`, { headers: { cookie, ...headers } }).then(({ status }) => status);
    expect(await ask({})).toBe(401);
    expect(await ask({ 'fil-rouge-page': 'console' })).toBe(200);
    expect(await ask({ 'fil-rouge-page': 'console', 'sec-fetch-site': 'cross-site' })).toBe(401);
  });
});
