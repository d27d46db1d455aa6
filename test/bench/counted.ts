/** Work per request, read from PostgreSQL's own statistics: the same on every machine, so that it is what a regression is seen by. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bed } from './bed';

export interface Counted {
  /** Statements the api sends and waits for: each is a trip to PostgreSQL and back. */
  readonly roundTrips: number;
  /** Those inside them, of functions. */
  readonly nested: number;
  /** Milliseconds inside PostgreSQL, planning included, of what the api sends. */
  readonly milliseconds: number;
  /** The same of the worker, and of the queue where it is PostgreSQL. */
  readonly afterwards: number;
  readonly jobs: number;
  /** What takes longest of it, in milliseconds per request. */
  readonly longest: readonly { readonly statement: string; readonly milliseconds: number; readonly calls: number }[];
}

interface Sums {
  api_calls: number;
  api_nested: number;
  api_ms: number;
  other_ms: number;
}

/** @param run does that many requests, one after the other, and nothing besides */
export async function count(bed: Bed, requests: number, run: () => Promise<unknown>): Promise<Counted> {
  await bed.settle();
  await track(bed, 'all');
  await bed.query('select pg_stat_statements_reset()');
  const jobs = await bed.jobs();
  await run();
  await bed.settle();
  // Its last transaction is counted when a connection is idle for a moment.
  await pause(100);
  const [sums] = await bed.query<Sums>(`
    select coalesce(sum(calls) filter (where who = 'api' and toplevel), 0)::float8 as api_calls,
      coalesce(sum(calls) filter (where who = 'api' and not toplevel), 0)::float8 as api_nested,
      coalesce(sum(ms) filter (where who = 'api' and toplevel), 0)::float8 as api_ms,
      coalesce(sum(ms) filter (where who in ('worker', 'queue') and toplevel), 0)::float8 as other_ms
    from (select rolname as who, toplevel, calls, total_exec_time + total_plan_time as ms from pg_stat_statements s join pg_roles r on r.oid = s.userid) s`);
  const longest = await bed.query<{ statement: string; milliseconds: number; calls: number }>(
    `select regexp_replace(left(query, 120), '\\s+', ' ', 'g') as statement, (total_exec_time + total_plan_time)::float8 / $1 as milliseconds, calls::float8 / $1 as calls
     from pg_stat_statements s join pg_roles r on r.oid = s.userid where rolname = 'api' order by 2 desc limit 6`,
    [requests],
  );
  const added = (await bed.jobs()) - jobs;
  await track(bed, 'none');
  return {
    roundTrips: sums!.api_calls / requests,
    nested: sums!.api_nested / requests,
    milliseconds: sums!.api_ms / requests,
    afterwards: sums!.other_ms / requests,
    jobs: added / requests,
    longest,
  };
}

async function track(bed: Bed, what: 'all' | 'none'): Promise<void> {
  await bed.query(`alter system set pg_stat_statements.track = '${what}'`);
  await bed.query(`alter system set pg_stat_statements.track_planning = ${what === 'all' ? 'on' : 'off'}`);
  await bed.query('select pg_reload_conf()');
  // Every connection reads it before its next statement; the server itself needs a moment to be told.
  await pause(100);
}
