import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Desk } from './desk';

const root = resolve(__dirname, '../..');
const password = 'un-mot-de-passe-pour-la-visite';

/** Who is shown round: everybody who works with the console in a way of their own. */
export const visitors = [
  'conseiller@departement-sarthe.demo',
  'responsable@departement-sarthe.demo',
  'conseiller@la-poste.demo',
  'coordinateur@departement-sarthe.demo',
  'administrateur@departement-sarthe.demo',
  'auditeur@departement-sarthe.demo',
] as const;

export interface Demo {
  readonly baseUrl: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** `npm run demo` in a process of its own: the living network, whose pages are not empty. */
export async function startDemo(): Promise<Demo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fil-rouge-visite-'));
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, ...env } = process.env;
  const system = spawn(process.execPath, [join(root, 'dist/apps/all/src/demo.js')], {
    cwd: root,
    env: { ...env, DATA_DIR: dataDir, PORT: '0', DEMO_PASSWORD: password, LOG_LEVEL: 'error' },
  });
  const ended = new Promise<void>((done) => system.once('exit', () => done()));
  let said = '';
  const baseUrl = await new Promise<string>((found, fail) => {
    system.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
      const url = /Fil Rouge est prêt[^:]*: (http:\S+)/.exec(said)?.[1];
      if (url) found(url);
    });
    system.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    system.once('exit', (code) => fail(new Error(`The demo ended with ${code}:\n${said.slice(-2000)}`)));
  });
  return {
    baseUrl,
    password,
    async stop() {
      system.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** `#/cases/0190…/session?appointment=0190…` → `/cases/id/session` */
const kindOf = (address: string): string => address.replace(/^#/, '').replace(/\?.*$/, '').replaceAll(ids, 'id');

/** Every kind of page somebody can come to from the margin, each once: opened, and handed over to be looked at. */
export async function tour(desk: Desk, look: (kind: string) => Promise<void>): Promise<string[]> {
  const links = async (inside: string): Promise<string[]> =>
    desk.page.evaluate<string[]>(
      `[...document.querySelectorAll('${inside} a[href^="#/"]')].map((link) => link.getAttribute('href'))`,
    );
  await desk.open('/');
  const left = await links('nav');
  const seen = new Set<string>();
  for (let address = left.shift(); address !== undefined; address = left.shift()) {
    const kind = kindOf(address);
    if (seen.has(kind)) continue;
    seen.add(kind);
    await desk.open(address.slice(1));
    await look(kind);
    left.push(...(await links('main')));
  }
  return [...seen];
}
