import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { permissionsOf, type Uuid } from '@fil-rouge/kernel';
import {
  lacksFactor,
  Reads,
  Refuses,
  Requires,
  SecondFactorRule,
  SignedIn,
  signedOut,
  type Caller,
} from '@fil-rouge/platform';
import { MeResponse } from '../sign-in/auth.dto';
import { OwnPassword } from '../sign-in/own-password.service';
import { AskEmailChange, CorrectOwnName } from './own-account.commands';
import { ChangeEmailRequest, ChangePasswordRequest, CorrectOwnNameRequest } from './me.dto';

const meSql = /* sql */ `
  select a.id, a.name, a.email, s.id as structure_id, s.name as structure_name, s.status as structure_status
  from account a, structure s where a.id = me_user() and s.id = me_employer()`;

interface MeRow {
  id: Uuid;
  name: string;
  email: string;
  structure_id: Uuid;
  structure_name: string;
  structure_status: string;
}

/** Whoever is signed in, and their own account. */
@ApiTags('Own account')
@Controller('me')
export class MeController {
  constructor(
    private readonly reads: Reads,
    private readonly commands: CommandBus,
    private readonly passwords: OwnPassword,
    @Inject(SecondFactorRule) private readonly factors: SecondFactorRule,
  ) {}

  /** Who is signed in, for which structure, and what that role may ask for. */
  @Get()
  @Requires('me.read')
  async readMe(@SignedIn() caller: Caller): Promise<MeResponse> {
    const [row] = await this.reads.rows<MeRow>(caller, meSql);
    if (!row) throw signedOut();
    const { role, territory, expiresAt } = caller.session;
    return {
      user: { id: row.id, name: row.name, email: row.email },
      structure: { id: row.structure_id, name: row.structure_name, status: row.structure_status },
      role,
      territory: territory && [...territory],
      permissions: permissionsOf(role),
      expiresAt,
      secondFactorMissing: lacksFactor(this.factors, caller.session),
    };
  }

  /** One's own name, as colleagues read it. */
  @Post('corrections')
  @HttpCode(200)
  @Requires('me.change')
  async correctOwnName(@SignedIn() caller: Caller, @Body() { name }: CorrectOwnNameRequest): Promise<MeResponse> {
    await this.commands.execute(new CorrectOwnName(caller, name));
    return this.readMe(caller);
  }

  /** The present password is asked for; every other session ends. */
  @Post('password')
  @Refuses('too-many-requests')
  @HttpCode(204)
  @Requires('me.change')
  changePassword(@SignedIn() caller: Caller, @Body() { current, password }: ChangePasswordRequest): Promise<void> {
    return this.passwords.change(caller, current, password);
  }

  /** A link goes to the new address; until it is opened the old one stays. */
  @Post('email-changes')
  @Refuses('too-many-requests')
  @HttpCode(202)
  @Requires('me.change')
  async askEmailChange(@SignedIn() caller: Caller, @Body() { email, password }: ChangeEmailRequest): Promise<void> {
    await this.commands.execute(new AskEmailChange(caller, email, password));
  }
}
