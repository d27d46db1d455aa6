import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Requires, SignedIn, type Answer, type Caller, type Rows } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { wherever } from '../merge/merged-record';
import { CancelSession, CorrectSession, MoveSession, RecordSession } from './sessions.commands';
import {
  CancelSessionBody,
  CorrectSessionBody,
  MoveSessionBody,
  RecordSessionBody,
  SessionShown,
} from './sessions.dto';
import { SessionsQueries } from './sessions.queries';

@ApiTags('sessions')
@Controller('cases/:id/sessions')
export class SessionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: SessionsQueries,
  ) {}

  /** Records what was done with the resident. A recipient's first session starts its accepted referrals. */
  @Post()
  @Requires('case.write')
  async record(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: RecordSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    const { privateNote, referralId, appointmentId, communeName: _, ...fields } = body;
    const {
      result: { sessionId },
      ...done
    } = await this.commands.execute(
      new RecordSession(caller, caseId, { fields, privateNote, referralId, appointmentId, ifMatch: caller.ifMatch }),
    );
    return this.done(reply, caller, caseId, {
      id: sessionId,
      ...done,
      created: `/v1/cases/${caseId}/sessions/${sessionId}`,
    });
  }

  /** With what stood before each correction. */
  @Get(':sid')
  @Requires('case.read')
  read(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
  ): Promise<SessionShown> {
    return this.queries.one(caller, caseId, sessionId);
  }

  /** Corrects a session of your structure; the old values stay readable. */
  @Post(':sid/corrections')
  @HttpCode(200)
  @Requires('case.write')
  async correct(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @Body() body: CorrectSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    const { privateNote, reason, communeName: _, ...changes } = body;
    const { result, ...done } = await this.commands.execute(
      new CorrectSession(caller, caseId, sessionId, { changes, privateNote, reason, ifMatch: caller.ifMatch }),
    );
    return this.done(reply, caller, result.caseId, { id: sessionId, ...done });
  }

  /** Marks a session of your structure as entered in error: readable as before, counted nowhere. What it began (a referral) is taken back. */
  @Post(':sid/cancel')
  @HttpCode(200)
  @Requires('case.write')
  async cancel(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @Body() body: CancelSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    const { result, ...done } = await this.commands.execute(
      new CancelSession(caller, caseId, sessionId, { ...body, ifMatch: caller.ifMatch }),
    );
    return this.done(reply, caller, result.caseId, { id: sessionId, ...done });
  }

  /** Recorded on the wrong person: cancelled here, recorded there. Answers with the session on the right one; nobody else learns where it went. */
  @Post(':sid/move')
  @Requires('case.write')
  async move(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @Body() body: MoveSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    const { result: to, ...done } = await this.commands.execute(
      new MoveSession(caller, caseId, sessionId, { ...body, ifMatch: caller.ifMatch }),
    );
    return this.done(reply, caller, to.caseId, {
      id: to.sessionId,
      ...done,
      created: `/v1/cases/${to.caseId}/sessions/${to.sessionId}`,
    });
  }

  private done(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    how: Answer & { id: string; rows?: Rows },
  ): Promise<SessionShown> {
    return answerDone(reply, how, (rows) =>
      wherever(caseId, rows, (id, read) => this.queries.one(caller, id, how.id, read)),
    );
  }
}
