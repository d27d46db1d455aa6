import { Line, Secret, Text } from '@fil-rouge/platform';
import { MaxLength } from 'class-validator';

export class SecondFactorResponse {
  /** There is one: a code is asked for beside the password. */
  active!: boolean;
  /** When it was set up. */
  since!: string | null;
  recoveryCodesLeft!: number;
  /** This installation asks your role for one, and this session was opened without: nothing but setting it up is answered. */
  missing!: boolean;
}

export class SetupResponse {
  /** To be typed into an authenticator that cannot read the picture. Base32. */
  secret!: string;
  /** The same as `otpauth://totp/…`, for the picture. */
  address!: string;
  /** To be sent back with the first code, within a quarter of an hour. */
  setup!: string;
}

export class PasswordRequest {
  /** The present one. */
  @Secret()
  @MaxLength(1000)
  password!: string;
}

export class ConfirmSecondFactorRequest extends PasswordRequest {
  /** What setting it up began with. */
  @Line(1000)
  setup!: string;

  /** The six digits that the authenticator shows now. */
  @Line(20)
  code!: string;
}

export class RecoveryCodesResponse {
  /** Ten, each good for one sign-in without the authenticator. They are shown this once. */
  recoveryCodes!: string[];
}

export class ResetSecondFactorRequest {
  /** Why: it stands in the journal. */
  @Text(2000)
  reason!: string;
}
