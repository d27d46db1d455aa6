/** Somebody has the database login of the api, knows every id, and writes what they like in its name: what it is worth without a person's token, and with one. */
import { createHash } from 'node:crypto';
import { Database } from '@fil-rouge/platform';
import { Client, type QueryResultRow } from 'pg';
import { newCase, newSession, Person } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

interface Row {
  [column: string]: unknown;
}
interface Payload {
  token?: string;
  warrant?: object;
  session?: Row;
  streams: { id: string; expect: number; version: number }[];
  events: Row[];
  sealed: Row[];
  changes: { call: string; rows: Row[] }[];
  claims?: Row;
  consumes: Row;
}

let system: TestSystem;
let thief: Client;
let lead: Person;
let elsewhere: Person;
let caseId: string;
let foreign: string;

beforeAll(async () => {
  system = await startSystem();
  const enter = (account: string) => Person.signIn(system.baseUrl, account, system.password);
  lead = await enter(system.account('conseiller'));
  elsewhere = await enter(system.account('conseiller', 'la-poste'));
  caseId = (await lead.do('/v1/cases', newCase())).id;
  foreign = (await elsewhere.do('/v1/cases', newCase())).id;
  thief = new Client({ connectionString: system.database.apiUrl });
  await thief.connect();
});
afterAll(async () => {
  await thief.end();
  await system.stop();
});

const tokenOf = ({ authorization }: Person): string =>
  createHash('sha256').update(authorization.replace('Bearer ', '')).digest('hex');
const ask = async <R extends QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> =>
  (await thief.query<R>(text, values)).rows;
const denied = { code: '42501' };
const read = (sql: string, who?: Person) =>
  ask<{ rows: Row[] | null }>('select read_rows($1, $2, $3) as rows', [
    JSON.stringify({ ...(who && { token: tokenOf(who) }), now: system.clock.now() }),
    sql,
    '{}',
  ]).then(([row]) => row!.rows);
const mine = `select case_id as id from case_access where structure_id = me_structure()`;

describe('without anybody’s token', () => {
  it('reads no table, but how many effects wait', async () => {
    const tables = await system.database.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'delivery'`,
    );
    expect(tables.length).toBeGreaterThan(40);
    for (const { name } of tables) await expect(ask(`select 1 from "${name}" limit 1`)).rejects.toMatchObject(denied);
  });

  it('may say who it is, and is nobody', async () => {
    for (const [name, value] of [
      ['fil.user', lead.id],
      ['fil.structure', lead.structureId],
      ['fil.employer', lead.structureId],
      ['fil.role', 'administrator'],
      ['fil.scope', '*'],
      ['fil.reading', caseId],
    ])
      await ask('select set_config($1, $2, false)', [name, value]);
    expect(await read(mine)).toBeNull();
    for (const call of [
      `record_horizon('${caseId}')`,
      `watches('${caseId}')`,
      `key_of('${caseId}')`,
      `records_of('${caseId}')`,
      `territory_glance('{}')`,
      `end_sessions_of('${lead.id}', null)`,
      `enter('', null, null)`,
    ])
      await expect(ask(`select ${call}`)).rejects.toMatchObject(denied);
    await ask('reset all');
  });

  it('is given no record, no log and no key', async () => {
    const load = (p: object) =>
      ask<{ loaded: Row | null }>('select load_records($1) as loaded', [
        JSON.stringify({ now: system.clock.now(), streams: [], facts: [], rows: {}, pieces: ['identity'], ...p }),
      ]).then(([row]) => row!.loaded);
    const [session] = await system.database.query<{ id: string }>('select id from account where id = $1', [lead.id]);
    for (const p of [
      { streams: [caseId] },
      { streams: [session!.id] },
      { facts: [caseId] },
      { rows: { one: { table: 'case_file', id: caseId } } },
      { rows: { one: { table: 'case_file', id: caseId, isRecord: true } } },
      { streams: [caseId], warrant: { answerLink: 'nothing' } },
      { streams: [lead.id], warrant: { emailChange: lead.id } },
    ])
      expect({ p, loaded: await load(p) }).toEqual({ p, loaded: null });
    expect(await load({ streams: [caseId], token: tokenOf(lead).replace(/^./, '0').replace(/.$/, '1') })).toEqual({
      session: null,
    });
    for (const call of ['open_log', 'open_key'])
      await expect(
        ask(`select ${call}($1)`, [JSON.stringify({ stream: caseId, after: 0, limit: 9, now: system.clock.now() })]),
      ).rejects.toMatchObject(denied);
  });

  it('is told no password’s hash, and proves none by what it is told', async () => {
    const email = system.account('conseiller');
    const now = system.clock.now();
    const [hash] = await system.database.query<{ password_hash: string }>(
      'select password_hash from account where id = $1',
      [lead.id],
    );
    const secret = hash!.password_hash.split('$').at(-1)!;
    const told: string[] = [];
    for (const [name, p] of [
      ['attempt_sign_in', { email, address: '192.0.2.1', now }],
      ['own_account', { userId: lead.id }],
      ['invited_by', { id: lead.id, now }],
      ['proves_password', { userId: lead.id, proofs: [] }],
    ] as const)
      told.push(JSON.stringify(await ask(`select ${name}($1) as answer`, [JSON.stringify(p)])));
    expect(told[0]).toContain('$argon2id$');
    for (const one of told) expect(one).not.toContain(secret);
    const salt = hash!.password_hash.replace(/\$[^$]*$/, '');
    const [proved] = await ask<{ right: boolean }>('select proves_password($1) as right', [
      JSON.stringify({ userId: lead.id, proofs: [salt, `${salt}$`, ''] }),
    ]);
    expect(proved!.right).toBe(false);
  });

  it('makes nothing of its own that a select could call', async () => {
    for (const made of [
      `create function pg_temp.f() returns text language sql as 'select 1::text'`,
      `create temp table stream (id uuid)`,
      `create function public.f() returns text language sql as 'select 1::text'`,
      `create schema mine`,
    ])
      await expect(ask(made)).rejects.toMatchObject(denied);
  });
});

describe('with one person’s token', () => {
  it('reads as that person, whatever the select tries to say', async () => {
    const own = await read(mine, lead);
    expect(own).toEqual([{ id: caseId }]);
    const become = `set_config('fil.structure', '${elsewhere.structureId}', true)`;
    for (const trick of [
      `select ${become} as id`,
      `select case_id as id from case_access, lateral (select ${become}) s`,
      `select query_to_xml('select ${become.replace(/'/g, "''")}', true, true, '')::text as id`,
    ])
      await expect(read(trick, lead)).rejects.toMatchObject(denied);
    for (const trick of [
      `${mine}) r; set local fil.structure = '${elsewhere.structureId}'; select * from (${mine}`,
      `${mine}; select 1`,
    ])
      await expect(read(trick, lead)).rejects.toMatchObject({ code: 'P0001' });
    await ask(`select set_config('fil.structure', $1, false)`, [elsewhere.structureId]);
    expect(await read(mine, lead)).toEqual(own);
    await ask('reset all');
  });

  it('runs no statement that was prepared under the name of a select', async () => {
    const name = `read_${createHash('md5').update(`id ${mine}`).digest('hex')}`;
    const other = new Client({ connectionString: system.database.apiUrl });
    await other.connect();
    try {
      await other.query(
        `prepare ${name}(jsonb) as select '[]'::json, array[set_config('fil.structure', '${elsewhere.structureId}', true)::uuid]`,
      );
      await expect(
        other.query('select read_rows($1, $2, $3)', [
          JSON.stringify({ token: tokenOf(lead), now: system.clock.now(), audit: { action: 'case.list' } }),
          mine,
          '{}',
        ]),
      ).rejects.toMatchObject(denied);
    } finally {
      await other.end();
    }
  });
});

/** What the api would commit for this request, which is not done. */
async function payloadOf(person: Person, path: string, body: object): Promise<Payload> {
  let taken: string | undefined;
  const database = system.api.get(Database, { strict: false });
  const whole = database.query.bind(database);
  const spy = jest.spyOn(database, 'query').mockImplementation(async (name, text, values) => {
    if (!/select commit_/.test(text)) return whole(name, text, values);
    taken = values![0] as string;
    throw new Error('taken');
  });
  await person.post(path, body);
  spy.mockRestore();
  return JSON.parse(taken!) as Payload;
}
const commit = (payload: Payload) => ask('select commit_record($1)', [JSON.stringify(payload)]);
const events = async (stream: string) =>
  (await system.database.query('select from event where stream_id = $1', [stream])).length;

describe('a commit in the api’s name', () => {
  let payload: Payload;
  beforeAll(async () => {
    payload = await payloadOf(lead, `/v1/cases/${caseId}/sessions`, newSession());
  });

  const changed = (change: (one: Payload) => void): Payload => {
    const copy = structuredClone(payload);
    change(copy);
    return copy;
  };

  it.each<[string, (one: Payload) => void, string]>([
    ['for nobody', (one) => void delete one.token, 'FR001'],
    ['in somebody else’s name', (one) => (one.events[0]!['actor'] = elsewhere.id), '42501'],
    ['for another structure', (one) => (one.events[0]!['structure'] = elsewhere.structureId), '42501'],
    ['of an event on another record', (one) => (one.events[0]!['stream'] = foreign), '42501'],
    ['of a piece on another record', (one) => (one.sealed[0]!['stream'] = foreign), '42501'],
    ['without an event', (one) => void ((one.events = []), (one.sealed = [])), '42501'],
    ['that leaves numbers out', (one) => void (one.streams[0]!.version += 1), '42501'],
    ['that consumes an effect', (one) => (one.consumes = { delivery: '1' }), '42501'],
    ['that takes claims away', (one) => (one.claims = { stream: foreign, tokens: [], exclusive: false }), '42501'],
    [
      'that changes a row of another record',
      (one) => void one.changes.push({ call: 'put_case_file', rows: [{ id: foreign, case_id: foreign }] }),
      '42501',
    ],
    [
      'that takes a row of another record',
      (one) =>
        one.changes.push({
          call: 'put_case_access',
          rows: [{ id: foreign, case_id: foreign, structure_id: lead.structureId }],
        }),
      '42501',
    ],
    [
      'that opens another record to its structure',
      (one) =>
        one.changes.push({
          call: 'put_access_grant',
          rows: [
            {
              id: one.events[0]!['id'],
              stream_id: foreign,
              structure_id: lead.structureId,
              kind: 'lead',
              source: foreign,
              from_seq: 1,
            },
          ],
        }),
      '42501',
    ],
    [
      'that gives somebody another address',
      (one) =>
        one.changes.push({
          call: 'put_account_of_person',
          rows: [
            { id: elsewhere.id, name: 'X', search_name: 'x', email: 'voleur@exemple.fr', created_at: '2026-01-01' },
          ],
        }),
      '42501',
    ],
    [
      'that invites into somebody’s account',
      (one) =>
        one.changes.push({
          call: 'put_invitation_of_person',
          rows: [
            { id: caseId, user_id: elsewhere.id, created_at: '2026-01-01T00:00Z', expires_at: '2099-01-01T00:00Z' },
          ],
        }),
      '42501',
    ],
    ['that erases', (one) => one.changes.push({ call: 'erase_record', rows: [{ id: caseId }] }), '42501'],
  ])('is refused %s', async (_what, change, code) => {
    const before = await events(caseId);
    await expect(commit(changed(change))).rejects.toMatchObject({ code });
    expect(await events(caseId)).toBe(before);
  });

  it('is refused in a record where the structure has no part', async () => {
    const theirs = await payloadOf(elsewhere, `/v1/cases/${foreign}/sessions`, newSession());
    const [mySession] = [payload.session!];
    const forged = structuredClone(theirs);
    forged.token = payload.token;
    forged.session = mySession;
    for (const event of forged.events) [event['actor'], event['structure']] = [lead.id, lead.structureId];
    await expect(commit(forged)).rejects.toMatchObject({ code: '42501' });
  });

  it('is done as it was decided', async () => {
    const before = await events(caseId);
    await commit(payload);
    expect(await events(caseId)).toBe(before + payload.events.length);
  });
});
