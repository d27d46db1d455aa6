import type { Browser } from 'playwright-core';
import { Desk, inABrowser, startBrowser } from './desk';
import { subjects, takePictures } from './pictures';
import { startDemo, tour, visitors, type Demo } from './tour';

inABrowser('every page', () => {
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  test.each(visitors)('is without a barrier, in both themes, and fits a telephone: %s', async (visitor) => {
    const desk = await Desk.at(browser, demo);
    await desk.signIn(visitor, demo.password);
    const wrong: unknown[] = [];
    const seen = await tour(desk, async (kind) => {
      const { page } = desk;
      // A link that leads nowhere, or to what is refused, is none.
      const refused = await page.getByRole('main').getByRole('alert').allInnerTexts();
      const barriers = [...(await desk.barriers()), ...refused];
      await page.emulateMedia({ colorScheme: 'dark' });
      const inTheDark = await desk.barriers(['color-contrast']);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 320, height: 640 });
      const overflow = await desk.overflow();
      await page.setViewportSize({ width: 1366, height: 768 });
      if (barriers.length + inTheDark.length + overflow > 0) wrong.push({ kind, barriers, inTheDark, overflow });
    });
    expect(wrong).toEqual([]);
    // A margin that lost its links would be a short tour.
    expect(seen.length).toBeGreaterThan(7);
    expect(desk.trouble).toEqual([]);
    await desk.close();
  });

  test('of which the help has a picture is still found where it was', async () => {
    const pictures = await takePictures(browser, demo);
    expect([...pictures.keys()]).toEqual(subjects.map(({ name }) => name));
    // A page that has nothing on it makes a very small picture.
    expect([...pictures].filter(([, bytes]) => bytes.length < 3_000).map(([name]) => name)).toEqual([]);
  });
});
