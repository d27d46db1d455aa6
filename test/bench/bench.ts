/** `npm run bench`: how fast the product is beside what nothing can be faster than, in one run on one PostgreSQL. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasRedisServer } from '../support/redis';
import { makeBed, type Bed, type QueueName } from './bed';
import { latencyChart, ratioChart } from './charts';
import { LoadGenerator } from './load';
import { commands, reads } from './operations';
import { reportOf, summaryOf } from './report';
import { emptyResults, type Results } from './results';
import { measureOn, onQueue, prepare, type Plan } from './series';

const help = `npm run bench [-- --quick] [--entries <M>] [--passes <n>] [--only <words>] [--out <folder>]

Measures what people do often beside its floor, and writes a report with charts to docs/bench; some 15 minutes on two cores with nothing else to do.

  --quick   one pass of short measurements, in a minute; the report goes to docs/bench/quick, which is not kept
  --entries how many entries of made-up residents the database holds besides; 40,000 unless told otherwise, none with --quick
  --passes  how many measurements of each a figure is the median of; 3 unless told otherwise, 1 with --quick
  --only    operations whose name holds these words
  --out     where the report goes
`;
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    entries: { type: 'string' },
    passes: { type: 'string' },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const folder = flags.out ?? (flags.quick ? 'docs/bench/quick' : 'docs/bench');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const entries = Number(flags.entries ?? (flags.quick ? 0 : 40_000));

const plan: Plan = {
  ...(entries > 0 ? { filledWith: { residents: Math.ceil(entries / 20), entries } } : {}),
  connections: [1, 8, 32],
  passes: Number(flags.passes ?? (flags.quick ? 1 : 3)),
  commands: commands.filter(({ name }) => name.includes(flags.only)),
  reads: reads.filter(({ name }) => name.includes(flags.only)),
  ...(flags.quick
    ? { seconds: 0.3, floorSeconds: 0.2, looks: 6, counted: 10 }
    : { seconds: 2, floorSeconds: 1, looks: 40, counted: 40 }),
};

async function main(): Promise<void> {
  if (flags.help) return void process.stdout.write(help);
  const began = performance.now();
  const bed = await makeBed();
  const [http, floor] = await Promise.all([LoadGenerator.start(), LoadGenerator.start()]);
  try {
    const results = emptyResults(plan);
    const [first, ...others] = queues(results);
    const { tools, floors } = await prepare({ bed, http, floor, pace: plan }, plan, results, say);
    await measureOn(first, tools, floors, plan, results, say);
    for (const queue of others) await measureOn(queue, await onQueue(tools, queue), floors, plan, results, say);
    results.seconds = (performance.now() - began) / 1000;
    await report(bed, results);
  } finally {
    http.stop();
    floor.stop();
    await bed.stop();
  }
}

function queues({ remarks }: Results): [QueueName, ...QueueName[]] {
  if (flags.quick) remarks.push('The queue on PostgreSQL only: the one on Redis is measured by the full run.');
  else if (!hasRedisServer())
    remarks.push('The queue on Redis was not measured: there is no redis-server on the PATH.');
  else return ['PostgreSQL', 'Redis'];
  return ['PostgreSQL'];
}

async function report(bed: Bed, results: Results): Promise<void> {
  const [server] = await bed.query<{ version: string }>(`select current_setting('server_version') as version`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'README.md'), reportOf(results, `PostgreSQL ${server!.version.split(' ')[0]}`));
  for (const [name, chart] of [
    ['ratios.svg', ratioChart(results)],
    ['latencies.svg', latencyChart(results)],
  ] as const)
    await writeFile(join(folder, name), chart);
  process.stdout.write(`${summaryOf(results)}\nThe report is ${join(folder, 'README.md')}.\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
