import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { Desk, startBrowser } from './desk';
import { startDemo, type Demo } from './tour';

const counsellor = 'conseiller@departement-sarthe.demo';
const manager = 'responsable@departement-sarthe.demo';
const coordinator = 'coordinateur@departement-sarthe.demo';
const administrator = 'administrateur@departement-sarthe.demo';

interface Subject {
  readonly name: string;
  readonly who: string;
  /** Gets there, as the person would. */
  readonly go: (desk: Desk) => Promise<void>;
  /** The part that is shown; the page without its margin when nothing is said. */
  readonly part?: (page: Page) => Locator;
}

const at = (address: string) => (desk: Desk) => desk.open(address);
const firstOf = async ({ page }: Desk, address: string): Promise<string> =>
  (await page.locator(`main .rows a[href^="#${address}/"]`).first().getAttribute('href'))!.slice(1);
/** The first of a list, or a page beside it. */
const first =
  (list: string, kind: string, beside = '') =>
  async (desk: Desk): Promise<void> => {
    await desk.open(list);
    await desk.open(`${(await firstOf(desk, kind)).split('/').slice(0, 3).join('/')}${beside}`);
  };
const pressed =
  (go: Subject['go'], role: 'button' | 'link', name: string) =>
  async (desk: Desk): Promise<void> => {
    await go(desk);
    await desk.page.getByRole(role, { name, exact: true }).first().click();
    await desk.settled();
  };
const dialog = (page: Page) => page.getByRole('dialog');

/** What the help shows: `apps/console/src/help/pictures.ts` says each in words. */
export const subjects: readonly Subject[] = [
  { name: 'session', who: counsellor, go: first('/cases?lead=mine', '/cases', '/session') },
  { name: 'open', who: counsellor, go: at('/cases/new') },
  { name: 'refer', who: counsellor, go: first('/cases?lead=mine', '/cases', '/refer') },
  { name: 'appointment', who: counsellor, go: first('/cases?lead=mine', '/cases', '/appointment') },
  { name: 'handover', who: counsellor, go: first('/cases?lead=mine', '/cases', '/handover') },
  {
    name: 'correct',
    who: counsellor,
    go: async (desk) => void (await desk.open('/sessions'), await desk.open(await firstOf(desk, '/cases'))),
  },
  {
    name: 'object',
    who: counsellor,
    go: async (desk) => {
      await first('/cases?lead=mine', '/cases')(desk);
      await desk.page.getByText('Autres actions').click();
    },
  },
  { name: 'sheet', who: counsellor, go: first('/cases?lead=mine', '/cases', '/sheet') },
  { name: 'workshop', who: counsellor, go: at('/workshops/new') },
  { name: 'answer', who: 'conseiller@la-poste.demo', go: at('/') },
  { name: 'invite', who: manager, go: pressed(at('/team'), 'button', 'Inviter quelqu’un'), part: dialog },
  {
    name: 'capacity',
    who: manager,
    go: pressed(at('/structures'), 'link', 'Ma structure'),
    part: (page) => page.getByRole('region', { name: 'Y a-t-il de la place ?' }),
  },
  { name: 'late', who: coordinator, go: at('/referrals') },
  { name: 'merge', who: coordinator, go: at('/duplicates') },
  {
    name: 'decision',
    who: administrator,
    go: pressed(first('/structures', '/structures'), 'button', 'Décision de l’État…'),
    part: dialog,
  },
  { name: 'journal', who: administrator, go: at('/journal') },
  { name: 'find-case', who: administrator, go: at('/journal/find') },
  { name: 'reading', who: administrator, go: pressed(at('/journal'), 'link', 'Ce dossier') },
];

/** Each subject as a small picture, by its name. */
export async function takePictures(
  browser: Browser,
  demo: Pick<Demo, 'baseUrl' | 'password'>,
): Promise<Map<string, Buffer>> {
  const pictures = new Map<string, Buffer>();
  let desk: Desk | undefined;
  let sitting = '';
  for (const { name, who, go, part } of subjects) {
    if (who !== sitting) {
      await desk?.close();
      desk = await (await Desk.at(browser, demo, { width: 1080, height: 760 })).signIn(who, demo.password);
      sitting = who;
    }
    await go(desk!);
    pictures.set(name, await picture(desk!.page, (part ?? ((page) => page.getByRole('main')))(desk!.page)));
  }
  await desk?.close();
  return pictures;
}

/** Playwright knows no WebP; the browser does. */
async function picture(page: Page, part: Locator): Promise<Buffer> {
  await part.evaluate('document.activeElement.blur()');
  const { x, y, width, height } = (await part.boundingBox())!;
  const around = 8;
  const wire = await page.context().newCDPSession(page);
  const { data } = await wire.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 72,
    clip: {
      x: x - around,
      y: y - around,
      width: width + 2 * around,
      height: Math.min(height, (width * 2) / 3) + 2 * around,
      scale: 1,
    },
  });
  await wire.detach();
  return Buffer.from(data, 'base64');
}

/** `npm run pictures` */
async function main(): Promise<void> {
  const folder = resolve(__dirname, '../../apps/console/src/help/pictures');
  const [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  const pictures = await takePictures(browser, demo);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of pictures) await writeFile(join(folder, `${name}.webp`), bytes);
  await browser.close();
  await demo.stop();
  process.stdout.write(`${pictures.size} pictures in ${folder}\n`);
}

if (require.main === module) void main();
