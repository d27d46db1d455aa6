/**
 * How the schema of the database is written down.
 *
 * A library's `migrations/` hold what has data in it: tables, columns, indexes, constraints. They run once and only add to what is there.
 * A library's `schema/` holds what can be replaced: functions, policies, triggers, rights. Each stands there once, as it is now, and the texts of all
 * libraries are applied as a whole when one of them has changed (`apply.ts`).
 *
 * To change a function, a policy or a right: edit its text. Nothing else; a data base in use gets it with the next start.
 * To add a table or a column: a migration (`migrations/<Date.now()>-<what>.ts`, in the list of `migrations/index.ts`), the entity, and for a table its
 * rights in `schema/`. The list of columns is the entity's: `put_<table>` and the rights by column follow from it.
 * To take a function away: delete its text. The database keeps it until the text changes once more, because the version before may still be calling it.
 */
import { getMetadataArgsStorage, type MigrationInterface } from 'typeorm';

export interface LibrarySchema {
  readonly name: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
  readonly texts: readonly SchemaText[];
  /** Functions that the texts call and a library above defines, because it alone knows the answer. Heads, as there. */
  readonly asks?: readonly string[];
}

export type SchemaText = SchemaFunction | TableAccess;

/**
 * owner has the tables; writer has the functions of the write path; reader is who rows are selected as for a person; api and worker are what the processes
 * log in as.
 */
export type Role = 'owner' | 'writer' | 'reader' | 'api' | 'worker';

export interface SchemaFunction {
  /** As after `create function`: name, arguments, result, language, volatility. */
  readonly head: string;
  readonly body: string;
  readonly owner: 'owner' | 'writer' | 'reader';
  /** Who may call it, beside its owner. */
  readonly callers: readonly Role[];
  /** `security definer` and `set …`. */
  readonly options: string;
}

export interface TableAccess {
  readonly table: string;
  /** What a role may do at all, as after `grant`; which rows, say the policies. Row-level security is on and forced for every table. */
  readonly rights: Partial<Record<Role, string>>;
  /** By name, as after `on <table>`. */
  readonly policies: Readonly<Record<string, string>>;
  /** By name, as after it. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Of a read table: the column that names the record its rows follow from. */
  readonly of?: string;
  /** The column that names the record with which alone functions of the write path may write a row; of a read table that is not shared, `of`. */
  readonly belongs?: string;
  /** Of a read table: whether its rows stay when the record is erased. */
  readonly outlives?: boolean;
  /** Of a read table: whether its rows follow from other records besides, see `ReadTable`. */
  readonly shared?: boolean;
}

/** Without it, whoever may create a table or a function could put one of the same name before ours. */
const ownNames = 'set search_path = public, pg_temp';

/** Does what its callers may not: it runs as `writer`, whom no policy limits, and decides itself whom it answers. */
export const definer = (head: string, callers: readonly Role[], body: string, settings = ''): SchemaFunction => ({
  head,
  body,
  callers,
  owner: 'writer',
  options: ['security definer', ownNames, settings].filter(Boolean).join(' '),
});

/** Selects for a person: it runs as `reader`, to whom row-level security applies, and who cannot say for whom (`roles.ts`). */
export const reads = (head: string, callers: readonly Role[], body: string, settings = ''): SchemaFunction => ({
  ...definer(head, callers, body, settings),
  owner: 'reader',
});

/** What only functions of `writer` call: changes of read tables, checks, parts of longer functions. */
export const internal = (head: string, body: string): SchemaFunction => ({
  head,
  body,
  callers: [],
  owner: 'writer',
  options: ownNames,
});

/** Runs with the rights of who calls it. */
export const invoker = (head: string, callers: readonly Role[], body: string, settings = ''): SchemaFunction => ({
  head,
  body,
  callers,
  owner: 'owner',
  options: [ownNames, settings].filter(Boolean).join(' '),
});

/** One expression, or one select, that PostgreSQL puts in the place of the call: it may have no options, not even a search path. */
export const inlined = (head: string, callers: readonly Role[], body: string): SchemaFunction => ({
  head,
  body,
  callers,
  owner: 'owner',
  options: '',
});

type Access = Partial<Omit<TableAccess, 'table'>>;

/** Refuse the rows of records that a commit does not write to: whoever speaks in the api's name cannot change what belongs to others beside what it may. */
const strays = (table: string, column: string): TableAccess['triggers'] => ({
  [`${table}_comes_with_its_record`]: `before insert on ${table} for each row when (not is_written(new.${column})) execute function refuse_stray()`,
  [`${table}_changes_with_its_record`]: `before update on ${table} for each row when (not (is_written(old.${column}) and is_written(new.${column}))) execute function refuse_stray()`,
  [`${table}_goes_with_its_record`]: `before delete on ${table} for each row when (not is_written(old.${column})) execute function refuse_stray()`,
});

/** Who may do what with a table. */
export const access = (
  table: string,
  { rights = {}, policies = {}, triggers = {}, of, outlives, shared, belongs = shared ? undefined : of }: Access,
): TableAccess => ({
  ...{ table, rights, policies },
  triggers: belongs ? { ...triggers, ...strays(table, belongs) } : triggers,
  ...(of ? { of } : {}),
  ...(outlives ? { outlives } : {}),
  ...(shared ? { shared } : {}),
});

/** The same of a table that functions of `writer` work on: all of its rows are theirs. */
export const written = (table: string, verbs: string, { rights, policies, ...more }: Access = {}): TableAccess =>
  access(table, {
    rights: { writer: verbs, ...rights },
    policies: { writer_all: 'to writer using (true) with check (true)', ...policies },
    ...more,
  });

type Entity = abstract new () => object;

export interface ReadTable {
  /** The column that names the record a row follows from. */
  readonly of: string;
  /** The rows that may be read for a person; omitted: none. */
  readonly person?: string;
  /** The columns of them; omitted: all. */
  readonly personColumns?: readonly string[];
  /** Whether `worker` reads it, all of it. */
  readonly worker?: boolean;
  /** That there was a record, and what it was part of: rows that an erasure leaves, because they say nothing of a person. */
  readonly outlives?: boolean;
  /** That its rows follow from other records besides, so that one record's log does not tell what they must be. */
  readonly shared?: boolean;
  readonly triggers?: TableAccess['triggers'];
}

/**
 * A read table: rows derived from the log. `put_<table>(rows)` upserts whole images, and is all that writes it but for the functions named beside it. A
 * rebuild empties it of a record, and an erasure too unless it says that it outlives one: whatever is in it must follow from the log.
 */
export function readTable(
  entity: Entity,
  { of, person, personColumns, worker, outlives, shared, triggers }: ReadTable,
): SchemaText[] {
  const { table, columns, key } = described(entity);
  const others = columns.filter((column) => !key.includes(column));
  return [
    written(table, 'select, insert, update, delete', {
      of,
      outlives,
      shared,
      rights: {
        ...(person ? { reader: personColumns ? `select (${personColumns.join(', ')})` : 'select' } : {}),
        // What was erased is swept from its pages (`erasures.service.ts`).
        worker: worker ? 'select, maintain' : 'maintain',
      },
      policies: {
        ...(person ? { reader_reads: `for select to reader using (${person})` } : {}),
        ...(worker ? { worker_reads: 'for select to worker using (true)' } : {}),
      },
      triggers,
    }),
    internal(
      `put_${table}(rows jsonb) returns void language sql`,
      `
  insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, rows)
  on conflict (${key.join(', ')}) do ${others.length === 0 ? 'nothing' : `update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`}
`,
    ),
  ];
}

/** The columns of an entity, its own and those it inherits. */
export const columnsOf = (entity: Entity): string[] => described(entity).columns;

function described(entity: Entity): { table: string; columns: string[]; key: string[] } {
  const line: Entity[] = [];
  for (let one = entity; one.prototype; one = Object.getPrototypeOf(one) as Entity) line.push(one);
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find(({ target }) => target === entity)?.name;
  const columns = storage.filterColumns(line);
  if (!table || columns.length === 0) throw new Error(`${entity.name} is no entity with a table and columns.`);
  return {
    table,
    columns: columns.map(({ propertyName }) => propertyName),
    key: columns.filter(({ options }) => options.primary).map(({ propertyName }) => propertyName),
  };
}

/**
 * Everything the texts define. What is derived from all of them belongs to no library: which tables follow from a record, and by which column; which of them
 * outlive its erasure; and which changes there are.
 */
export function composed(libraries: readonly LibrarySchema[]): { functions: SchemaFunction[]; tables: TableAccess[] } {
  const texts = libraries.flatMap((library) => library.texts);
  const tables = texts.filter((text): text is TableAccess => !isFunction(text));
  const readTables = tables.flatMap(({ table, of }) => (of ? [`('${table}', '${of}')`] : []));
  const tombstones = tables.flatMap(({ table, outlives }) => (outlives ? [`('${table}')`] : []));
  const shared = tables.flatMap(({ table, shared: is }) => (is ? [`('${table}')`] : []));
  const functions = texts.filter(isFunction);
  return {
    functions: [
      inlined(
        'read_tables() returns table (name text, record text) language sql immutable',
        ['writer'],
        `\n  values ${readTables.join(', ')}\n`,
      ),
      inlined(
        'tombstones() returns table (name text) language sql immutable',
        ['writer'],
        `\n  values ${tombstones.join(', ')}\n`,
      ),
      inlined(
        'shared_tables() returns table (name text) language sql immutable',
        ['writer'],
        `\n  values ${shared.join(', ')}\n`,
      ),
      applyChanges(functions.map(({ head }) => nameOf(head)).filter((name) => change.test(name))),
      ...functions,
    ],
    tables,
  };
}

const change = /^(put|copy|remove|erase)_/;
const nameOf = (head: string): string => head.slice(0, head.indexOf('('));

/**
 * Changes as `commit.ts` lays them out, in their order. Each is called by its own statement, whose plan is kept: to `execute` a text made of the name, for
 * every change of every commit, took as long as the change itself.
 */
const applyChanges = (names: readonly string[]): SchemaFunction =>
  internal(
    'apply_changes(p jsonb) returns void language plpgsql',
    `
declare
  v_change jsonb;
  v_rows jsonb;
begin
  for v_change in select value from jsonb_array_elements(p) loop
    v_rows := v_change->'rows';
    case v_change->>'call'
${names.map((name) => `      when '${name}' then perform ${name}(v_rows);`).join('\n')}
      else raise exception 'unknown change %', v_change->>'call';
    end case;
  end loop;
end `,
  );

export const isFunction = (text: SchemaText): text is SchemaFunction => 'head' in text;

/** `log_after(p_stream uuid, p_after integer)` of a head: what `grant` and `drop` call it. */
export const callOf = (head: string): string => head.slice(0, head.indexOf(')') + 1);

/** `log_after(uuid, integer)`: what PostgreSQL knows it by. */
export const signatureOf = (head: string): string => {
  const [name, list] = callOf(head).slice(0, -1).split('(') as [string, string];
  return `${name}(${list
    .split(',')
    .map((argument) => argument.trim().replace(/^\w+ /, ''))
    .join(', ')})`;
};
