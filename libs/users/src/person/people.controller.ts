import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import {
  answerDone,
  cursorOf,
  IdParam,
  limitOf,
  pageOf,
  Refuses,
  Requires,
  SignedIn,
  type Answer,
  type Caller,
} from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { CorrectName, EndEmployment, InviteAgain, InvitePerson, StartEmployment } from './people.commands';
import {
  AccountResponse,
  AccountsPage,
  AccountsQuery,
  CorrectNameRequest,
  EndEmploymentRequest,
  InvitePersonRequest,
  StartEmploymentRequest,
  UserResponse,
} from './people.dto';
import { accountsKey, PeopleQueries } from './people.queries';

@ApiTags('Structures and people')
@Controller('users')
export class PeopleController {
  constructor(
    private readonly commands: CommandBus,
    private readonly people: PeopleQueries,
  ) {}

  /** The accounts of the network, or of the structure one manages, by name: whoever works there, will or has; those that fit the filters. */
  @Get()
  @Requires('people.manage')
  async listAccounts(@SignedIn() caller: Caller, @Query() query: AccountsQuery): Promise<AccountsPage> {
    const rows = await this.people.accounts(caller, query, cursorOf(query));
    return pageOf(rows, limitOf(query), accountsKey, (row) => AccountResponse.from(row));
  }

  /** Makes the account and its first employment, and sends the invitation. */
  @Post()
  @Refuses('too-many-requests')
  @Requires('people.manage')
  async invite(
    @SignedIn() caller: Caller,
    @Body() body: InvitePersonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { result, replayed } = await this.commands.execute(new InvitePerson(caller, { ...body }));
    return this.done(caller, result.userId, reply, { created: `/v1/users/${result.userId}`, replayed });
  }

  /** One person, with the employments that the reader may see. */
  @Get(':id')
  @Requires('people.read')
  async read(@SignedIn() caller: Caller, @IdParam('id') id: Uuid): Promise<UserResponse> {
    return UserResponse.from(await this.people.person(caller, id));
  }

  /** Gives a person an employment beside those there are. */
  @Post(':id/employments')
  @Requires('people.manage')
  async startEmployment(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: StartEmploymentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { replayed } = await this.commands.execute(new StartEmployment(caller, id, { ...body }));
    return this.done(caller, id, reply, { created: `/v1/users/${id}`, replayed });
  }

  /** Ends an employment, now or on a day to come, and with it what the person may do there. */
  @Post(':id/employments/:eid/end')
  @HttpCode(200)
  @Requires('people.manage')
  async endEmployment(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('eid') employmentId: Uuid,
    @Body() body: EndEmploymentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { replayed } = await this.commands.execute(new EndEmployment(caller, id, { ...body, employmentId }));
    return this.done(caller, id, reply, { replayed });
  }

  /** The name of a colleague, or of anybody for an administrator, as everybody reads it; the person is told who corrected it. */
  @Post(':id/corrections')
  @HttpCode(200)
  @Requires('people.manage')
  async correctName(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() { name }: CorrectNameRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { replayed } = await this.commands.execute(new CorrectName(caller, id, name));
    return this.done(caller, id, reply, { replayed });
  }

  /** A new link for somebody who lost the first, or the password; the old ones stay good until one is used. */
  @Post(':id/invitations')
  @Refuses('too-many-requests')
  @Requires('people.manage')
  async inviteAgain(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { replayed } = await this.commands.execute(new InviteAgain(caller, id));
    return this.done(caller, id, reply, { created: `/v1/users/${id}`, replayed });
  }

  private done(caller: Caller, id: Uuid, reply: FastifyReply, how: Answer): Promise<UserResponse> {
    return answerDone(reply, { id, ...how }, async () => UserResponse.from(await this.people.person(caller, id)));
  }
}
