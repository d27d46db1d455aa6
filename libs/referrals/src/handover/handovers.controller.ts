import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  addVerbRoutes,
  answer,
  answerDone,
  IdParam,
  Refuses,
  Requires,
  SignedIn,
  type Caller,
} from '@fil-rouge/platform';
import type { HandoverAction } from './handover.policy';
import { ActOnHandover, AskToJoin, OpenHandover, type HandoverOutcome } from './handovers.commands';
import { HandoverDto, HandoverPageDto, HandoversQuery, JoinRequestDto, OpenHandoverDto } from './handovers.dto';
import { HandoversQueries } from './handovers.queries';
import { handoverVerbs } from './handovers.verbs';

/** What is done to a handover that is there: one route per row of `handoverVerbs`, added below. */
@ApiTags('handovers')
@Controller()
export class HandoversController {
  constructor(
    private readonly commands: CommandBus,
    private readonly handovers: HandoversQueries,
  ) {}

  /** Proposes to hand the lead over (`push`), asks for it (`pull`) or to contribute (`beside`), or moves it at once (`internal`, `administrative`). */
  @Post('cases/:id/handovers')
  @Requires('handover.create')
  async open(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() { kind, ...asked }: OpenHandoverDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    return this.created(caller, reply, await this.commands.execute(new OpenHandover(caller, caseId, kind, asked)));
  }

  /** Asks the unknown lead of a possible duplicate to hand it over, or to contribute beside it; the answer tells nothing of the case until the lead has accepted. */
  @Post('join-requests')
  @Refuses('too-many-requests')
  @Requires('case.join')
  async askToJoin(
    @SignedIn() caller: Caller,
    @Body() { matchToken, reason, as = 'lead' }: JoinRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    const kind = as === 'lead' ? 'pull' : 'beside';
    return this.created(caller, reply, await this.commands.execute(new AskToJoin(caller, matchToken, reason, kind)));
  }

  /** Handovers of your structure; for a coordinator those of the territory. Newest activity first. */
  @Get('handovers')
  @Requires('handover.read')
  list(@SignedIn() caller: Caller, @Query() query: HandoversQuery): Promise<HandoverPageDto> {
    return this.handovers.list(caller, query);
  }

  /** With its history; as much as your participation allows. */
  @Get('handovers/:id')
  @Requires('handover.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    const handover = await this.handovers.one(caller, id);
    return answer(reply, handover, { version: handover.version });
  }

  /** The handover as it stands after it. */
  async act(
    reply: FastifyReply,
    caller: Caller,
    handoverId: string,
    verb: HandoverAction,
    said?: object,
  ): Promise<HandoverDto> {
    const { replayed, rows } = await this.commands.execute(new ActOnHandover(caller, handoverId, verb, said));
    return answerDone(reply, { id: handoverId, replayed, rows }, (read) =>
      this.handovers.one(caller, handoverId, read),
    );
  }

  private async created(
    caller: Caller,
    reply: FastifyReply,
    { result, ...done }: HandoverOutcome,
  ): Promise<HandoverDto> {
    const { handoverId: id } = result;
    return answerDone(reply, { id, ...done, created: `/v1/handovers/${id}` }, (rows) =>
      this.handovers.one(caller, id, rows),
    );
  }
}

addVerbRoutes(HandoversController, 'handovers', HandoverDto, handoverVerbs);
