/** A deployment of its own that may be broken in every way: a PostgreSQL, a queue, two apis and two workers, and people at work. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@fil-rouge/platform';
import { Redis } from 'ioredis';
import { Client as Connection } from 'pg';
import { prepareTemplate } from '../../apps/all/src/template';
import { newCase, Person } from '../journeys/driver';
import { startProcesses, type Processes } from '../races/processes';
import { machine } from '../support/clock';
import { gateTo, type Gate } from '../support/gate';
import { startRedis, type RedisServer } from '../support/redis';
import { Client } from './load';

const passwords = { api: 'api', worker: 'worker', queue: 'queue' };
const password = 'une phrase de passe pour les essais';
const database = 'fil_rouge';
const lead = 'conseiller@departement-sarthe.demo';

/** A disk of its own, which can be full without anybody else noticing: root's alone. */
export const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'fil-rouge-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return status === 0;
})();

export type Queue = 'PostgreSQL' | 'Redis';

export class Stage {
  readonly masterKey = randomBytes(32);
  readonly shared: string[] = [];
  clients: Client[] = [];
  recipients: readonly string[] = [];

  private constructor(
    readonly folder: string,
    public server: EmbeddedPostgres,
    private readonly gate: Gate,
    readonly redis: RedisServer | undefined,
  ) {}

  processes!: Processes;

  static async set(queue: Queue, prepare: (stage: Stage) => Promise<void> = () => Promise.resolve()): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-faults-'));
    if (canMount) spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'tmpfs', folder]);
    const server = await startEmbeddedPostgres({ dataDir: folder, fsync: false });
    // The server chooses a port at each start; the processes know the gate's.
    const gate = await gateTo(() => stage.server.port);
    const stage = new Stage(folder, server, gate, queue === 'Redis' ? await startRedis() : undefined);
    await prepareTemplate({
      administratorUrl: server.superuserUrl('postgres'),
      template: database,
      passwords,
      masterKey: stage.masterKey,
      demoPassword: password,
    });
    await prepare(stage);
    const at = (role: keyof typeof passwords): string =>
      `postgres://${role}:${passwords[role]}@127.0.0.1:${gate.port}/${database}`;
    stage.processes = await startProcesses(
      { apiUrl: at('api'), workerUrl: at('worker'), queueUrl: at('queue'), masterKey: stage.masterKey },
      { apis: 2, workers: 2, ...(stage.redis ? { redisUrl: stage.redis.url } : {}) },
    );
    await stage.people();
    return stage;
  }

  /** Two at each api; all of them write to the same two cases, and each opens and refers others. */
  private async people(): Promise<void> {
    const [first] = this.processes.apis;
    const person = await Person.signIn(first.baseUrl, lead, password);
    const recipient = await Person.signIn(first.baseUrl, 'conseiller@la-poste.demo', password);
    for (let n = 0; n < 2; n++) {
      const informed = { on: machine.today(), how: 'oral' };
      this.shared.push((await person.do('/v1/cases', { ...newCase(), informed })).id);
    }
    this.clients = this.processes.apis.flatMap(({ baseUrl }) =>
      Array.from({ length: 2 }, () => new Client(person, baseUrl, this.shared, recipient.structureId)),
    );
  }

  /** As the superuser, past the gate. */
  async query<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
    const connection = new Connection({ connectionString: this.administratorUrl });
    connection.on('error', () => undefined);
    await connection.connect();
    try {
      return (await connection.query<R & Record<string, unknown>>(text, values)).rows;
    } finally {
      await connection.end();
    }
  }

  get administratorUrl(): string {
    return this.server.superuserUrl(database);
  }

  /** Whatever the queue says to Redis itself. */
  async atRedis(work: (redis: Redis) => Promise<unknown>): Promise<void> {
    const redis = new Redis(this.redis!.url);
    try {
      await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  async postmaster(): Promise<number> {
    return Number((await readFile(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  }

  /** Whether each process says that it is ready. */
  async health(): Promise<number[]> {
    const all = [...this.processes.apis, ...this.processes.workers];
    return Promise.all(all.map(async ({ baseUrl }) => (await fetch(`${baseUrl}/health/ready`)).status));
  }

  async strike(): Promise<void> {
    await this.processes.stop();
    await this.gate.shut();
    await this.server.stop();
    await this.redis?.kill();
    if (canMount) spawnSync('umount', [this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }
}
