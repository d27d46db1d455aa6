import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { Database, loadSettings, migrate, openLog, PlatformModule, prepareQueueSchema, Records, Sealing, type RolePasswords } from '@fil-rouge/platform';
import { loadNetwork } from '@fil-rouge/users';
import { migrations, platformOptions } from '../../system';

export interface TemplateOptions {
  readonly administratorUrl: string;
  readonly template: string;
  readonly passwords: RolePasswords;
  readonly masterKey: Buffer;
  readonly demoPassword: string;
}

/** A database to copy from: migrated, with the network and the demo accounts. Tests clone it, one copy per file. */
export async function prepareTemplate({ administratorUrl, template, passwords, masterKey, demoPassword }: TemplateOptions): Promise<void> {
  const client = new Client({ connectionString: administratorUrl });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const at = (user?: keyof RolePasswords): string => {
    const url = new URL(administratorUrl);
    url.pathname = `/${template}`;
    if (user) [url.username, url.password] = [user, passwords[user]];
    return url.toString();
  };
  await migrate(at(), migrations, passwords);
  await prepareQueueSchema(at('queue'));
  const runtime = { settings: loadSettings({}), masterKey, databaseUrl: at('api'), bell: { postgresUrl: at('queue') }, logger: openLog('warn', 'template') };
  const platform = await NestFactory.createApplicationContext(PlatformModule.for(platformOptions(runtime)), { logger: false });
  await loadNetwork({ records: platform.get(Records), database: platform.get(Database), sealing: platform.get(Sealing) }, demoPassword);
  // What the loading announced concerns nobody.
  await platform.close();
}
