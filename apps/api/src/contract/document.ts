import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { LocalDate } from '@fil-rouge/kernel';
import { operationId } from './operation-id';
import { complete } from './routes';

/** The contract, from the code: routes and shapes as Nest finds them, completed by what holds for every route of its kind. */
export const openApi = (app: NestFastifyApplication, today: LocalDate): OpenAPIObject =>
  complete(
    SwaggerModule.createDocument(
      app,
      new DocumentBuilder()
        .setTitle('Fil Rouge')
        .setDescription(
          [
            'One continuous follow-up record per resident across independent structures. Sign in with POST /v1/auth/login, then use the token as Bearer.',
            'The examples work on the network of the demo; ids that only your own answers tell, such as that of a case, stand in them as `01999999-…`.',
            'A refusal is told in French to whoever sends `Accept-Language: fr`, else in English; its `code` is the same.',
            'A command that was done and whose result could not be read back a moment later answers with its `id` alone.',
          ].join('\n\n'),
        )
        .setVersion('1')
        .addBearerAuth()
        .build(),
      { operationIdFactory: operationId },
    ),
    today,
  );
