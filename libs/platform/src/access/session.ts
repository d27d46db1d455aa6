import type { Actor, Instant, Role, Uuid } from '@fil-rouge/kernel';
import type { Idempotency } from '../records/decision';

/** A signed-in person acting for one structure; what `session_of(token, now)` returns. Rights are read anew by every call. */
export interface Session extends Actor {
  readonly userId: Uuid;
  readonly structureId: Uuid;
  readonly role: Role;
  readonly employmentId: Uuid;
  readonly expiresAt: Instant;
  /** Opened with a second factor, or one was set up since. */
  readonly factor: boolean;
}

/** Who a request is for, as controllers hand it on. `token` is the SHA-256 of the bearer token in hex: the token itself is kept nowhere. */
export interface Caller {
  readonly token: string;
  readonly session: Session;
  readonly traceId: string;
  readonly idempotency?: Idempotency;
  /** Version from `If-Match`, when sent. */
  readonly ifMatch?: number;
}
