import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, PageQuery, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { HoldWorkshop } from './workshops.commands';
import { HoldWorkshopBody, WorkshopPage, WorkshopShown } from './workshops.dto';
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
  async hold(@SignedIn() caller: Caller, @Body() body: HoldWorkshopBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<WorkshopShown> {
    const { participants, anonymous, ...fields } = body;
    const command = new HoldWorkshop(caller, { fields, participants: participants.map(({ caseId }) => caseId), anonymous: { ...anonymous } });
    const { result: { workshopId }, replayed } = await this.commands.execute(command);
    return answerDone(reply, { id: workshopId, replayed, created: `/v1/workshops/${workshopId}` }, () => this.queries.one(caller, workshopId));
  }

  /** Your structure's workshops, newest first. */
  @Get()
  @Requires('workshop.read')
  list(@SignedIn() caller: Caller, @Query() query: PageQuery): Promise<WorkshopPage> {
    return this.queries.list(caller, query);
  }

  /** One of your structure's workshops. */
  @Get(':id')
  @Requires('workshop.read')
  read(@SignedIn() caller: Caller, @IdParam('id') workshopId: string): Promise<WorkshopShown> {
    return this.queries.one(caller, workshopId);
  }
}
