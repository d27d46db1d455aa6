import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import {
  AcceptHandover, AskToJoin, CancelHandover, DeclineHandover, OpenHandover, WithdrawHandover, type HandoverOutcome,
} from './handovers.commands';
import {
  AcceptHandoverDto, HandoverDto, HandoverPageDto, HandoverReasonDto, HandoversQuery, JoinRequestDto, OpenHandoverDto,
} from './handovers.dto';
import { HandoversQueries } from './handovers.queries';

@ApiTags('handovers')
@Controller()
export class HandoversController {
  constructor(
    private readonly commands: CommandBus,
    private readonly handovers: HandoversQueries,
  ) {}

  /** Proposes to hand the lead over (`push`), asks for it (`pull`), or moves it at once (`internal`, `administrative`). */
  @Post('cases/:id/handovers') @Requires('handover.create')
  async open(
    @SignedIn() caller: Caller, @IdParam('id') caseId: string, @Body() { kind, ...asked }: OpenHandoverDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    return this.created(caller, reply, await this.commands.execute(new OpenHandover(caller, caseId, kind, asked)));
  }

  /** Asks the unknown lead of a possible duplicate to hand it over; the answer tells nothing of the case until the lead has accepted. */
  @Post('join-requests') @Requires('case.join')
  async join(
    @SignedIn() caller: Caller, @Body() { matchToken, reason }: JoinRequestDto, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    return this.created(caller, reply, await this.commands.execute(new AskToJoin(caller, matchToken, reason)));
  }

  /** Handovers of your structure; for a coordinator those of the territory. Newest activity first. */
  @Get('handovers') @Requires('handover.read')
  list(@SignedIn() caller: Caller, @Query() query: HandoversQuery): Promise<HandoverPageDto> {
    return this.handovers.list(caller, query);
  }

  @Get('handovers/:id') @Requires('handover.read')
  async read(@SignedIn() caller: Caller, @IdParam('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<HandoverDto> {
    const handover = await this.handovers.one(caller, id);
    return answer(reply, handover, { version: handover.version });
  }

  /** The other side agrees; without a date, suggested or given, the lead moves now. */
  @Post('handovers/:id/accept') @HttpCode(200) @Requires('handover.answer')
  async accept(
    @SignedIn() caller: Caller, @IdParam('id') id: string, @Body() body: AcceptHandoverDto, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    return this.answered(caller, reply, await this.commands.execute(new AcceptHandover(caller, id, { ...body })));
  }

  @Post('handovers/:id/decline') @HttpCode(200) @Requires('handover.answer')
  async decline(
    @SignedIn() caller: Caller, @IdParam('id') id: string, @Body() { reason }: HandoverReasonDto, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    return this.answered(caller, reply, await this.commands.execute(new DeclineHandover(caller, id, { reason })));
  }

  @Post('handovers/:id/withdraw') @HttpCode(200) @Requires('handover.answer')
  async withdraw(@SignedIn() caller: Caller, @IdParam('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<HandoverDto> {
    return this.answered(caller, reply, await this.commands.execute(new WithdrawHandover(caller, id)));
  }

  /** Undoes an acceptance before its date. */
  @Post('handovers/:id/cancel') @HttpCode(200) @Requires('handover.answer')
  async cancel(
    @SignedIn() caller: Caller, @IdParam('id') id: string, @Body() { reason }: HandoverReasonDto, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverDto> {
    return this.answered(caller, reply, await this.commands.execute(new CancelHandover(caller, id, { reason })));
  }

  private async created(caller: Caller, reply: FastifyReply, { result, replayed }: HandoverOutcome): Promise<HandoverDto> {
    const { handoverId: id } = result;
    return answerDone(reply, { id, replayed, created: `/v1/handovers/${id}` }, () => this.handovers.one(caller, id));
  }

  private async answered(caller: Caller, reply: FastifyReply, { result, replayed }: HandoverOutcome): Promise<HandoverDto> {
    const { handoverId: id } = result;
    return answerDone(reply, { id, replayed }, () => this.handovers.one(caller, id));
  }
}
