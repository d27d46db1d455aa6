import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from '../journeys/driver';
import { Oracle, type LogEvent, type LogPiece } from './oracle';

/** By command: `RLS_RUNS=1000 npx jest test/authorization/rls`. */
const runs = Number(process.env['RLS_RUNS'] ?? 25);

const verbs = [
  'refer', 'refer on', 'accept', 'accept', 'accept', 'decline', 'withdraw', 'complete', 'return', 'hold', 'session', 'session', 'correct session', 'correct', 'workshop',
  'push', 'pull', 'accept handover', 'accept handover', 'decline handover', 'withdraw handover', 'reassign', 'cancel', 'void', 'object', 'close', 'reopen', 'twenty days',
] as const;
interface Step { verb: (typeof verbs)[number]; who: number; whom: number; which: number }
const step = fc.record<Step>({ verb: fc.constantFrom(...verbs), who: fc.nat(3), whom: fc.nat(3), which: fc.nat(5) });

interface Row {
  [column: string]: unknown;
  id: string;
  case_id: string;
  stream_id: string;
  structure_id: string;
  participation: string;
  seq: number;
  from_seq: number;
  event_id: string;
  kind: string;
}

describe('row-level security alone', () => {
  let system: TestSystem;
  let people: Person[];
  let coordinator: Person;
  const start = '2026-11-23T09:00:00.000Z';

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure: string) => Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = await Promise.all(['departement-sarthe', 'la-poste', 'afpa', 'croix-rouge'].map((structure) => enter('conseiller', structure)));
    coordinator = await enter('coordinateur', 'departement-sarthe');
  });
  afterAll(() => system.stop());

  const own = (person: Person) => people.find(({ structureId }) => structureId === person.structureId)!;
  const of = (structureId: string) => own({ structureId } as Person);

  /** Plays the steps on a case of its own; what is refused is refused. */
  async function play(steps: readonly Step[]): Promise<string> {
    system.clock.set(start);
    const { id: caseId } = await people[0]!.do('/v1/cases', newCase());
    const base = `/v1/cases/${caseId}`;
    const rows = <R extends object>(sql: string) => system.database.query<R & Record<string, never>>(sql, [caseId]);
    for (const { verb, who, whom, which } of steps) {
      const person = people[who]!;
      const other = people[whom]!;
      const referrals = await rows<{ id: string; status: string; from_structure_id: string; to_structure_id: string }>('select * from referral where case_id = $1 order by id desc');
      const referral = referrals[which % Math.max(1, referrals.length)];
      const [handover] = await rows<{ id: string; kind: string; from_structure_id: string; to_structure_id: string }>(`select * from handover where case_id = $1 and ended_at is null`);
      const [asked, asking] = handover ? (handover.kind === 'pull' ? [handover.from_structure_id, handover.to_structure_id] : [handover.to_structure_id, handover.from_structure_id]) : [];
      const sender = referral ? of(referral.from_structure_id) : person;
      const recipient = referral ? of(referral.to_structure_id) : person;
      const on = (by: Person, action: string, body: object = {}) => (referral ? by.post(`/v1/referrals/${referral.id}/${action}`, body) : undefined);
      const onHandover = (by: string | undefined, action: string, body: object = {}) => (handover ? of(by!).post(`/v1/handovers/${handover.id}/${action}`, body) : undefined);
      const needs = [['email'], ['sante'], ['bureautique'], ['parentalite']][which % 4];
      switch (verb) {
        case 'refer': await person.post(`${base}/referrals`, newReferral(other.structureId, { needs, onwardAllowed: true, send: which !== 0 })); break;
        case 'refer on': await on(recipient, 'accept'); await recipient.post(`${base}/referrals`, newReferral(other.structureId, { needs, onwardAllowed: true, parentReferralId: referral?.id })); break;
        case 'accept': await on(recipient, 'accept'); break;
        case 'decline': await on(recipient, 'decline', { reason: 'other', comment: 'Non.' }); break;
        case 'withdraw': await on(sender, 'withdraw', { reason: 'other', comment: 'Non.' }); break;
        case 'complete': await on(recipient, 'complete', { outcome: 'helped_partially', remainingNeeds: ['email'], comment: 'Fait.' }); break;
        case 'return': await on(recipient, 'return', { reason: 'no_capacity' }); break;
        case 'hold': await on(recipient, 'hold', { reason: 'waiting_list', until: '2027-06-01' }); break;
        case 'session': await person.post(`${base}/sessions`, newSession({ date: '2026-11-20', summary: 'Texte.', privateNote: 'Note.' })); break;
        case 'correct session': {
          const [session] = await rows<{ id: string; structure_id: string }>('select * from session_entry where case_id = $1 order by id desc');
          if (session) await of(session.structure_id).post(`${base}/sessions/${session.id}/corrections`, { minutes: 15 + which, privateNote: 'Autre.', reason: 'Erreur.' });
          break;
        }
        case 'correct': await person.post(`${base}/corrections`, { resident: { lastName: `Nom${'abcdefgh'[which]}${'abcdefgh'[whom]}`, birthYear: 1950 + which } }); break;
        case 'workshop': await person.post('/v1/workshops', { title: 'Atelier', date: '2026-11-20', minutes: 60, place: 'lieu_activite', themes: ['email'], participants: [{ caseId }], anonymous: { total: 0 } }); break;
        case 'push': await person.post(`${base}/handovers`, { kind: 'push', toStructureId: other.structureId, note: 'Note.', ...(which === 0 ? { effectiveAt: '2026-12-15T09:00:00.000Z' } : {}) }); break;
        case 'pull': await person.post(`${base}/handovers`, { kind: 'pull', note: 'Nous la suivons.' }); break;
        case 'accept handover': await onHandover(asked, 'accept'); break;
        case 'decline handover': await onHandover(asked, 'decline', { reason: 'Non.' }); break;
        case 'withdraw handover': await onHandover(asking, 'withdraw'); break;
        case 'reassign': if (which === 0) await coordinator.post(`${base}/handovers`, { kind: 'administrative', toStructureId: other.structureId, reason: 'Décision.' }); break;
        case 'cancel': await on(coordinator, 'cancel', { reason: 'Décision.' }); break;
        case 'void': await on(coordinator, 'void', { reason: 'Erreur.' }); break;
        case 'object': if (which === 0) await person.post(`${base}/objections`, { against: other.structureId, on: '2026-11-20', how: 'oral' }); break;
        case 'close': if (which === 0) await person.post(`${base}/close`, { reason: 'need_met', cancelReferrals: true }); break;
        case 'reopen': await person.post(`${base}/reopen`, { reason: 'Revient.' }); break;
        case 'twenty days':
          if (which > 1) break;
          system.clock.advance({ days: 35 });
          await system.settle();
      }
    }
    return caseId;
  }

  /** What `select * from …` returns without any where, to the role api in the session of that person. */
  async function readAll(person: Person): Promise<Record<string, Row[]>> {
    const client = new Client({ connectionString: system.database.apiUrl });
    await client.connect();
    try {
      await person.get('/v1/me');
      await client.query('begin');
      const token = createHash('sha256').update(person.authorization.replace('Bearer ', '')).digest();
      const { rows: [entered] } = await client.query<{ session: object | null }>('select enter($1, $2) as session', [token, system.clock.now()]);
      expect(entered!.session).not.toBeNull();
      const tables: Record<string, Row[]> = {};
      for (const table of ['event', 'piece', 'case_access', 'case_file', 'referral_access', 'handover_access', 'handover', 'session_entry', 'lead_period', 'access_grant', 'party', 'search_token', 'workshop', 'audit_entry']) {
        tables[table] = (await client.query<Row>(`select * from ${table}`)).rows;
      }
      tables['referral'] = (await client.query<Row>('select id, case_id from referral')).rows;
      return tables;
    } finally {
      await client.end();
    }
  }

  /** Every difference between what the four structures read and what the matrix says, in words; for this case. */
  async function differences(caseId: string): Promise<string[]> {
    const log = await system.database.query<LogEvent & Record<string, never>>('select * from event where stream_id = $1 order by seq', [caseId]);
    const pieces = await system.database.query<LogPiece & Record<string, never>>('select event_id, kind from piece where stream_id = $1', [caseId]);
    const sessions = await system.database.query<Row>('select * from session_entry where case_id = $1', [caseId]);
    const periods = await system.database.query<Row>('select * from lead_period where case_id = $1', [caseId]);
    const oracle = new Oracle(log);
    const eventOf = new Map(log.map((event) => [event.id, event]));
    const wrong: string[] = [];
    for (const { structureId } of people) {
      const read = await readAll(of(structureId));
      const name = ['Département', 'La Poste', 'Afpa', 'Croix-Rouge'][people.findIndex((person) => person.structureId === structureId)]!;
      const say = (seen: boolean, may: boolean, must: boolean, what: string) => {
        if (seen && !may) wrong.push(`${name} (${oracle.participation(structureId)}) reads ${what}`);
        if (!seen && must) wrong.push(`${name} (${oracle.participation(structureId)}) does not read ${what}`);
      };
      const ids = (table: string) => new Set(read[table]!.map(({ id }) => id));
      const events = ids('event');
      for (const event of log) say(events.has(event.id), oracle.mayReadEvent(structureId, event), oracle.mustReadEvent(structureId, event), `event ${event.seq} ${event.type}`);
      const opened = new Set(read['piece']!.map(({ event_id, kind }) => `${event_id}/${kind}`));
      for (const piece of pieces) {
        const event = eventOf.get(piece.event_id)!;
        say(opened.has(`${piece.event_id}/${piece.kind}`), oracle.mayReadPiece(structureId, event, piece), oracle.mustReadPiece(structureId, event, piece), `${piece.kind} of ${event.seq} ${event.type}`);
      }
      const access = read['case_access']!.filter(({ case_id }) => case_id === caseId);
      if (access.map(({ participation }) => participation).join() !== (oracle.participation(structureId) ?? '')) wrong.push(`${name} has the case as ${access.map(({ participation }) => participation).join()}, not ${oracle.participation(structureId)}`);
      for (const table of ['referral_access', 'handover_access', 'handover']) {
        for (const row of read[table]!.filter(({ case_id }) => case_id === caseId)) say(true, oracle.mayKnow(structureId, row.id), false, `${table} ${row.id}`);
      }
      const sessionsRead = ids('session_entry');
      for (const row of sessions) {
        const sees = row.structure_id === structureId || row.seq <= oracle.threadHorizon(structureId);
        say(sessionsRead.has(row.id), sees, sees, `session up to ${row.seq}`);
      }
      const periodsRead = ids('lead_period');
      for (const row of periods) say(periodsRead.has(row.id), row.from_seq <= oracle.threadHorizon(structureId), row.from_seq <= oracle.threadHorizon(structureId), `lead from ${row.from_seq}`);
      for (const table of ['access_grant', 'party', 'referral_access', 'handover_access', 'case_access', 'search_token', 'workshop']) {
        for (const row of read[table]!) if (row.structure_id !== structureId) wrong.push(`${name} reads a row of ${table} of another structure`);
      }
      const words = read['search_token']!.some(({ case_id }) => case_id === caseId);
      if (words && oracle.threadHorizon(structureId) === 0) wrong.push(`${name} finds the case by name`);
      if (read['case_file']!.length > 0) wrong.push(`${name} reads case_file, which is for who watches`);
      // The lead reads all states, dates and structures; the resident's columns are granted to nobody (grants.spec.ts).
      const leads = oracle.leadHorizon(structureId) === Infinity;
      for (const row of read['referral']!.filter(({ case_id }) => case_id === caseId)) say(true, leads, false, `referral ${row.id}, which is for the lead and who watches`);
      const readers = read['audit_entry']!.filter((row) => row.stream_id === caseId).length > 0;
      if (readers && oracle.leadHorizon(structureId) !== Infinity) wrong.push(`${name} reads who read the record`);
    }
    return wrong;
  }

  it('reads of random worlds what the matrix says, whatever opened, was sent on, answered and handed over', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      expect(await differences(await play(steps))).toEqual([]);
    }), { numRuns: runs, endOnFailure: runs <= 25 });
  }, 1_200_000);

  const told: Step[] = [
    { verb: 'session', who: 0, whom: 0, which: 1 }, { verb: 'refer', who: 0, whom: 1, which: 1 }, { verb: 'accept', who: 1, whom: 0, which: 0 }, { verb: 'session', who: 1, whom: 0, which: 0 },
    { verb: 'refer', who: 1, whom: 3, which: 1 }, { verb: 'push', who: 0, whom: 2, which: 1 }, { verb: 'accept handover', who: 2, whom: 0, which: 0 }, { verb: 'complete', who: 1, whom: 0, which: 1 },
    { verb: 'correct', who: 2, whom: 0, which: 1 }, { verb: 'session', who: 2, whom: 0, which: 1 },
  ];

  describe('turned off on purpose', () => {
    let caseId: string;
    beforeAll(async () => {
      caseId = await play(told);
    });

    const open = (policy: string, table: string) => [`alter policy ${policy} on ${table} using (true)`, async () => {
      const [{ was }] = (await system.database.query<{ was: string }>(`select pg_get_expr(polqual, polrelid) as was from pg_policy where polname = $1 and polrelid = $2::regclass`, [policy, table])) as [{ was: string }];
      return `alter policy ${policy} on ${table} using (${was})`;
    }] as const;
    const ways: [string, string, () => Promise<string>][] = [
      ...([['event_of_the_thread', 'event'], ['piece_of_the_thread', 'piece'], ['api_reads', 'case_access'], ['api_reads', 'referral_access'], ['api_reads', 'session_entry'], ['api_reads', 'lead_period'], ['own_grants', 'access_grant']] as const)
        .map(([policy, table]) => [`${policy} on ${table}`, ...open(policy, table)] as [string, string, () => Promise<string>]),
      ...['event', 'piece', 'case_access', 'referral', 'session_entry', 'party'].map((table) =>
        [`row-level security of ${table}`, `alter table ${table} disable row level security`, async () => `alter table ${table} enable row level security`] as [string, string, () => Promise<string>]),
    ];

    it.each(ways)('%s: it shows', async (_name, breaking, mending) => {
      expect(await differences(caseId)).toEqual([]);
      const mend = await mending();
      await system.database.query(breaking);
      expect((await differences(caseId)).length).toBeGreaterThan(0);
      await system.database.query(mend);
      expect(await differences(caseId)).toEqual([]);
    });
  });
});
