import { loadSettings, migrate, prepareQueueSchema, SettingsError, type RolePasswords } from '@fil-rouge/platform';
import { flagsOf } from '../../arguments';
import { failToStart } from '../../process';
import { libraries } from '../../system';
import { administratorOf } from './logins';

/** `npm run migrate`: brings a database of yours up to date, as MIGRATION_DATABASE_URL; makes the logins with the passwords given. */
async function main(): Promise<void> {
  flagsOf(
    'npm run migrate',
    'Brings a database of yours up to date, as MIGRATION_DATABASE_URL; makes the logins with API_PASSWORD, WORKER_PASSWORD and QUEUE_PASSWORD.',
  );
  const settings = loadSettings(process.env);
  if (!settings.migrationDatabaseUrl)
    throw new SettingsError(['MIGRATION_DATABASE_URL is needed: a login that may create roles.']);
  const ran = await migrate(await administratorOf(settings), libraries, passwordsOf(process.env));
  if (settings.queueDatabaseUrl) await prepareQueueSchema(settings.queueDatabaseUrl);
  process.stdout.write(ran.length === 0 ? 'The database is up to date.\n' : `Applied ${ran.join(', ')}.\n`);
}

function passwordsOf(env: NodeJS.ProcessEnv): RolePasswords {
  const missing = ['API_PASSWORD', 'WORKER_PASSWORD', 'QUEUE_PASSWORD'].filter((name) => !env[name]);
  if (missing.length > 0)
    throw new SettingsError([`${missing.join(', ')} must be set: the password of each login the processes use.`]);
  return { api: env['API_PASSWORD']!, worker: env['WORKER_PASSWORD']!, queue: env['QUEUE_PASSWORD']! };
}

main().then(() => process.exit(0), failToStart);
