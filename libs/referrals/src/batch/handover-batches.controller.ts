import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import {
  CancelHandoverBatch,
  DecideHandoverBatch,
  HandoverBatchProposals,
  OpenHandoverBatch,
  StartHandoverBatch,
  type BatchOutcomeOf,
} from './handover-batches.commands';
import {
  DecideHandoverBatchDto,
  HandoverBatchDto,
  HandoverBatchesQuery,
  HandoverBatchPageDto,
  OpenHandoverBatchDto,
  StartHandoverBatchDto,
  UndoHandoverBatchDto,
} from './handover-batches.dto';
import { UndoHandoverBatch } from './handover-batches.undoing.commands';
import { HandoverBatchesQueries } from './handover-batches.queries';

@ApiTags('handovers')
@Controller('handover-batches')
export class HandoverBatchesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly proposals: HandoverBatchProposals,
    private readonly batches: HandoverBatchesQueries,
  ) {}

  /**
   * Gathers the open cases that somebody who leaves, or a structure, leads, and proposes for each where it could go. While a case is in a batch its
   * counsellor's employment may end. With `preview` nothing is written.
   */
  @Post()
  @Requires('handover.batch')
  @ApiOkResponse({ type: HandoverBatchDto, description: 'A preview.' })
  @ApiCreatedResponse({ type: HandoverBatchDto })
  async open(
    @SignedIn() caller: Caller,
    @Body() { preview, ...asked }: OpenHandoverBatchDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverBatchDto> {
    if (preview) {
      const { leaving, items } = await this.proposals.for(caller, asked);
      return answer(reply, await this.batches.preview(caller, leaving, items), {});
    }
    const { result, replayed } = await this.commands.execute(new OpenHandoverBatch(caller, asked));
    const { batchId: id } = result;
    return answerDone(reply, { id, replayed, created: `/v1/handover-batches/${id}` }, () =>
      this.batches.one(caller, id),
    );
  }

  /** Batches of your structure; for a coordinator those with cases of the territory. Newest first, without their cases. */
  @Get()
  @Requires('handover.batch')
  list(@SignedIn() caller: Caller, @Query() query: HandoverBatchesQuery): Promise<HandoverBatchPageDto> {
    return this.batches.list(caller, query);
  }

  /** How far it is, and what became of each case. */
  @Get(':id')
  @Requires('handover.batch')
  read(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<HandoverBatchDto> {
    return this.batches.one(caller, id);
  }

  /** Decides where cases go. Once the batch runs, a case that failed can be decided anew and is then tried again. */
  @Post(':id/decisions')
  @HttpCode(200)
  @Requires('handover.batch')
  async decide(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Body() { decisions }: DecideHandoverBatchDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverBatchDto> {
    return this.answered(caller, reply, await this.commands.execute(new DecideHandoverBatch(caller, id, decisions)));
  }

  /** Begins when every case is decided; the cases then follow one by one, each in a commit of its own. */
  @Post(':id/start')
  @HttpCode(200)
  @Requires('handover.batch')
  async start(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Body() { decisions = [], acceptProposals = false }: StartHandoverBatchDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverBatchDto> {
    return this.answered(
      caller,
      reply,
      await this.commands.execute(new StartHandoverBatch(caller, id, decisions, acceptProposals)),
    );
  }

  /** Gives up a batch that has not started; its cases stay where they are. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('handover.batch')
  async cancel(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverBatchDto> {
    return this.answered(caller, reply, await this.commands.execute(new CancelHandoverBatch(caller, id)));
  }

  /**
   * Takes back a batch that has started, by whoever made it or a manager of the structure: what has had no effect yet returns, in one commit. What was only
   * proposed is withdrawn, what was accepted for a later day is cancelled; cases whose lead has moved stay, and are named (`alreadyEffective`).
   */
  @Post(':id/undo')
  @HttpCode(200)
  @Requires('handover.batch')
  async undo(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Body() { reason }: UndoHandoverBatchDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoverBatchDto> {
    return this.answered(caller, reply, await this.commands.execute(new UndoHandoverBatch(caller, id, reason)));
  }

  private async answered(
    caller: Caller,
    reply: FastifyReply,
    { result, replayed }: BatchOutcomeOf,
  ): Promise<HandoverBatchDto> {
    return answerDone(reply, { id: result.batchId, replayed }, () => this.batches.one(caller, result.batchId));
  }
}
