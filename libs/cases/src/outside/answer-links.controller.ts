import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Public, Refuses, Requires, Sealing, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wherever } from '../merge/merged-record';
import { MakeAnswerLink, RevokeAnswerLink } from './answer-links.commands';
import {
  AnswerLinkMade,
  AnswerOutsideBody,
  MakeAnswerLinkBody,
  OpenOutsideSheetBody,
  OutsideAnswerTaken,
  OutsideSheetOpened,
} from './answer-links.dto';
import { answerCode } from './answer-links.service';
import { OutsideAnswers } from './outside-answers.service';
import { OutsideShown } from './outside-referrals.dto';
import { OutsideQueries } from './outside-referrals.queries';

@ApiTags('outside')
@Controller('cases/:id/outside-referrals/:xid/answer-link')
export class AnswerLinksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: OutsideQueries,
    private readonly sealing: Sealing,
  ) {}

  /**
   * E-mails the organisation a link of eight days with which it answers without an account; the one before opens no more. The sheet behind it opens only with
   * the code of this answer, which you tell them by telephone.
   */
  @Post()
  @HttpCode(200)
  @Refuses('too-many-requests')
  @Requires('case.write')
  async makeAnswerLink(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('xid') outsideId: string,
    @Body() { email }: MakeAnswerLinkBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerLinkMade> {
    const on = { caseId, outsideId, ifMatch: caller.ifMatch };
    const { result, ...done } = await this.commands.execute(new MakeAnswerLink(caller, on, email));
    return answerDone(reply, { id: outsideId, ...done }, async (rows) => ({
      ...(await wherever(result.caseId, rows, (id, read) => this.queries.one(caller, id, outsideId, read))),
      code: answerCode(this.sealing, result.linkId),
    }));
  }

  /** The link opens no more. */
  @Post('revoke')
  @HttpCode(200)
  @Requires('case.write')
  async revokeAnswerLink(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('xid') outsideId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutsideShown> {
    const on = { caseId, outsideId, ifMatch: caller.ifMatch };
    const { result, ...done } = await this.commands.execute(new RevokeAnswerLink(caller, on));
    return answerDone(reply, { id: outsideId, ...done }, (rows) =>
      wherever(result.caseId, rows, (id, read) => this.queries.one(caller, id, outsideId, read)),
    );
  }
}

@ApiTags('outside')
@Controller('outside-answers')
export class OutsideAnswersController {
  constructor(private readonly answers: OutsideAnswers) {}

  /** The sheet behind a link, for whoever was told its code. Each opening is told to who sent it; a few wrong codes end the link. */
  @Post('sheet')
  @HttpCode(200)
  @Refuses('too-many-requests')
  @Public()
  openOutsideSheet(@Body() body: OpenOutsideSheetBody, @Req() request: FastifyRequest): Promise<OutsideSheetOpened> {
    return this.answers.open(body, request.ip);
  }

  /** What the organisation answers: received, accepted, declined with a reason, or what came of it. The last two end the link. */
  @Post()
  @HttpCode(200)
  @Refuses('too-many-requests', 'wrong-state')
  @Public()
  async answerOutside(@Body() body: AnswerOutsideBody, @Req() request: FastifyRequest): Promise<OutsideAnswerTaken> {
    const { token, code, ...answer } = body;
    await this.answers.answer({ token, code }, answer, request.ip);
    return { answer: answer.answer };
  }
}
