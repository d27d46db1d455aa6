import { loadSettings, migrate, prepareQueueSchema, SettingsError, type RolePasswords } from '@fil-rouge/platform';
import { failToStart } from '../../process';
import { migrations } from '../../system';

/** `npm run migrate`: brings a database of yours up to date, as MIGRATION_DATABASE_URL; makes the logins with the passwords given. */
async function main(): Promise<void> {
  const settings = loadSettings(process.env);
  if (!settings.migrationDatabaseUrl) throw new SettingsError(['MIGRATION_DATABASE_URL is needed: a login that may create roles.']);
  const ran = await migrate(settings.migrationDatabaseUrl, migrations, passwordsOf(process.env));
  if (settings.queueDatabaseUrl) await prepareQueueSchema(settings.queueDatabaseUrl);
  process.stdout.write(ran.length === 0 ? 'The database is up to date.\n' : `Ran ${ran.join(', ')}.\n`);
}

function passwordsOf(env: NodeJS.ProcessEnv): RolePasswords {
  const missing = ['API_PASSWORD', 'WORKER_PASSWORD', 'QUEUE_PASSWORD'].filter((name) => !env[name]);
  if (missing.length > 0) throw new SettingsError([`${missing.join(', ')} must be set: the password of each login the processes use.`]);
  return { api: env['API_PASSWORD']!, worker: env['WORKER_PASSWORD']!, queue: env['QUEUE_PASSWORD']! };
}

main().then(() => process.exit(0), failToStart);
