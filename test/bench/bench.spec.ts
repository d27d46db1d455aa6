/** The bench runs, one command and one read of it, and what it reports is there. How fast they are is no test's business. */
import { Client } from 'pg';
import { ratioChart } from './charts';
import { makeBed } from './bed';
import { LoadGenerator } from './load';
import { commands, reads, type Read } from './operations';
import { byIndex, type Tools } from './rounds';
import { reportOf, summaryOf } from './report';
import { emptyResults } from './results';
import { measureOn, prepare, type Plan } from './series';

async function planOf(read: Read, { bed, stage }: Tools): Promise<string> {
  const { text, values } = await read.rows(stage);
  const client = new Client({ connectionString: byIndex(bed.databaseUrl) });
  await client.connect();
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, [...values[0]!]);
  await client.end();
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

it('measures a command and a read beside their floors', async () => {
  const plan: Plan = {
    connections: [2],
    commands: commands.filter(({ name }) => name === 'record a session'),
    reads: reads.filter(({ name }) => name === 'one case'),
    passes: 1,
    seconds: 0.05,
    floorSeconds: 0.05,
    looks: 3,
    counted: 3,
    filledWith: { residents: 5, entries: 50 },
  };
  const bed = await makeBed();
  const [http, floor] = await Promise.all([LoadGenerator.start(), LoadGenerator.start()]);
  const results = emptyResults(plan);
  const plans = new Map<string, string>();
  try {
    const { tools, floors } = await prepare({ bed, http, floor, pace: plan }, plan, results, () => undefined);
    await measureOn('PostgreSQL', tools, floors, plan, results, () => undefined);
    for (const read of reads) plans.set(read.name, await planOf(read, tools));
  } finally {
    http.stop();
    floor.stop();
    await bed.stop();
  }
  expect(results.written.get('record a session')).toContain('session_entry +1');
  for (const { rounds } of results.lines) {
    expect(rounds[0]!.product.rate).toBeGreaterThan(0);
    expect(rounds[0]!.floor).toBeGreaterThan(0);
  }
  // A floor that is no index read is no floor: the product was faster than that.
  expect([...plans].filter(([, steps]) => !/Index/.test(steps) || /Seq Scan|Hash|Bitmap/.test(steps))).toEqual([]);
  expect(results.counted.get('one case')!.roundTrips).toBeGreaterThanOrEqual(1);
  expect(reportOf(results, 'PostgreSQL')).toContain('| one case |');
  expect(summaryOf(results)).toContain('record a session');
  expect(ratioChart(results)).toMatch(/^<svg/);
});
