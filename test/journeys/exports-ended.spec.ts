/** What an export is made in: the asker's own sign-in, at that moment. What ends it, and what takes it away. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { until } from '../support/until';
import { newReferral, Person } from './driver';
import { cellsIn, dayOf, entriesOf } from './exports-sheet';
import {
  administrator,
  ask,
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
  type Export,
} from './exports-stage';

everybody();

/** As long as it is held, no worker begins with an export. */
async function held<T>(work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: system.database.administratorUrl });
  await client.connect();
  await client.query(`select pg_advisory_lock(hashtext('exports and erasures'))`);
  try {
    return await work();
  } finally {
    await client.end();
  }
}

const row = async (id: string) =>
  (
    await system.database.query<{ status: string; attempt: number; pass: string | null; parts: number }>(
      'select status, attempt, pass, (select count(*)::integer from export_part where export_id = export.id) as parts from export where id = $1',
      [id],
    )
  )[0];

const mayan = 'Quetzalcoatlite';
const names = { columns: ['first_name', 'last_name'] };

describe('an export that was asked for', () => {
  it('is not made once its asker has signed out', async () => {
    const other = await Person.signIn(system.baseUrl, system.account('conseiller', 'fal-72'), system.password);
    await record(other, await open(other));
    const id = await held(async () => {
      const asked = await ask(other);
      await other.do('/v1/auth/logout').catch(() => undefined);
      return asked.id;
    });
    // Signed in once more, and that is another sign-in.
    expect(await ended(other, id)).toMatchObject({ status: 'failed', failure: 'signed_out', actions: ['remove'] });
    expect(await row(id)).toMatchObject({ pass: null, parts: 0 });
    expect((await fetchFile(other, id)).status).toBe(404);
  });

  it('is not made once its asker has left, nor fetched', async () => {
    const leaver = await Person.signIn(system.baseUrl, system.account('conseiller', 'croix-rouge'), system.password);
    const chief = await Person.signIn(system.baseUrl, system.account('responsable', 'croix-rouge'), system.password);
    const made = await ask(leaver);
    await ended(leaver, made.id);
    const id = await held(async () => {
      const asked = await ask(leaver);
      const { employments } = (await chief.get(`/v1/users/${leaver.id}`)) as unknown as {
        employments: { id: string }[];
      };
      await chief.do(`/v1/users/${leaver.id}/employments/${employments[0]!.id}/end`);
      return asked.id;
    });
    await until(async () => (await row(id))!.status === 'failed');
    expect(await row(id)).toMatchObject({ status: 'failed', pass: null, parts: 0 });
    expect((await fetchFile(leaver, made.id)).status).toBe(401);
  });

  it('names nobody whom the structure has ceased to follow since', async () => {
    const caseId = await open(lead, named('Perdue', 'Devue'));
    const referral = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(helper.structureId));
    await helper.do(`/v1/referrals/${referral.id}/accept`);
    await record(helper, caseId);
    expect(await exported(helper, names)).toContainEqual(['Perdue', 'Devue']);
    const id = await held(async () => {
      const asked = await ask(helper, names);
      await helper.do(`/v1/referrals/${referral.id}/complete`, { outcome: 'helped' });
      return asked.id;
    });
    await ended(helper, id);
    expect(JSON.stringify(await linesOf(helper, id))).not.toContain('Perdue');
  });

  it('is gone after a day: its file, its key, its row', async () => {
    const { id, askedAt, expiresAt } = await ask(lead);
    await ended(lead, id);
    expect(Date.parse(expiresAt) - Date.parse(askedAt)).toBe(24 * 3_600_000);
    system.clock.advance({ hours: 24 });
    expect((await lead.try('GET', `/v1/exports/${id}`)).status).toBe(404);
    expect((await fetchFile(lead, id)).status).toBe(404);
    await until(async () => (await row(id)) === undefined);
    expect(await row(id)).toBeUndefined();
    expect(await system.database.query('select 1 from export_part where export_id = $1', [id])).toEqual([]);
  });

  it('goes with the erasure of whoever is in it, whoever has it; others’ stay', async () => {
    const caseId = await open(lead, named(mayan, mayan));
    await record(lead, caseId);
    const referral = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(helper.structureId));
    await helper.do(`/v1/referrals/${referral.id}/accept`);
    await record(helper, caseId);
    const [ours, managers, theirs, strangers] = [
      await ask(lead, names),
      await ask(manager, names),
      await ask(helper, names),
      await ask(stranger),
    ] as [Export, Export, Export, Export];
    for (const [by, { id }] of [
      [lead, ours],
      [manager, managers],
      [helper, theirs],
      [stranger, strangers],
    ] as const)
      await ended(by, id);
    expect(JSON.stringify(await linesOf(helper, theirs.id))).toContain(mayan);
    const waiting = await held(async () => (await ask(lead, names)).id);
    await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    for (const [by, { id }] of [
      [lead, ours],
      [manager, managers],
      [helper, theirs],
    ] as const)
      expect((await fetchFile(by, id)).status).toBe(404);
    expect((await fetchFile(stranger, strangers.id)).status).toBe(200);
    expect(await ended(lead, waiting)).toMatchObject({ status: 'ready' });
    expect(JSON.stringify(await linesOf(lead, waiting))).not.toContain(mayan);
  });
});

describe('while it is being made', () => {
  const many = 12_000;
  let caseId: string;

  beforeAll(async () => {
    caseId = await open(lead, named(`${mayan}bis`, 'Essai'));
    const id = await record(lead, caseId);
    await system.database.query(
      `insert into session_entry select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'date', s.date - (n % 700)))).*
       from session_entry s, generate_series(1, $2) n where s.id = $1`,
      [id, many],
    );
  });

  /** Its row, seen in the middle. */
  async function midway(id: string): Promise<{ done: number; total: number; attempt: number }> {
    for (let round = 0; round < 20_000; round++) {
      const [one] = await system.database.query<{ done: number; total: number; attempt: number; status: string }>(
        'select status, done, total, attempt from export where id = $1',
        [id],
      );
      if (one!.status === 'running' && one!.done > 0 && one!.done < one!.total) return one!;
      if (one!.status === 'ready') throw new Error('It was made before anybody looked.');
      await pause(2);
    }
    throw new Error('It does not begin.');
  }

  it('it says how far it is; whoever signs out then has nothing of it', async () => {
    const { id } = await ask(lead);
    const { done, total } = await midway(id);
    expect([done > 0, total > many]).toEqual([true, true]);
    expect((await fetchFile(lead, id)).status).toBe(404);
    await system.database.query('update access_token set ended_at = $2 where token_hash = $1', [
      createHash('sha256').update(lead.authorization.replace('Bearer ', '')).digest(),
      system.clock.now(),
    ]);
    expect(await ended(lead, id)).toMatchObject({ status: 'failed', failure: 'signed_out' });
    expect(await row(id)).toMatchObject({ parts: 0, pass: null });
  });

  it.each(['csv', 'xlsx'])(
    'a worker that is not heard of is followed by another: %s, whole, and made once',
    async (format) => {
      const { id } = await ask(lead, { format, columns: ['activity', 'first_name'] });
      const { attempt } = await midway(id);
      // As another worker would take it, once the first one has said nothing for half a minute; that one is lost at once.
      await system.database.query(
        `select next_export(leased_until + interval '1 second', asked_at, 5) from export where id = $1`,
        [id],
      );
      const { total, rows } = await ended(lead, id);
      expect((await row(id))!.attempt).toBeGreaterThan(attempt);
      const { bytes } = await fetchFile(lead, id);
      const lines =
        format === 'csv'
          ? bytes.toString().trimEnd().split('\r\n').slice(1)
          : cellsIn(bytes)
              .slice(1)
              .map(([one]) => one!.text);
      expect([lines.length, new Set(lines).size, rows]).toEqual([total, total, total]);
    },
  );

  it('it begins anew without whoever is erased meanwhile', async () => {
    const { id } = await ask(lead, { columns: ['activity', 'first_name'] });
    const { attempt } = await midway(id);
    await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    expect(await ended(lead, id)).toMatchObject({ status: 'ready' });
    expect((await row(id))!.attempt).toBeGreaterThan(attempt);
    expect((await fetchFile(lead, id)).bytes.toString()).not.toContain(mayan);
  });
});

describe('what it holds', () => {
  it('is no formula, however a name begins', async () => {
    const signs = ['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0', '＝1'];
    for (const sign of signs) await record(lead, await open(lead, named('Ève', `${sign} Formule`)));
    const plain = await exported(lead, names);
    const mine = plain.map(([, lastName]) => lastName!).filter((name) => name.endsWith('Formule'));
    expect(mine.toSorted()).toEqual(signs.map((sign) => `'${sign} Formule`).toSorted());
    const { id } = await ask(lead, { format: 'xlsx', columns: ['last_name', 'date', 'minutes'] });
    await ended(lead, id);
    const { bytes, headers } = await fetchFile(lead, id);
    expect(headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const [head, ...rows] = cellsIn(bytes);
    expect(head!.map(({ text }) => text)).toEqual(['Nom', 'Date', 'Durée (minutes)']);
    expect(
      rows
        .map(([name]) => name!.text)
        .filter((name) => name.endsWith('Formule'))
        .toSorted(),
    ).toEqual(signs.map((sign) => `${sign} Formule`).toSorted());
    for (const [name, date, minutes] of rows) {
      expect([name!.type, date!.type, minutes!.type]).toEqual(['inlineStr', 'n', 'n']);
      expect(dayOf(date!.text)).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(entriesOf(bytes)['xl/worksheets/sheet1.xml']).not.toContain('<f');
  });

  it('lies sealed, and opens whole or not at all', async () => {
    const caseId = await open(lead, named('Scellee', 'Scellee'));
    await record(lead, caseId);
    const { id } = await ask(lead, names);
    await ended(lead, id);
    const parts = await system.database.query<{ ciphertext: Buffer }>(
      'select ciphertext from export_part where export_id = $1',
      [id],
    );
    for (const { ciphertext } of parts) expect(ciphertext.includes('Scellee')).toBe(false);
    await system.database.query(
      'insert into export_part select export_id, n + 1, ciphertext from export_part where export_id = $1',
      [id],
    );
    await system.database.query('update export set parts = parts + 1 where id = $1', [id]);
    expect((await fetchFile(lead, id)).status).toBe(409);
  });

  it('has everybody who came to a workshop under a name, and nobody made of a number', async () => {
    const [one, other] = [await open(lead, named('Atelier', 'Un')), await open(lead, named('Atelier', 'Deux'))];
    const workshop = await lead.do('/v1/workshops', {
      ...{ title: 'Premiers pas', date: '2026-01-15', minutes: 90, place: 'lieu_activite', commune: '72264' },
      ...{ themes: ['email'], level: 'debutant', participants: [{ caseId: one }, { caseId: other }] },
      anonymous: { total: 7 },
    });
    const lines = await exported(lead, { row: 'participation', columns: ['kind', 'activity', 'last_name', 'minutes'] });
    expect(lines.filter(([, id]) => id === workshop.id)).toEqual([
      ['Atelier collectif', workshop.id, 'Un', '90'],
      ['Atelier collectif', workshop.id, 'Deux', '90'],
    ]);
    // Counted once more, by the log of each resident alone.
    const counted = await system.database.query<{ n: number }>(
      `select count(*)::integer as n from (
         select e.about::text from event e where e.type = 'SessionRecorded' and e.actor_id = $1 and exists (select from stream s where s.id = e.stream_id and s.key is not null)
         union all select p.value from event e, jsonb_array_elements_text(e.data->'participants') p where e.type = 'WorkshopHeld' and e.actor_id = $1) x`,
      [lead.id],
    );
    expect(lines.length).toBe(counted[0]!.n);
    const refused = await lead.post('/v1/exports', {
      ...{ row: 'participation', format: 'csv', columns: ['date'], tag: one },
    });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { code: 'no-workshop-has-it' }]);
  });
});
