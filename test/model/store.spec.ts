/**
 * The same model against the whole product: HTTP, PostgreSQL, worker, the clock moved. Fewer stories; what only the store can break is
 * looked at too: read tables, state and fold are one, chains verify, nobody is told twice.
 */
import { NestFactory } from '@nestjs/core';
import { loadSettings, openLog, PlatformModule, Rebuilding } from '@fil-rouge/platform';
import fc from 'fast-check';
import { platformOptions } from '../../apps/system';
import { startSystem, type TestSystem } from '../support/system';
import { mayDecide } from './case.rules';
import { drawing, steered, type Command, type Drawn } from './commands';
import { later } from './days';
import { observed, timersOf, type Model } from './model';
import { start } from './network';
import { afterDecision, answer, decide, ring } from './sequence';
import { Network, storeCast, StoreWorld } from './store-world';

/** A story takes seconds here: SEQUENCES / 50, at least 24. */
const sequences = Math.max(24, Math.floor(Number(process.env['SEQUENCES'] ?? 0) / 50));

let system: TestSystem;
let network: Network;

beforeAll(async () => {
  system = await startSystem();
  network = await Network.assemble(system);
}, 120_000);
afterAll(() => system.stop());

interface Story { model: Model; world: StoreWorld }

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
      const command = { ...steered(story.model, one) };
      await play(story, command);
      if (command.do === 'wait' && command.late) continue;
      await settle(story);
      expect({ command, ...(await story.world.observed()) }).toEqual({ command, ...observed(story.model) });
    }
    await settle(story);
    expect(await story.world.log()).toEqual(story.model.log.map(({ type, about }) => `${type} ${about ?? ''}`).sort());
    await story.world.verify();
  } finally {
    show(story.model.now);
    await story.world.leave(story.model);
    await system.settle();
  }
}

async function play(story: Story, command: Command): Promise<void> {
  const { world } = story;
  show(story.model.now);
  if (command.do === 'wait') return wait(story, command);
  if (command.do === 'decide') {
    if (!mayDecide(story.model, command)) return;
    await settle(story);
    await world.decide(command);
    story.model = afterDecision(decide(story.model, command), command.structure);
    return;
  }
  const { refusal, next } = answer(story.model, command);
  const reply = await world.do(story.model, command);
  const allowed = refusal?.codes ?? ['done'];
  const code = reply?.code ?? 'done';
  if (!allowed.includes(code)) expect({ command, code, reply }).toEqual({ command, code: allowed.join(' or ') });
  if (refusal?.state && code === 'wrong-state') expect({ status: reply?.status, actions: reply?.actions }).toEqual(refusal.state);
  story.model = next;
}

async function wait(story: Story, { days, hours, late }: Extract<Command, { do: 'wait' }>): Promise<void> {
  const until = later(story.model.now, { days, hours });
  for (let next = timersOf(story.model); !late; next = timersOf(story.model)) {
    const [due] = Object.values(next).sort();
    if (due === undefined || due > until) break;
    story.model = { ...story.model, now: due > story.model.now ? due : story.model.now };
    await settle(story);
  }
  story.model = { ...story.model, now: until };
}

async function settle(story: Story): Promise<void> {
  show(story.model.now);
  await system.settle();
  story.model = ring(story.model);
}

const sequence = fc.noBias(fc.array(drawing(storeCast), { minLength: 1, maxLength: 40, size: 'max' }));

describe('the whole product against the model', () => {
  it(`holds in ${sequences} stories`, async () => {
    await fc.assert(fc.asyncProperty(sequence, tell), { numRuns: sequences, endOnFailure: process.env['NO_SHRINK'] !== undefined });
  }, 3_600_000);

  it('has told nobody anything twice, and each time of an event that happened', async () => {
    const twice = await system.database.query('select user_id, event_id, type from notification group by 1, 2, 3 having count(*) > 1');
    const unfounded = await system.database.query('select n.id from notification n where not exists (select from event e where e.id = n.event_id)');
    const mailedTwice = await system.database.query('select notification_id from email where notification_id is not null group by 1 having count(*) > 1');
    const [{ told }] = (await system.database.query('select count(*)::int as told from notification')) as [{ told: number }];
    expect({ twice, unfounded, mailedTwice }).toEqual({ twice: [], unfounded: [], mailedTwice: [] });
    await system.settle();
    expect(await system.database.query('select count(*)::int as told from notification')).toEqual([{ told }]);
  });

  it('has nothing in its read tables and states but what the log says', async () => {
    const before = await everythingDerived();
    await rebuild();
    const after = await everythingDerived();
    for (const [table, rows] of after) expect({ table, rows }).toEqual({ table, rows: before.get(table) });
  });

  // The last one: it takes the worker away.
  it('tells a late answer that the referral has expired, though no worker was there to say so', async () => {
    const { world, model } = await StoreWorld.open(network);
    await world.do(model, { do: 'create', by: 'alpha.counsellor', to: 'delta', needs: 'online', informed: 'yes', onward: false, parent: null, send: true });
    await system.worker.close();
    const now = later(model.now, { days: 40 });
    system.clock.set(now);
    const reply = await world.do({ ...model, now }, {
      do: 'referral', action: 'accept', by: 'delta.counsellor', n: 0, match: 'none', outcome: 'helped', remaining: false, days: 0, comment: true, contact: null, informed: true,
    });
    expect(reply).toMatchObject({ code: 'wrong-state', status: 'expired', actions: [] });
  });
});

const derived = ['case_file', 'case_access', 'lead_period', 'access_grant', 'party', 'referral', 'referral_access', 'handover', 'handover_access', 'session_entry', 'search_token'];

async function everythingDerived(): Promise<Map<string, string[]>> {
  const tables = new Map<string, string[]>();
  for (const table of derived) {
    const rows = await system.database.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t order by 1`);
    tables.set(table, rows.map(({ row }) => row));
  }
  tables.set('stream', (await system.database.query<{ row: string }>('select id || state::text as row from stream order by 1')).map(({ row }) => row));
  return tables;
}

/** `npm run rebuild`, as the administrator. */
async function rebuild(): Promise<void> {
  const { database, clock } = system;
  const options = platformOptions({
    settings: loadSettings({}), masterKey: database.masterKey, databaseUrl: database.administratorUrl, bell: { postgresUrl: database.queueUrl }, logger: openLog('silent', 'test'), clock,
  });
  const tool = await NestFactory.createApplicationContext({ module: class Tool {}, imports: [PlatformModule.for(options)] }, { logger: false, abortOnError: false });
  try {
    expect((await tool.get(Rebuilding).all()).damaged).toEqual([]);
  } finally {
    await tool.close();
  }
}
