import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { TagSession } from './session-tags.commands';
import { SessionTagsQueries } from './session-tags.queries';
import { SessionTagsBody, SessionTagsShown } from './sessions.dto';

@ApiTags('sessions')
@Controller('cases/:id/sessions/:sid/tags')
export class SessionTagsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: SessionTagsQueries,
  ) {}

  /** By which of its labels your structure finds its session again. Nobody else reads them. */
  @Get()
  @Requires('case.read')
  readSessionTags(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
  ): Promise<SessionTagsShown> {
    return this.queries.tags(caller, caseId, sessionId);
  }

  /** Says which of your structure's labels the session has, all of them anew. It is no correction of the session, and no activity of the case. */
  @Put()
  @Requires('case.write')
  async changeSessionTags(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('sid') sessionId: string,
    @Body() { tags }: SessionTagsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionTagsShown> {
    const { result: _, ...how } = await this.commands.execute(new TagSession(caller, caseId, sessionId, tags));
    return answerDone(reply, { id: sessionId, ...how }, (rows) => this.queries.tags(caller, caseId, sessionId, rows));
  }
}
