import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Desk, startBrowser, type Look } from './desk';
import { startDemo, tour, visitors } from './tour';

const folder = resolve(__dirname, '../../screens');
const looks: Record<string, Look> = { clair: {}, sombre: { theme: 'dark' }, telephone: { width: 320, height: 640 } };

/** `npm run screens`: a picture of every page, as each person sees it, in both themes and on a telephone. To be looked at. */
async function main(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  let pictures = 0;
  for (const visitor of visitors) {
    for (const [name, look] of Object.entries(looks)) {
      const desk = await Desk.at(browser, demo, look);
      await desk.signIn(visitor, demo.password);
      const into = join(folder, visitor.replace(/[^a-z-]+/g, '-'));
      await mkdir(into, { recursive: true });
      await tour(desk, async (kind) => {
        const file = `${kind.slice(1).replaceAll('/', '-') || 'journee'}.${name}.png`;
        await desk.page.screenshot({ path: join(into, file), fullPage: true });
        pictures++;
      });
      for (const trouble of desk.trouble) process.stdout.write(`${visitor}, ${name}: ${trouble}\n`);
      await desk.close();
    }
  }
  await browser.close();
  await demo.stop();
  process.stdout.write(`${pictures} pictures in ${folder}\n`);
}

void main();
