import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadSettings, openLog } from '@fil-rouge/platform';
import { openApi } from './api';
import { ApiModule } from './api.module';

/** Prints the OpenAPI document of the built code without a database: nothing is instantiated in a preview. */
async function main(): Promise<void> {
  const runtime = {
    settings: loadSettings({}),
    masterKey: Buffer.alloc(32),
    databaseUrl: 'postgresql://nobody@localhost/nothing',
    bell: {},
    logger: openLog('silent', 'openapi'),
  };
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(runtime), new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  process.stdout.write(`${JSON.stringify(openApi(app), null, 1)}\n`);
}

void main();
