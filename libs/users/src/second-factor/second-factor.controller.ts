import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { IdParam, Refuses, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import {
  ConfirmSecondFactorRequest,
  PasswordRequest,
  RecoveryCodesResponse,
  ResetSecondFactorRequest,
  SecondFactorResponse,
  SetupResponse,
} from './second-factor.dto';
import { ResetSecondFactor } from './second-factor.commands';
import { SecondFactor } from './second-factor.service';

@ApiTags('Own account')
@Controller('me/second-factor')
export class SecondFactorController {
  constructor(private readonly factors: SecondFactor) {}

  /** Whether a code is asked for when you sign in. */
  @Get()
  @Requires('me.second-factor')
  readSecondFactor(@SignedIn() caller: Caller): Promise<SecondFactorResponse> {
    return this.factors.state(caller);
  }

  /** What an authenticator needs (RFC 6238: SHA-1, six digits, thirty seconds). Nothing is asked for before it is confirmed. */
  @Post('setup')
  @HttpCode(200)
  @Requires('me.second-factor')
  beginSecondFactor(@SignedIn() caller: Caller): Promise<SetupResponse> {
    return this.factors.begin(caller);
  }

  /** From now on a code is asked for with the password; other sessions, which were opened without one, end. */
  @Post('confirm')
  @Refuses('wrong-state', 'too-many-requests')
  @HttpCode(200)
  @Requires('me.second-factor')
  async confirmSecondFactor(
    @SignedIn() caller: Caller,
    @Body() body: ConfirmSecondFactorRequest,
  ): Promise<RecoveryCodesResponse> {
    return { recoveryCodes: await this.factors.confirm(caller, body) };
  }

  /** Ten new recovery codes; the old ones open nothing any more. */
  @Post('recovery-codes')
  @Refuses('wrong-state', 'too-many-requests')
  @HttpCode(200)
  @Requires('me.second-factor')
  async renewRecoveryCodes(
    @SignedIn() caller: Caller,
    @Body() { password }: PasswordRequest,
  ): Promise<RecoveryCodesResponse> {
    return { recoveryCodes: await this.factors.renewCodes(caller, password) };
  }

  /** From now on the password alone opens. */
  @Post('remove')
  @Refuses('wrong-state', 'too-many-requests')
  @HttpCode(204)
  @Requires('me.second-factor')
  removeSecondFactor(@SignedIn() caller: Caller, @Body() { password }: PasswordRequest): Promise<void> {
    return this.factors.remove(caller, password);
  }
}

@ApiTags('Structures and people')
@Controller('users/:id/second-factor')
export class OthersSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  /** For somebody who has lost the telephone and the recovery codes: the password alone opens until they set up another one. They are told. */
  @Post('reset')
  @Refuses('wrong-state')
  @HttpCode(204)
  @Requires('people.second-factor')
  async resetSecondFactor(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() { reason }: ResetSecondFactorRequest,
  ): Promise<void> {
    await this.commands.execute(new ResetSecondFactor(caller, id, reason));
  }
}
