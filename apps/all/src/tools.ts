import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  checkDatabase,
  checkMasterKeys,
  FolderHeld,
  findEmbeddedPostgres,
  holdFolder,
  loadKeyFile,
  loadSettings,
  openLog,
  PlatformModule,
  SettingsError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type Settings,
} from '@fil-rouge/platform';
import { UsersModule } from '@fil-rouge/users';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bellOf } from '../../process';
import { platformOptions, type Runtime } from '../../system';
import { loginsOf, ownDatabase } from './logins';

export interface Tools {
  readonly settings: Settings;
  /** Where the system is reached: the one that runs beside this tool, else as it is set. */
  readonly address: string;
  /** The platform as the administrator's login: row-level security does not apply, so only tools use it. */
  readonly platform: INestApplicationContext;
  readonly administratorUrl: string;
  /** Absolute. */
  readonly keyFile: string;
  /** What the worker runs with, for a tool that does its work. */
  readonly worker: Runtime;
}

/**
 * Runs an administrator's tool against the same database as `npm start` would use, beside a running system or without one.
 * @param what the command that was typed: a second tool is refused with its name
 */
export async function withTools(
  what: string,
  work: (tools: Tools) => Promise<void>,
  settings = loadSettings(process.env),
): Promise<void> {
  if (!settings.embedded && !settings.migrationDatabaseUrl)
    throw new SettingsError([
      'MIGRATION_DATABASE_URL is needed: this tool works as the administrator of the database.',
    ]);
  const server = settings.embedded ? await embedded(settings, what) : undefined;
  try {
    const { keys, path } = loadKeyFile(settings);
    const administrator = server ? await ownDatabase(server) : settings.migrationDatabaseUrl!;
    await checkDatabase(server ? 'DATA_DIR' : 'MIGRATION_DATABASE_URL', administrator, { ready: true });
    const logins = loginsOf(settings, administrator, await checkMasterKeys(administrator, keys));
    const logger = openLog('warn', 'tool');
    const bell = bellOf({ redisUrl: settings.redisUrl, queueDatabaseUrl: logins.queue }, logger);
    const platform = await NestFactory.createApplicationContext(
      {
        module: class Tool {},
        imports: [
          PlatformModule.for(platformOptions({ settings, masterKeys: keys, databaseUrl: administrator, bell, logger })),
          UsersModule,
        ],
      },
      { logger: false, abortOnError: false },
    );
    try {
      await work({
        settings,
        address: server?.address ?? settings.publicUrl,
        platform,
        administratorUrl: administrator,
        keyFile: path,
        worker: { settings, masterKeys: keys, databaseUrl: logins.worker, bell, logger },
      });
    } finally {
      await platform.close();
    }
  } finally {
    await server?.stop();
  }
}

type Server = Pick<EmbeddedPostgres, 'superuserUrl' | 'stop'> & { address?: string };

/**
 * The server of the running system, if there is one: that system goes on owning it. Otherwise a server is started for this tool, and the tool holds
 * the folder.
 */
async function embedded({ dataDir }: Settings, what: string): Promise<Server> {
  if (!existsSync(join(dataDir, 'postgres')))
    throw new SettingsError([`There is no database in DATA_DIR ${dataDir} yet: \`npm start\` makes it.`]);
  try {
    const folder = holdFolder(dataDir, { what });
    return await startEmbeddedPostgres({ dataDir, folder });
  } catch (error) {
    // Two tools at once would each take the server from the other.
    if (!(error instanceof FolderHeld) || !error.holder.serves) throw error;
    return { ...(await findEmbeddedPostgres(dataDir)), address: error.holder.address, stop: () => Promise.resolve() };
  }
}
