import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answerDone, IdParam, PageQuery, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import type { Signing } from './elimination.decider';
import { ChangeSlip, DrawUpSlip } from './eliminations.commands';
import { SignSlipBody, type SlipPage, SlipShown } from './eliminations.dto';
import { EliminationsQueries } from './eliminations.queries';

@ApiTags('cases')
@Controller('eliminations')
export class EliminationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: EliminationsQueries,
  ) {}

  /** The slips under which records are erased, and were: the register, the newest first. */
  @Get()
  @Requires('case.erase')
  listSlips(@SignedIn() caller: Caller, @Query() query: PageQuery): Promise<SlipPage> {
    return this.queries.list(caller, query);
  }

  /** One slip, with what became of each record on it. Nobody is named. */
  @Get(':id')
  @Requires('case.erase')
  readSlip(@SignedIn() caller: Caller, @IdParam('id') slipId: string): Promise<SlipShown> {
    return this.queries.one(caller, slipId);
  }

  /** Draws up a slip of the records whose grace is over, the oldest first, 200 at most: a frozen list. Nothing is erased until it is signed. */
  @Post()
  @Requires('case.erase')
  async drawUpSlip(@SignedIn() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<SlipShown> {
    const {
      result: { slipId: id },
      ...done
    } = await this.commands.execute(new DrawUpSlip(caller));
    return answerDone(reply, { id, ...done, created: `/v1/eliminations/${id}` }, (rows) =>
      this.queries.one(caller, id, rows),
    );
  }

  /** Signs a slip, with the archives’ visa: from now on its records are erased one by one, for ever. On whichever something was done since, is left out. */
  @Post(':id/signature')
  @HttpCode(200)
  @Requires('case.erase')
  signSlip(
    @SignedIn() caller: Caller,
    @IdParam('id') slipId: string,
    @Body() body: SignSlipBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SlipShown> {
    return this.change(caller, reply, slipId, body);
  }

  /** Withdraws a slip, also while it runs: what is not erased yet stays. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @Requires('case.erase')
  withdrawSlip(
    @SignedIn() caller: Caller,
    @IdParam('id') slipId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SlipShown> {
    return this.change(caller, reply, slipId);
  }

  private async change(caller: Caller, reply: FastifyReply, id: Uuid, signing?: Signing): Promise<SlipShown> {
    const { result: _, ...done } = await this.commands.execute(new ChangeSlip(caller, id, signing));
    return answerDone(reply, { id, ...done }, (rows) => this.queries.one(caller, id, rows));
  }
}
