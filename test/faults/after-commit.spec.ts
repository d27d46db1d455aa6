/** What is committed is done: whatever happens before it is answered, nobody is told otherwise. */
import { Problem } from '@fil-rouge/kernel';
import { Database } from '@fil-rouge/platform';
import { unavailable } from '../../libs/platform/src/database';
import { newCase, newSession, Person, request, succeeded, type Answer } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let lead: Person;
let database: Database;
let caseId: string;

beforeAll(async () => {
  system = await startSystem();
  lead = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  database = system.api.get(Database, { strict: false });
  caseId = (await lead.do('/v1/cases', newCase())).id;
});
afterAll(() => system.stop());
afterEach(() => void Reflect.deleteProperty(database, 'query'));

/** Once, between a commit and what is read after it. */
function afterTheCommit(happens: () => Promise<void>): void {
  const ask = Database.prototype.query.bind(database);
  let committed = false;
  database.query = async (name, text, values) => {
    if (committed) await happens();
    if (name === 'commit_record') committed = true; // of a workshop; the answer of others comes with the commit
    return ask(name, text, values);
  };
}

// Not as a person of the driver, who signs in again by itself.
const post = (path: string, body: object, key: string): Promise<Answer> =>
  request(system.baseUrl, 'POST', path, {
    body,
    headers: { authorization: lead.authorization, 'idempotency-key': key },
  });
const title = 'Atelier « premiers pas »';
function newWorkshop(): object {
  const { date, minutes, place, themes } = newSession();
  return { date, minutes, place, themes, title, participants: [], anonymous: { total: 3 } };
}
const record = (key: string): Promise<Answer> => post(`/v1/cases/${caseId}/sessions`, newSession(), key);
const hold = (key: string): Promise<Answer> => post('/v1/workshops', newWorkshop(), key);
const sessions = async (): Promise<number> =>
  (
    await system.database.query<{ count: number }>(
      `select count(*)::int as count from event where stream_id = $1 and type = 'SessionRecorded'`,
      [caseId],
    )
  )[0]!.count;
const workshops = async (): Promise<number> =>
  (await system.database.query<{ count: number }>('select count(*)::int as count from workshop'))[0]!.count;

it('the database goes away: 201 with the id, and the same request is read whole later', async () => {
  const before = await workshops();
  afterTheCommit(() => Promise.reject(new Problem('unavailable', 'The database does not answer.')));
  const answer = await hold('a');
  expect([answer.status, Object.keys(answer.body), answer.headers.get('location')]).toEqual([
    201,
    ['id'],
    `/v1/workshops/${answer.body.id}`,
  ]);
  Reflect.deleteProperty(database, 'query');
  expect(succeeded(await hold('a')).body).toMatchObject({ id: answer.body.id, title });
  expect(await workshops()).toBe(before + 1);
});

it('the answer of the commit itself is lost: 503 that does not say nothing was done, and the same key does it once', async () => {
  const before = await sessions();
  const ask = Database.prototype.query.bind(database);
  database.query = async (name, text, values) => {
    const answer = (await ask(name, text, values)) as never;
    if (name === 'commit_then_read') throw unavailable();
    return answer;
  };
  const lost = await record('lost');
  expect([lost.status, lost.body.code]).toEqual([503, 'unavailable']);
  expect(lost.text).toContain('Idempotency-Key');
  expect(lost.text).not.toContain('Nothing was done');
  Reflect.deleteProperty(database, 'query');
  expect((await record('lost')).status).toBe(201);
  expect(await sessions()).toBe(before + 1);
});

it('the disk is waited for, though the reading that goes with it does not', async () => {
  const waits: string[] = [];
  const ask = Database.prototype.query.bind(database);
  database.query = (name, text, values) =>
    name !== 'commit_then_read'
      ? ask(name, text, values)
      : database.transaction(async (transaction) => {
          const rows = await transaction.query(text, values);
          waits.push(
            (await transaction.query<{ synchronous_commit: string }>('show synchronous_commit'))[0]!.synchronous_commit,
          );
          return rows as never;
        });
  expect((await record('c')).status).toBe(201);
  expect(waits).toEqual(['on']);
});

it('the session ends: 201 with the id, and nothing more to whoever asks again', async () => {
  const before = await workshops();
  afterTheCommit(
    async () =>
      void (await system.database.query('update access_token set ended_at = created_at where user_id = $1', [lead.id])),
  );
  const answer = await hold('b');
  expect([answer.status, Object.keys(answer.body)]).toEqual([201, ['id']]);
  Reflect.deleteProperty(database, 'query');
  expect((await hold('b')).status).toBe(401);
  expect(await workshops()).toBe(before + 1);
});
