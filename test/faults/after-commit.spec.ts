/** What is committed is done: whatever happens before the answer is read back, nobody is told otherwise. */
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
    if (name === 'commit_record') committed = true;
    return ask(name, text, values);
  };
}

// Not as a person of the driver, who signs in again by itself.
const record = (key: string): Promise<Answer> =>
  request(system.baseUrl, 'POST', `/v1/cases/${caseId}/sessions`, {
    body: newSession(),
    headers: { authorization: lead.authorization, 'idempotency-key': key },
  });
const sessions = async (): Promise<number> =>
  (
    await system.database.query<{ count: number }>(
      `select count(*)::int as count from event where stream_id = $1 and type = 'SessionRecorded'`,
      [caseId],
    )
  )[0]!.count;

it('the database goes away: 201 with the id, and the same request is read whole later', async () => {
  const before = await sessions();
  afterTheCommit(() => Promise.reject(new Problem('unavailable', 'The database does not answer.')));
  const answer = await record('a');
  expect([answer.status, Object.keys(answer.body), answer.headers.get('location')]).toEqual([
    201,
    ['id'],
    `/v1/cases/${caseId}/sessions/${answer.body.id}`,
  ]);
  Reflect.deleteProperty(database, 'query');
  expect(succeeded(await record('a')).body).toMatchObject({ id: answer.body.id, minutes: 60 });
  expect(await sessions()).toBe(before + 1);
});

it('the answer of the commit itself is lost: 503 that does not say nothing was done, and the same key does it once', async () => {
  const before = await sessions();
  const ask = Database.prototype.query.bind(database);
  database.query = async (name, text, values) => {
    const answer = (await ask(name, text, values)) as never;
    if (name === 'commit_record') throw unavailable();
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

it('the session ends: 201 with the id, and nothing more to whoever asks again', async () => {
  const before = await sessions();
  afterTheCommit(
    async () =>
      void (await system.database.query('update access_token set ended_at = created_at where user_id = $1', [lead.id])),
  );
  const answer = await record('b');
  expect([answer.status, Object.keys(answer.body)]).toEqual([201, ['id']]);
  Reflect.deleteProperty(database, 'query');
  expect((await record('b')).status).toBe(401);
  expect(await sessions()).toBe(before + 1);
});
