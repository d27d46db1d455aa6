// Runs once before every test file, on the built code: one PostgreSQL, one template database with the network of the Sarthe.
// DATABASE_URL (a superuser's) when set, else testcontainers when Docker answers, else the embedded PostgreSQL.
const { createHash, randomBytes } = require('node:crypto');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  const { prepareTemplate } = require('../../dist/apps/all/src/template');
  const server = await startServer();
  // Logins belong to the server: two runs on a server of yours are one installation to it, with the same passwords.
  const password = (role) => createHash('sha256').update(`${role} ${server.url}`).digest('hex');
  const passwords = { api: password('api'), worker: password('worker'), queue: password('queue') };
  const masterKey = randomBytes(32);
  const demoPassword = 'une phrase de passe pour les essais';
  const template = `fil_rouge_template_${randomBytes(4).toString('hex')}`;
  await prepareTemplate({ administratorUrl: server.url, template, passwords, masterKey, demoPassword });
  process.env.FIL_ROUGE_TEST_DATABASE = JSON.stringify({
    administratorUrl: server.url,
    template,
    masterKey: masterKey.toString('hex'),
    passwords,
    demoPassword,
  });
  globalThis.stopTestServer = server.stop;
};

const secret = () => randomBytes(16).toString('hex');

async function startServer() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };
  // A container keeps the machine's date where that of a run is moved.
  const container = process.env.FAKETIME ? null : await startContainer();
  if (container) return container;
  const { startEmbeddedPostgres } = require('../../dist/libs/platform/src');
  const dataDir = mkdtempSync(join(tmpdir(), 'fil-rouge-test-'));
  const server = await startEmbeddedPostgres({ dataDir, fsync: false });
  process.stderr.write('Tests run on the embedded PostgreSQL (no DATABASE_URL, and Docker does not answer).\n');
  return {
    url: server.superuserUrl('postgres'),
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startContainer() {
  const { getContainerRuntimeClient, GenericContainer, Wait } = require('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return null;
  }
  const password = secret();
  const container = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withExposedPorts(5432)
    .withCommand(['-c', 'fsync=off', '-c', 'max_connections=200'])
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return {
    url: `postgresql://postgres:${password}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`,
    stop: () => container.stop(),
  };
}
