import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  answer,
  answerDone,
  IdParam,
  Requires,
  SignedIn,
  type Answer,
  type Caller,
  type Rows,
} from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { wherever } from '../merge/merged-record';
import { ChangeGoal, SetGoal, type GoalChange } from './goals.commands';
import { EndGoalBody, GoalShown, GoalsPage, GoalsQuery, ProgressShown, ReachStepBody, SetGoalBody } from './goals.dto';
import { GoalsQueries } from './goals.queries';

@ApiTags('progress')
@Controller('cases/:id')
export class GoalsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: GoalsQueries,
  ) {}

  /** How far the resident manages alone, theme by theme over time, and the goals of the follow-up. */
  @Get('progress')
  @Requires('case.read')
  readProgress(@SignedIn() caller: Caller, @IdParam('id') caseId: string): Promise<ProgressShown> {
    return this.queries.progress(caller, caseId);
  }

  /** Sets a goal of the follow-up, with the steps that lead there. */
  @Post('goals')
  @Requires('case.write')
  async set(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() { steps = [], ...body }: SetGoalBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoalShown> {
    const {
      result: { goalId },
      ...done
    } = await this.commands.execute(new SetGoal(caller, caseId, { ...body, steps, ifMatch: caller.ifMatch }));
    return this.done(reply, caller, caseId, { id: goalId, ...done, created: `/v1/cases/${caseId}/goals/${goalId}` });
  }

  /** The goals of a follow-up, newest first. */
  @Get('goals')
  @Requires('case.read')
  list(@SignedIn() caller: Caller, @IdParam('id') caseId: string, @Query() query: GoalsQuery): Promise<GoalsPage> {
    return this.queries.ofCase(caller, caseId, query);
  }

  /** One goal as it stands. */
  @Get('goals/:gid')
  @Requires('case.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('gid') goalId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoalShown> {
    const shown = await this.queries.one(caller, caseId, goalId);
    return answer(reply, shown, { version: shown.version });
  }

  /** One of its steps is reached. */
  @Post('goals/:gid/step')
  @HttpCode(200)
  @Requires('case.write')
  reachStep(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('gid') goalId: string,
    @Body() body: ReachStepBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoalShown> {
    return this.change(reply, caller, caseId, goalId, { verb: 'step', ...body });
  }

  /** It is reached, whichever of its steps were. */
  @Post('goals/:gid/reach')
  @HttpCode(200)
  @Requires('case.write')
  reach(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('gid') goalId: string,
    @Body() body: EndGoalBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoalShown> {
    return this.change(reply, caller, caseId, goalId, { verb: 'reach', ...body });
  }

  /** It is aimed at no more. */
  @Post('goals/:gid/abandon')
  @HttpCode(200)
  @Requires('case.write')
  abandon(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('gid') goalId: string,
    @Body() body: EndGoalBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoalShown> {
    return this.change(reply, caller, caseId, goalId, { verb: 'abandon', ...body });
  }

  private async change(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    goalId: string,
    change: GoalChange,
  ): Promise<GoalShown> {
    const { result, ...done } = await this.commands.execute(
      new ChangeGoal(caller, { caseId, goalId, ifMatch: caller.ifMatch }, change),
    );
    return this.done(reply, caller, result.caseId, { id: goalId, ...done });
  }

  private done(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    how: Answer & { id: string; rows?: Rows },
  ): Promise<GoalShown> {
    return answerDone(reply, how, (rows) =>
      wherever(caseId, rows, (id, read) => this.queries.one(caller, id, how.id, read)),
    );
  }
}
