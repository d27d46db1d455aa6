import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { machine } from '../support/clock';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const executable = names
  .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');

const sentence = 'The console was not tried in a browser: put chromium on the PATH.';

/** A suite in a real browser; on a machine without one it says so, and in CI it is an error. */
export function inABrowser(name: string, suite: () => void): void {
  if (executable !== undefined) return describe(name, suite);
  if (process.env['CI'] === 'true') throw new Error(sentence);
  describe(name, () => test(sentence, () => console.warn(sentence)));
}

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable,
    // The browser keeps the machine's date (`npm run dates` would make it ten times slower): what its pages read is set below.
    env: { ...process.env, LD_PRELOAD: '', FAKETIME: '' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A system that lives in this process, or in another one and by the machine's clock. */
export interface Served {
  readonly baseUrl: string;
  readonly clock?: { now(): string };
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Somebody at a desk of their own: a browser that shares nothing with the others, and what went wrong in it. */
export class Desk {
  /** Errors of the page, refusals of the policy, requests to anywhere else. Empty when all is well. */
  readonly trouble: string[] = [];
  /** What its pages asked for and may not have: each stands in the journal as an attempt of the person's. */
  readonly refused: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    readonly baseUrl: string,
  ) {}

  static async at(browser: Browser, system: Served, { width = 1366, height = 768, theme = 'light' }: Look = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    // The desk's clock shows what the system's shows, whatever day the machine lives in.
    await page.clock.setFixedTime(system.clock?.now() ?? machine.now());
    const desk = new Desk(page, context, system.baseUrl);
    page.on('pageerror', ({ message }) => desk.trouble.push(message));
    page.on('console', (said) => {
      // A refusal is an answer: the page shows it, and the browser notes it.
      if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) desk.trouble.push(said.text());
    });
    page.on('response', (answer) => {
      if (answer.status() >= 500) desk.trouble.push(`${answer.status()} ${answer.url()}`);
      if ([403, 404].includes(answer.status())) desk.refused.push(`${answer.status()} ${answer.url()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(system.baseUrl) && !/^(data|blob):/.test(url)) desk.trouble.push(`asked elsewhere: ${url}`);
    });
    return desk;
  }

  async signIn(email: string, password: string): Promise<this> {
    await this.page.goto(`${this.baseUrl}/`);
    await this.page.getByLabel('Adresse électronique').fill(email);
    await this.page.getByLabel('Mot de passe').fill(password);
    await this.page.getByRole('button', { name: 'Se connecter' }).click();
    await this.page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    return this;
  }

  /** Opens a page by its address: `/cases`. Returns when it has its title and nothing is on its way any more. */
  async open(address: string): Promise<void> {
    await this.page.goto(`${this.baseUrl}/#${address}`);
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.waitForLoadState('networkidle');
    // Asked from outside: what a page polls by itself would need eval, which our policy forbids.
    await this.page.getByText('Un instant…').first().waitFor({ state: 'hidden' });
  }

  /** What RGAA and WCAG 2.2 AA find wrong with what is shown now, each with where. */
  async barriers(rules?: readonly string[]): Promise<string[]> {
    await this.settled();
    await this.page.evaluate(`if (!window.axe) { ${axe} }`);
    const found = await this.page.evaluate<{ violations: { id: string; nodes: { target: string[] }[] }[] }>(
      `axe.run(document, { runOnly: ${JSON.stringify(rules ?? standards)} })`,
    );
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }

  /** Whether everything fits the width of the screen. */
  async overflow(): Promise<number> {
    return this.page.evaluate<number>(`document.documentElement.scrollWidth - document.documentElement.clientWidth`);
  }

  /** Texts that do not show whole: the box around them hides the rest, or they leave the screen on the right. */
  async cut(): Promise<string[]> {
    return this.page.evaluate<string[]>(`(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = new Set();
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const { parentElement } = text;
        if (!text.data.trim() || !parentElement.checkVisibility() || parentElement.closest('.only-heard, .skip, option')) continue;
        const whole = document.createRange();
        whole.selectNodeContents(text);
        const { left, right, top, bottom, width } = whole.getBoundingClientRect();
        if (width === 0) continue;
        const hides = (box) => {
          const { overflowX, overflowY } = getComputedStyle(box);
          const edge = box.getBoundingClientRect();
          return (
            (overflowX === 'hidden' || overflowX === 'clip') && (right > edge.right + 1 || left < edge.left - 1) ||
            (overflowY === 'hidden' || overflowY === 'clip') && (bottom > edge.bottom + 1 || top < edge.top - 1)
          );
        };
        let box = text.parentElement;
        while (box && box !== document.body && !hides(box) && getComputedStyle(box).overflowX !== 'auto') box = box.parentElement;
        const inScroller = box && box !== document.body && !hides(box);
        if (box && box !== document.body && hides(box)) found.add(text.data.trim());
        else if (!inScroller && right > document.documentElement.clientWidth + 1) found.add(text.data.trim());
      }
      return [...found];
    })()`);
  }

  /** Lines, letters and words set apart as WCAG 1.4.12 lets anybody do; or no longer. */
  async spaced(apart: boolean): Promise<void> {
    const rules =
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';
    await this.page.evaluate(`{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(${JSON.stringify(apart ? rules : '')});
      document.adoptedStyleSheets = [sheet];
    }`);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
