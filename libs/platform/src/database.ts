import { createHash } from 'node:crypto';
import { Problem } from '@fil-rouge/kernel';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * What runs statements inside a transaction that somebody else ends. Those with values are prepared once per connection: planning one of them took longer than
 * running it. So their texts are constants, never made from input.
 */
export interface Transaction {
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
}

/** SQLSTATE classes and socket errors that mean "not now": the request may be tried again, nothing was done. */
const absent = /^(08|53|57|58)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/;

/** `code` of a driver's error: an SQLSTATE or a socket code; empty when it has none. */
export const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

export const isAbsent = (error: unknown): boolean =>
  absent.test(codeOf(error)) ||
  (error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(
      error.message,
    ));

/**
 * Errors after which the connection is as good as before: a refusal of ours (`FR…`, `P0…`), a value that cannot be (22, 23), a race that was lost
 * (40). Any other error may be the connection's own, such as a kept plan that a migration has overtaken: such a connection is given up.
 */
const harmless = /^(FR|P0|22|23|40)/;

/** Plain PostgreSQL over TypeORM's pool: named prepared statements, no entity manager on a hot path (measured: 5 times slower). */
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** Of the pool, now. */
  connections(): { readonly open: number; readonly wanted: number } {
    return { open: this.pool.totalCount, wanted: this.pool.waitingCount };
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /** A prepared statement, one round trip. An absent database becomes the problem `unavailable` (503). */
  async query<R extends QueryResultRow>(name: string, text: string, values: unknown[] = []): Promise<R[]> {
    const client = await this.connect();
    let broken: Error | undefined;
    const lost = (error: Error): void => void (broken = error);
    client.on('error', lost);
    try {
      return (await client.query<R>({ name, text, values })).rows;
    } catch (error) {
      // `Pool.query` would throw the connection away for every error: a refusal cost the next request ten times its own time.
      if (!harmless.test(codeOf(error))) broken ??= error as Error;
      throw isAbsent(error) ? unavailable() : error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw isAbsent(error) ? unavailable() : error;
    }
  }

  /** For the worker's effects and for tools; commands never need it. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.held(work, { begin: 'begin', end: 'commit', giveUp: 'rollback' });
  }

  /** What no transaction may hold, on one connection with settings of its own: they are taken back afterwards. */
  session<T>(work: (session: Transaction) => Promise<T>): Promise<T> {
    return this.held(work, { begin: 'reset all', end: 'reset all', giveUp: 'reset all' });
  }

  private async held<T>(
    work: (transaction: Transaction) => Promise<T>,
    { begin, end, giveUp }: Record<'begin' | 'end' | 'giveUp', string>,
  ): Promise<T> {
    const client = await this.connect();
    let broken: Error | undefined;
    // The pool listens only to clients it holds: the end of a server between two statements of ours would end this process too.
    const lost = (error: Error): void => void (broken = error);
    client.on('error', lost);
    try {
      await client.query(begin);
      const result = await work({
        query: async <R extends QueryResultRow>(text: string, values?: unknown[]) => {
          try {
            return (await client.query<R>(values ? { name: nameOf(text), text, values } : { text })).rows;
          } catch (error) {
            if (!harmless.test(codeOf(error))) broken ??= error as Error;
            throw error;
          }
        },
      });
      await client.query(end);
      return result;
    } catch (error) {
      await client.query(giveUp).catch(lost);
      throw isAbsent(error) ? unavailable() : error;
    } finally {
      client.off('error', lost);
      // A client whose rollback failed is thrown away, not handed to the next one in the middle of a transaction.
      client.release(broken);
    }
  }
}

const names = new Map<string, string>();

/** A name of its own for each text: whatever differs in a letter is another statement. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = `t_${createHash('md5').update(text).digest('hex')}`;
  names.set(text, name);
  return name;
}

/** Whether something was done is not known: the connection may have been lost between the commit and its answer. */
export const unavailable = () =>
  new Problem(
    'unavailable',
    'The database does not answer at the moment. Try again in a moment; with the same Idempotency-Key nothing is done twice.',
    { retryAfter: 5 },
  );
