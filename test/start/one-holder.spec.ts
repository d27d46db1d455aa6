/** One DATA_DIR, one running system; tools beside it; demo accounts never where others reach them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdFolder } from '@fil-rouge/platform';
import { Person } from '../journeys/driver';
import { run, startProduct, type Product } from './product';

const password = 'une phrase de passe pour les essais';
let folder: string;
let product: Product;
const env = (more: Record<string, string> = {}) => ({ DATA_DIR: folder, DEMO_PASSWORD: password, ...more });
const postmaster = async () =>
  Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fil-rouge-holder-'));
  product = await startProduct(env());
});
afterAll(async () => {
  await product.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

it.each(['all/src/main', 'all/src/demo'])(
  '%s on the folder of a running system is refused, says who holds it, and disturbs nothing',
  async (program) => {
    const server = await postmaster();
    const { code, err } = await run(program, [], env({ PORT: '0' }));
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(
        `^DATA_DIR \\S+ is held by \`npm start\` \\(process ${product.pid}\\), since \\S+, at ${product.baseUrl}\\. Stop it first, or set another DATA_DIR\\.\n$`,
      ),
    );
    expect(await postmaster()).toBe(server);
    await Person.signIn(product.baseUrl, 'conseiller@departement-sarthe.demo', password);
  },
);

it('tools work beside it on its server, link to where it is, and leave it running', async () => {
  const server = await postmaster();
  const parked = await run('all/src/admin', ['parked'], env());
  expect([parked.code, parked.err]).toEqual([0, '']);
  const made = await run(
    'all/src/admin',
    [
      'create-administrator',
      '--email',
      'Anne.Martin@exemple.fr',
      '--name',
      'Anne Martin',
      '--structure',
      'Département de la Sarthe',
    ],
    env(),
  );
  expect(made).toMatchObject({ code: 0, err: '' });
  const [, link, body] = /curl -X POST (\S+) .* -d '(.*)'/.exec(made.out)!;
  expect(link).toBe(`${product.baseUrl}/v1/auth/invitations/accept`);
  const accepted = await fetch(link!, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body!.replace('…', 'sept chevaux bleus sur le toit'),
  });
  expect(accepted.status).toBeLessThan(300);
  await Person.signIn(product.baseUrl, 'anne.martin@exemple.fr', 'sept chevaux bleus sur le toit');
  expect(await postmaster()).toBe(server);
});

it.each([
  ['HOST=0.0.0.0', { HOST: '0.0.0.0' }],
  ['HOST=::', { HOST: '::' }],
  ['TRUSTED_PROXIES=1', { TRUSTED_PROXIES: '1' }],
  ['PUBLIC_URL=https://suivi.exemple.fr', { PUBLIC_URL: 'https://suivi.exemple.fr' }],
])(
  'after a kill -9 the folder is free, but with %s its demo accounts are refused, and the next start on loopback has everything',
  async (setting, exposed) => {
    await product.end('SIGKILL');
    const { code, err } = await run('all/src/main', [], env({ PORT: '0', ...exposed }));
    expect(code).toBe(1);
    expect(err).toContain(
      `This database holds the demo accounts (…@….demo, one password for all), and with ${setting} others can reach them.`,
    );
    expect(err).not.toMatch(/\n\s+at /);
    product = await startProduct(env());
    await Person.signIn(product.baseUrl, 'conseiller@departement-sarthe.demo', password);
  },
);

it('a tool alone starts the server for itself and stops it; while it holds the folder, neither a system nor another tool starts', async () => {
  await product.end('SIGTERM');
  expect(await run('all/src/rebuild', [], env())).toMatchObject({
    code: 0,
    out: expect.stringMatching(/records rebuilt/),
  });
  await expect(postmaster()).rejects.toThrow(/ENOENT/);
  const held = holdFolder(folder, { what: 'npm run rebuild' });
  for (const program of ['all/src/main', 'all/src/rebuild']) {
    expect(await run(program, [], env({ PORT: '0' }))).toMatchObject({
      code: 1,
      err: expect.stringContaining(`is held by \`npm run rebuild\` (process ${process.pid})`),
    });
  }
  held.release();
  await expect(postmaster()).rejects.toThrow(/ENOENT/);
});
