/**
 * Two api processes on one database, a worker beside them; both sides of each race ask at the same moment, each its own process. 25 rounds;
 * `npm run races` runs 1,000 (ROUNDS=1000). Exactly one wins, the other is told what the record has become.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newCase, Person, type Answer } from '../journeys/driver';
import { machine } from '../support/clock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { startProcesses, type Processes } from './processes';

const rounds = Number(process.env['ROUNDS'] ?? 25);

/** Rounds under way at once: races among strangers must not disturb each other. */
const abreast = 4;

export const patience = 60_000 + rounds * 3_000;

let database: TestDatabase;
let processes: Processes;

/** The same people at both processes; a token of one is a token of all. */
export let here: People;
export let there: People;

const accounts = {
  lead: 'conseiller@departement-sarthe',
  manager: 'responsable@departement-sarthe',
  recipient: 'conseiller@la-poste',
  other: 'conseiller@afpa',
  administrator: 'administrateur@departement-sarthe',
  auditor: 'auditeur@departement-sarthe',
} as const;

type People = Record<keyof typeof accounts, Person>;

type Ask = () => Promise<Answer>;

/** Both at once; which one is sent first, and by how much, is chance. @param within ms: longer where one side has more to look at before it writes */
export async function race(one: Ask, other: Ask, within = 8): Promise<[Answer, Answer]> {
  const late = async (ask: Ask, ms: number): Promise<Answer> => {
    if (ms > 0) await pause(ms);
    return ask();
  };
  const head = (Math.random() * 2 - 1) * within;
  return Promise.all([late(one, head), late(other, -head)]);
}

/** What one person may do a hundred times a day is no limit to a race of a thousand rounds. */
const giveBackTurns = (): Promise<unknown> => database.query('delete from sign_in_attempt');

export async function repeat(round: () => Promise<string>, among = abreast): Promise<Record<string, number>> {
  const ends: Record<string, number> = {};
  let left = rounds;
  await Promise.all(
    Array.from({ length: among }, async () => {
      while (left-- > 0) {
        await giveBackTurns();
        const end = await round();
        ends[end] = (ends[end] ?? 0) + 1;
      }
    }),
  );
  if (process.env['SHOW']) console.log(expect.getState().currentTestName, ends);
  // Chance alone does not let one side win a thousand times.
  if (rounds >= 200) expect(Object.keys(ends).length).toBeGreaterThan(1);
  return ends;
}

export const informed = () => ({ on: machine.today(), how: 'oral' });

export const open = async (): Promise<string> =>
  (await here.lead.do('/v1/cases', { ...newCase(), informed: informed() })).id;

/** Told the truth: 409 with the present state, and what may still be done in it. */
export function expectTold(answer: Answer, status: string, actions: readonly string[]): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status: 409,
    body: { code: 'wrong-state', status, actions },
  });
}

/** After every race: chain and numbers, one lead at any instant, one open handover at most. */
export async function expectWhole(caseId: string): Promise<void> {
  expect(await here.auditor.get(`/v1/audit/cases/${caseId}/verification`)).toMatchObject({
    chain: 'ok',
    continuity: 'ok',
    gaps: [],
  });
  const periods = await database.query<{ from_seq: number; until_seq: number | null; meets: boolean }>(
    'select from_seq, until_seq, from_at = lag(until_at) over (order by from_seq) as meets from lead_period where case_id = $1 order by from_seq',
    [caseId],
  );
  expect(periods.slice(1).filter(({ meets }) => !meets)).toEqual([]);
  expect(periods.filter(({ until_seq }) => until_seq === null)).toHaveLength(1);
  expect(
    await database.query(
      `select id from handover where case_id = $1 and status in ('proposed', 'requested', 'accepted') offset 1`,
      [caseId],
    ),
  ).toEqual([]);
}

export const typesOf = async (caseId: string): Promise<string[]> =>
  (await database.query<{ type: string }>('select type from event where stream_id = $1 order by seq', [caseId])).map(
    ({ type }) => type,
  );

/** For the tests of one `describe`: both processes, with the same people signed in at each. */
export function twoProcesses(): void {
  beforeAll(async () => {
    database = await cloneDatabase();
    processes = await startProcesses(database);
    const enter = async (baseUrl: string): Promise<People> => {
      const people: Partial<Record<keyof typeof accounts, Person>> = {};
      for (const [name, account] of Object.entries(accounts))
        people[name as keyof People] = await Person.signIn(baseUrl, `${account}.demo`, database.password);
      return people as People;
    };
    here = await enter(processes.apis[0].baseUrl);
    there = await enter(processes.apis[1]!.baseUrl);
  });

  afterAll(async () => {
    await processes.stop();
    await database.drop();
  });
}
