import { Injectable } from '@nestjs/common';
import { invalid, Problem, type JsonObject, type PieceKind, type Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { codeOf, Database } from '../database';
import { openSealed } from '../records/log';
import { signedOut } from '../records/records';
import type { Sealing } from '../records/sealing';
import { JournalWords } from '../audit/journal-words';
import type { Caller } from './session';

/** One entry of the audit journal, written in the same call when something was read. Of a page of several records the rows' ids are kept as shown … */
export interface Audit {
  readonly action: string;
  /** The one record that was read … */
  readonly record?: Uuid;
  /** … or the column of the one row that names it. */
  readonly recordIn?: string;
  /** … or what this column names; where no row names anything, nothing personal was read, and nothing is written. */
  readonly shownIn?: string;
  /** Something is changed in the same call, by the person for themself: its commit waits for the disk. */
  readonly durable?: true;
  readonly reason?: string;
  /** Sealed, hex. */
  readonly comment?: string;
}

export interface ReadOptions {
  readonly audit?: Audit;
  /** The record an auditor reads with a reason: opens its shared pieces to this one call. */
  readonly reading?: Uuid;
}

/** A constant select, or one of those that a list is made of, by what was asked; `$1` is the parameters as jsonb. Never built from input. */
export type Select = string | ((params: JsonObject) => string);

export const textOf = (select: Select, params: JsonObject): string =>
  typeof select === 'string' ? select : select(params);

/**
 * The conditions of a list, each only where its parameter is given, after a condition that is always there. One that stands there always and
 * asks for its parameter itself (`$1->'after' is null or …`) is no use to an index in a plan that is kept: a page would read all those before it.
 */
export const asked =
  (conditions: Readonly<Record<string, string>>) =>
  (params: JsonObject): string =>
    Object.entries(conditions)
      .filter(([name]) => (params[name] ?? null) !== null)
      .map(([, condition]) => `\n  and ${condition}`)
      .join('');

/** What is to be read, by whom, and what the journal says of it: the arguments of `read_rows`. */
export type Asking = readonly [reader: string, sql: string, params: string];

/** Rows that came with a commit, in answer to what it was asked to read. */
export type Rows = readonly object[];

/** Reads for a signed-in person: one round trip that enters the session, selects under row-level security and writes the audit entry. */
@Injectable()
export class Reads {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly words: JournalWords,
  ) {}

  /** @returns rows as JSON: timestamps as text (`instantOf`), bytea as `\x…` (`bytesOf`) */
  async rows<R extends object>(
    caller: Caller,
    select: Select,
    params: JsonObject = {},
    options: ReadOptions = {},
  ): Promise<R[]> {
    return this.read<R>(this.asking(caller, select, params, options)).catch((error: unknown) => {
      throw (params['after'] ?? null) === null ? error : refusalOf(error);
    });
  }

  /** What `rows` would ask, for the call that commits (`Decision.answer`) or for `read`. */
  asking(caller: Caller, select: Select, params: JsonObject = {}, { audit, reading }: ReadOptions = {}): Asking {
    if (audit) this.words.need(audit.action);
    const reader = {
      token: caller.token,
      now: this.clock.now(),
      ...(reading ? { reading } : {}),
      ...(audit
        ? {
            audit: {
              action: audit.action,
              stream: audit.record,
              streamIn: audit.recordIn,
              shownIn: audit.shownIn,
              durable: audit.durable,
              reason: audit.reason,
              comment: audit.comment,
              trace: caller.traceId,
            },
          }
        : {}),
    };
    return [JSON.stringify(reader), textOf(select, params), JSON.stringify(params)];
  }

  /** Problems: 401 when whoever asks is not signed in any more. */
  async read<R extends object>(asking: Asking): Promise<R[]> {
    const [row] = await this.database.query<{ rows: R[] | null }>('read_rows', 'select read_rows($1, $2, $3) as rows', [
      ...asking,
    ]);
    if (!row?.rows) throw signedOut();
    return row.rows;
  }

  /** Several in one round trip, at one moment; each writes its own entry in the journal. Problems: as `read`. */
  async together(askings: readonly Asking[]): Promise<Rows[]> {
    const calls = askings.map((_, at) => `read_rows($${3 * at + 1}, $${3 * at + 2}, $${3 * at + 3})`);
    const [row] = await this.database.query<{ read: (Rows | null)[] }>(
      `read_rows_${askings.length}`,
      `select json_build_array(${calls.join(', ')}) as read`,
      askings.flat(),
    );
    return row!.read.map((rows) => {
      if (!rows) throw signedOut();
      return rows;
    });
  }
}

/**
 * A cursor is ours and this list's; but it may have been made before the list's sort key changed. Class 22: it is not of the type it is compared with.
 */
const refusalOf = (error: unknown): unknown =>
  codeOf(error).startsWith('22')
    ? invalid('?cursor', 'cursor', 'This cursor is not one of this list. Start again from the first page.')
    : error;

/** PostgreSQL's JSON form of a bytea. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.replace(/^\\x/, ''), 'hex');

/** Opens a piece that was read together with its record's wrapped key (`key_of(stream_id)`). */
export const openPiece = (
  sealing: Sealing,
  key: string,
  stream: Uuid,
  event: Uuid,
  kind: PieceKind,
  ciphertext: string,
): JsonObject => openSealed(sealing, bytesOf(key), stream, event, kind, ciphertext.replace(/^\\x/, ''));

/**
 * One row of a list: a record that does not open shows what stands in clear, and says so, but does not take the list with it. Whoever reads
 * that one alone is answered the problem `unreadable`.
 *
 * @param shut the same row without what would have to be opened
 */
export const evenUnreadable =
  <Row, Shown extends object>(show: (row: Row) => Shown, shut: (row: Row) => Row) =>
  (row: Row): Shown & { unreadable?: true } => {
    try {
      return show(row);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'unreadable') throw error;
      return { ...show(shut(row)), unreadable: true };
    }
  };
