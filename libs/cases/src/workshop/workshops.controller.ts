import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { HoldWorkshop } from './workshops.commands';
import { CancelWorkshop, CorrectWorkshop } from './workshops.correcting.commands';
import {
  CancelWorkshopBody,
  CorrectWorkshopBody,
  HoldWorkshopBody,
  WorkshopPage,
  WorkshopShown,
  WorkshopsQuery,
} from './workshops.dto';
import { WorkshopsQueries } from './workshops.queries';

@ApiTags('workshops')
@Controller('workshops')
export class WorkshopsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: WorkshopsQueries,
  ) {}

  /** Records a workshop, with an entry in the record of each named participant. One refusal refuses all, and names the participant. */
  @Post()
  @Requires('workshop.record')
  async hold(
    @SignedIn() caller: Caller,
    @Body() body: HoldWorkshopBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkshopShown> {
    const { participants, anonymous, communeName: _, ...fields } = body;
    const command = new HoldWorkshop(caller, {
      fields,
      participants: participants.map(({ caseId }) => caseId),
      anonymous: { ...anonymous },
    });
    const {
      result: { workshopId },
      replayed,
    } = await this.commands.execute(command);
    return answerDone(reply, { id: workshopId, replayed, created: `/v1/workshops/${workshopId}` }, () =>
      this.queries.one(caller, workshopId),
    );
  }

  /** Your structure's workshops, newest first; those entered in error when they are asked for. */
  @Get()
  @Requires('workshop.read')
  list(@SignedIn() caller: Caller, @Query() query: WorkshopsQuery): Promise<WorkshopPage> {
    return this.queries.list(caller, query);
  }

  /** One of your structure's workshops. */
  @Get(':id')
  @Requires('workshop.read')
  read(@SignedIn() caller: Caller, @IdParam('id') workshopId: string): Promise<WorkshopShown> {
    return this.queries.one(caller, workshopId);
  }

  /** Corrects a workshop of your structure, and with it the record of each participant, of who was not there and of who was. */
  @Post(':id/corrections')
  @HttpCode(200)
  @Requires('workshop.record')
  async correct(
    @SignedIn() caller: Caller,
    @IdParam('id') workshopId: string,
    @Body() body: CorrectWorkshopBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkshopShown> {
    const { participants, anonymous, reason, communeName: _, ...changes } = body;
    const input = {
      changes,
      reason,
      participants: participants?.map(({ caseId }) => caseId),
      anonymous: anonymous && { ...anonymous },
    };
    const { replayed } = await this.commands.execute(new CorrectWorkshop(caller, workshopId, input));
    return answerDone(reply, { id: workshopId, replayed }, () => this.queries.one(caller, workshopId));
  }

  /** Marks a workshop of your structure as entered in error, on the record of each participant too: readable as before, counted nowhere. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('workshop.record')
  async cancel(
    @SignedIn() caller: Caller,
    @IdParam('id') workshopId: string,
    @Body() body: CancelWorkshopBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkshopShown> {
    const { replayed } = await this.commands.execute(new CancelWorkshop(caller, workshopId, { ...body }));
    return answerDone(reply, { id: workshopId, replayed }, () => this.queries.one(caller, workshopId));
  }
}
