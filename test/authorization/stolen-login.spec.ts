/** What the api's login is worth alone, and with one person's token, to who reads. */
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { Person } from '../journeys/driver';
import { steal, tokenOf, type Theft } from './stolen-login.stage';

interface Row {
  [column: string]: unknown;
}

let theft: Theft;
beforeAll(async () => {
  theft = await steal();
});
afterAll(() => theft.stop());

const denied = { code: '42501' };
const read = (sql: string, who?: Person) =>
  theft
    .ask<{ rows: Row[] | null }>('select read_rows($1, $2, $3) as rows', [
      JSON.stringify({ ...(who && { token: tokenOf(who) }), now: theft.system.clock.now() }),
      sql,
      '{}',
    ])
    .then(([row]) => row!.rows);
const mine = `select case_id as id from case_access where structure_id = me_structure()`;

describe('without anybody’s token', () => {
  it('reads no table, but how many effects wait', async () => {
    const tables = await theft.system.database.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'delivery'`,
    );
    expect(tables.length).toBeGreaterThan(40);
    for (const { name } of tables)
      await expect(theft.ask(`select 1 from "${name}" limit 1`)).rejects.toMatchObject(denied);
  });

  it('may say who it is, and is nobody', async () => {
    for (const [name, value] of [
      ['fil.user', theft.lead.id],
      ['fil.structure', theft.lead.structureId],
      ['fil.employer', theft.lead.structureId],
      ['fil.role', 'administrator'],
      ['fil.scope', '*'],
      ['fil.reading', theft.caseId],
    ])
      await theft.ask('select set_config($1, $2, false)', [name, value]);
    expect(await read(mine)).toBeNull();
    for (const call of [
      `record_horizon('${theft.caseId}')`,
      `watches('${theft.caseId}')`,
      `records_of('${theft.caseId}')`,
      `territory_glance('{}')`,
      `continuity_now('{}')`,
      `ended_parts('2026-11-23', null, 1)`,
      `is_waited_for('${theft.caseId}')`,
      `ask_export('{}', 5)`,
      `remove_export('${theft.caseId}')`,
      `next_export('2026-11-23', '2026-11-23', 5)`,
      `go_on_with_export('{}')`,
      `end_export('${theft.caseId}', 1, null, '2026-11-23')`,
      `end_sessions_of('${theft.lead.id}', null)`,
      `enter('', null, null)`,
    ])
      await expect(theft.ask(`select ${call}`)).rejects.toMatchObject(denied);
    await theft.ask('reset all');
  });

  it('is given no record, no log and no key', async () => {
    const load = (p: object) =>
      theft
        .ask<{ loaded: Row | null }>('select load_records($1) as loaded', [
          JSON.stringify({
            now: theft.system.clock.now(),
            streams: [],
            facts: [],
            rows: {},
            pieces: ['identity'],
            ...p,
          }),
        ])
        .then(([row]) => row!.loaded);
    const [session] = await theft.system.database.query<{ id: string }>('select id from account where id = $1', [
      theft.lead.id,
    ]);
    for (const p of [
      { streams: [theft.caseId] },
      { streams: [session!.id] },
      { facts: [theft.caseId] },
      { rows: { one: { table: 'case_file', id: theft.caseId } } },
      { rows: { one: { table: 'case_file', id: theft.caseId, isRecord: true } } },
      { streams: [theft.caseId], warrant: { answerLink: 'nothing' } },
      { streams: [theft.lead.id], warrant: { emailChange: theft.lead.id } },
    ])
      expect({ p, loaded: await load(p) }).toEqual({ p, loaded: null });
    expect(
      await load({ streams: [theft.caseId], token: tokenOf(theft.lead).replace(/^./, '0').replace(/.$/, '1') }),
    ).toEqual({ session: null });
    // For an hour after an upgrade the version before, which knew of no warrants, may still be running.
    const { query } = theft.system.database;
    await query('insert into schema_applied (hash, functions) select hash, functions from schema_applied limit 1');
    expect(await load({ streams: [theft.caseId] })).not.toBeNull();
    await query(`update schema_applied set applied_at = applied_at - interval '61 minutes'`);
    expect(await load({ streams: [theft.caseId] })).toBeNull();
    for (const call of ['open_log', 'open_key'])
      await expect(
        theft.ask(`select ${call}($1)`, [
          JSON.stringify({ stream: theft.caseId, after: 0, limit: 9, now: theft.system.clock.now() }),
        ]),
      ).rejects.toMatchObject(denied);
  });

  it('is told no password’s hash, and proves none by what it is told', async () => {
    const email = theft.system.account('conseiller');
    const now = theft.system.clock.now();
    const [hash] = await theft.system.database.query<{ password_hash: string }>(
      'select password_hash from account where id = $1',
      [theft.lead.id],
    );
    const secret = hash!.password_hash.split('$').at(-1)!;
    const told: string[] = [];
    for (const [name, p] of [
      ['attempt_sign_in', { email, address: '192.0.2.1', now }],
      ['own_account', { userId: theft.lead.id }],
      ['invited_by', { id: theft.lead.id, now }],
      ['proves_password', { userId: theft.lead.id, proofs: [] }],
    ] as const)
      told.push(JSON.stringify(await theft.ask(`select ${name}($1) as answer`, [JSON.stringify(p)])));
    expect(told[0]).toContain('$argon2id$');
    for (const one of told) expect(one).not.toContain(secret);
    const salt = hash!.password_hash.replace(/\$[^$]*$/, '');
    const [proved] = await theft.ask<{ right: boolean }>('select proves_password($1) as right', [
      JSON.stringify({ userId: theft.lead.id, proofs: [salt, `${salt}$`, ''] }),
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
      await expect(theft.ask(made)).rejects.toMatchObject(denied);
  });
});

describe('with one person’s token', () => {
  it('reads as that person, whatever the select tries to say', async () => {
    const own = await read(mine, theft.lead);
    expect(own).toEqual([{ id: theft.caseId }]);
    const become = `set_config('fil.structure', '${theft.elsewhere.structureId}', true)`;
    for (const trick of [
      `select ${become} as id`,
      `select case_id as id from case_access, lateral (select ${become}) s`,
      `select query_to_xml('select ${become.replace(/'/g, "''")}', true, true, '')::text as id`,
    ])
      await expect(read(trick, theft.lead)).rejects.toMatchObject(denied);
    for (const trick of [
      `${mine}) r; set local fil.structure = '${theft.elsewhere.structureId}'; select * from (${mine}`,
      `${mine}; select 1`,
    ])
      await expect(read(trick, theft.lead)).rejects.toMatchObject({ code: 'P0001' });
    await theft.ask(`select set_config('fil.structure', $1, false)`, [theft.elsewhere.structureId]);
    expect(await read(mine, theft.lead)).toEqual(own);
    await theft.ask('reset all');
  });

  it('runs no statement that was prepared under the name of a select', async () => {
    const name = `read_${createHash('md5').update(`id ${mine}`).digest('hex')}`;
    const other = new Client({ connectionString: theft.system.database.apiUrl });
    await other.connect();
    try {
      await other.query(
        `prepare ${name}(jsonb) as select '[]'::json, array[set_config('fil.structure', '${theft.elsewhere.structureId}', true)::uuid]`,
      );
      await expect(
        other.query('select read_rows($1, $2, $3)', [
          JSON.stringify({ token: tokenOf(theft.lead), now: theft.system.clock.now(), audit: { action: 'case.list' } }),
          mine,
          '{}',
        ]),
      ).rejects.toMatchObject(denied);
    } finally {
      await other.end();
    }
  });
});
