import { Body, Controller, Get, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { invalid } from '@fil-rouge/kernel';
import { answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { CreateBroadcast } from './broadcasts.commands';
import {
  AcceptReferral, AcknowledgeReferral, AgreeCancellation, CancelReferral, CompleteReferral, CreateReferral, DeclineReferral, HoldReferral, NameContact,
  RequestCancellation, ResumeReferral, ReturnReferral, SendReferral, VoidReferral, WithdrawReferral, type ReferralOutcome,
} from './referrals.commands';
import {
  AcceptReferralBody, BroadcastResponse, CompleteReferralBody, CreateReferralBody, DeclineReferralBody, HoldReferralBody, NameContactBody, ReasonBody, ReferralPage, ReferralResponse, ReferralsQuery,
  ReturnReferralBody, SendReferralBody, WithdrawReferralBody,
} from './referrals.dto';
import type { NewBroadcast, NewReferral } from './referral.decider';
import { ReferralsQueries } from './referrals.queries';

@ApiTags('referrals')
@Controller()
export class ReferralsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: ReferralsQueries,
  ) {}

  /** Asks another structure, or several for one need, to help with the case; `send: false` keeps it as a draft. */
  @Post('cases/:id/referrals')
  @Requires('referral.create')
  @ApiExtraModels(ReferralResponse, BroadcastResponse)
  @ApiCreatedResponse({ schema: { oneOf: [{ $ref: getSchemaPath(ReferralResponse) }, { $ref: getSchemaPath(BroadcastResponse) }] } })
  async create(
    @SignedIn() caller: Caller, @IdParam('id') caseId: string, @Body() body: CreateReferralBody, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralResponse | BroadcastResponse> {
    const { toStructureId, toStructureIds, ...asked } = body;
    if (toStructureIds === undefined) return this.createOne(caller, { ...asked, toStructureId: toStructureId!, caseId }, reply);
    if (toStructureId !== undefined) throw invalid('/toStructureIds', 'exclusive', 'Name one structure in `toStructureId`, or several in `toStructureIds`.');
    return this.createSeveral(caller, { ...asked, toStructureIds, caseId }, reply);
  }

  /** Referrals of your structure; for a coordinator those of the territory, without needs. Newest activity first. */
  @Get('referrals')
  @Requires('referral.read')
  list(@SignedIn() caller: Caller, @Query() query: ReferralsQuery): Promise<ReferralPage> {
    return this.queries.page(caller, query);
  }

  /** With its history; as much as your participation allows. */
  @Get('referrals/:id')
  @Requires('referral.read')
  async read(@SignedIn() caller: Caller, @IdParam('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    const referral = await this.queries.one(caller, id);
    return answer(reply, referral, { version: referral.version });
  }

  /** Sends a draft; everything is checked again. */
  @Post('referrals/:id/send')
  @HttpCode(200)
  @Requires('referral.create')
  send(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: SendReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new SendReferral(caller, { referralId, ...body }));
  }

  /** The recipient has seen it and will answer. */
  @Post('referrals/:id/acknowledge')
  @HttpCode(200)
  @Requires('referral.answer')
  acknowledge(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new AcknowledgeReferral(caller, { referralId }));
  }

  /** The recipient helps: it reads the shared record and adds to it from now on. */
  @Post('referrals/:id/accept')
  @HttpCode(200)
  @Requires('referral.answer')
  accept(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: AcceptReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new AcceptReferral(caller, { referralId, ...body }));
  }

  /** The recipient names who helps, or somebody else than before, while it is under way. */
  @Put('referrals/:id/contact')
  @Requires('referral.answer')
  nameContact(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: NameContactBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new NameContact(caller, { referralId, ...body }));
  }

  /** The recipient does not help. */
  @Post('referrals/:id/decline')
  @HttpCode(200)
  @Requires('referral.answer')
  decline(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: DeclineReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new DeclineReferral(caller, { referralId, ...body }));
  }

  /** Takes back what was not answered yet. */
  @Post('referrals/:id/withdraw')
  @HttpCode(200)
  @Requires('referral.withdraw')
  withdraw(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: WithdrawReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new WithdrawReferral(caller, { referralId, ...body }));
  }

  /** The recipient pauses it. */
  @Post('referrals/:id/hold')
  @HttpCode(200)
  @Requires('referral.answer')
  hold(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: HoldReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new HoldReferral(caller, { referralId, ...body }));
  }

  /** The recipient takes it up again. */
  @Post('referrals/:id/resume')
  @HttpCode(200)
  @Requires('referral.answer')
  resume(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new ResumeReferral(caller, { referralId }));
  }

  /** The recipient has finished. */
  @Post('referrals/:id/complete')
  @HttpCode(200)
  @Requires('referral.answer')
  complete(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: CompleteReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new CompleteReferral(caller, { referralId, ...body }));
  }

  /** The recipient gives it back unfinished. */
  @Post('referrals/:id/return')
  @HttpCode(200)
  @Requires('referral.answer')
  giveBack(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: ReturnReferralBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new ReturnReferral(caller, { referralId, ...body }));
  }

  /** Asks the recipient to stop. */
  @Post('referrals/:id/request-cancellation')
  @HttpCode(200)
  @Requires('referral.create')
  requestCancellation(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: ReasonBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new RequestCancellation(caller, { referralId, ...body }));
  }

  /** The recipient agrees to stop. */
  @Post('referrals/:id/agree-cancellation')
  @HttpCode(200)
  @Requires('referral.answer')
  agreeCancellation(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new AgreeCancellation(caller, { referralId }));
  }

  /** A coordinator stops it. */
  @Post('referrals/:id/cancel')
  @HttpCode(200)
  @Requires('referral.cancel')
  cancel(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: ReasonBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new CancelReferral(caller, { referralId, ...body }));
  }

  /** A coordinator marks it as entered in error. */
  @Post('referrals/:id/void')
  @HttpCode(200)
  @Requires('referral.cancel')
  void(@SignedIn() caller: Caller, @IdParam('id') referralId: string, @Body() body: ReasonBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReferralResponse> {
    return this.done(reply, caller, referralId, new VoidReferral(caller, { referralId, ...body }));
  }

  private async createOne(caller: Caller, input: NewReferral, reply: FastifyReply): Promise<ReferralResponse> {
    const { result: { referralId }, replayed } = await this.commands.execute(new CreateReferral(caller, input));
    return answerDone(reply, { id: referralId, replayed, created: `/v1/referrals/${referralId}` }, () => this.queries.one(caller, referralId));
  }

  /** There is no version of several: each has its own. */
  private async createSeveral(caller: Caller, input: NewBroadcast, reply: FastifyReply): Promise<BroadcastResponse> {
    const { result: { broadcastId, referralIds }, replayed } = await this.commands.execute(new CreateBroadcast(caller, input));
    return answerDone(reply, { id: broadcastId, replayed, created: `/v1/referrals/${referralIds[0]!}` }, async () =>
      ({ broadcastId, referrals: await Promise.all(referralIds.map((id) => this.queries.one(caller, id))) }));
  }

  /** The referral as it stands after the command, also for whoever has just lost access: its own part is still its own to read. */
  private async done(reply: FastifyReply, caller: Caller, referralId: string, command: Command<ReferralOutcome>): Promise<ReferralResponse> {
    const { replayed } = await this.commands.execute(command);
    return answerDone(reply, { id: referralId, replayed }, () => this.queries.one(caller, referralId));
  }
}
