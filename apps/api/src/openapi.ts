import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { KeyRing, loadSettings, openLog } from '@fil-rouge/platform';
import { ApiModule } from './api.module';
import { openApi } from './contract/document';

/** The day of its examples: always the same, so that the document changes with the contract alone. */
const day = '2026-12-01';

/** Prints the OpenAPI document of the built code without a database: nothing is instantiated in a preview. */
async function main(): Promise<void> {
  const runtime = {
    settings: loadSettings({}),
    masterKeys: KeyRing.of(Buffer.alloc(32)),
    databaseUrl: 'postgresql://nobody@localhost/nothing',
    bell: {},
    logger: openLog('silent', 'openapi'),
  };
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(runtime), new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  process.stdout.write(`${JSON.stringify(openApi(app, day), null, 1)}\n`);
}

void main();
