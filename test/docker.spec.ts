import { Script } from 'node:vm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadSettings } from '../libs/platform/src/settings';

// Docker cannot be run wherever the tests run; what the two files promise can still be read.
interface Service {
  image: string;
  command?: string[];
  profiles?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  secrets?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  container_name?: string;
  restart?: string;
}
interface Compose {
  services: Record<'postgres' | 'redis' | 'migrate' | 'api' | 'worker' | 'backup', Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}

const folder = join(__dirname, '..', 'docker');
const composeText = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const { services, secrets, volumes } = parse(composeText, { merge: true }) as Compose;
const instructions = readFileSync(join(folder, 'Dockerfile'), 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => ({ name: line.slice(0, line.indexOf(' ')), value: line.slice(line.indexOf(' ') + 1).trim() }));
const values = (name: string) =>
  instructions.filter((instruction) => instruction.name === name).map(({ value }) => value);
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));

/** The environment a container gets when somebody has set every variable, as Docker Compose would fill it in. */
function filledIn(service: Service): NodeJS.ProcessEnv {
  const given: Record<string, string> = { PUBLIC_URL: 'https://suivi.example.org' };
  const valueOf = (_: string, name: string, kind: string, rest: string) =>
    kind === '-' ? rest : (given[name] ?? 'a1b2');
  const fill = (text: string) => text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, valueOf);
  return Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, fill(value)]));
}

describe('the image', () => {
  it('is Node 24 in every stage, and the last one holds no build tools', () => {
    expect(values('FROM').map((from) => from.split(' ')[0])).toEqual([
      'node:24-bookworm-slim',
      'node:24-bookworm-slim',
    ]);
    expect(lastStage.filter(({ name }) => name === 'RUN')).toEqual([]);
    expect(values('RUN').join()).toContain('npm prune --omit=dev');
  });

  it('runs as somebody who is not root and owns none of its files', () => {
    const user = lastStage.findIndex(({ name }) => name === 'USER');
    expect(lastStage[user]?.value).toBe('node');
    expect(lastStage.findIndex(({ name }) => name === 'CMD')).toBeGreaterThan(user);
    expect(lastStage.filter(({ value }) => value.includes('--chown'))).toEqual([]);
  });

  it('checks its health with what is in it', () => {
    const [check] = values('HEALTHCHECK');
    const command = JSON.parse(check?.slice(check.indexOf('[')) ?? '') as string[];
    expect(command.slice(0, 2)).toEqual(['node', '-e']);
    expect(command[2]).toContain('/health/live');
    expect(() => new Script(command[2] ?? '')).not.toThrow();
  });

  it('copies the sources by name, and neither keys nor data can come along', () => {
    expect(values('COPY').filter((value) => /^\.\s/.test(value))).toEqual([]);
    const ignore = readFileSync(join(folder, 'Dockerfile.dockerignore'), 'utf8').split('\n');
    const patterns = ignore.filter((line) => line && !line.startsWith('#'));
    expect(patterns[0]).toBe('*');
    const copied = values('COPY')
      .filter((value) => !value.startsWith('--from'))
      .flatMap((value) => value.split(' ').slice(0, -1));
    for (const path of copied) expect(patterns).toContain(`!${path}`);
  });
});

describe('the compose file', () => {
  const all = Object.entries(services);

  it('pins every foreign image to a version', () => {
    expect(services.postgres.image).toMatch(/^postgres:18(\.|$)/);
    expect(services.redis.image).toMatch(/^redis:8(\.|$)/);
    expect(
      new Set([services.migrate, services.api, services.worker, services.backup].map(({ image }) => image)),
    ).toEqual(new Set(['fil-rouge']));
  });

  it('runs Redis so that no job is dropped or forgotten', () => {
    const command = services.redis.command?.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
    expect(services.redis.volumes).toEqual(['redis-data:/data']);
  });

  it('keeps the data where PostgreSQL 18 writes it, in a named volume', () => {
    expect(services.postgres.volumes).toEqual(['postgres-data:/var/lib/postgresql']);
    expect(Object.keys(volumes).sort()).toEqual(['postgres-data', 'redis-data']);
  });

  it('keeps what belongs outside the database outside it, and backs it up when it is asked to, never by itself', () => {
    expect(services.worker.environment?.['ANCHOR_DIR']).toBe('/anchors');
    expect(services.worker.volumes).toEqual(['${ANCHORS:-./anchors}:/anchors']);
    expect(services.backup).toMatchObject({
      profiles: ['backup'],
      restart: 'no',
      volumes: ['${BACKUPS:-./backups}:/backups'],
    });
    expect(services.backup.command).toEqual([
      'node',
      'dist/apps/all/src/backup.js',
      '--to',
      '/backups',
      '--keep',
      '14',
    ]);
  });

  it('scales: no fixed name, no single port of the machine, nothing published but the api on loopback', () => {
    expect(all.filter(([, service]) => service.container_name)).toEqual([]);
    expect(all.filter(([, service]) => service.ports).map(([name]) => name)).toEqual(['api']);
    for (const port of services.api.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+)-(?!\1)\d+:3000$/);
  });

  it('starts each program of the image, in order', () => {
    expect(services.migrate.command).toEqual(['node', 'dist/apps/all/src/migrate.js']);
    expect(services.api.command).toEqual(['node', 'dist/apps/api/src/main.js']);
    expect(services.worker.command).toEqual(['node', 'dist/apps/worker/src/main.js']);
    expect(services.migrate).toMatchObject({
      restart: 'no',
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
    for (const service of [services.api, services.worker]) {
      expect(service.depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
  });

  it('checks the health of everything that stays; api and worker by the check in the image', () => {
    for (const service of [services.postgres, services.redis])
      expect(service.healthcheck?.test?.length).toBeGreaterThan(1);
    for (const service of [services.api, services.worker]) expect(service.healthcheck).toBeUndefined();
    expect(services.migrate.healthcheck).toEqual({ disable: true });
  });

  it('holds no password, and stops with a message when one is missing', () => {
    const uses = composeText.match(/\$\{\w+[^}]*\}/g) ?? [];
    const secret = uses.filter((use) => /PASSWORD/.test(use));
    expect(new Set(secret.map((use) => use.match(/\w+/)?.[0]))).toEqual(
      new Set(['POSTGRES_PASSWORD', 'API_PASSWORD', 'WORKER_PASSWORD', 'QUEUE_PASSWORD']),
    );
    for (const use of secret) expect(use).toMatch(/^\$\{\w+:\?.+\}$/);
    const inClear = all
      .flatMap(([, { environment = {} }]) => Object.entries(environment))
      .filter(([name, value]) => {
        return (name.endsWith('_PASSWORD') || /:\/\/\w+:[^@/]+@/.test(value)) && !value.includes(':?');
      });
    expect(inClear).toEqual([]);
  });

  it('hands the master key over as a secret, to those who seal and to nobody else', () => {
    expect(secrets).toEqual({ master_key: { file: '${MASTER_KEY_FILE:-./master.key}' } });
    // Beside the compose file, where git does not take it.
    expect(readFileSync(join(folder, '../.gitignore'), 'utf8')).toContain('docker/master.key');
    expect(all.filter(([, service]) => service.secrets).map(([name]) => name)).toEqual(['api', 'worker', 'backup']);
    for (const service of [services.api, services.worker, services.backup])
      expect(service.environment?.['MASTER_KEY_FILE']).toBe('/run/secrets/master_key');
  });

  it.each(['migrate', 'api', 'worker', 'backup'] as const)('gives %s settings that the program accepts', (name) => {
    const settings = loadSettings(filledIn(services[name]));
    expect(settings.embedded).toBe(false);
    expect(new URL(settings.databaseUrl ?? '').username).toBe(name === 'worker' ? 'worker' : 'api');
    expect(name === 'migrate' ? settings.migrationDatabaseUrl : settings.redisUrl).toBeDefined();
  });
});
