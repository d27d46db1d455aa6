import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { BrowserSession, Public, Refuses, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConfirmEmailChange } from '../person/own-account.commands';
import {
  AcceptInvitationRequest,
  AcceptInvitationResponse,
  BrowserLoginRequest,
  BrowserLoginResponse,
  ConfirmEmailRequest,
  ForgottenPasswordRequest,
  LoginRequest,
  LoginResponse,
} from './auth.dto';
import { OwnPassword } from './own-password.service';
import { SignIn } from './sign-in.service';

@ApiTags('Sign-in')
@Controller()
export class AuthController {
  constructor(
    private readonly service: SignIn,
    private readonly passwords: OwnPassword,
    private readonly commands: CommandBus,
    private readonly browsers: BrowserSession,
  ) {}

  /**
   * Opens a session: the token then goes with every request as `Authorization: Bearer …`. It ends twelve hours later, or after thirty minutes without a request: then any
   * request is answered 401 `unauthenticated`, and the password is asked for again. A request with the header `X-Fil-Rouge-Background: 1`, which nobody has
   * asked for (a program or page that looks by itself whether there is something new), is answered as any other and does not keep the session open.
   * Where the account has a second factor the answer to the right password is 401 `second-factor-required`: the same request is sent once more with `code`.
   */
  @Post('auth/login')
  @Refuses('unauthenticated', 'second-factor-required', 'choose-structure', 'too-many-requests')
  @HttpCode(200)
  @Public()
  signIn(@Body() body: LoginRequest, @Req() request: FastifyRequest): Promise<LoginResponse> {
    return this.service.open(body, { address: request.ip, traceId: request.id });
  }

  /**
   * Opens a session for a browser: its token goes into a cookie that scripts cannot read. The page then sends the header `Fil-Rouge-Page` with every
   * request, with any value; without it the cookie opens nothing.
   */
  @Post('auth/browser/login')
  @Refuses('unauthenticated', 'second-factor-required', 'choose-structure', 'too-many-requests')
  @HttpCode(200)
  @Public()
  async signInBrowser(
    @Body() body: BrowserLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BrowserLoginResponse> {
    const { accessToken, device, ...person } = await this.service.open(
      { ...body, device: this.browsers.deviceOf(request) },
      { address: request.ip, traceId: request.id },
    );
    this.browsers.keep(reply, { accessToken, device });
    return person;
  }

  /** Ends the session of this token; others of the same account go on. */
  @Post('auth/logout')
  @HttpCode(204)
  @Requires('me.read')
  async signOut(@SignedIn() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.service.close(caller);
    this.browsers.forget(reply);
  }

  /** Chooses the password of a new account. Somebody with an account of the same e-mail gives its password, which then opens both. */
  @Post('auth/invitations/accept')
  @Refuses('forbidden')
  @HttpCode(200)
  @Public()
  acceptInvitation(
    @Body() { token, password }: AcceptInvitationRequest,
    @Req() request: FastifyRequest,
  ): Promise<AcceptInvitationResponse> {
    return this.passwords.accept(token, password, { traceId: request.id });
  }

  /** A link for a new password goes to this address if it has an account. The answer is the same, and as fast, if it has none. */
  @Post('auth/password-resets')
  @Refuses('too-many-requests')
  @HttpCode(202)
  @Public()
  async askPasswordReset(@Body() { email }: ForgottenPasswordRequest, @Req() request: FastifyRequest): Promise<void> {
    await this.passwords.forgotten(email, { address: request.ip, traceId: request.id });
  }

  /** Chooses the new password; every session of the account ends. */
  @Post('auth/password-resets/accept')
  @HttpCode(200)
  @Public()
  acceptPasswordReset(
    @Body() { token, password }: AcceptInvitationRequest,
    @Req() request: FastifyRequest,
  ): Promise<AcceptInvitationResponse> {
    return this.passwords.acceptReset(token, password, { traceId: request.id });
  }

  /** The new e-mail address is confirmed by the link that was sent to it; the old one is told. */
  @Post('auth/email-changes/accept')
  @HttpCode(204)
  @Public()
  async confirmEmailChange(@Body() { token }: ConfirmEmailRequest): Promise<void> {
    await this.commands.execute(new ConfirmEmailChange(token));
  }
}
