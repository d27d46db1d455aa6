import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { invalid, Problem, type Instant, type JsonObject } from '@fil-rouge/kernel';
import { Clock, Database, lacksFactor, Reads, Sealing, SecondFactorRule, type Caller } from '@fil-rouge/platform';
import { Secret } from 'otpauth';
import { OwnPassword } from '../sign-in/own-password.service';
import { addressOf, bareCode, recoveryCode, stepOf } from './codes.service';

export interface FactorState {
  readonly active: boolean;
  readonly since: Instant | null;
  readonly recoveryCodesLeft: number;
  readonly missing: boolean;
}

export interface Setup {
  readonly secret: string;
  readonly address: string;
  readonly setup: string;
}

/** How long somebody may take to find their telephone. */
const setupMinutes = 15;
const recoveryCodes = 10;
const hashOf = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

/** A second factor of one's own: set up, renewed, taken away; given at the sign-in it is in `codes-shown.service.ts`. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly reads: Reads,
    private readonly passwords: OwnPassword,
    @Inject(SecondFactorRule) private readonly rule: SecondFactorRule,
  ) {}

  async state(caller: Caller): Promise<FactorState> {
    const [row] = await this.reads.rows<{ factor: { since: Instant; left: number } | null }>(
      caller,
      'select own_second_factor() as factor',
    );
    const factor = row?.factor ?? null;
    return {
      active: factor !== null,
      since: factor?.since ?? null,
      recoveryCodesLeft: factor?.left ?? 0,
      missing: lacksFactor(this.rule, caller.session),
    };
  }

  /** Nothing is kept of it before it is confirmed: what the caller brings back then is sealed. */
  async begin(caller: Caller): Promise<Setup> {
    const [row] = await this.reads.rows<{ email: string }>(caller, 'select email from account where id = me_user()');
    const secret = new Secret({ size: 20 }).base32;
    const setup = this.sealing.sealToken('second-factor-setup', {
      userId: caller.session.userId,
      secret,
      at: this.clock.now(),
    });
    return { secret, address: addressOf(secret, row!.email), setup };
  }

  /** @returns the recovery codes, in clear for this once. Problems: 422 at what is wrong, 409 when there is one, 429. */
  async confirm(
    caller: Caller,
    { setup, code, password }: { setup: string; code: string; password: string },
  ): Promise<string[]> {
    const now = this.clock.now();
    const { userId } = caller.session;
    const begun = this.sealing.openToken('second-factor-setup', setup);
    const age = Date.parse(now) - Date.parse(begun?.['at'] as string);
    if (begun?.['userId'] !== userId || !(age < setupMinutes * 60_000))
      throw invalid('/setup', 'expired', 'Too much time has passed. Begin once more.');
    const proofs = await this.passwords.verify(caller, password, '/password');
    const secret = begun['secret'] as string;
    const step = stepOf(secret, bareCode(code), now);
    if (step === null) throw wrongCode();
    const proof = randomBytes(32).toString('hex');
    const codes = newCodes();
    const done = await this.call<string>('set_up_second_factor', caller, {
      proofs,
      box: this.sealing.sealKept('second-factor', { userId, secret, proof }),
      proofHash: hashOf(proof),
      step,
      codes: codes.map(kept),
    });
    if (done === 'wrong') throw wrongPassword();
    if (done === 'present')
      throw new Problem('wrong-state', 'You have a second step already. Take it away first, then set up another one.', {
        status: 'present',
      });
    return codes;
  }

  /** The old ones open nothing any more. Problems: as `remove`. */
  async renewCodes(caller: Caller, password: string): Promise<string[]> {
    const codes = newCodes();
    await this.change(caller, password, { codes: codes.map(kept) });
    return codes;
  }

  /** Problems: 422 for the password, 409 when there is none, 429. */
  remove(caller: Caller, password: string): Promise<void> {
    return this.change(caller, password, {});
  }

  private async change(caller: Caller, password: string, how: JsonObject): Promise<void> {
    const proofs = await this.passwords.verify(caller, password, '/password');
    const done = await this.call<string>('change_second_factor', caller, { proofs, ...how });
    if (done === 'wrong') throw wrongPassword();
    if (done === 'absent') throw new Problem('wrong-state', 'You have no second step.', { status: 'absent' });
  }

  private async call<R>(
    name: 'set_up_second_factor' | 'change_second_factor',
    { token, traceId }: Caller,
    p: JsonObject,
  ): Promise<R> {
    const asked = { ...p, token, now: this.clock.now(), trace: traceId };
    const [row] = await this.database.query<{ answer: R }>(name, `select ${name}($1) as answer`, [
      JSON.stringify(asked),
    ]);
    return row!.answer;
  }
}

const newCodes = (): string[] => Array.from({ length: recoveryCodes }, () => recoveryCode(randomBytes(12)));
/** The database keeps the hash of what it is shown: who reads it has nothing to show. */
const kept = (code: string): string => hashOf(createHash('sha256').update(bareCode(code)).digest('hex'));
const wrongCode = () =>
  invalid('/code', 'wrong', 'This code is not right, or was used before. Type the one that is shown now.');
const wrongPassword = () => invalid('/password', 'wrong', 'This is not your present password.');
