/** The embedded PostgreSQL killed under the running product, with people at work: it comes back by itself, and nothing that was acknowledged is lost. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as Connection } from 'pg';
import { newCase, newReferral, Person, succeeded } from '../journeys/driver';
import { startProduct, type Product } from '../start/product';
import { machine } from '../support/clock';
import { until } from '../support/until';
import { Client } from './load';

const password = 'une phrase de passe pour les essais';
const informed = () => ({ on: machine.today(), how: 'oral' });

let folder: string;
let product: Product;
let admin: () => Promise<Connection>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fil-rouge-supervised-'));
  product = await startProduct({ DATA_DIR: folder, DEMO_PASSWORD: password });
  admin = async () => {
    const secret = await readFile(join(folder, 'postgres', 'password'), 'utf8');
    const [, , , port] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
    const client = new Connection({ connectionString: `postgres://postgres:${secret}@127.0.0.1:${port}/fil_rouge` });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
});
afterAll(async () => {
  await product.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

it('kill -9 of its postmaster, and of its backends: 503 with Retry-After meanwhile, then everything goes on, every command done once', async () => {
  const lead = await Person.signIn(product.baseUrl, 'conseiller@departement-sarthe.demo', password);
  const recipient = await Person.signIn(product.baseUrl, 'conseiller@la-poste.demo', password);
  const client = new Client(lead, product.baseUrl, [], recipient.structureId);
  const { asked } = client;
  let going = true;
  const work = async (): Promise<void> => {
    while (going) {
      const { answer } = await client.ask('case', '/v1/cases', { ...newCase(), informed: informed() });
      if (answer?.status === 201)
        await client.ask(
          'referral',
          `/v1/cases/${answer.body.id}/referrals`,
          newReferral(recipient.structureId, { informed: informed() }),
        );
      else await pause(100);
    }
  };
  const load = Promise.all([work(), work()]);
  const count = (status: number): number => asked.filter(({ answer }) => answer?.status === status).length;
  const postmaster = async () =>
    Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

  for (let killed = 1; killed <= 2; killed++) {
    const before = count(201);
    await until(() => Promise.resolve(count(201) >= before + 10));
    const refused = count(503);
    process.kill(await postmaster(), 'SIGKILL');
    await until(() => Promise.resolve(count(503) > refused));
    const back = count(201);
    await until(() => Promise.resolve(count(201) >= back + 10));
  }
  // Any backend of the api's: PostgreSQL then throws out all of them, the queue's listeners too.
  const administrator = await admin();
  const {
    rows: [backend],
  } = await administrator.query<{ pid: number }>(`select pid from pg_stat_activity where usename = 'api' limit 1`);
  process.kill(backend!.pid, 'SIGKILL');
  const back = count(201);
  await until(() => Promise.resolve(count(201) >= back + 20));
  going = false;
  await load;

  expect([...new Set(asked.map(({ answer }) => answer?.status))].sort()).toEqual([201, 503]);
  for (const { answer } of asked)
    if (answer?.status === 503)
      expect([answer.body.code, Number(answer.headers.get('retry-after')) > 0]).toEqual(['unavailable', true]);
  for (const one of asked) {
    const { answer } = one;
    const repeated = succeeded((await client.again(one))!);
    if (answer?.status === 201)
      expect([repeated.headers.get('idempotency-replayed'), repeated.body.id]).toEqual(['true', answer.body.id]);
  }
  const after = await admin();
  const {
    rows: [counted],
  } = await after.query<{ cases: number; referrals: number }>(
    `select count(*) filter (where type = 'CaseOpened')::int as cases, count(*) filter (where type = 'ReferralSent')::int as referrals from event`,
  );
  const cases = asked.filter(({ path }) => path === '/v1/cases').length;
  expect(counted).toEqual({ cases, referrals: asked.length - cases });

  // The worker hears the bell again: nothing waits, and the queue says so.
  await until(async () => (await after.query('select from delivery where parked_at is null limit 1')).rowCount === 0);
  await until(
    async () => ((await (await fetch(`${product.baseUrl}/health/ready`)).json()) as { queue: string }).queue === 'ok',
  );
  const { rows: listeners } = await after.query(
    `select from pg_stat_activity where usename = 'queue' and query ilike '%listen%'`,
  );
  expect(listeners.length).toBeGreaterThan(0);
  await after.end();
  await administrator.end();
});

it('a process of the killed server that does not leave is ended: no other server starts while it holds the memory, and who asked it waits', async () => {
  const lead = await Person.signIn(product.baseUrl, 'conseiller@departement-sarthe.demo', password);
  const [killed] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const client = await admin();
  const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity where usename = 'api'`);
  for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
  process.kill(Number(killed), 'SIGKILL');
  await until(
    async () =>
      (await lead.try('POST', '/v1/cases', { body: { ...newCase(), informed: informed() } }).catch(() => undefined))
        ?.status === 201,
  );
  expect((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]).not.toBe(killed);
  await client.end().catch(() => undefined);
});

it('a clean end stops it, and nothing starts it again', async () => {
  await product.end('SIGTERM');
  await expect(readFile(join(folder, 'postgres', 'postmaster.pid'))).rejects.toThrow(/ENOENT/);
});
