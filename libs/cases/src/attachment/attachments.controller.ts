import { Body, Controller, Get, HttpCode, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Requires, SignedIn, TakesFile, type Caller } from '@fil-rouge/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wherever } from '../merge/merged-record';
import { AttachToSession, RemoveFromSession } from './attachments.commands';
import { AttachmentShown, AttachmentsShown, RemoveAttachmentBody } from './attachments.dto';
import { AttachmentsQueries } from './attachments.queries';

@ApiTags('attachments')
@Controller('cases/:id/sessions/:sid/attachments')
export class SessionAttachmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: AttachmentsQueries,
  ) {}

  /** Joins a PDF, JPEG or PNG of at most 10 MB to a session of your structure; whoever reads the session reads it. */
  @Post()
  @Requires('case.write')
  @TakesFile()
  async attachToSession(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttachmentShown> {
    const { result, ...done } = await this.commands.execute(
      new AttachToSession(caller, { caseId, sessionId }, request),
    );
    const id = result.attachmentId;
    const created = `/v1/cases/${result.caseId}/sessions/${sessionId}/attachments/${id}`;
    return answerDone(reply, { id, created, ...done }, (rows) =>
      wherever(result.caseId, rows, (at, read) => this.queries.one(caller, { caseId: at, sessionId }, id, read)),
    );
  }

  /** The files of a session, oldest first. */
  @Get()
  @Requires('case.read')
  listAttachmentsOfSession(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
  ): Promise<AttachmentsShown> {
    return this.queries.ofSession(caller, { caseId, sessionId });
  }

  /** The file itself, as a download. Each time is written in the journal. */
  @Get(':fid')
  @Requires('case.read')
  @ApiProduces('application/pdf', 'image/jpeg', 'image/png')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  readAttachmentOfSession(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @IdParam('fid') attachmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.queries.content(caller, { caseId, sessionId }, attachmentId, reply);
  }

  /** Takes a file of your structure away, for good: that there was one stays in the record. */
  @Post(':fid/remove')
  @HttpCode(200)
  @Requires('case.write')
  async removeFromSession(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @IdParam('fid') attachmentId: string,
    @Body() body: RemoveAttachmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttachmentsShown> {
    const { result, ...done } = await this.commands.execute(
      new RemoveFromSession(caller, { caseId, sessionId }, { attachmentId, ...body }),
    );
    return answerDone(reply, { id: attachmentId, ...done }, () =>
      wherever(result.caseId, undefined, (at) => this.queries.ofSession(caller, { caseId: at, sessionId })),
    );
  }
}
