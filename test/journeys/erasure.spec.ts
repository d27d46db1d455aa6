import { Reads } from '@fil-rouge/platform';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';

/** Nothing else in the database contains these letters. */
const secret = 'Quetzalcoatlite';

describe('erasing what a record says about its resident', () => {
  let system: TestSystem;
  let counsellor: Person;
  let afpa: Person;
  let laPoste: Person;
  let administrator: Person;
  let caseId: string;
  let referralIds: string[];

  const count = async (text: string, values: unknown[] = []) =>
    (await system.database.query<{ n: number }>(text, values))[0]!.n;

  beforeAll(async () => {
    system = await startSystem();
    const signIn = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    [counsellor, afpa, laPoste, administrator] = await Promise.all([
      signIn('conseiller'),
      signIn('conseiller', 'afpa'),
      signIn('conseiller', 'la-poste'),
      signIn('administrateur'),
    ]);
    const opening = newCase() as { resident: object };
    caseId = (
      await counsellor.do('/v1/cases', {
        ...opening,
        resident: { ...opening.resident, lastName: secret, phone: '06 39 98 00 00' },
        summary: secret,
      })
    ).id;
    await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession({ summary: secret, privateNote: secret }));
    const accepted = await counsellor.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(laPoste.structureId, { message: secret }),
    );
    await laPoste.do(`/v1/referrals/${accepted.id}/accept`);
    const sent = await counsellor.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(afpa.structureId, { message: secret }),
    );
    await counsellor.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: afpa.structureId,
      note: secret,
    });
    await administrator.do(`/v1/audit/cases/${caseId}/readings`, { reasonCode: 'control', comment: secret });
    referralIds = [accepted.id, sent.id];
    await system.settle();
  });
  afterAll(() => system.stop());

  it('is the administrator’s to decide', async () => {
    expect((await counsellor.post(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' })).status).toBe(403);
    expect((await administrator.post(`/v1/cases/${caseId}/erasure`, { reason: 'because' })).status).toBe(422);
  });

  it('leaves a tombstone, and nothing that opens or was opened', async () => {
    const erased = await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    expect(erased).toMatchObject({ id: caseId, status: 'erased', resident: {}, themes: [] });
    expect(erased.openedAt).toMatch(/-01T00:00:00\.000Z$/);
    expect(await count('select count(*)::int as n from piece where stream_id = $1', [caseId])).toBe(0);
    expect(await count('select count(*)::int as n from claim where stream_id = $1', [caseId])).toBe(0);
    expect(
      await count('select count(*)::int as n from audit_entry where stream_id = $1 and comment is not null', [caseId]),
    ).toBe(0);
    expect(await system.database.query('select key from stream where id = $1', [caseId])).toEqual([{ key: null }]);
    const holding = await system.database.query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('case_file', 'notification')`);
    for (const { name } of holding)
      expect([name, await count(`select count(*)::int as n from ${name} where case_id = $1`, [caseId])]).toEqual([
        name,
        0,
      ]);
    const state = JSON.stringify(await system.database.query('select state from stream where id = $1', [caseId]));
    expect(state).not.toMatch(/72264|email|Eulalie/);
  });

  it('makes the case, its referrals and its search results disappear for everybody who had a part in it', async () => {
    for (const person of [counsellor, laPoste, afpa]) {
      expect((await person.try('GET', `/v1/cases/${caseId}`)).status).toBe(404);
      expect((await person.try('GET', `/v1/cases/${caseId}/timeline`)).status).toBe(404);
      for (const id of referralIds) expect((await person.try('GET', `/v1/referrals/${id}`)).status).toBe(404);
      expect((await person.post('/v1/cases/search', { name: secret })).body.items).toEqual([]);
      expect((await person.all('/v1/cases')).map(({ id }) => id)).not.toContain(caseId);
    }
    expect((await counsellor.post(`/v1/cases/${caseId}/sessions`, newSession())).status).toBe(404);
    expect((await laPoste.post(`/v1/referrals/${referralIds[0]}/complete`, { outcome: 'helped' })).status).toBe(404);
    // The same resident may come back: nothing remembers that there was somebody of that name.
    const again = newCase() as { resident: object };
    expect(
      (
        await counsellor.post('/v1/cases', {
          ...again,
          resident: { ...again.resident, lastName: secret, phone: '06 39 98 00 00' },
          confirmNotDuplicate: false,
        })
      ).status,
    ).toBe(201);
  });

  it('ends what was open, tells people without a name, and the record still verifies', async () => {
    await system.settle();
    expect(await count('select count(*)::int as n from delivery where parked_at is not null or attempts > 0')).toBe(0);
    const types = (
      await system.database.query<{ type: string }>('select type from event where stream_id = $1 order by seq', [
        caseId,
      ])
    ).map(({ type }) => type);
    expect(types.slice(types.indexOf('CaseErased'))).toEqual([
      'CaseErased',
      'ReferralCancelled',
      'ReferralCancelled',
      'HandoverCancelled',
    ]);
    const verification = await administrator.get(`/v1/audit/cases/${caseId}/verification`);
    expect(verification).toMatchObject({ events: types.length, chain: 'ok', continuity: 'ok' });
    for (const person of [counsellor, laPoste, afpa])
      expect(JSON.stringify(await person.all('/v1/notifications'))).not.toContain(secret);
  });

  it('acts on every record that was merged into it', async () => {
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    const [survivor, loser] = [
      (await counsellor.do('/v1/cases', newCase())).id,
      (await afpa.do('/v1/cases', newCase())).id,
    ];
    await afpa.do(`/v1/cases/${loser}/sessions`, newSession({ summary: secret }));
    await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'La même personne.' });
    await administrator.do(`/v1/cases/${survivor}/erasure`, { reason: 'request_of_resident' });
    expect(await count('select count(*)::int as n from piece where stream_id = any($1)', [[survivor, loser]])).toBe(0);
    expect(
      await count('select count(*)::int as n from stream where id = any($1) and key is not null', [[survivor, loser]]),
    ).toBe(0);
    for (const id of [survivor, loser]) {
      expect(await administrator.get(`/v1/audit/cases/${id}/verification`)).toMatchObject({
        chain: 'ok',
        continuity: 'ok',
      });
      for (const person of [counsellor, afpa]) expect((await person.try('GET', `/v1/cases/${id}`)).status).toBe(404);
    }
  });

  const openTwo = async (): Promise<[string, string]> => [
    (await counsellor.do('/v1/cases', newCase())).id,
    (await afpa.do('/v1/cases', newCase())).id,
  ];
  const keysLeft = (ids: string[]) =>
    count('select count(*)::int as n from stream where id = any($1) and key is not null', [ids]);
  const erasedIn = async (id: string) =>
    system.database.query<{ actor_id: string }>(
      `select actor_id from event where stream_id = $1 and type = 'CaseErased'`,
      [id],
    );

  it('takes the whole under the id of a record that was merged into another, through any number of merges, and answers with the one that goes on', async () => {
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    const [[middle, first], [last]] = [await openTwo(), await openTwo()];
    await afpa.do(`/v1/cases/${first}/sessions`, newSession({ summary: secret }));
    await coordinator.do(`/v1/cases/${first}/merge`, { intoCaseId: middle, reason: 'La même personne.' });
    await coordinator.do(`/v1/cases/${middle}/merge`, { intoCaseId: last, reason: 'La même personne.' });
    const all = [first, middle, last];
    const words = () => count('select count(*)::int as n from claim where stream_id = any($1)', [all]);
    // Of each, the name with its year, and with the one before and after.
    expect(await words()).toBe(9);
    for (const person of [counsellor, afpa, coordinator])
      expect((await person.post(`/v1/cases/${first}/erasure`, { reason: 'request_of_resident' })).status).toBe(403);
    const { version } = await administrator.get(`/v1/cases/${last}`);
    const outdated = await administrator.post(
      `/v1/cases/${first}/erasure`,
      { reason: 'request_of_resident' },
      { 'if-match': `"${version - 1}"` },
    );
    expect(outdated).toMatchObject({ status: 409, body: { status: 'merged', mergedInto: last } });
    expect(await keysLeft(all)).toBe(3);
    const once = { 'idempotency-key': 'erase-the-whole', 'if-match': `"${version}"` };
    const erase = () => administrator.post(`/v1/cases/${first}/erasure`, { reason: 'request_of_resident' }, once);
    expect(await erase()).toMatchObject({ status: 200, body: { id: last, status: 'erased', resident: {} } });
    const again = await erase();
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([200, 'true', last]);
    expect([await keysLeft(all), await words()]).toEqual([0, 0]);
    expect(await count('select count(*)::int as n from piece where stream_id = any($1)', [all])).toBe(0);
    for (const id of all) {
      expect(await erasedIn(id)).toEqual([{ actor_id: administrator.id }]);
      expect(
        (await administrator.all(`/v1/audit/entries?caseId=${id}&action=CaseErased`)).map(
          (entry) => (entry as unknown as { user: { id: string } }).user.id,
        ),
      ).toEqual([administrator.id]);
      expect((await administrator.post(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' })).status).toBe(404);
    }
    const refusals = await administrator.all(
      `/v1/audit/entries?caseId=${first}&action=${encodeURIComponent('POST /v1/cases/:id/erasure')}`,
    );
    expect(refusals.map((entry) => (entry as unknown as { outcome: string }).outcome).toSorted()).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
      'not-found',
      'wrong-state',
    ]);
  });

  it('takes a record along that is merged into it at the same moment, or leaves it whole; nobody is told to try again', async () => {
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    for (let round = 0; round < 24; round++) {
      const [survivor, loser] = await openTwo();
      const [asked, other] = round % 2 === 0 ? [survivor, loser] : [loser, survivor];
      const [merged, erased] = await Promise.all([
        coordinator.post(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'La même personne.' }),
        administrator.post(`/v1/cases/${asked}/erasure`, { reason: 'request_of_resident' }),
      ]);
      expect(erased.status).toBe(200);
      expect([200, 404]).toContain(merged.status);
      expect([await keysLeft([asked]), await keysLeft([other])]).toEqual([0, merged.status === 200 ? 0 : 1]);
    }
  });

  it('leaves no comment of a reading that was on its way at that moment', async () => {
    const { id } = await counsellor.do('/v1/cases', newCase());
    const reads = system.api.get(Reads, { strict: false });
    const looking = jest.spyOn(reads, 'rows');
    looking.mockImplementation(async (...asked: Parameters<Reads['rows']>) => {
      const rows = await Reads.prototype.rows.apply(reads, asked);
      // The key that the comment is sealed with has been read.
      if (typeof asked[1] === 'string' && asked[1].includes('key_of(a.case_id) as key from case_file')) {
        looking.mockRestore();
        await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
      }
      return rows;
    });
    await administrator.post(`/v1/audit/cases/${id}/readings`, { reasonCode: 'control', comment: secret });
    expect(
      await count(`select count(*)::int as n from audit_entry where stream_id = $1 and comment is not null`, [id]),
    ).toBe(0);
  });

  it('looks up once more what belongs to the record, each time another is merged into it in between', async () => {
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    const [[survivor, first], [, second]] = [await openTwo(), await openTwo()];
    const reads = system.api.get(Reads, { strict: false });
    const looking = jest.spyOn(reads, 'rows');
    const left = [first, second];
    looking.mockImplementation(async (...asked: Parameters<Reads['rows']>) => {
      const rows = await Reads.prototype.rows.apply(reads, asked);
      const loser = typeof asked[1] === 'string' && / as records\b/.test(asked[1]) ? left.shift() : undefined;
      if (loser)
        await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'La même personne.' });
      return rows;
    });
    try {
      expect(
        (await administrator.post(`/v1/cases/${survivor}/erasure`, { reason: 'request_of_resident' })).status,
      ).toBe(200);
    } finally {
      looking.mockRestore();
    }
    expect([left, await keysLeft([survivor, first, second])]).toEqual([[], 0]);
  });

  it('is final', async () => {
    expect((await administrator.post(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' })).status).toBe(
      404,
    );
    await expect(system.database.query('delete from event where stream_id = $1', [caseId])).rejects.toThrow(
      /insert-only/,
    );
    expect(
      (await administrator.post(`/v1/audit/cases/${caseId}/readings`, { reasonCode: 'control' })).text,
    ).not.toContain(secret);
  });
});
