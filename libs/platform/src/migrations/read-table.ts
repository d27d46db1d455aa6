export interface ReadTable {
  readonly table: string;
  /** Primary key columns. */
  readonly key: readonly string[];
  /** Every column, in any order. */
  readonly columns: readonly string[];
  /** What `api` may select; omitted: nothing. */
  readonly apiPolicy?: string;
  readonly workerReads?: boolean;
}

/**
 * SQL that makes a created table a read table: only `writer` writes it, through `put_<table>(jsonb)` which upserts whole images;
 * row-level security is on and forced. Released migrations call this: change what it returns only by adding a new function.
 */
export function readTable({ table, key, columns, apiPolicy, workerReads }: ReadTable): string {
  const list = columns.join(', ');
  const updated = columns.filter((column) => !key.includes(column));
  const act = updated.length === 0 ? 'do nothing' : `do update set ${updated.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return /* sql */ `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy writer_all on ${table} to writer using (true) with check (true);
grant select, insert, update, delete on ${table} to writer;
${apiPolicy === undefined ? '' : `create policy api_reads on ${table} for select to api using (${apiPolicy}); grant select on ${table} to api;`}
${workerReads ? `create policy worker_reads on ${table} for select to worker using (true); grant select on ${table} to worker;` : ''}
create function put_${table}(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into ${table} (${list}) select ${list} from jsonb_populate_recordset(null::${table}, rows)
  on conflict (${key.join(', ')}) ${act}
$$;
revoke execute on function put_${table}(jsonb) from public;
alter function put_${table}(jsonb) owner to writer;
`;
}
