import { createHash } from 'node:crypto';
import { Reads, type Caller } from '@fil-rouge/platform';
import { newReferral, newSession, sable, type Person, type View } from './driver';
import {
  administrator,
  ask,
  columns,
  coordinator,
  ended,
  everybody,
  exported,
  fetchFile,
  helper,
  lead,
  linesOf,
  manager,
  named,
  open,
  record,
  stranger,
  system,
} from './exports-stage';

everybody();

interface Entry extends View {
  action: string;
  shown?: string[];
}
const journal = async (action: string): Promise<{ user_id: string; shown: string[] }[]> =>
  system.database.query('select user_id, shown from audit_entry where action = $1 order by id', [action]);

const tokenOf = (person: Person): string =>
  createHash('sha256').update(person.authorization.replace('Bearer ', '')).digest('hex');
const ofExport = `select id from export where id = ($1->>'id')::uuid`;
const ofParts = `select export_id as id from export_part where export_id = ($1->>'id')::uuid`;

let cases: string[];
let sessions: string[];

beforeAll(async () => {
  cases = [await open(lead, named('Zoé', 'Premiere')), await open(lead, named('Noé', 'Seconde'))];
  const [first, second] = cases as [string, string];
  const referral = await lead.do(`/v1/cases/${first}/referrals`, newReferral(helper.structureId));
  await helper.do(`/v1/referrals/${referral.id}/accept`);
  sessions = [
    await record(lead, first, { date: '2026-01-05', summary: 'Texte partage', privateNote: 'Note privee' }),
    await record(lead, second, { date: '2026-01-20', themes: ['sante', 'email'] }),
    await record(manager, second, { date: '2026-01-12', minutes: 30, place: 'domicile' }),
    await record(helper, first, { date: '2026-01-21', privateNote: 'Note de la poste' }),
  ];
  await helper.do(`/v1/cases/${first}/sessions`, newSession({ date: '2026-01-22' }));
});

describe('an export', () => {
  it('holds what the list shows, in the columns that were chosen, for the same choices', async () => {
    const mine = await exported(lead);
    expect(mine).toEqual([
      [sessions[1], '2026-01-20', 'Noé', 'Seconde', 'Santé, E-mail', '60', expect.any(String), 'Saisi'],
      [sessions[0], '2026-01-05', 'Zoé', 'Premiere', 'E-mail', '60', expect.any(String), 'Saisi'],
    ]);
    for (const [choice, query] of [
      [{ from: '2026-01-12' }, 'from=2026-01-12'],
      [{ to: '2026-01-12' }, 'to=2026-01-12'],
      [{ theme: ['sante'] }, 'theme=sante'],
      [{ place: ['domicile', 'a_distance'] }, 'place=domicile,a_distance'],
      [{ counsellor: lead.id }, `counsellor=${lead.id}`],
      [{ status: 'entered_in_error' }, 'status=entered_in_error'],
      [{ commune: [sable] }, `commune=${sable}`],
    ] as const)
      expect((await exported(manager, choice)).map(([id]) => id)).toEqual(
        (await manager.all(`/v1/sessions?${query}`)).map(({ id }) => id),
      );
    const { id } = await ask(lead, { columns: ['minutes', 'date'] });
    await ended(lead, id);
    expect((await linesOf(lead, id))[0]).toEqual(['Durée (minutes)', 'Date']);
  });

  it('says how far it is, as a file to download, and each time it is fetched stands in the journal', async () => {
    const asked = await ask(lead, { from: '2026-01-01', to: '2026-12-31' });
    expect(asked).toMatchObject({ row: 'session', from: '2026-01-01', to: '2026-12-31', counsellor: { id: lead.id } });
    const done = await ended(lead, asked.id);
    expect(done).toMatchObject({ status: 'ready', rows: 2, total: 2, actions: ['file', 'remove'] });
    const { headers, bytes } = await fetchFile(lead, asked.id);
    expect([headers.get('content-type'), Number(headers.get('content-length'))]).toEqual([
      'text/csv; charset=utf-8',
      bytes.length,
    ]);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="activites-\d{4}-\d\d-\d\d\.csv"$/);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(bytes.length).toBe(done.bytes);
    expect((await journal('export.asked')).filter(({ user_id }) => user_id === lead.id).length).toBeGreaterThan(0);
    expect((await journal('export.file')).at(-1)).toEqual({ user_id: lead.id, shown: [asked.id] });
    // Whose record was in it can be told: as of every list.
    expect((await journal('session.export')).at(-1)).toEqual({ user_id: lead.id, shown: [cases[1], cases[0]] });
    const entries = (await administrator.all(`/v1/audit/entries?action=session.export`)) as Entry[];
    expect(entries.length).toBeGreaterThan(0);
  });

  it('is a counsellor’s of what they did, a manager’s of what the structure did', async () => {
    const other = await lead.post('/v1/exports', { row: 'session', format: 'csv', columns, counsellor: manager.id });
    expect([other.status, other.body.errors[0]]).toMatchObject([
      422,
      { pointer: '/counsellor', code: 'not-for-your-role' },
    ]);
    expect((await exported(lead)).map(([id]) => id)).toEqual([sessions[1], sessions[0]]);
    expect((await exported(manager)).map(([id]) => id)).toEqual([sessions[1], sessions[2], sessions[0]]);
    expect((await exported(manager, { counsellor: lead.id })).map(([id]) => id)).toEqual([sessions[1], sessions[0]]);
  });

  it('has nothing of another structure, and no text that was written', async () => {
    const { id } = await ask(manager, { row: 'participation' });
    await ended(manager, id);
    const text = (await fetchFile(manager, id)).bytes.toString();
    for (const never of ['Note privee', 'Note de la poste', 'Texte partage', sessions[3]!])
      expect(text).not.toContain(never);
    expect(await exported(stranger)).toEqual([]);
    expect((await exported(helper)).map(([one]) => one)).toContain(sessions[3]);
  });

  it('is its owner’s alone: by the list, its id, its file, and to take away', async () => {
    const { id } = await ask(lead);
    await ended(lead, id);
    for (const other of [manager, helper, stranger]) {
      expect((await other.get('/v1/exports')).items.map((one) => one.id)).not.toContain(id);
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/file'],
        ['DELETE', ''],
      ] as const)
        expect((await other.try(method, `/v1/exports/${id}${path}`)).status).toBe(404);
    }
    for (const other of [coordinator, administrator])
      expect((await other.try('GET', `/v1/exports/${id}/file`)).status).toBe(403);
    // Row-level security by itself, whatever a select says.
    const reads = system.api.get(Reads, { strict: false });
    for (const other of [manager, helper])
      for (const select of [ofExport, ofParts])
        expect(await reads.rows({ token: tokenOf(other) } as Caller, select, { id })).toEqual([]);
    expect(await reads.rows({ token: tokenOf(lead) } as Caller, ofParts, { id })).toHaveLength(1);
    expect((await fetchFile(lead, id)).status).toBe(200);
    expect((await lead.try('DELETE', `/v1/exports/${id}`)).status).toBe(204);
    for (const path of ['', '/file']) expect((await lead.try('GET', `/v1/exports/${id}${path}`)).status).toBe(404);
    expect((await lead.try('DELETE', `/v1/exports/${id}`)).status).toBe(404);
    expect(await system.database.query('select 1 from export_part where export_id = $1', [id])).toEqual([]);
  });

  it('is asked for once, however often it is sent; a sixth one takes the oldest away', async () => {
    const key = { 'idempotency-key': 'export-1' };
    const body = { row: 'session', format: 'csv', columns: ['date'] };
    const [one, again] = [await lead.post('/v1/exports', body, key), await lead.post('/v1/exports', body, key)];
    expect([one.status, again.status, again.body.id]).toEqual([202, 202, one.body.id]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const otherwise = await lead.post('/v1/exports', { ...body, format: 'xlsx' }, key);
    expect([otherwise.status, otherwise.body.code]).toEqual([422, 'idempotency-key-reused']);
    const asked: string[] = [];
    for (let nth = 0; nth < 6; nth++) asked.push((await ask(lead)).id);
    expect((await lead.get('/v1/exports')).items.map(({ id }) => id)).toEqual(asked.toReversed().slice(0, 5));
    for (const id of asked.slice(1)) await ended(lead, id);
  });

  it('names nobody whom the structure follows no more', async () => {
    const caseId = await open(lead, named('Perdue', 'Devue'));
    const own = await record(helper, await joined(caseId), { date: '2026-01-20' });
    const before = await exported(helper, { columns: ['activity', 'first_name', 'last_name'] });
    expect(before).toContainEqual([own, 'Perdue', 'Devue']);
    await helper.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
    const after = await exported(helper, { columns: ['activity', 'first_name', 'last_name'] });
    expect(after).toContainEqual([own, '', '']);
    expect(JSON.stringify(after)).not.toContain('Perdue');
  });

  let referral: string;
  async function joined(caseId: string): Promise<string> {
    referral = (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(helper.structureId))).id;
    await helper.do(`/v1/referrals/${referral}/accept`);
    return caseId;
  }
});
