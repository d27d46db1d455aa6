import { randomBytes } from 'node:crypto';
import { Client, Pool, type QueryResultRow } from 'pg';

/** What the global set-up leaves for every test file (`global-setup.cjs`). */
interface Prepared {
  administratorUrl: string;
  template: string;
  masterKey: string;
  passwords: { api: string; worker: string; queue: string };
  demoPassword: string;
}

export interface TestDatabase {
  readonly apiUrl: string;
  readonly workerUrl: string;
  readonly queueUrl: string;
  /** Superuser: for what a test must look at or break behind the system's back. */
  readonly administratorUrl: string;
  readonly masterKey: Buffer;
  readonly password: string;
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** The same as another role, which need not be able to log in. */
  queryAs<R extends QueryResultRow>(role: string, text: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/** With which key what is in it is sealed, and with which password its accounts are opened. */
type Sealed = Pick<TestDatabase, 'masterKey' | 'password'>;

export const prepared = (): Prepared => JSON.parse(process.env['FIL_ROUGE_TEST_DATABASE']!) as Prepared;

/** A copy of the template: migrated, with the network of the Sarthe and the demo accounts. Some 60 ms. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { administratorUrl, template, masterKey, demoPassword } = prepared();
  const name = `fil_rouge_test_${randomBytes(6).toString('hex')}`;
  await administer(administratorUrl, `create database ${name} template ${template}`);
  // What is granted on a database is not copied with it.
  await administer(administratorUrl, `revoke temporary on database ${name} from public`);
  await administer(administratorUrl, `grant connect, create on database ${name} to owner`);
  await administer(administratorUrl, `grant connect on database ${name} to api, worker, queue`);
  return databaseNamed(name, { masterKey: Buffer.from(masterKey, 'hex'), password: demoPassword });
}

/** For what is to be put into it. */
export async function emptyDatabase(sealed: Sealed): Promise<TestDatabase> {
  const name = `fil_rouge_test_${randomBytes(6).toString('hex')}`;
  await administer(prepared().administratorUrl, `create database ${name}`);
  return databaseNamed(name, sealed);
}

function databaseNamed(name: string, { masterKey, password }: Sealed): TestDatabase {
  const { administratorUrl, passwords } = prepared();
  const at = (user?: string, secret?: string): string => {
    const url = new URL(administratorUrl);
    url.pathname = `/${name}`;
    if (user) [url.username, url.password] = [user, secret!];
    return url.toString();
  };
  const pool = new Pool({ connectionString: at(), max: 2 });
  // A dropped database ends its connections; that is not a failure of the test.
  pool.on('error', () => undefined);
  return {
    apiUrl: at('api', passwords.api),
    workerUrl: at('worker', passwords.worker),
    queueUrl: at('queue', passwords.queue),
    administratorUrl: at(),
    masterKey,
    password,
    query: async <R extends QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<R>(text, values)).rows,
    async queryAs<R extends QueryResultRow>(role: string, text: string, values: unknown[] = []) {
      const client = new Client({ connectionString: at(), options: `-c role=${role}` });
      await client.connect();
      try {
        return (await client.query<R>(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    async drop() {
      await pool.end();
      await administer(administratorUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
