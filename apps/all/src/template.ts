import { NestFactory } from '@nestjs/core';
import { atParis, type Instant } from '@fil-rouge/kernel';
import {
  Clock,
  ensureDatabase,
  KeyRing,
  loadSettings,
  migrate,
  openLog,
  PlatformModule,
  prepareQueueSchema,
  type RolePasswords,
} from '@fil-rouge/platform';
import { NetworkLoader, networkSince, UsersModule } from '@fil-rouge/users';
import { libraries, platformOptions } from '../../system';

export interface TemplateOptions {
  readonly administratorUrl: string;
  readonly template: string;
  readonly passwords: RolePasswords;
  readonly masterKey: Buffer;
  readonly demoPassword: string;
}

/** Stands on the day from which the network is there: it lies in the past of every test, whichever day that lives in, and of every machine. */
class FirstMorning extends Clock {
  override now(): Instant {
    return atParis(networkSince, '09:00');
  }
}

/** A database to copy from: migrated, with the network and the demo accounts. Tests clone it, one copy per file. */
export async function prepareTemplate({
  administratorUrl,
  template,
  passwords,
  masterKey,
  demoPassword,
}: TemplateOptions): Promise<void> {
  await ensureDatabase(administratorUrl, template);
  const at = (user?: keyof RolePasswords): string => {
    const url = new URL(administratorUrl);
    url.pathname = `/${template}`;
    if (user) [url.username, url.password] = [user, passwords[user]];
    return url.toString();
  };
  await migrate(at(), libraries, passwords);
  await prepareQueueSchema(at('queue'));
  const runtime = {
    settings: loadSettings({}),
    masterKeys: KeyRing.of(masterKey),
    databaseUrl: at('worker'),
    bell: { postgresUrl: at('queue') },
    logger: openLog('warn', 'template'),
    clock: new FirstMorning(),
  };
  const root = { module: class Template {}, imports: [PlatformModule.for(platformOptions(runtime)), UsersModule] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  await app.get(NetworkLoader, { strict: false }).load({ password: demoPassword });
  await app.close();
}
