import { Code, Codes, Email, Id, Line, Optional, Secret } from '@fil-rouge/platform';
import { permissionValues, roleValues, structureStatusValues, type Role } from '@fil-rouge/kernel';
import { IsIn, MaxLength, MinLength } from 'class-validator';
import { longestPassword, shortestPassword } from './passwords.service';

export class BrowserLoginRequest {
  /** The e-mail address of the account; capitals do not matter. */
  @Line(254)
  email!: string;

  @Secret()
  @MaxLength(1000)
  password!: string;

  /** The structure to act for, when the person works for several. */
  @Optional()
  @Id()
  structureId?: string;

  /** The role to act with, when the person has several in that structure; the strongest by default. */
  @Optional()
  @IsIn(roleValues)
  role?: Role;

  /** Of an account with a second factor: the six digits that its authenticator shows, or one of its recovery codes. Asked for by 401 `second-factor-required`. */
  @Optional()
  @Line(40)
  code?: string;
}

export class LoginRequest extends BrowserLoginRequest {
  /** `device` of an earlier sign-in with this e-mail: whoever tries passwords elsewhere then keeps nobody out here. */
  @Optional()
  @Line(1000)
  device?: string;
}

export class ForgottenPasswordRequest {
  @Email()
  email!: string;
}

export class ConfirmEmailRequest {
  /** The secret part of the link in the e-mail. */
  @Line(500)
  token!: string;
}

export class AcceptInvitationRequest {
  /** The secret part of the link in the e-mail. */
  @Line(500)
  token!: string;

  /** 12 to 128 characters, not the e-mail address, and not what is guessed first: a common password, a name, a row of keys. */
  @Secret()
  @MinLength(shortestPassword)
  @MaxLength(longestPassword)
  password!: string;
}

export class NamedId {
  id!: string;
  name!: string;
}

export class BrowserLoginResponse {
  /** Seconds until the token expires by itself; sooner after half an hour without a request. */
  expiresIn!: number;

  user!: NamedId;

  /** The structure this token acts for. */
  structure!: NamedId;

  role!: Role;
}

export class LoginResponse extends BrowserLoginResponse {
  /** Goes into `Authorization: Bearer …`. Kept nowhere on the server. */
  accessToken!: string;

  /** To be kept on this device and sent with the next sign-in. It opens nothing. */
  device!: string;
}

export class InvitedUser extends NamedId {
  email!: string;
}

export class AcceptInvitationResponse {
  /** Whose password is set now: sign in with this e-mail address. */
  user!: InvitedUser;
}

export class StructureActedFor extends NamedId {
  @Code(structureStatusValues)
  status!: string;
}

export class MeResponse {
  user!: InvitedUser;

  structure!: StructureActedFor;

  role!: Role;

  /** Communes a coordinator watches over; null: the whole network. */
  territory!: string[] | null;
  territoryNames?: string[];

  /** What this role may ask for at all; each record has its own rules beside it. */
  @Codes(permissionValues)
  permissions!: string[];

  /** When the token expires by itself; sooner after half an hour without a request. */
  expiresAt!: string;

  /** This installation asks your role for a second factor, and this session was opened without one: nothing is answered but setting one up. */
  secondFactorMissing!: boolean;
}
