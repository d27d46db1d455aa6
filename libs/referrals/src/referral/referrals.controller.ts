import { Body, Controller, Get, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { invalid } from '@fil-rouge/kernel';
import { addVerbRoutes, answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { CreateBroadcast } from './broadcasts.commands';
import { ActOnReferral, CreateReferral } from './referrals.commands';
import { CreateReferralBody, NameContactBody, ReferralsQuery } from './referrals.dto';
import { BroadcastResponse, ReferralPage, ReferralResponse } from './referrals.responses.dto';
import type { NewBroadcast, NewReferral } from './referral.decider';
import type { ReferralAction } from './referral.policy';
import { ReferralCounts } from './referral-counts.dto';
import { ReferralCountsQueries } from './referral-counts.queries';
import { ReferralsQueries } from './referrals.queries';
import { verbs } from './referrals.verbs';

/** What is done to a referral that is there: one route per row of `verbs`, added below. */
@ApiTags('referrals')
@Controller()
export class ReferralsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: ReferralsQueries,
    private readonly counted: ReferralCountsQueries,
  ) {}

  /** Asks another structure, or several for one need, to help with the case; `send: false` keeps it as a draft. */
  @Post('cases/:id/referrals')
  @Requires('referral.create')
  @ApiExtraModels(ReferralResponse, BroadcastResponse)
  @ApiCreatedResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(ReferralResponse) }, { $ref: getSchemaPath(BroadcastResponse) }] },
  })
  async create(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: CreateReferralBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralResponse | BroadcastResponse> {
    const { toStructureId, toStructureIds, ...asked } = body;
    if (toStructureIds === undefined) return this.createOne(caller, { ...asked, toStructureId, caseId }, reply);
    if (toStructureId !== undefined)
      throw invalid(
        '/toStructureIds',
        'exclusive',
        'Name one structure in `toStructureId`, or several in `toStructureIds`.',
      );
    return this.createSeveral(caller, { ...asked, toStructureIds, caseId }, reply);
  }

  /** Referrals of your structure; for a coordinator those of the territory, without needs. Newest activity first. */
  @Get('referrals')
  @Requires('referral.read')
  list(@SignedIn() caller: Caller, @Query() query: ReferralsQuery): Promise<ReferralPage> {
    return this.queries.page(caller, query);
  }

  /** How many referrals your structure has received and sent, by state: as the lists have them. */
  @Get('referrals/counts')
  @Requires('referral.answer')
  countReferrals(@SignedIn() caller: Caller): Promise<ReferralCounts> {
    return this.counted.counts(caller);
  }

  /** With its history; as much as your participation allows. */
  @Get('referrals/:id')
  @Requires('referral.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralResponse> {
    const referral = await this.queries.one(caller, id);
    return answer(reply, referral, { version: referral.version });
  }

  /** The recipient names who helps, or somebody else than before, while it is under way. */
  // The same as `name-contact`, at the address it had before it was a verb.
  @Put('referrals/:id/contact')
  @Requires('referral.answer')
  nameContact(
    @SignedIn() caller: Caller,
    @IdParam('id') referralId: string,
    @Body() body: NameContactBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralResponse> {
    return this.act(reply, caller, referralId, 'name-contact', body);
  }

  /** The referral as it stands after it, also for whoever has just lost access: its own part is still its own to read. */
  async act(
    reply: FastifyReply,
    caller: Caller,
    referralId: string,
    verb: ReferralAction,
    body?: object,
  ): Promise<ReferralResponse> {
    const { replayed, rows } = await this.commands.execute(new ActOnReferral(caller, referralId, verb, body));
    return answerDone(reply, { id: referralId, replayed, rows }, (read) => this.queries.one(caller, referralId, read));
  }

  private async createOne(caller: Caller, input: NewReferral, reply: FastifyReply): Promise<ReferralResponse> {
    const {
      result: { referralId },
      ...done
    } = await this.commands.execute(new CreateReferral(caller, input));
    return answerDone(reply, { id: referralId, ...done, created: `/v1/referrals/${referralId}` }, (rows) =>
      this.queries.one(caller, referralId, rows),
    );
  }

  /** There is no version of several: each has its own. */
  private async createSeveral(caller: Caller, input: NewBroadcast, reply: FastifyReply): Promise<BroadcastResponse> {
    const {
      result: { broadcastId, referralIds },
      replayed,
    } = await this.commands.execute(new CreateBroadcast(caller, input));
    return answerDone(reply, { id: broadcastId, replayed, created: `/v1/referrals/${referralIds[0]!}` }, async () => ({
      broadcastId,
      referrals: await Promise.all(referralIds.map((id) => this.queries.one(caller, id))),
    }));
  }
}

addVerbRoutes(ReferralsController, 'referrals', ReferralResponse, verbs);
