import { Email, Name, Secret } from '@fil-rouge/platform';
import { Transform } from 'class-transformer';
import { MaxLength, MinLength } from 'class-validator';
import { longestPassword, shortestPassword } from '../sign-in/passwords.service';
import { foldEmail } from '../sign-in/sign-in.service';

export class CorrectOwnNameRequest {
  @Name(200)
  name!: string;
}

export class ChangePasswordRequest {
  /** The present one. */
  @Secret()
  @MaxLength(1000)
  current!: string;

  /** 12 to 128 characters, and not one that would be guessed: a word, a date, your name, your e-mail address. */
  @Secret()
  @MinLength(shortestPassword)
  @MaxLength(longestPassword)
  password!: string;
}

export class ChangeEmailRequest {
  /** The new address. Whether somebody has an account there is told to its mailbox only. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? foldEmail(value) : value))
  @Email()
  email!: string;

  /** The present password. */
  @Secret()
  @MaxLength(1000)
  password!: string;
}
