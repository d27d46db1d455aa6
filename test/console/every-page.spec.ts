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

  test.each(visitors)(
    'is without a barrier, in both themes, and is read whole on a telephone, enlarged and spaced out: %s',
    async (visitor) => {
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
        const tight = [];
        // A telephone; then a screen of 1280 points made larger by 200 % and by 400 %.
        for (const [width, height] of [
          [320, 640],
          [640, 512],
          [320, 256],
        ] as const) {
          await page.setViewportSize({ width, height });
          for (const apart of [false, true]) {
            await desk.spaced(apart);
            const [overflow, cut] = [await desk.overflow(), await desk.cut()];
            if (overflow > 0 || cut.length > 0) tight.push({ width, apart, overflow, cut });
          }
          await desk.spaced(false);
        }
        await page.setViewportSize({ width: 1366, height: 768 });
        // Whoever asked for stillness has it.
        const moving = await page.evaluate<number>('document.getAnimations().length');
        if (barriers.length + inTheDark.length + tight.length + moving > 0)
          wrong.push({ kind, barriers, inTheDark, tight, moving });
      });
      expect(wrong).toEqual([]);
      // A margin that lost its links would be a short tour.
      expect(seen.length).toBeGreaterThan(7);
      expect([desk.trouble, desk.refused]).toEqual([[], []]);
      await desk.close();
    },
  );

  test('of which the help has a picture is still found where it was', async () => {
    const pictures = await takePictures(browser, demo);
    expect([...pictures.keys()]).toEqual(subjects.map(({ name }) => name));
    // A page that has nothing on it makes a very small picture.
    expect([...pictures].filter(([, bytes]) => bytes.length < 3_000).map(([name]) => name)).toEqual([]);
  });
});
