import { Injectable } from '@nestjs/common';
import { invalid, type JsonObject, type PieceKind, type Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { codeOf, Database } from '../database';
import { openSealed } from '../records/log';
import { signedOut } from '../records/records';
import type { Sealing } from '../records/sealing';
import type { Caller, Session } from './session';

export interface ReadOptions {
  /** One entry of the audit journal, written in the same call when something was read. Without `caseId` the rows' ids are kept as shown. */
  readonly audit?: { readonly action: string; readonly caseId?: Uuid; /** One thing was read: its row says of which case (`case_id`). */ readonly one?: true; readonly reason?: string; /** sealed, hex */ readonly comment?: string };
  /** The case an auditor reads with a reason: opens its shared pieces to this one call. */
  readonly reading?: Uuid;
}

/** A constant select, or one of those that a list is made of, by what was asked; `$1` is the parameters as jsonb. Never built from input. */
export type Select = string | ((params: JsonObject) => string);

/**
 * The conditions of a list, each only where its parameter is given, after a condition that is always there. One that stands there always and
 * asks for its parameter itself (`$1->'after' is null or …`) is no use to an index in a plan that is kept: a page would read all those before it.
 */
export const asked = (conditions: Readonly<Record<string, string>>) => (params: JsonObject): string =>
  Object.entries(conditions).filter(([name]) => (params[name] ?? null) !== null).map(([, condition]) => `\n  and ${condition}`).join('');

/** Reads for a signed-in person: one round trip that enters the session, selects under row-level security and writes the audit entry. */
@Injectable()
export class Reads {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns rows as JSON: timestamps as text (`instantOf`), bytea as `\x…` (`bytesOf`)
   */
  async rows<R extends object>(caller: Caller, select: Select, params: JsonObject = {}, { audit, reading }: ReadOptions = {}): Promise<R[]> {
    const reader = {
      token: caller.token,
      now: this.clock.now(),
      ...(reading ? { reading } : {}),
      ...(audit ? { audit: { action: audit.action, stream: audit.caseId, one: audit.one, reason: audit.reason, comment: audit.comment, trace: caller.traceId } } : {}),
    };
    const sql = typeof select === 'string' ? select : select(params);
    const [row] = await this.database.query<{ answer: { session: Session | null; rows: R[] } }>(
      'read_as', 'select read_as($1, $2, $3) as answer', [JSON.stringify(reader), sql, JSON.stringify(params)],
    ).catch(refuseUnreadable);
    if (!row?.answer.session) throw signedOut();
    return row.answer.rows;
  }
}

/**
 * Bodies and queries were checked for their shape; what is inside a cursor only PostgreSQL can judge, because each list has its own
 * sort key. Class 22: it is not of the type it is compared with.
 */
function refuseUnreadable(error: unknown): never {
  if (codeOf(error).startsWith('22')) throw invalid('?cursor', 'cursor', 'This cursor is not one of this list. Start again from the first page.');
  throw error;
}

/** PostgreSQL's JSON form of a bytea. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.replace(/^\\x/, ''), 'hex');

/** Opens a piece that was read together with its record's wrapped key (`key_of(stream_id)`). */
export const openPiece = (sealing: Sealing, key: string, stream: Uuid, event: Uuid, kind: PieceKind, ciphertext: string): JsonObject =>
  openSealed(sealing, bytesOf(key), stream, event, kind, ciphertext.replace(/^\\x/, ''));
