import { resolve } from 'node:path';
import { loadSettings, SettingsError } from './settings';

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadSettings', () => {
  it('runs embedded, on loopback only, when nothing is set', () => {
    expect(loadSettings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      embedded: true,
      dataDir: resolve('.data'),
      anchorFolders: [resolve('.data/anchors')],
      secondFactorRequired: false,
      networkName: 'Réseau de la Sarthe',
      publicUrl: 'http://127.0.0.1:3000',
      logLevel: 'info',
      docs: true,
      requestTimeout: 30,
      duplicateHintsPerDay: 20,
      trustedProxies: 0,
    });
  });

  it('takes every setting', () => {
    const settings = loadSettings({
      PORT: '8080',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgres://api:a@db:5432/fil_rouge',
      MIGRATION_DATABASE_URL: 'postgresql://owner:o@db/fil_rouge',
      WORKER_DATABASE_URL: 'postgres://worker:w@db/fil_rouge',
      QUEUE_DATABASE_URL: 'postgres://queue:q@db/fil_rouge',
      REDIS_URL: 'rediss://:r@redis:6379/1',
      DATA_DIR: '/srv/data',
      MASTER_KEY_FILE: '/run/secrets/key',
      SMTP_URL: 'smtps://mail.example.org',
      PUBLIC_URL: 'https://suivi.example.org/app/',
      MAIL_FROM: 'Suivi de la Sarthe <suivi@example.org>',
      DUPLICATE_HINTS_PER_DAY: '5',
      LOG_LEVEL: 'debug',
      DOCS: 'on',
      METRICS_TOKEN: '0123456789abcdef',
      REQUEST_TIMEOUT: '5',
    });
    expect(settings).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      embedded: false,
      dataDir: '/srv/data',
      logLevel: 'debug',
      docs: true,
      metricsToken: '0123456789abcdef',
      requestTimeout: 5,
    });
    expect(settings.masterKeyFile).toBe('/run/secrets/key');
    expect(settings.queueDatabaseUrl).toBe('postgres://queue:q@db/fil_rouge');
    expect(settings.publicUrl).toBe('https://suivi.example.org/app');
    expect(settings.mailFrom).toEqual({ name: 'Suivi de la Sarthe', address: 'suivi@example.org' });
    expect(loadSettings({ MAIL_FROM: 'suivi@example.org' }).mailFrom).toEqual({ address: 'suivi@example.org' });
    expect(settings.duplicateHintsPerDay).toBe(5);
  });

  it('treats a blank setting as absent', () => {
    expect(loadSettings({ PORT: ' ', DATABASE_URL: '', REDIS_URL: '', SMTP_URL: ' ' })).toEqual(loadSettings({}));
  });

  it('shows the documentation of an embedded system, and of another only when it is told to', () => {
    expect(loadSettings({ DATABASE_URL: 'postgres://api:a@db/fil_rouge' }).docs).toBe(false);
    expect(loadSettings({ DOCS: 'off' }).docs).toBe(false);
  });

  it('gives a link that a browser can open when it listens everywhere', () => {
    expect(loadSettings({ HOST: '0.0.0.0' }).publicUrl).toBe('http://localhost:3000');
    expect(loadSettings({ HOST: '::1', PORT: '81' }).publicUrl).toBe('http://[::1]:81');
  });

  it.each([
    ['PORT', 'abc', /^PORT must be a whole number/],
    ['PORT', '65536', /^PORT must be a whole number/],
    ['PORT', '-1', /^PORT must be a whole number/],
    ['PORT', '30.5', /^PORT must be a whole number/],
    ['HOST', 'http://localhost', /^HOST must be an IP address/],
    ['HOST', 'localhost:3000', /^HOST must be an IP address/],
    ['DATABASE_URL', 'db', /^DATABASE_URL must be a URL that starts with postgresql:\/\/ or postgres:\/\//],
    ['DATABASE_URL', 'mysql://db/x', /^DATABASE_URL must be a URL/],
    ['DATABASE_URL', 'postgres://api:secret@db', /^DATABASE_URL names no database/],
    ['DATABASE_URL', 'postgres:///fil_rouge', /^DATABASE_URL names no host/],
    ['REDIS_URL', 'localhost:6379', /^REDIS_URL must be a URL that starts with redis:/],
    ['SMTP_URL', 'mail.example.org', /^SMTP_URL must be a URL that starts with smtp:/],
    ['PUBLIC_URL', 'suivi.example.org', /^PUBLIC_URL must be a URL that starts with https:/],
    ['PUBLIC_URL', 'https://suivi.example.org/?a=1', /^PUBLIC_URL must not have a query/],
    ['PUBLIC_URL', 'https://me:secret@suivi.example.org', /^PUBLIC_URL must not hold a user name/],
    ['MAIL_FROM', 'Fil Rouge', /^MAIL_FROM must be an e-mail address/],
    ['MAIL_FROM', 'a@b.fr, c@d.fr', /^MAIL_FROM must be an e-mail address/],
    ['MAIL_FROM', 'Fil Rouge <a@b.fr', /^MAIL_FROM must be an e-mail address/],
    ['MAIL_FROM', 'Fil\nBcc: <a@b.fr>', /^MAIL_FROM must be an e-mail address/],
    ['DUPLICATE_HINTS_PER_DAY', '0', /^DUPLICATE_HINTS_PER_DAY must be a whole number/],
    ['DUPLICATE_HINTS_PER_DAY', 'plenty', /^DUPLICATE_HINTS_PER_DAY must be a whole number/],
    ['DATA_DIR', __filename, /^DATA_DIR must be a folder/],
    ['LOG_LEVEL', 'verbose', /^LOG_LEVEL must be one of fatal, error/],
    ['WORKER_DATABASE_URL', 'postgres://worker@db/x', /^WORKER_DATABASE_URL is set but DATABASE_URL is not/],
    ['MIGRATION_DATABASE_URL', 'postgres://owner@db/x', /^MIGRATION_DATABASE_URL is set but DATABASE_URL is not/],
  ])('refuses %s=%s in one sentence that names it', (name, value, sentence) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(sentence)]);
  });

  it('says everything that is wrong at once and repeats no password', () => {
    const urls = { DATABASE_URL: 'postgres://api:hunter2@db', REDIS_URL: 'http://:hunter2@r' };
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', ...urls });
    expect(problems).toHaveLength(4);
    expect(new SettingsError(problems).message).not.toContain('hunter2');
  });
});
