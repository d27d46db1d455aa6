import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { permissionsOf, type Uuid } from '@fil-rouge/kernel';
import { Public, Reads, Requires, SignedIn, signedOut, type Caller } from '@fil-rouge/platform';
import type { FastifyRequest } from 'fastify';
import { AcceptInvitationRequest, AcceptInvitationResponse, LoginRequest, LoginResponse, MeResponse } from './auth.dto';
import { SignIn } from './sign-in';

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

@ApiTags('Sign-in')
@Controller()
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly reads: Reads,
  ) {}

  @Post('auth/login') @HttpCode(200) @Public()
  login(@Body() body: LoginRequest, @Req() request: FastifyRequest): Promise<LoginResponse> {
    return this.signIn.open(body, { address: request.ip, traceId: request.id });
  }

  @Post('auth/logout') @HttpCode(204) @Requires('me.read')
  logout(@SignedIn() caller: Caller): Promise<void> {
    return this.signIn.close(caller);
  }

  @Post('auth/invitations/accept') @HttpCode(200) @Public()
  accept(@Body() { token, password }: AcceptInvitationRequest, @Req() request: FastifyRequest): Promise<AcceptInvitationResponse> {
    return this.signIn.accept(token, password, { traceId: request.id });
  }

  @Get('me') @Requires('me.read')
  async me(@SignedIn() caller: Caller): Promise<MeResponse> {
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
    };
  }
}
