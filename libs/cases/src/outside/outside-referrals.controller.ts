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
import { ChangeOutside, SendOutside, type OutsideChange } from './outside-referrals.commands';
import {
  CancelOutsideBody,
  OutsideLines,
  OutsideOfCaseQuery,
  OutsidePage,
  OutsideQuery,
  OutsideSheet,
  OutsideShown,
  ReportOutsideBody,
  SendOutsideBody,
} from './outside-referrals.dto';
import { OutsideQueries } from './outside-referrals.queries';

@ApiTags('outside')
@Controller()
export class OutsideController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: OutsideQueries,
  ) {}

  /** Where your structure has sent residents outside the network, across its cases, newest first. */
  @Get('outside-referrals')
  @Requires('session.read')
  listOutsideReferrals(@SignedIn() caller: Caller, @Query() query: OutsideQuery): Promise<OutsideLines> {
    return this.queries.ofStructure(caller, query);
  }

  /** Where the resident was sent outside the network, newest first. */
  @Get('cases/:id/outside-referrals')
  @Requires('case.read')
  listOutsideReferralsOfCase(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Query() query: OutsideOfCaseQuery,
  ): Promise<OutsidePage> {
    return this.queries.ofCase(caller, caseId, query);
  }

  /** One of them as it stands. */
  @Get('cases/:id/outside-referrals/:xid')
  @Requires('case.read')
  async readOutsideReferral(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('xid') outsideId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutsideShown> {
    const shown = await this.queries.one(caller, caseId, outsideId);
    return answer(reply, shown, { version: shown.version });
  }

  /** The sheet to print or send, anew from the record: of the resident first name, commune and age bracket. Each time is written in the journal. */
  @Get('cases/:id/outside-referrals/:xid/sheet')
  @Requires('case.write')
  makeOutsideSheet(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('xid') outsideId: string,
  ): Promise<OutsideSheet> {
    return this.queries.sheet(caller, caseId, outsideId);
  }

  /** Sends the resident to an organisation outside the network, with a sheet; nobody there answers here. */
  @Post('cases/:id/outside-referrals')
  @Requires('case.write')
  async sendOutside(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() { informed, ...body }: SendOutsideBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutsideShown> {
    const { result, ...done } = await this.commands.execute(
      new SendOutside(caller, caseId, { ...body, informed: { ...informed }, ifMatch: caller.ifMatch }),
    );
    const created = `/v1/cases/${result.caseId}/outside-referrals/${result.outsideId}`;
    return this.done(reply, caller, result.caseId, { id: result.outsideId, created, ...done });
  }

  /** What came of it, said by the structure that sent; also when it was not known for long, and again when it was said wrongly. */
  @Post('cases/:id/outside-referrals/:xid/report')
  @HttpCode(200)
  @Requires('case.write')
  reportOutside(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('xid') outsideId: string,
    @Body() body: ReportOutsideBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutsideShown> {
    return this.change(reply, caller, caseId, outsideId, { verb: 'report', ...body });
  }

  /** It was entered in error: it stays readable, marked, and counts nowhere. */
  @Post('cases/:id/outside-referrals/:xid/cancel')
  @HttpCode(200)
  @Requires('case.write')
  cancelOutside(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('xid') outsideId: string,
    @Body() body: CancelOutsideBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutsideShown> {
    return this.change(reply, caller, caseId, outsideId, { verb: 'cancel', ...body });
  }

  private async change(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    outsideId: string,
    change: OutsideChange,
  ): Promise<OutsideShown> {
    const { result, ...done } = await this.commands.execute(
      new ChangeOutside(caller, { caseId, outsideId, ifMatch: caller.ifMatch }, change),
    );
    return this.done(reply, caller, result.caseId, { id: outsideId, ...done });
  }

  private done(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    how: Answer & { id: string; rows?: Rows },
  ): Promise<OutsideShown> {
    return answerDone(reply, how, (rows) =>
      wherever(caseId, rows, (id, read) => this.queries.one(caller, id, how.id, read)),
    );
  }
}
