import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { SessionResponse, SessionsEndedResponse, SessionsResponse } from './sessions.dto';
import { OpenSessions } from './sessions.queries';

@ApiTags('Own account')
@Controller('me/sign-ins')
export class OwnSessionsController {
  constructor(private readonly sessions: OpenSessions) {}

  /** Where you are signed in now: on each device, for each structure. */
  @Get()
  @Requires('me.read')
  async listSignIns(@SignedIn() caller: Caller): Promise<SessionsResponse> {
    return { items: (await this.sessions.own(caller)).map((row) => SessionResponse.from(row)) };
  }

  /** Signs you out everywhere but here. */
  @Post('end-others')
  @HttpCode(200)
  @Requires('me.change')
  async endOtherSignIns(@SignedIn() caller: Caller): Promise<SessionsEndedResponse> {
    return { ended: await this.sessions.endOwn(caller) };
  }

  /** Signs you out there: a device you have lost, or left open. */
  @Post(':id/end')
  @HttpCode(204)
  @Requires('me.change')
  async endSignIn(@SignedIn() caller: Caller, @IdParam('id') id: Uuid): Promise<void> {
    await this.sessions.endOwn(caller, id);
  }
}

@ApiTags('Structures and people')
@Controller('users/:id/sign-ins')
export class SessionsController {
  constructor(private readonly sessions: OpenSessions) {}

  /** Signs somebody out everywhere: a device was stolen, a password was found. What they may do stays; a new password is theirs to ask for. */
  @Post('end')
  @HttpCode(200)
  @Requires('people.sign-out')
  async endSignInsOf(@SignedIn() caller: Caller, @IdParam('id') id: Uuid): Promise<SessionsEndedResponse> {
    return { ended: await this.sessions.endOf(caller, id) };
  }
}
