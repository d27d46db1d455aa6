import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { SessionsQuery } from '../session/session-lists.dto';
import {
  ChangeAnonymousSession,
  RecordAnonymousSession,
  type AnonymousSessionChange,
} from './anonymous-sessions.commands';
import {
  AnonymousSessionShown,
  AnonymousSessionsPage,
  CancelAnonymousSessionBody,
  CorrectAnonymousSessionBody,
  RecordAnonymousSessionBody,
} from './anonymous-sessions.dto';
import { AnonymousSessionsQueries } from './anonymous-sessions.queries';

@ApiTags('sessions')
@Controller('anonymous-sessions')
export class AnonymousSessionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: AnonymousSessionsQueries,
  ) {}

  /** Records what was done with somebody who gives no name: on no case, in codes alone. */
  @Post()
  @Requires('session.record')
  async record(
    @SignedIn() caller: Caller,
    @Body() { communeName: _, ...fields }: RecordAnonymousSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnonymousSessionShown> {
    const {
      result: { sessionId: id },
      ...done
    } = await this.commands.execute(new RecordAnonymousSession(caller, fields));
    return answerDone(reply, { id, ...done, created: `/v1/anonymous-sessions/${id}` }, (rows) =>
      this.queries.one(caller, id, rows),
    );
  }

  /** Your structure's anonymous sessions, newest day first, with the filters of the other sessions. */
  @Get()
  @Requires('session.read')
  list(@SignedIn() caller: Caller, @Query() query: SessionsQuery): Promise<AnonymousSessionsPage> {
    return this.queries.list(caller, query);
  }

  /** One of your structure's anonymous sessions. */
  @Get(':id')
  @Requires('session.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnonymousSessionShown> {
    const shown = await this.queries.one(caller, id);
    return answer(reply, shown, { version: shown.version });
  }

  /** Corrects an anonymous session of your structure. */
  @Post(':id/corrections')
  @HttpCode(200)
  @Requires('session.record')
  correct(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Body() { communeName: _, ...changes }: CorrectAnonymousSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnonymousSessionShown> {
    return this.change(caller, reply, id, { verb: 'correct', changes });
  }

  /** Marks an anonymous session of your structure as entered in error: readable as before, counted nowhere. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('session.record')
  cancel(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Body() { reason }: CancelAnonymousSessionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnonymousSessionShown> {
    return this.change(caller, reply, id, { verb: 'cancel', reason });
  }

  private async change(
    caller: Caller,
    reply: FastifyReply,
    id: string,
    change: AnonymousSessionChange,
  ): Promise<AnonymousSessionShown> {
    const { result: _, ...done } = await this.commands.execute(new ChangeAnonymousSession(caller, id, change));
    return answerDone(reply, { id, ...done }, (rows) => this.queries.one(caller, id, rows));
  }
}
