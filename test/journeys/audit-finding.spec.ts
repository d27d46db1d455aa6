import { DelayChanges1796300200002 } from '../../libs/users/src/migrations/1796300200002-delay-changes';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { startSystem, type TestSystem } from '../support/system';
import { newReferral, Person, sable } from './driver';
import { today } from '../support/clock';

describe('a case that is looked for by its resident’s name', () => {
  let system: TestSystem;
  let lead: Person;
  let recipient: Person;
  let administrator: Person;
  let auditor: Person;
  let caseId: string;
  beforeAll(async () => {
    system = await startSystem();
    const enter = (account: string) => Person.signIn(system.baseUrl, account, system.password);
    [lead, recipient, administrator, auditor] = (await Promise.all(
      [
        system.account('conseiller'),
        system.account('conseiller', 'la-poste'),
        system.account('administrateur'),
        system.account('auditeur'),
      ].map(enter),
    )) as [Person, Person, Person, Person];
    caseId = await open('Philomène', 'Introuvée', 1948);
  });
  afterAll(() => system.stop());

  const open = async (firstName: string, lastName: string, birthYear: number, by = lead): Promise<string> =>
    (
      await by.do('/v1/cases', {
        resident: { firstName, lastName, birthYear, phone: '02 43 55 66 77', commune: sable },
        themes: ['email'],
        informed: { on: today(), how: 'oral' },
        confirmNotDuplicate: true,
      })
    ).id;
  const look = (by: Person, asked: object) =>
    by.post('/v1/audit/cases/search', { reasonCode: 'request_of_resident', ...asked });
  const found = async (by: Person, asked: object): Promise<string[]> => {
    const { status, body } = await look(by, asked);
    expect(status).toBe(200);
    return (body as unknown as { items: { id: string }[] }).items.map(({ id }) => id);
  };

  it('is found as any search finds it, in whichever structure, with no more than leads to a reading', async () => {
    for (const asked of [
      { name: 'introuvee philomene' },
      { name: 'Introuvée', birthYear: 1948 },
      { phone: '+33243556677' },
    ])
      expect(await found(administrator, asked)).toEqual([caseId]);
    expect(await found(auditor, { name: 'Introuvée', birthYear: 1950 })).toEqual([]);
    const answer = await look(auditor, { name: 'Introuvée' });
    expect(answer.text).not.toMatch(/introuv|philom|1948|43556677/i);
    expect((answer.body as unknown as { items: object[] }).items).toEqual([
      {
        id: caseId,
        status: 'open',
        commune: sable,
        communeName: expect.any(String) as string,
        lead: { id: lead.structureId, name: 'Département de la Sarthe' },
        openedAt: expect.any(String) as string,
        lastActivityAt: expect.any(String) as string,
      },
    ]);
    const read = await auditor.post(`/v1/audit/cases/${caseId}/readings`, { reasonCode: 'request_of_resident' });
    expect(read.text).toContain('Introuvée');
  });

  it('is one line, however many structures take part, and after two records became one the one that goes on', async () => {
    const referral = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
    await recipient.do(`/v1/referrals/${referral.id}/accept`);
    expect(await found(auditor, { name: 'Introuvée' })).toEqual([caseId]);
    const twin = await open('Filomène', 'Introuvée', 1948, recipient);
    expect((await found(auditor, { name: 'Introuvée' })).toSorted()).toEqual([caseId, twin].toSorted());
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    await coordinator.do(`/v1/cases/${twin}/merge`, { intoCaseId: caseId, reason: 'La même personne.' });
    expect(await found(auditor, { name: 'Introuvée' })).toEqual([caseId]);
  });

  it('takes a reason, and stands in the journal with it, also where nobody was found; what was asked does not', async () => {
    const refused = await administrator.post('/v1/audit/cases/search', { name: 'Introuvée' });
    expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([422, '/reasonCode']);
    for (const asked of [
      {},
      { birthYear: 1948 },
      { name: 'In', birthYear: 1948 },
      { name: 'I.P.' },
      { name: 'Mme Ph' },
    ]) {
      const nothing = await look(administrator, asked);
      expect([asked, nothing.status, nothing.body.errors?.[0]]).toEqual([
        asked,
        422,
        expect.objectContaining({ pointer: '/name', code: 'required' }),
      ]);
    }
    // The beginning of a name is nobody's name.
    expect(await found(administrator, { name: 'Introu', birthYear: 1948 })).toEqual([]);
    await found(administrator, { name: 'Personne Nulle-Part' });
    await found(administrator, { name: 'Introuvée' });
    const answer = await auditor.try('GET', '/v1/audit/entries?action=case.find&limit=2');
    expect(answer.text).not.toMatch(/introuv|nulle/i);
    const who = { user: { id: administrator.id, name: expect.any(String) as string }, reason: 'request_of_resident' };
    expect((answer.body as unknown as { items: object[] }).items).toEqual([
      expect.objectContaining({ ...who, shown: [caseId] }),
      expect.not.objectContaining({ shown: expect.anything() as unknown }),
    ]);
  });

  it('costs no more where many share the name: not all of them are looked at, and the answer says so', async () => {
    const shared = await open('Anne', 'Partagée', 1950);
    await system.database.query(
      `insert into search_token (structure_id, token, case_id) select t.structure_id, t.token, i.id
       from search_token t cross join (select uuidv7() as id from generate_series(1, 600)) i where t.case_id = $1`,
      [shared],
    );
    const rare = await open('Sidonie', 'Partagée', 1951);
    expect((await look(auditor, { name: 'Partagée' })).body).toMatchObject({ more: true });
    expect((await look(auditor, { name: 'Partagée Sidonie' })).body).toMatchObject({
      items: [{ id: rare }],
      more: false,
    });
  });

  it('is nobody else’s to look for, and not gone after an erasure alone', async () => {
    const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
    for (const who of [lead, coordinator]) expect((await look(who, { name: 'Introuvée' })).status).toBe(403);
    const erased = await open('Zénobie', 'Effacée', 1950);
    expect(await found(auditor, { name: 'Zénobie Effacée' })).toEqual([erased]);
    await administrator.do(`/v1/cases/${erased}/erasure`, { reason: 'request_of_resident' });
    expect(await found(auditor, { name: 'Zénobie Effacée' })).toEqual([]);
    let last = 200;
    for (let n = 0; n < 70 && last === 200; n++) last = (await look(auditor, { name: 'Encore' })).status;
    expect(last).toBe(429);
  });
});

describe('what administrators have set and had looked at', () => {
  let system: TestSystem;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());

  /** As on an update, which stops whoever reads the log: without a look at all of it. */
  async function isDerivedFromTheLog(): Promise<void> {
    const client = new Client({ connectionString: system.database.administratorUrl, options: '-c role=owner' });
    await client.connect();
    try {
      const looked = `select (seq_tup_read + idx_tup_fetch)::integer as n from pg_stat_xact_user_tables where relid = 'event'::regclass`;
      const rows = 'select * from delay_change order by case_id, version';
      const before = await system.database.query(rows);
      expect(before).toHaveLength(4);
      const [all] = await system.database.query<{ n: number }>(
        `select count(*)::integer as n from event where stream_id in (select case_id from delay_change)`,
      );
      await client.query('begin; drop table delay_change cascade; set local enable_seqscan = off');
      await new DelayChanges1796300200002().up({
        query: (text: string) => client.query(text),
      } as unknown as QueryRunner);
      expect((await client.query<{ n: number }>(looked)).rows).toEqual([{ n: all!.n }]);
      expect((await client.query(rows)).rows).toEqual(before);
    } finally {
      await client.query('rollback');
      await client.end();
    }
  }

  it('is listed with what was before, by whom and when', async () => {
    const enter = (account: string) => Person.signIn(system.baseUrl, account, system.password);
    const [administrator, laPoste, auditor] = (await Promise.all(
      [system.account('administrateur'), system.account('responsable', 'la-poste'), system.account('auditeur')].map(
        enter,
      ),
    )) as [Person, Person, Person];
    const put = (path: string, body: object) => administrator.try('PUT', path, { body });
    const of = `/v1/structures/${laPoste.structureId}/delays`;
    expect((await administrator.get('/v1/settings/delays/changes')).items).toEqual([]);
    expect((await administrator.get(`${of}/changes`)).items).toEqual([]);
    await put('/v1/settings/delays', { answer: 25 });
    await put('/v1/settings/delays', { answer: 25 });
    await put(of, { firstSession: 10 });
    await put('/v1/settings/delays', { answer: 30, late: 10 });
    await put(of, {});
    const author = { id: administrator.id, name: expect.any(String) as string };
    const at = expect.any(String) as string;
    expect((await administrator.get('/v1/settings/delays/changes')).items).toEqual([
      { version: 2, at, author, before: { answer: 25 }, after: { answer: 30, late: 10 } },
      { version: 1, at, author, before: {}, after: { answer: 25 } },
    ]);
    const first = await administrator.get(`${of}/changes?limit=1`);
    expect(first.items).toEqual([{ version: 2, at, author, before: { firstSession: 10 }, after: {} }]);
    expect(
      (await administrator.get(`${of}/changes?limit=1&cursor=${encodeURIComponent(first.nextCursor!)}`)).items,
    ).toEqual([{ version: 1, at, author, before: {}, after: { firstSession: 10 } }]);
    await isDerivedFromTheLog();

    const nowhere = await administrator.try(
      'GET',
      '/v1/structures/01999999-0000-7000-8000-000000000009/delays/changes',
    );
    expect(nowhere.status).toBe(404);
    for (const who of [laPoste, auditor]) expect((await who.try('GET', `${of}/changes`)).status).toBe(403);

    const runs = [await auditor.do('/v1/audit/verifications'), await administrator.do('/v1/audit/verifications')];
    const listed = (await auditor.all('/v1/audit/verifications')) as unknown as {
      id: string;
      requestedBy: { id: string };
    }[];
    expect(listed.map(({ id, requestedBy }) => [id, requestedBy.id])).toEqual([
      [runs[1]!.id, administrator.id],
      [runs[0]!.id, auditor.id],
    ]);
    expect((await laPoste.try('GET', '/v1/audit/verifications')).status).toBe(403);
  });
});
