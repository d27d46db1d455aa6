import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNetwork } from '../../apps/api/src/network';
import { newCase } from '../journeys/driver';
import { inABrowser } from './desk';
import { aNetwork, anotherDesk, enter, system } from './stage';

const drawn =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script><rect width="40" height="20"/></svg>';

inABrowser('a network has a name and a logo of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fil-rouge-logo-'));
  const logo = join(folder, 'logo.svg');
  writeFileSync(logo, drawn);
  aNetwork({ NETWORK_NAME: 'Réseau de l’Île & Co', NETWORK_LOGO: logo });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('they stand at the door, beside every page, and on the sheet the resident takes home', async () => {
    const { id } = await (await enter('conseiller')).do('/v1/cases', newCase());
    const desk = await anotherDesk();
    const shown = async () => {
      await desk.page.getByText('Réseau de l’Île & Co').first().waitFor();
      return desk.page
        .locator('img.logo')
        .first()
        .evaluate((image) => (image as unknown as { decode(): Promise<void> }).decode().then(() => true));
    };
    await desk.page.goto(system.baseUrl);
    expect(await shown()).toBe(true);
    await desk.signIn(system.account('conseiller'), system.password);
    await desk.open(`/cases/${id}/sheet`);
    expect([await shown(), await desk.page.locator('.paper .letterhead').innerText()]).toEqual([
      true,
      'Réseau de l’Île & Co',
    ]);
    expect([await desk.barriers(), desk.trouble]).toEqual([[], []]);
    // A drawing may hold a script: opened by itself it is a page in which none runs.
    const { logo: path } = (await (await fetch(`${system.baseUrl}/network.json`)).json()) as { logo: string };
    const answer = await fetch(`${system.baseUrl}${path}`);
    expect([answer.headers.get('content-type'), answer.headers.get('content-security-policy')]).toEqual([
      'image/svg+xml',
      expect.stringContaining('sandbox'),
    ]);
  });
});

test.each([
  ['cannot be read', 'nothing.svg', undefined],
  ['PNG', 'page.png', '<html>'],
  ['SVG', 'page.svg', '<!doctype html><svg></svg>'],
  ['50 kB', 'large.svg', `<svg>${' '.repeat(50_000)}</svg>`],
])('a logo is refused at the start: %s', (why, name, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'fil-rouge-logo-'));
  if (content !== undefined) writeFileSync(join(folder, name), content);
  expect(() => readNetwork({ networkName: 'Réseau', networkLogo: join(folder, name) })).toThrow(
    new RegExp(`^NETWORK_LOGO .*${why}`),
  );
  rmSync(folder, { recursive: true });
});
