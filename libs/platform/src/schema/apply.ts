import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { composed, signatureOf, type LibrarySchema, type SchemaFunction, type TableAccess } from './schema';
import { functionSql, tableSql } from './sql';

/**
 * Makes functions, policies, triggers and rights what the texts say, all libraries in one transaction, when they say something else than last time.
 * For that transaction every table is locked: it takes a fifth of a second, and whoever waits for it does not notice.
 *
 * @param client acts as role `owner`, and nobody else applies at the same time
 * @returns whether anything was to be done
 */
export async function applySchema(client: Client, libraries: readonly LibrarySchema[]): Promise<boolean> {
  const { functions, tables } = composed(libraries);
  const script = [
    ...(['owner', 'writer', 'reader'] as const).flatMap((role) => [
      `set local role ${role};`,
      ...functions.filter(({ owner }) => owner === role).map(functionSql),
    ]),
    'set local role owner;',
    ...tables.map(tableSql),
    validation,
  ].join('\n');
  const hash = createHash('sha256').update(script).digest('hex');

  // eslint-disable-next-line no-restricted-syntax -- for whoever reads the table: nothing is decided by it
  await client.query(`create table if not exists schema_applied (
    id integer generated always as identity constraint schema_applied_pk primary key, applied_at timestamptz not null default clock_timestamp(), hash text not null, functions text[] not null)`);
  const {
    rows: [last],
  } = await client.query<{ hash: string; functions: string[] }>(
    'select hash, functions from schema_applied order by id desc limit 1',
  );
  if (last?.hash === hash) return false;

  await withTablesLocked(client, tables, async () => {
    await client.query(clearing);
    await dropFunctions(client, functions, last?.functions ?? []);
    await client.query(script);
    await client.query('insert into schema_applied (hash, functions) values ($1, $2)', [
      hash,
      functions.map(({ head }) => head),
    ]);
  });
  return true;
}

/**
 * One transaction that has every table to itself. The wait for them is given up before PostgreSQL looks for deadlocks (after a second): a command that
 * waits for us while we wait for it goes on unharmed, and we try again. So nobody stands still for longer than the wait and the work together.
 */
async function withTablesLocked(
  client: Client,
  tables: readonly TableAccess[],
  work: () => Promise<void>,
): Promise<void> {
  const names = [...new Set(tables.map(({ table }) => table))].join(', ');
  for (let attempt = 1; ; attempt++) {
    await client.query('begin');
    try {
      await client.query(
        `set local statement_timeout = '700ms'; lock table ${names} in access exclusive mode; set local statement_timeout = 0`,
      );
      // A text may call what is created after it. All of them are checked at the end.
      await client.query('set local check_function_bodies = off');
      await work();
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback');
      const { code } = error as { code?: string };
      if (code !== '57014' && code !== '40P01') throw error;
      if (attempt === 100)
        throw new Error(
          'The schema could not be brought up to date: for a minute a table was in use without a break. See pg_stat_activity for who holds it.',
          { cause: error },
        );
      await sleep(100 + Math.random() * 400);
    }
  }
}

/** What is made again whole: policies, triggers, rights on tables. */
const clearing = /* sql */ `
do $$
declare v_statement text;
begin
  for v_statement in
    select format('drop policy %I on %I', policyname, tablename) from pg_policies where schemaname = 'public'
    union all
    select format('drop trigger %I on %s', tgname, tgrelid::regclass) from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not tgisinternal
  loop
    execute v_statement;
  end loop;
end $$;
revoke all on all tables in schema public from public, writer, reader, api, worker, queue;`;

/** Does every function understand what it calls and reads? As its owner: nobody else may ask. */
const validation =
  ['owner', 'writer', 'reader']
    .map(
      (role) => /* sql */ `
set local role ${role};
set local check_function_bodies = on;
select case l.lanname when 'sql' then fmgr_sql_validator(p.oid) else plpgsql_validator(p.oid) end
from pg_proc p join pg_language l on l.oid = p.prolang
where p.pronamespace = 'public'::regnamespace and p.proowner = '${role}'::regrole and l.lanname in ('sql', 'plpgsql');`,
    )
    .join('\n') + '\nset local role owner;';

/**
 * A function stays itself while its text changes: what runs meanwhile finds it. It goes first when it could not be replaced, because its head or its owner
 * has changed; and when it is in no text any more. Not at once, though: the version before may still be running, so a function goes only when the text
 * that was applied last did not have it either.
 */
async function dropFunctions(
  client: Client,
  functions: readonly SchemaFunction[],
  lastHeads: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ signature: string; owner: string; text: string | null; last: string | null }>(
    /* sql */ `
    select p.oid::regprocedure::text as signature, p.proowner::regrole::text as owner, t.signature as text, l.signature as last
    from pg_proc p
    left join unnest($1::text[]) t(signature) on to_regprocedure(t.signature) = p.oid
    left join unnest($2::text[]) l(signature) on to_regprocedure(l.signature) = p.oid
    where p.pronamespace = 'public'::regnamespace and p.proowner in ('owner'::regrole, 'writer'::regrole, 'reader'::regrole)
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
    [functions.map(({ head }) => signatureOf(head)), lastHeads.map(signatureOf)],
  );
  const present = new Map(functions.map((one) => [signatureOf(one.head), one]));
  const headsBefore = new Map(lastHeads.map((head) => [signatureOf(head), head]));
  for (const { signature, owner, text, last } of rows) {
    const now = text ? present.get(text)! : undefined;
    const before = last ? headsBefore.get(last)! : undefined;
    const stays = now ? now.owner === owner && (before ?? now.head) === now.head : before !== undefined;
    if (!stays) await client.query(`set local role ${owner}; drop function ${signature}; set local role owner`);
  }
}
