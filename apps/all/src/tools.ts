import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadMasterKey, loadSettings, openLog, PlatformModule, SettingsError, startEmbeddedPostgres, type Settings } from '@fil-rouge/platform';
import { UsersModule } from '@fil-rouge/users';
import { bellOf } from '../../process';
import { platformOptions } from '../../system';
import { loginsOf, ownDatabase } from './launch';

export interface Tools {
  readonly settings: Settings;
  /** The platform as the administrator's login: row-level security does not apply, so only tools use it. */
  readonly platform: INestApplicationContext;
}

/** Runs an administrator's tool against the same database as `npm start` would use, beside a running system or without one. */
export async function withTools(work: (tools: Tools) => Promise<void>): Promise<void> {
  const settings = loadSettings(process.env);
  if (!settings.embedded && !settings.migrationDatabaseUrl) throw new SettingsError(['MIGRATION_DATABASE_URL is needed: this tool works as the administrator of the database.']);
  const { key } = loadMasterKey(settings);
  const server = settings.embedded ? await startEmbeddedPostgres({ dataDir: settings.dataDir }) : undefined;
  try {
    const administrator = server ? await ownDatabase(server) : settings.migrationDatabaseUrl!;
    const logins = loginsOf(settings, administrator, key);
    const logger = openLog('warn', 'tool');
    const platform = await NestFactory.createApplicationContext({
      module: class Tool {},
      imports: [PlatformModule.for(platformOptions({
        settings, masterKey: key, databaseUrl: administrator, bell: bellOf({ redisUrl: settings.redisUrl, queueDatabaseUrl: logins.queue }, logger), logger,
      })), UsersModule],
    }, { logger: false, abortOnError: false });
    try {
      await work({ settings, platform });
    } finally {
      await platform.close();
    }
  } finally {
    // A server that was running belongs to whoever started it.
    if (server?.startedByUs) await server.stop();
  }
}
