import { Body, Controller, Delete, Get, HttpCode, Post, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { ExportBody, ExportsShown, type ExportShown } from './exports.dto';
import { ExportsQueries } from './exports.queries';

@ApiTags('exports')
@Controller('exports')
export class ExportsController {
  constructor(private readonly exports: ExportsQueries) {}

  /** Asks for a file of what was done, by the choices of the list of sessions. It is made in your name while you are signed in, and kept for a day. */
  @Post()
  @HttpCode(202)
  @Requires('session.read')
  async askForExport(
    @SignedIn() caller: Caller,
    @Body() body: ExportBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExportShown> {
    const { shown, replayed } = await this.exports.ask(caller, body);
    void reply.header('Location', `/v1/exports/${shown.id}`);
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    return shown;
  }

  /** Those you asked for that there still are, newest first. */
  @Get()
  @Requires('session.read')
  listExports(@SignedIn() caller: Caller): Promise<ExportsShown> {
    return this.exports.list(caller);
  }

  /** How far it is. */
  @Get(':id')
  @Requires('session.read')
  readExport(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<ExportShown> {
    return this.exports.one(caller, id);
  }

  /** The file itself, once it is ready. Each time is written in the journal. */
  @Get(':id/file')
  @Requires('session.read')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  readFileOfExport(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.exports.file(caller, id, reply);
  }

  /** It is gone, and is not made any more if it was not ready. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('session.read')
  removeExport(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<void> {
    return this.exports.remove(caller, id);
  }
}
