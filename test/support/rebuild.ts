import { NestFactory } from '@nestjs/core';
import { Database, KeyRing, loadSettings, openLog, PlatformModule, Rebuilding } from '@fil-rouge/platform';
import { recountAll } from '@fil-rouge/statistics';
import { platformOptions } from '../../apps/system';
import type { TestDatabase } from './database';

/** `npm run rebuild`, as the administrator. Returns the records whose log could not be read. */
export async function rebuild({ administratorUrl, masterKey, queueUrl }: TestDatabase): Promise<unknown[]> {
  const options = platformOptions({
    settings: loadSettings({}),
    masterKeys: KeyRing.of(masterKey),
    databaseUrl: administratorUrl,
    bell: { postgresUrl: queueUrl },
    logger: openLog('silent', 'rebuild'),
  });
  const tool = await NestFactory.createApplicationContext(
    { module: class Tool {}, imports: [PlatformModule.for(options)] },
    { logger: false, abortOnError: false },
  );
  try {
    const { damaged } = await tool.get(Rebuilding).all();
    await recountAll(tool.get(Database));
    return damaged;
  } finally {
    await tool.close();
  }
}
