import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { CasesQueries } from '../case/cases.queries';
import { CaseShown } from '../case/cases.responses.dto';
import { wherever } from './merged-record';
import { MergeCases } from './merges.commands';
import { MergeBody } from './merges.dto';

@ApiTags('cases')
@Controller('cases/:id/merge')
export class MergesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: CasesQueries,
  ) {}

  /** Two records of one resident become one: this one ends, the other goes on with its open referrals. Answers with the record that goes on. */
  @Post()
  @HttpCode(200)
  @Requires('case.merge')
  async mergeCases(
    @SignedIn() caller: Caller,
    @IdParam('id') loserId: string,
    @Body() body: MergeBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    const input = { loserId, survivorId: body.intoCaseId, reason: body.reason, ifMatch: caller.ifMatch };
    const {
      result: { caseId },
      replayed,
    } = await this.commands.execute(new MergeCases(caller, input));
    return answerDone(reply, { id: caseId, replayed }, () =>
      wherever(caseId, undefined, (id) => this.queries.one(caller, id)),
    );
  }
}
