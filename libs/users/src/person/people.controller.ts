import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answerDone, IdParam, Requires, SignedIn, type Answer, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { EndEmployment, InviteAgain, InvitePerson, StartEmployment } from './people.commands';
import { EndEmploymentRequest, InvitePersonRequest, StartEmploymentRequest, UserResponse } from './people.dto';
import { PeopleQueries } from './people.queries';

@ApiTags('Structures and people')
@Controller('users')
export class PeopleController {
  constructor(
    private readonly commands: CommandBus,
    private readonly people: PeopleQueries,
  ) {}

  /** Makes the account and its first employment, and sends the invitation. */
  @Post()
  @Requires('people.manage')
  async invite(
    @SignedIn() caller: Caller,
    @Body() body: InvitePersonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { result, replayed } = await this.commands.execute(new InvitePerson(caller, { ...body }));
    return this.done(caller, result.userId, reply, { created: `/v1/users/${result.userId}`, replayed });
  }

  @Get(':id')
  @Requires('people.read')
  async person(@SignedIn() caller: Caller, @IdParam('id') id: Uuid): Promise<UserResponse> {
    return UserResponse.from(await this.people.person(caller, id));
  }

  @Post(':id/employments')
  @Requires('people.manage')
  async start(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: StartEmploymentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { replayed } = await this.commands.execute(new StartEmployment(caller, id, { ...body }));
    return this.done(caller, id, reply, { created: `/v1/users/${id}`, replayed });
  }

  @Post(':id/employments/:eid/end')
  @HttpCode(200)
  @Requires('people.manage')
  async end(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('eid') employmentId: Uuid,
    @Body() body: EndEmploymentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserResponse> {
    const { replayed } = await this.commands.execute(new EndEmployment(caller, id, { ...body, employmentId }));
    return this.done(caller, id, reply, { replayed });
  }

  /** A new link for somebody who lost the first, or the password; the old ones stay good until one is used. */
  @Post(':id/invitations')
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
