/**
 * The same model against the whole product: HTTP, PostgreSQL, worker, the clock moved. Fewer stories; what only the store can break is
 * looked at too: read tables, state and fold are one, chains verify, nobody is told twice.
 */
import fc from 'fast-check';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { mayDecide } from './case.rules';
import { timersOf } from './clock.rules';
import { drawing, type Command, type Asked, type Drawn, type Told } from './commands';
import { later } from './days';
import { isStaff, participation, type Model } from './model';
import { start } from './network';
import { observed } from './observed';
import { drawnOf } from './steps';
import { onOneRecord } from './regressions';
import { onThreeRecords } from './merge.regressions';
import { afterDecision, answer, decide, homeOf, ring } from './sequence';
import { steered } from './steering';
import { Network, storeCast } from './store-network';
import { StoreWorld } from './store-world';
import type { Reply } from './world';

/** A story takes a second here: SEQUENCES / 50, at least 12 beside the fixed ones. */
const sequences = Math.max(12, Math.floor(Number(process.env['SEQUENCES'] ?? 0) / 50));

let system: TestSystem;
let network: Network;

beforeAll(async () => {
  system = await startSystem();
  network = await Network.assemble(system);
});
afterAll(() => system.stop());

interface Story {
  models: readonly Model[];
  world: StoreWorld;
}

let shown = start;

/** The clock runs on by a millisecond per look; it is never put back within a story. */
function show(now: string): void {
  if (now === shown) return;
  system.clock.set(now);
  shown = now;
}

async function tell(drawn: readonly Drawn[]): Promise<void> {
  const story: Story = await StoreWorld.open(network);
  shown = start;
  try {
    for (const one of drawn) {
      const command = { ...steered(story.models[one.on]!, one) };
      await play(story, { on: one.on, command });
      if (command.do === 'wait' && command.late) continue;
      await settle(story);
      for (const model of story.models)
        expect({ command, ...(await story.world.observed(model.id)) }).toEqual({ command, ...observed(model) });
    }
    await settle(story);
    for (const { id, log } of story.models)
      expect(await story.world.log(id)).toEqual(log.map(({ type, about }) => `${type} ${about ?? ''}`).sort());
    await story.world.verify(story.models);
    await story.world.checkSight(story.models);
  } finally {
    show(nowIn(story));
    await story.world.leave(story.models[0]!);
    await system.settle();
  }
}

const nowIn = ({ models }: Story): string => models[0]!.now;

async function play(story: Story, told: Told): Promise<void> {
  const { world, models } = story;
  const { command } = told;
  show(nowIn(story));
  if (command.do === 'wait') return wait(story, command);
  if (command.do === 'decide') {
    if (!mayDecide(models[0]!, command)) return;
    await settle(story);
    await world.decide(command);
    story.models = decide(story.models, command).map((model) => afterDecision(model, command.structure));
    return;
  }
  const home = homeOf(models, told);
  const { refusal, next } = answer(models, home, command);
  const reply = await world.do(models[home]!, command);
  const allowed = refusal?.codes ?? ['done'];
  const code = reply?.code ?? 'done';
  if (refusal && saysMerged(story, home, command, reply)) return;
  if (!allowed.includes(code)) expect({ command, code, reply }).toEqual({ command, code: allowed.join(' or ') });
  if (refusal?.state && code === 'wrong-state')
    expect({ status: typeof reply?.status === 'number' ? undefined : reply?.status, actions: reply?.actions }).toEqual(
      refusal.state,
    );
  story.models = next;
}

/** Whatever else stands against a command on a record that goes on elsewhere: who may see that one is told so. Nobody else. */
function saysMerged({ models }: Story, home: number, command: Asked, reply: Reply | null): boolean {
  const { mergedInto } = models[home]!;
  if (reply?.code !== 'wrong-state' || reply.status !== 'merged' || !mergedInto || !('mergedInto' in reply))
    return false;
  const survivor = models[mergedInto.id]!;
  const person = survivor.people[command.by]!;
  const part = participation(survivor, person.structure);
  expect({ command, maySee: !isStaff(person) || (part !== null && part !== 'candidate') }).toEqual({
    command,
    maySee: true,
  });
  return true;
}

async function wait(story: Story, { days, hours, late }: Extract<Command, { do: 'wait' }>): Promise<void> {
  const end = later(nowIn(story), { days, hours });
  while (!late) {
    const [due] = story.models.flatMap((model) => Object.values(timersOf(model))).sort();
    if (due === undefined || due > end) break;
    set(story, due > nowIn(story) ? due : nowIn(story));
    await settle(story);
  }
  set(story, end);
}

function set(story: Story, now: string): void {
  story.models = story.models.map((model) => ({ ...model, now }));
}

async function settle(story: Story): Promise<void> {
  show(nowIn(story));
  await system.settle();
  story.models = story.models.map(ring);
}

/** Of the fixed stories those in which everything can be asked for here, by people who are here. */
const tellable = Object.entries({ ...onOneRecord, ...onThreeRecords }).filter(([, steps]) =>
  steps.every(
    (step) =>
      !storeCast.without?.includes(step.do) &&
      (!('by' in step) || storeCast.people.includes(step.by)) &&
      (step.on ?? 0) < storeCast.records &&
      !(step.do === 'merge' && step.into >= storeCast.records) &&
      (step.do !== 'decide' ||
        storeCast.decisions.some(([structure, status]) => structure === step.structure && status === step.status)),
  ),
);

const sequence = fc.noBias(fc.array(drawing(storeCast), { minLength: 1, maxLength: 40, size: 'max' }));

describe('the whole product against the model', () => {
  it.each(tellable)('%s', (_, steps) => tell(steps.map(drawnOf)));

  it(`holds in ${sequences} stories`, async () => {
    await fc.assert(fc.asyncProperty(sequence, tell), {
      numRuns: sequences,
      endOnFailure: process.env['NO_SHRINK'] !== undefined,
    });
  }, 3_600_000);

  it('has told nobody anything twice, and each time of an event that happened', async () => {
    const twice = await system.database.query(
      'select user_id, event_id, type from notification group by 1, 2, 3 having count(*) > 1',
    );
    const unfounded = await system.database.query(
      'select n.id from notification n where not exists (select from event e where e.id = n.event_id)',
    );
    const mailedTwice = await system.database.query(
      'select notification_id from email where notification_id is not null group by 1 having count(*) > 1',
    );
    const [{ told }] = (await system.database.query('select count(*)::int as told from notification')) as [
      { told: number },
    ];
    expect({ twice, unfounded, mailedTwice }).toEqual({ twice: [], unfounded: [], mailedTwice: [] });
    await system.settle();
    expect(await system.database.query('select count(*)::int as told from notification')).toEqual([{ told }]);
  });

  it('has nothing in its read tables and states but what the log says', async () => {
    const before = await everythingDerived();
    expect(await rebuild(system.database)).toEqual([]);
    const after = await everythingDerived();
    for (const [table, rows] of after) expect({ table, rows }).toEqual({ table, rows: before.get(table) });
  });

  // The last one: it takes the worker away.
  it('tells a late answer that the referral has expired, though no worker was there to say so', async () => {
    const {
      world,
      models: [model],
    } = await StoreWorld.open(network);
    if (!model) throw new Error('No record was opened.');
    await world.do(model, {
      do: 'create',
      by: 'alpha.counsellor',
      to: 'delta',
      needs: 'online',
      informed: 'yes',
      onward: false,
      parent: null,
      send: true,
    });
    await system.worker.close();
    const now = later(model.now, { days: 40 });
    system.clock.set(now);
    const reply = await world.do(
      { ...model, now },
      {
        do: 'referral',
        action: 'accept',
        by: 'delta.counsellor',
        n: 0,
        match: 'none',
        outcome: 'helped',
        remaining: false,
        days: 0,
        comment: true,
        contact: null,
        informed: true,
      },
    );
    expect(reply).toMatchObject({ code: 'wrong-state', status: 'expired', actions: [] });
  });
});

const derived = [
  'case_file',
  'case_access',
  'lead_period',
  'access_grant',
  'party',
  'referral',
  'referral_access',
  'handover',
  'handover_access',
  'session_entry',
  'search_token',
];

async function everythingDerived(): Promise<Map<string, string[]>> {
  const tables = new Map<string, string[]>();
  for (const table of derived) {
    const rows = await system.database.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t order by 1`,
    );
    tables.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  tables.set(
    'stream',
    (await system.database.query<{ row: string }>('select id || state::text as row from stream order by 1')).map(
      ({ row }) => row,
    ),
  );
  return tables;
}
