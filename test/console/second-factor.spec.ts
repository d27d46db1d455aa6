import { TOTP } from 'otpauth';
import jsQR from 'jsqr';
import type { Page } from 'playwright-core';
import { inABrowser, type Desk } from './desk';
import { aNetwork, anotherDesk, enter, sit, system } from './stage';

const codeOf = (address: string): string =>
  new TOTP({ secret: new URL(address).searchParams.get('secret')! }).generate({
    timestamp: Date.parse(system.clock.now()),
  });

/** What a telephone reads: the picture of the page, module by module, each four pixels wide. */
async function read(page: Page): Promise<string> {
  const picture = page.getByRole('img', { name: /Image à viser/ });
  const [, , size] = (await picture.getAttribute('viewBox'))!.split(' ').map(Number) as [number, number, number];
  const drawn = (await picture.locator('path').getAttribute('d'))!;
  const width = size * 4;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < 4; row++) {
      const begin = 4 * ((Number(y) * 4 + row) * width + Number(x) * 4);
      pixels.fill(0, begin, begin + 16);
    }
  return jsQR(pixels, width, width)!.data;
}

/** From the first button to the codes. Returns what the telephone keeps, and what stands on paper. */
async function setUp({ page }: Desk): Promise<{ address: string; codes: string[] }> {
  await page.getByRole('button', { name: 'Commencer' }).click();
  const address = await read(page);
  const secret = new URL(address).searchParams.get('secret')!;
  expect((await page.locator('code.secret').innerText()).replaceAll(' ', '')).toBe(secret);
  await page.getByLabel('Code affiché par l’application').fill('000000');
  await page.getByLabel('Votre mot de passe').fill(system.password);
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  await page.locator('[aria-invalid=true]').waitFor();
  await page.getByLabel('Code affiché par l’application').fill(codeOf(address));
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  await page.getByText('Notez ces dix codes de secours').waitFor();
  const codes = await page.locator('.codes code').allInnerTexts();
  expect(codes).toHaveLength(10);
  return { address, codes };
}

async function atTheDoor({ page }: Desk, email: string): Promise<void> {
  await page.goto(system.baseUrl);
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe').fill(system.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: 'Votre code' }).waitFor();
}

inABrowser('a second step at the sign-in', () => {
  aNetwork();

  test('is set up by oneself, asked for at the door, and taken away', async () => {
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open('/account');
    await page.getByRole('link', { name: 'Mettre en place une deuxième étape' }).click();
    await desk.settled();
    const { address, codes } = await setUp(desk);
    expect([await desk.barriers(), await desk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Je les ai notés' }).click();
    await page.getByText('Codes de secours qui restent : 10.').waitFor();
    expect(await desk.barriers()).toEqual([]);

    const other = await anotherDesk({ width: 320, height: 640 });
    await atTheDoor(other, system.account('conseiller'));
    expect([await other.page.getByRole('alert').count(), await other.overflow()]).toEqual([0, 0]);
    await other.page.getByLabel('Code affiché par votre application').fill('000000');
    await other.page.getByRole('button', { name: 'Se connecter' }).click();
    await other.page
      .getByRole('alert')
      .getByText(/Ce code n’est pas le bon/)
      .waitFor();
    system.clock.advance({ seconds: 30 });
    await other.page.getByLabel('Code affiché par votre application').fill(codeOf(address));
    await other.page.getByRole('button', { name: 'Se connecter' }).click();
    await other.page.getByRole('button', { name: 'Se déconnecter' }).waitFor();

    const third = await anotherDesk();
    await atTheDoor(third, system.account('conseiller'));
    await third.page.getByLabel('Code affiché par votre application').fill(codes[0]!);
    await third.page.getByRole('button', { name: 'Se connecter' }).click();
    await third.page.getByRole('button', { name: 'Se déconnecter' }).waitFor();

    await page.reload();
    await page.getByText('Codes de secours qui restent : 9.').waitFor();
    await page.getByRole('button', { name: 'Nouveaux codes de secours…' }).click();
    await page.getByLabel('Votre mot de passe').fill(system.password);
    await page.getByRole('button', { name: 'Faire les codes' }).click();
    expect(await page.locator('.codes code').first().innerText()).not.toBe(codes[0]);
    await page.getByRole('button', { name: 'Je les ai notés' }).click();
    await page.getByRole('button', { name: 'Retirer… la deuxième étape' }).click();
    await page.getByLabel('Votre mot de passe').fill(system.password);
    await page.getByRole('button', { name: 'Retirer', exact: true }).click();
    await page.getByText('Seul votre mot de passe est demandé').waitFor();
    await enter('conseiller');
  });

  test('is taken away by an administrator for somebody who lost the telephone', async () => {
    const lost = await sit('conseiller', 'la-poste');
    await lost.open('/account/second-factor');
    await setUp(lost);
    const desk = await sit('administrateur');
    const person = await enter('administrateur');
    const { name } = (await person.all('/v1/users?q=conseiller')).find(
      (one) => (one as unknown as { email: string }).email === system.account('conseiller', 'la-poste'),
    )!;
    await desk.open('/team');
    await desk.page.getByRole('searchbox').first().fill(name);
    await desk.page.getByRole('button', { name: `Retirer la deuxième étape… de ${name}` }).click();
    expect(await desk.barriers()).toEqual([]);
    await desk.page.getByLabel('Motif').fill('Téléphone perdu, rappelée.');
    await desk.page.getByRole('button', { name: 'Retirer', exact: true }).click();
    await desk.page.getByText(`${name} se connecte avec son seul mot de passe`).waitFor();
    await enter('conseiller', 'la-poste');
  });
});

inABrowser('a second step that is required', () => {
  aNetwork({ SECOND_FACTOR: 'required' });

  test('is set up at the door, before anything else is seen', async () => {
    const desk = await anotherDesk();
    const { page } = desk;
    await page.goto(system.baseUrl);
    await page.getByLabel('Adresse électronique').fill(system.account('coordinateur'));
    await page.getByLabel('Mot de passe').fill(system.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('heading', { name: 'Une deuxième étape est demandée' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await setUp(desk);
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Je les ai notés' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(desk.refused).toEqual([]);
  });
});
