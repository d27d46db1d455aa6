import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { canonicalJson, forbidden, invalid, mayAsk, Problem, type Permission } from '@fil-rouge/kernel';
import type { Idempotency } from '../records/decision';
import { signedOut } from '../records/records';
import { Sealing } from '../records/sealing';
import { BrowserSession } from './browser-session';
import { requirement, type SignedInRequest } from './requires';
import { lacksFactor, mayMeanwhile, SecondFactorRule } from './second-factor';
import { Sessions } from './sessions';

/** A page that looks by itself sends it: nobody is there, as far as anybody knows, and the session goes on growing idle. */
const backgroundHeader = 'x-fil-rouge-background';

/**
 * 401, then 403 by role, before the body's shape is looked at. Denies a route that declares nothing.
 * Every later call to the database reads the session again: what this guard saw may have ended since.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly sealing: Sealing,
    private readonly browsers: BrowserSession,
    @Inject(SecondFactorRule) private readonly factors: SecondFactorRule,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.get<Permission | 'public' | undefined>(requirement, context.getHandler());
    if (required === 'public') return true;
    if (required === undefined) throw forbidden('This address declares no permission, so nobody may use it.');
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const brought = this.browsers.tokenOf(request);
    if (brought === undefined) throw signedOut();
    const token = createHash('sha256').update(brought).digest('hex');
    const active = request.headers[backgroundHeader] !== '1';
    let session = await this.sessions.begin(token, active);
    // Set up a moment ago, perhaps: who has to wait for it is asked for anew.
    if (session && lacksFactor(this.factors, session)) session = await this.sessions.beginAnew(token, active);
    if (!session) throw signedOut();
    request.caller = { token, session, traceId: request.id };
    if (!mayAsk(session.role, required)) throw forbidden();
    if (lacksFactor(this.factors, session) && !mayMeanwhile(required))
      throw new Problem(
        'second-factor-missing',
        'Your role asks for a second step when you sign in. Set it up first: nothing else is answered before.',
      );
    request.caller = { ...request.caller, idempotency: this.idempotencyOf(request), ifMatch: ifMatchOf(request) };
    return true;
  }

  /**
   * The hash covers what was asked, not how its JSON was laid out. It is keyed: a body may hold a telephone number and nothing else, and whoever reads
   * the table, or a backup of it, could try them all.
   */
  private idempotencyOf({ headers, method, url, body }: SignedInRequest): Idempotency | undefined {
    const key = headers['idempotency-key'];
    if (key === undefined || method !== 'POST') return undefined;
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(key)) {
      throw invalid(
        '#header/Idempotency-Key',
        'format',
        'Idempotency-Key must be 1 to 64 printable characters without spaces.',
      );
    }
    try {
      return { key, hash: this.sealing.token('request', `${method} ${url} ${canonicalJson(body ?? null)}`) };
    } catch {
      // A body with half a surrogate pair has no canonical form; its shape is refused next.
      return undefined;
    }
  }
}

function ifMatchOf(request: SignedInRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  // An ETag that is not ours can never be the present one.
  if (version === undefined)
    throw new Problem('stale', 'If-Match must be the ETag of the last answer, for instance "3".');
  return Number(version);
}
