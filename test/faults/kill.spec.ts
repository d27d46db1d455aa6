/** kill -9 in the middle of the work, and PostgreSQL taken away: what was acknowledged is there once, every effect once, timers intact. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@fil-rouge/platform';
import { Client } from 'pg';
import { prepareTemplate } from '../../apps/all/src/template';
import { newCase, newReferral, Person, request, succeeded, type Answer } from '../journeys/driver';
import { startProcesses, type Process, type Processes } from '../races/processes';
import { machine } from '../support/clock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { gateTo, type Gate } from '../support/gate';
import { until } from '../support/until';

const informed = () => ({ on: machine.today(), how: 'oral' });

interface Sent {
  key: string;
  path: string;
  body: object;
  answer: Answer | null;
}

/** A client that goes on whatever happens to the server: what it was not answered it does not know. */
class PatientClient {
  readonly sent: Sent[] = [];

  constructor(
    private readonly person: Person,
    private readonly process: Process,
  ) {}

  async post(path: string, body: object): Promise<Sent> {
    const sent: Sent = { key: randomUUID(), path, body, answer: null };
    this.sent.push(sent);
    sent.answer = await this.again(sent).catch(() => null);
    return sent;
  }

  again({ key, path, body }: Sent): Promise<Answer> {
    return request(this.process.baseUrl, 'POST', path, {
      body,
      headers: { authorization: this.person.authorization, 'idempotency-key': key },
    });
  }
}

/** Cases opened, and each referred at once; until told to stop. */
async function work(client: PatientClient, recipient: string, going: () => boolean): Promise<void> {
  while (going()) {
    const { answer } = await client.post('/v1/cases', { ...newCase(), informed: informed() });
    if (answer?.status === 201)
      await client.post(`/v1/cases/${answer.body.id}/referrals`, newReferral(recipient, { informed: informed() }));
    else await pause(250);
  }
}

describe('kill -9', () => {
  let database: TestDatabase;
  let processes: Processes;

  beforeAll(async () => {
    database = await cloneDatabase();
    processes = await startProcesses(database, 2);
  });
  afterAll(async () => {
    await processes.stop();
    await database.drop();
  });

  it('of an api and of the worker loses nothing that was acknowledged and does nothing twice', async () => {
    const [steady, victim] = processes.apis as [Process, Process];
    const lead = await Person.signIn(steady.baseUrl, 'conseiller@departement-sarthe.demo', database.password);
    const recipient = await Person.signIn(steady.baseUrl, 'conseiller@la-poste.demo', database.password);
    const clients = [new PatientClient(lead, steady), new PatientClient(lead, victim), new PatientClient(lead, victim)];
    let going = true;
    const load = Promise.all(clients.map((client) => work(client, recipient.structureId, () => going)));
    const acknowledged = () =>
      clients.flatMap(({ sent }) => sent).filter(({ answer }) => answer?.status === 201).length;
    for (let round = 1; round <= 2; round++) {
      while (acknowledged() < round * 40) await pause(5);
      await Promise.all([victim.kill(), processes.worker.kill()]);
      while (acknowledged() < round * 40 + 10) await pause(5);
      await Promise.all([victim.start(), processes.worker.start()]);
    }
    going = false;
    await load;

    const unknown = clients.flatMap((client) =>
      client.sent.filter(({ answer }) => answer === null).map((sent) => ({ client, sent })),
    );
    expect(unknown.length).toBeGreaterThan(0);
    // Asked again with the same key, what was done is replayed and what was not is done: once, either way.
    await Promise.all(
      clients.map(async (client) => {
        for (const sent of client.sent) {
          const again = succeeded(await client.again(sent));
          if (sent.answer?.status !== 201) continue;
          expect(again.headers.get('idempotency-replayed')).toBe('true');
          expect(again.body.id).toBe(sent.answer.body.id);
        }
      }),
    );
    const asked = clients.flatMap(({ sent }) => sent);
    const cases = asked.filter(({ path }) => path === '/v1/cases').length;
    const referrals = asked.length - cases;
    const [counted] = await database.query<{ cases: number; referrals: number; timers: number }>(`select
      (select count(*)::int from event where type = 'CaseOpened') as cases, (select count(*)::int from event where type = 'ReferralSent') as referrals,
      (select count(*)::int from timer where name like 'referral %') as timers`);
    expect(counted).toEqual({ cases, referrals, timers: referrals });

    // Every effect once: the worker comes to the end of its line, and the recipient's people were told once of each.
    await until(async () => (await database.query('select from delivery limit 1')).length === 0);
    const told = await database.query<{ told: number }>(
      `select count(*)::int as told from notification where type = 'ReferralSent' group by user_id`,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.map((one) => one.told)).toEqual(told.map(() => referrals));
    const auditor = await Person.signIn(steady.baseUrl, 'auditeur@departement-sarthe.demo', database.password);
    const opened = await database.query<{ stream_id: string }>(`select stream_id from event where type = 'CaseOpened'`);
    for (const { stream_id } of opened)
      expect(await auditor.get(`/v1/audit/cases/${stream_id}/verification`)).toMatchObject({
        chain: 'ok',
        continuity: 'ok',
      });
  });
});

describe('PostgreSQL taken away', () => {
  const passwords = { api: 'api', worker: 'worker', queue: 'queue' };
  const password = 'une phrase de passe pour les essais';
  let folder: string;
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let gate: Gate;
  let processes: Processes;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fil-rouge-outage-'));
    server = await startEmbeddedPostgres({ dataDir: folder, fsync: false });
    // The server chooses a port at each start; the processes know the gate's.
    gate = await gateTo(() => server.port);
    const masterKey = randomBytes(32);
    await prepareTemplate({
      administratorUrl: server.superuserUrl('postgres'),
      template: 'fil_rouge',
      passwords,
      masterKey,
      demoPassword: password,
    });
    const at = (role: keyof typeof passwords): string =>
      `postgres://${role}:${passwords[role]}@127.0.0.1:${gate.port}/fil_rouge`;
    processes = await startProcesses(
      { apiUrl: at('api'), workerUrl: at('worker'), queueUrl: at('queue'), masterKey },
      1,
    );
  });
  afterAll(async () => {
    await processes.stop();
    await gate.shut();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is answered with 503 and Retry-After, nothing else, and needs nobody when it is back', async () => {
    const [api] = processes.apis;
    const lead = await Person.signIn(api.baseUrl, 'conseiller@departement-sarthe.demo', password);
    const recipient = await Person.signIn(api.baseUrl, 'conseiller@la-poste.demo', password);
    const client = new PatientClient(lead, api);
    let going = true;
    const load = Promise.all([
      work(client, recipient.structureId, () => going),
      work(client, recipient.structureId, () => going),
    ]);
    const count = (status: number) => client.sent.filter(({ answer }) => answer?.status === status).length;

    for (let outage = 1; outage <= 2; outage++) {
      const before = count(201);
      await until(() => Promise.resolve(count(201) >= before + 20));
      await server.stop();
      const refused = count(503);
      await until(() => Promise.resolve(count(503) >= refused + 20));
      expect((await fetch(`${api.baseUrl}/health/ready`)).status).toBe(503);
      expect((await fetch(`${api.baseUrl}/health/live`)).status).toBe(200);
      server = await startEmbeddedPostgres({ dataDir: folder, fsync: false });
      const back = count(201);
      await until(() => Promise.resolve(count(201) >= back + 10));
    }
    going = false;
    await load;

    const answers = client.sent.map(({ answer }) => answer);
    expect([...new Set(answers.map((answer) => answer?.status))].sort()).toEqual([201, 503]);
    const unavailable = answers.filter((answer) => answer?.status === 503);
    expect(unavailable.filter((answer) => !/^[1-9]\d*$/.test(answer!.headers.get('retry-after') ?? ''))).toEqual([]);
    expect(new Set(unavailable.map((answer) => answer!.body.code))).toEqual(new Set(['unavailable']));

    // Also what was cut off in the middle: the same key again, and each was done once.
    for (const sent of client.sent) succeeded(await client.again(sent));
    const admin = new Client({ connectionString: server.superuserUrl('fil_rouge') });
    await admin.connect();
    const {
      rows: [counted],
    } = await admin.query<{ cases: number; referrals: number }>(
      `select count(*) filter (where type = 'CaseOpened')::int as cases, count(*) filter (where type = 'ReferralSent')::int as referrals from event`,
    );
    const cases = client.sent.filter(({ path }) => path === '/v1/cases').length;
    expect(counted).toEqual({ cases, referrals: client.sent.length - cases });
    // The worker has found its way back as well.
    await until(async () => (await admin.query('select from delivery limit 1')).rowCount === 0);
    await admin.end();
  });
});
