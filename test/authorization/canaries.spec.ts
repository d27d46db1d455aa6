import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Mailer } from '@fil-rouge/notifications';
import { request, type View } from '../journeys/driver';
import { metricsToken, startSystem, type TestSystem } from '../support/system';
import { buildWorld, readers, type World } from './world';
import { readEverything } from './world.reading';

/** Words that only the resident's record may hold, and only sealed: names, ways to reach the resident, texts. */
const canaries = [
  'Prenomavant',
  'Prenomapres',
  'Nomavant',
  'Nomapres',
  '0639980001',
  '0639980002',
  '39980001',
  'avant@exemple.fr',
  'apres@exemple.fr',
  'menantavant',
  'menantapres',
  'anciencontributeur',
  'contributeurapres',
  'Texte ouverture',
  'Texte passation',
  'Message candidat',
  'Message esquisse',
  'Message refuse',
  'Message contributeur',
  'Commentaire refus',
  'Commentaire fin',
  'Commentaire lecture',
  'atelieravant',
  'atelierapres',
  'Prenomfaux',
  'Nomfaux',
  'Texte faux',
];

describe('what is personal, after a whole story', () => {
  const mails: string[] = [];
  const log: string[] = [];
  let postman: SMTPServer;
  let system: TestSystem;
  let world: World;

  beforeAll(async () => {
    postman = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        const parts: Buffer[] = [];
        stream
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => {
            mails.push(Buffer.concat(parts).toString());
            done();
          });
      },
    });
    await new Promise<void>((resolve) => postman.listen(0, '127.0.0.1', resolve));
    system = await startSystem({
      smtpUrl: `smtp://127.0.0.1:${(postman.server.address() as AddressInfo).port}`,
      log: { write: (line) => void log.push(line) },
    });
    world = await buildWorld(system, 'declined');
    for (const reader of readers) await readEverything(world, reader, world.people[reader]);
    await goWrong();
    const mailer = system.worker.get(Mailer, { strict: false });
    // A round sends some; the worker's own tick may be in one.
    for (let round = 0; round < 10; round++) await mailer.sendDue();
  });
  afterAll(async () => {
    await system.stop();
    await new Promise<void>((resolve) => postman.close(resolve));
  });

  /** Refused, unreadable and failing requests are where texts escape into logs. */
  async function goWrong(): Promise<void> {
    const { lead, stranger } = world.people;
    const resident = { firstName: 'Prenomfaux', lastName: 'Nomfaux', birthYear: 1949, commune: '72181' };
    for (const body of [
      { resident },
      { resident: { ...resident, birthYear: 'Nomfaux' } },
      { resident, summary: 'Texte faux\u0000' },
      { resident: [resident], Nomfaux: 1 },
    ]) {
      await lead.post('/v1/cases', body);
      await stranger.post(`/v1/cases/${world.caseId}/corrections`, body);
    }
    await lead.try('POST', '/v1/cases', { raw: '{"resident": {"lastName": "Nomfaux"' });
    await lead.try('GET', '/v1/cases?theme=Nomfaux');
    await request(system.baseUrl, 'GET', '/v1/cases/Nomfaux');
    await request(system.baseUrl, 'POST', '/v1/auth/login', {
      body: { email: 'nomfaux@exemple.fr', password: 'Texte faux' },
    });
    await system.database.query('alter table case_access rename to elsewhere');
    expect((await lead.post('/v1/cases/search', { name: 'Nomapres' })).status).toBe(500);
    const opening = {
      resident,
      themes: ['email'],
      informed: { on: '2026-01-15', how: 'oral' },
      summary: 'Texte faux',
      confirmNotDuplicate: true,
    };
    expect((await lead.post('/v1/cases', opening)).status).toBeGreaterThanOrEqual(500);
    await system.database.query('alter table elsewhere rename to case_access');
  }

  const said = (text: string): string[] => {
    const folded = text.toLowerCase();
    return canaries.filter((canary) =>
      [
        canary.toLowerCase(),
        Buffer.from(canary).toString('hex'),
        Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -1),
      ].some((form) => text.includes(form) || folded.includes(form)),
    );
  };

  it('stands in no table and no queue, be it as text or as plain bytes', async () => {
    const tables = await system.database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'public.event',
        'public.piece',
        'public.stream',
        'public.audit_entry',
        'public.notification',
        'public.email',
      ]),
    );
    expect(tables.some(({ name }) => name.startsWith('bullmq.'))).toBe(true);
    for (const { name } of tables) {
      const rows = await system.database.query<{ row: string }>(`select t::text as row from ${name} t`);
      expect([name, said(rows.map(({ row }) => row).join('\n'))]).toEqual([name, []]);
    }
  });

  it('is nowhere in the log, which did say something of everything that happened', () => {
    expect(log.filter((line) => line.includes('"answered"')).length).toBeGreaterThan(200);
    expect(log.filter((line) => line.includes('unexpected error')).length).toBeGreaterThan(0);
    expect(said(log.join('\n'))).toEqual([]);
    // Nor who signs in, with what, by which token, or what was asked for in an address.
    expect(log.join('\n')).not.toMatch(/nomfaux@|conseiller@|Bearer |theme=|phrase de passe/i);
  });

  it('is nowhere in the metrics, which count by pattern of address', async () => {
    const { text } = await request(system.baseUrl, 'GET', '/metrics', {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    expect(text).toContain('/v1/cases/:id/sessions');
    expect(said(text)).toEqual([]);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it('is in no e-mail, title or entry of the journal', async () => {
    expect(mails.length).toBeGreaterThan(3);
    expect(said(mails.join('\n'))).toEqual([]);
    for (const reader of readers) {
      for (const path of ['/v1/notifications?limit=100', '/v1/tasks?limit=100', '/v1/audit/entries?limit=100']) {
        const { body } = await world.people[reader].try('GET', path);
        const rows = ((body.items as View[] | undefined) ?? []).map(({ resident: _, ...row }) => row);
        expect([reader, path, said(JSON.stringify(rows))]).toEqual([reader, path, []]);
      }
    }
  });

  it('would be found: the words are there for whoever may read them', async () => {
    expect(said((await world.people.lead.try('GET', `/v1/cases/${world.caseId}`)).text)).toEqual(
      expect.arrayContaining(['Prenomapres', 'Nomapres', '0639980002']),
    );
    expect(said(Buffer.from('Prenomavant').toString('hex'))).toEqual(['Prenomavant']);
  });
});
