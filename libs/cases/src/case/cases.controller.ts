import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import {
  answer,
  answerDone,
  IdParam,
  PageQuery,
  Refuses,
  Requires,
  SignedIn,
  type Caller,
  type Outcome,
} from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { CaseCounts } from './case-counts.dto';
import { CaseCountsQueries } from './case-counts.queries';
import { AssignCounsellor, CloseCase, CorrectCase, LeaveCase, OpenCase, ReopenCase } from './cases.commands';
import {
  AssignBody,
  CasesQuery,
  CloseBody,
  CorrectCaseBody,
  LedBy,
  EraseBody,
  KeepBody,
  LeaveBody,
  ObjectBody,
  OpenCaseBody,
  ReopenBody,
  SearchBody,
} from './cases.dto';
import { CasesQueries } from './cases.queries';
import { CasePage, CaseShown, ReaderPage, ResemblancePage } from './cases.responses.dto';
import { EraseCase } from './erasure.commands';
import { wherever } from '../merge/merged-record';
import { KeepCase } from '../retention/keeping.commands';
import { EndObjection, RecordObjection } from './objections.commands';
import { TimelinePage, TimelineQuery } from '../timeline/timeline.dto';
import { TimelineQueries } from '../timeline/timeline.queries';

@ApiTags('cases')
@Controller('cases')
export class CasesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: CasesQueries,
    private readonly counted: CaseCountsQueries,
    private readonly timelines: TimelineQueries,
  ) {}

  /** Opens the record of a resident; your structure leads. A resemblance to somebody already followed is a 409 that says nothing of the other. */
  @Post()
  @Refuses('too-many-requests')
  @Requires('case.open')
  open(
    @SignedIn() caller: Caller,
    @Body() body: OpenCaseBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    const { confirmNotDuplicate = false, ...input } = body;
    return this.done(reply, caller, new OpenCase(caller, input, confirmNotDuplicate), true);
  }

  /** The cases your structure takes part in; for coordinators and auditors states and dates. Newest activity first, or in the order asked for. */
  @Get()
  @Requires('case.read')
  list(@SignedIn() caller: Caller, @Query() query: CasesQuery): Promise<CasePage> {
    return this.queries.list(caller, query);
  }

  /** How many cases your structure takes part in, or took part in, by state: as the list has them. */
  @Get('counts')
  @Requires('case.search')
  countCases(@SignedIn() caller: Caller, @Query() query: LedBy): Promise<CaseCounts> {
    return this.counted.counts(caller, query);
  }

  /** Finds a resident of your structure's cases by name, birth year, phone or e-mail. A read: names never stand in an address. */
  @Post('search')
  @HttpCode(200)
  @Requires('case.search')
  searchCases(@SignedIn() caller: Caller, @Body() body: SearchBody): Promise<CasePage> {
    return this.queries.search(caller, body);
  }

  /** Pairs of records that look like one resident's, in the coordinator's territory, without a name: what to merge, or to ask about. Youngest first. */
  @Get('duplicates')
  @Requires('case.merge')
  listDuplicates(@SignedIn() caller: Caller, @Query() query: PageQuery): Promise<ResemblancePage> {
    return this.queries.duplicates(caller, query);
  }

  /** As much as your participation allows. The reading is written down. */
  @Get(':id')
  @Requires('case.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    const shown = await this.queries.one(caller, caseId);
    return answer(reply, shown, { version: shown.version });
  }

  /** What is printed for the resident: as much as you may read. The journal says that it was fetched to be printed, and by whom. */
  @Get(':id/sheet')
  @Requires('case.read')
  async makeSheet(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    const shown = await this.queries.sheet(caller, caseId);
    return answer(reply, shown, { version: shown.version });
  }

  /** The record, oldest first or (`order=desc`) newest first, all of it or what is about one thing. With `kind` a page may hold fewer than `limit`, and still another one follows. */
  @Get(':id/timeline')
  @Requires('case.read')
  readTimeline(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Query() query: TimelineQuery,
  ): Promise<TimelinePage> {
    return this.timelines.timeline(caller, caseId, query);
  }

  /** Who read the record, newest first: for its lead, coordinators and auditors. */
  @Get(':id/readings')
  @Requires('case.read')
  listReadings(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Query() query: PageQuery,
  ): Promise<ReaderPage> {
    return this.queries.readings(caller, caseId, query);
  }

  /** Corrects the resident's details, and what the follow-up is about. If the resident then resembles somebody already followed: 409, as when a record is opened. */
  @Post(':id/corrections')
  @Refuses('too-many-requests')
  @HttpCode(200)
  @Requires('case.write')
  correct(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: CorrectCaseBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    const { resident, themes, summary, confirmNotDuplicate = false } = body;
    const { communeName: _, ...changes } = resident ?? {};
    const input = { resident: resident && changes, themes, summary, ifMatch: caller.ifMatch };
    return this.done(reply, caller, new CorrectCase(caller, caseId, input, confirmNotDuplicate));
  }

  /** Records that the resident does not want to be passed on, to one structure or to any. */
  @Post(':id/objections')
  @Requires('case.write')
  recordObjection(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: ObjectBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new RecordObjection(caller, caseId, { ...body, ifMatch: caller.ifMatch }), true);
  }

  /** The resident no longer objects. */
  @Post(':id/objections/:oid/end')
  @HttpCode(200)
  @Requires('case.write')
  endObjection(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('oid') objectionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new EndObjection(caller, caseId, { objectionId, ifMatch: caller.ifMatch }));
  }

  /** Names the counsellor who follows the case. */
  @Post(':id/assignments')
  @HttpCode(200)
  @Requires('case.write')
  assignCounsellor(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: AssignBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new AssignCounsellor(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
  }

  /** Ends the follow-up; open referrals stand against it unless they are cancelled with it. */
  @Post(':id/close')
  @HttpCode(200)
  @Requires('case.write')
  close(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: CloseBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new CloseCase(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
  }

  /** The follow-up goes on, under the same structure. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Requires('case.write')
  reopen(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: ReopenBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new ReopenCase(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
  }

  /** The resident is still followed, or the record is still needed: it is kept as if something had been done today. An erasure that was announced is announced no more. */
  @Post(':id/keep')
  @HttpCode(200)
  @Requires('case.write')
  keep(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: KeepBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new KeepCase(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
  }

  /** Your structure, which contributes without a referral, contributes no more. One that helps with a referral completes or returns it. */
  @Post(':id/leave')
  @HttpCode(200)
  @Requires('case.write')
  leave(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: LeaveBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new LeaveCase(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
  }

  /** Erases what the record, and every other one merged with it, says about the resident, for every structure, for ever. The numbered, verifiable skeletons stay. */
  @Post(':id/erasure')
  @HttpCode(200)
  @Requires('case.erase')
  erase(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: EraseBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseShown> {
    return this.done(reply, caller, new EraseCase(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
  }

  private async done(
    reply: FastifyReply,
    caller: Caller,
    command: Command<Outcome<{ caseId: Uuid }>>,
    created = false,
  ): Promise<CaseShown> {
    const {
      result: { caseId },
      ...done
    } = await this.commands.execute(command);
    const how = created ? { created: `/v1/cases/${caseId}` } : {};
    return answerDone(reply, { id: caseId, ...done, ...how }, (rows) =>
      wherever(caseId, rows, (id, read) => this.queries.one(caller, id, read)),
    );
  }
}
