import { Body, Controller, Get, HttpCode, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AttachmentShown, AttachmentsShown, RemoveAttachmentBody } from '@fil-rouge/cases';
import { answerDone, IdParam, Requires, SignedIn, TakesFile, type Caller } from '@fil-rouge/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AttachToReferral, RemoveFromReferral } from './referral-attachments.commands';
import { ReferralAttachmentsQueries } from './referral-attachments.queries';

@ApiTags('attachments')
@Controller('referrals/:id/attachments')
export class ReferralAttachmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: ReferralAttachmentsQueries,
  ) {}

  /** Joins a PDF, JPEG or PNG of at most 10 MB to a referral. Of its sender it is read with the message, before whoever is asked has answered. */
  @Post()
  @Requires('referral.create')
  @TakesFile()
  async attachToReferral(
    @SignedIn() caller: Caller,
    @IdParam('id') referralId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttachmentShown> {
    const {
      result: { attachmentId: id },
      ...done
    } = await this.commands.execute(new AttachToReferral(caller, referralId, request));
    const created = `/v1/referrals/${referralId}/attachments/${id}`;
    return answerDone(reply, { id, created, ...done }, (rows) => this.queries.one(caller, referralId, id, rows));
  }

  /** The files of a referral, oldest first. */
  @Get()
  @Requires('referral.read')
  listAttachmentsOfReferral(@SignedIn() caller: Caller, @IdParam('id') referralId: string): Promise<AttachmentsShown> {
    return this.queries.ofReferral(caller, referralId);
  }

  /** The file itself, as a download. Each time is written in the journal. */
  @Get(':fid')
  @Requires('referral.read')
  @ApiProduces('application/pdf', 'image/jpeg', 'image/png')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  readAttachmentOfReferral(
    @SignedIn() caller: Caller,
    @IdParam('id') referralId: string,
    @IdParam('fid') attachmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.queries.content(caller, referralId, attachmentId, reply);
  }

  /** Takes a file of your structure away, for good: that there was one stays in the record. */
  @Post(':fid/remove')
  @HttpCode(200)
  @Requires('referral.create')
  async removeFromReferral(
    @SignedIn() caller: Caller,
    @IdParam('id') referralId: string,
    @IdParam('fid') attachmentId: string,
    @Body() body: RemoveAttachmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttachmentsShown> {
    const { result, ...done } = await this.commands.execute(
      new RemoveFromReferral(caller, referralId, { attachmentId, ...body }),
    );
    return answerDone(reply, { id: result.attachmentId, ...done }, () => this.queries.ofReferral(caller, referralId));
  }
}
