import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { codeOf } from '../database';
import { SettingsError } from '../settings';

export interface RolePasswords {
  readonly api: string;
  readonly worker: string;
  readonly queue: string;
}

const logins = ['api', 'worker', 'queue'] as const;

/**
 * owner: owns the tables, no login. writer: owns the functions of the write path, no login. reader: whom rows are selected as for a person, no login;
 * row-level security applies to it, and it cannot say who that person is: `enter` does, from a token. api, worker: what the processes log in as, row-level
 * security applies to them. queue: owns the schema of the queue and sees nothing else.
 */
export async function prepareRoles(client: Client, url: string, passwords: RolePasswords): Promise<void> {
  const {
    rows: [where],
  } = await client.query<{ name: string }>('select current_database() as name');
  const database = escapeIdentifier(where!.name);
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname in ('owner', 'writer', 'reader', 'api', 'worker', 'queue')`,
  );
  const known = new Set(rows.map(({ rolname }) => rolname));
  for (const role of ['owner', 'writer', 'reader'])
    if (!known.has(role)) await client.query(`create role ${role} nologin`);

  const others = await databasesOfOthers(client);
  if (others.length > 0) await refuseOtherPasswords(url, passwords, others);
  else {
    for (const role of logins) {
      // `alter` as well: a changed password takes effect with the next migration run.
      await client.query(
        `${known.has(role) ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls password ${escapeLiteral(passwords[role])}`,
      );
    }
  }
  // owner may hand functions over to writer and reader but does not inherit from them: else their policies would apply to owner, and FORCE be void.
  // Of the selects that reader runs the login `api` writes the text: in it nothing may be called that says who reads (`set_config`), and nothing that the
  // login has made itself (a function of `pg_temp`). Where the server belongs to somebody else the second revocation may be void: docs/architecture.md.
  await client.query(`
    grant writer, reader to owner with inherit false, set true;
    grant owner to current_user;
    grant connect, create on database ${database} to owner;
    grant connect on database ${database} to ${logins.join()};
    alter schema public owner to owner;
    grant usage, create on schema public to writer, reader;
    revoke temporary on database ${database} from public;
    revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
    grant execute on function pg_catalog.set_config(text, text, boolean) to owner, writer, ${logins.join()};
    grant usage on schema public to api, worker;
    create schema if not exists bullmq authorization queue;
  `);
}

/** Roles belong to the server, not to a database: these are used in other databases, too. */
async function databasesOfOthers(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    `
    select datname from pg_database d where datname <> current_database() and exists (
      select from aclexplode(d.datacl) a join pg_roles r on r.oid = a.grantee where r.rolname = any($1)) order by datname`,
    [[...logins]],
  );
  return rows.map(({ datname }) => datname);
}

/** A new password would lock the processes of the other databases out, and the owner of this one into theirs. With the same ones it is one installation. */
async function refuseOtherPasswords(url: string, passwords: RolePasswords, others: readonly string[]): Promise<void> {
  for (const role of logins) {
    if (await signsIn(url, role, passwords[role])) continue;
    throw new SettingsError([
      `The logins ${logins.join(', ')} of this PostgreSQL server serve another Fil Rouge, in the database ${others
        .slice(0, 3)
        .map((name) => `"${name}"`)
        .join(', ')}, with other passwords: changing them would lock it out. ` +
        'Give this one a PostgreSQL server of its own; a second database of the same installation takes the same passwords.',
    ]);
  }
}

async function signsIn(url: string, role: string, password: string): Promise<boolean> {
  const as = new URL(url);
  as.username = role;
  as.password = encodeURIComponent(password);
  const client = new Client({ connectionString: as.toString() });
  try {
    await client.connect();
    return true;
  } catch (error) {
    // The password was right, but nothing is granted yet.
    if (codeOf(error) === '42501') return true;
    if (codeOf(error) === '28P01' || codeOf(error) === '28000') return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
