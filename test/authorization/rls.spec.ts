import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { Person } from '../journeys/driver';
import { Oracle, type LogEvent, type LogPiece } from './oracle';
import { fourStructures, of, people, play, step, system, type Step } from './rls-story';

/** By command: `RLS_RUNS=1000 npx jest test/authorization/rls`. */
const runs = Number(process.env['RLS_RUNS'] ?? 25);

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
  fourStructures();

  /** What `select * from …` returns without any where, as rows are selected in the session of that person. */
  async function readAll(person: Person): Promise<Record<string, Row[]>> {
    const client = new Client({ connectionString: system.database.administratorUrl, options: '-c role=reader' });
    await client.connect();
    try {
      await person.get('/v1/me');
      await client.query('begin');
      const token = createHash('sha256').update(person.authorization.replace('Bearer ', '')).digest();
      const {
        rows: [entered],
      } = await client.query<{ session: object | null }>('select enter($1, $2, null) as session', [
        token,
        system.clock.now(),
      ]);
      expect(entered!.session).not.toBeNull();
      const tables: Record<string, Row[]> = {};
      for (const table of [
        'event',
        'piece',
        'case_access',
        'case_file',
        'referral_access',
        'handover_access',
        'handover',
        'session_entry',
        'lead_period',
        'access_grant',
        'party',
        'search_token',
        'workshop',
        'audit_entry',
      ]) {
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
    const log = await system.database.query<LogEvent & Record<string, never>>(
      'select * from event where stream_id = $1 order by seq',
      [caseId],
    );
    const pieces = await system.database.query<LogPiece & Record<string, never>>(
      'select event_id, kind from piece where stream_id = $1',
      [caseId],
    );
    const sessions = await system.database.query<Row>('select * from session_entry where case_id = $1', [caseId]);
    const periods = await system.database.query<Row>('select * from lead_period where case_id = $1', [caseId]);
    const oracle = new Oracle(log);
    const eventOf = new Map(log.map((event) => [event.id, event]));
    const wrong: string[] = [];
    for (const { structureId } of people) {
      const read = await readAll(of(structureId));
      const name = ['Département', 'La Poste', 'Afpa', 'Croix-Rouge'][
        people.findIndex((person) => person.structureId === structureId)
      ]!;
      const say = (seen: boolean, may: boolean, must: boolean, what: string) => {
        if (seen && !may) wrong.push(`${name} (${oracle.participation(structureId)}) reads ${what}`);
        if (!seen && must) wrong.push(`${name} (${oracle.participation(structureId)}) does not read ${what}`);
      };
      const ids = (table: string) => new Set(read[table]!.map(({ id }) => id));
      const events = ids('event');
      for (const event of log)
        say(
          events.has(event.id),
          oracle.mayReadEvent(structureId, event),
          oracle.mustReadEvent(structureId, event),
          `event ${event.seq} ${event.type}`,
        );
      const opened = new Set(read['piece']!.map(({ event_id, kind }) => `${event_id}/${kind}`));
      for (const piece of pieces) {
        const event = eventOf.get(piece.event_id)!;
        say(
          opened.has(`${piece.event_id}/${piece.kind}`),
          oracle.mayReadPiece(structureId, event, piece),
          oracle.mustReadPiece(structureId, event, piece),
          `${piece.kind} of ${event.seq} ${event.type}`,
        );
      }
      const access = read['case_access']!.filter(({ case_id }) => case_id === caseId);
      if (access.map(({ participation }) => participation).join() !== (oracle.participation(structureId) ?? ''))
        wrong.push(
          `${name} has the case as ${access.map(({ participation }) => participation).join()}, not ${oracle.participation(structureId)}`,
        );
      for (const table of ['referral_access', 'handover_access', 'handover']) {
        for (const row of read[table]!.filter(({ case_id }) => case_id === caseId))
          say(true, oracle.mayKnow(structureId, row.id), false, `${table} ${row.id}`);
      }
      const sessionsRead = ids('session_entry');
      for (const row of sessions) {
        const sees = row.structure_id === structureId || row.seq <= oracle.threadHorizon(structureId);
        say(sessionsRead.has(row.id), sees, sees, `session up to ${row.seq}`);
      }
      const periodsRead = ids('lead_period');
      for (const row of periods)
        say(
          periodsRead.has(row.id),
          row.from_seq <= oracle.threadHorizon(structureId),
          row.from_seq <= oracle.threadHorizon(structureId),
          `lead from ${row.from_seq}`,
        );
      for (const table of [
        'access_grant',
        'party',
        'referral_access',
        'handover_access',
        'case_access',
        'search_token',
        'workshop',
      ]) {
        for (const row of read[table]!)
          if (row.structure_id !== structureId) wrong.push(`${name} reads a row of ${table} of another structure`);
      }
      const words = read['search_token']!.some(({ case_id }) => case_id === caseId);
      if (words && oracle.threadHorizon(structureId) === 0) wrong.push(`${name} finds the case by name`);
      if (read['case_file']!.length > 0) wrong.push(`${name} reads case_file, which is for who watches`);
      // The lead reads all states, dates and structures; the resident's columns are granted to nobody (grants.spec.ts).
      const leads = oracle.leadHorizon(structureId) === Infinity;
      for (const row of read['referral']!.filter(({ case_id }) => case_id === caseId))
        say(true, leads, false, `referral ${row.id}, which is for the lead and who watches`);
      const readers = read['audit_entry']!.filter((row) => row.stream_id === caseId).length > 0;
      if (readers && oracle.leadHorizon(structureId) !== Infinity) wrong.push(`${name} reads who read the record`);
    }
    return wrong;
  }

  it('reads of random worlds what the matrix says, whatever opened, was sent on, answered and handed over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
        expect(await differences(await play(steps))).toEqual([]);
      }),
      { numRuns: runs, endOnFailure: runs <= 25 },
    );
  }, 1_200_000);

  const told: Step[] = [
    { verb: 'session', who: 0, whom: 0, which: 1 },
    { verb: 'refer', who: 0, whom: 1, which: 1 },
    { verb: 'accept', who: 1, whom: 0, which: 0 },
    { verb: 'session', who: 1, whom: 0, which: 0 },
    { verb: 'refer', who: 1, whom: 3, which: 1 },
    { verb: 'push', who: 0, whom: 2, which: 1 },
    { verb: 'accept handover', who: 2, whom: 0, which: 0 },
    { verb: 'complete', who: 1, whom: 0, which: 1 },
    { verb: 'correct', who: 2, whom: 0, which: 1 },
    { verb: 'session', who: 2, whom: 0, which: 1 },
  ];

  describe('turned off on purpose', () => {
    let caseId: string;
    beforeAll(async () => {
      caseId = await play(told);
    });

    const open = (policy: string, table: string) =>
      [
        `alter policy ${policy} on ${table} using (true)`,
        async () => {
          const [{ was }] = (await system.database.query<{ was: string }>(
            `select pg_get_expr(polqual, polrelid) as was from pg_policy where polname = $1 and polrelid = $2::regclass`,
            [policy, table],
          )) as [{ was: string }];
          return `alter policy ${policy} on ${table} using (${was})`;
        },
      ] as const;
    const ways: [string, string, () => Promise<string>][] = [
      ...(
        [
          ['event_of_the_thread', 'event'],
          ['piece_of_the_thread', 'piece'],
          ['reader_reads', 'case_access'],
          ['reader_reads', 'referral_access'],
          ['reader_reads', 'session_entry'],
          ['reader_reads', 'lead_period'],
          ['own_grants', 'access_grant'],
        ] as const
      ).map(
        ([policy, table]) =>
          [`${policy} on ${table}`, ...open(policy, table)] as [string, string, () => Promise<string>],
      ),
      ...['event', 'piece', 'case_access', 'referral', 'session_entry', 'party'].map(
        (table) =>
          [
            `row-level security of ${table}`,
            `alter table ${table} disable row level security`,
            async () => `alter table ${table} enable row level security`,
          ] as [string, string, () => Promise<string>],
      ),
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
