/** The report of a run, in Markdown. */
import { cpus, totalmem } from 'node:os';
import { figuresOf, median, shareOf, type Figures, type Results } from './results';
import { machine } from '../support/clock';

const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The figures of one operation on one queue, by connections. */
function rowsOf({ lines, connections }: Results): { name: string; figures: Figures[] }[] {
  const several = new Set(lines.map(({ queue }) => queue)).size > 1;
  const groups = new Map<string, Figures[]>();
  for (const line of lines) {
    const name = several && line.queue !== 'PostgreSQL' ? `${line.operation}, queue on ${line.queue}` : line.operation;
    groups.set(name, [...(groups.get(name) ?? []), figuresOf(line)]);
  }
  return [...groups].map(([name, figures]) => ({ name, figures: figures.slice(0, connections.length) }));
}

/** For the terminal. */
export function summaryOf(results: Results): string {
  const rows = rowsOf(results).map(({ name, figures }) => [
    name.padEnd(34),
    ...figures.map(({ rate, ratio }) => `${rate.toFixed(0).padStart(6)}/s ${ratio.toFixed(2)}`),
  ]);
  return [
    [
      'requests a second, and of the floor'.padEnd(34),
      ...results.connections.map((count) => `${count} at once`.padStart(13)),
    ].join('  '),
    ...rows.map((cells) => cells.join('  ')),
  ].join('\n');
}

export function reportOf(results: Results, server: string): string {
  return `${[
    heading(results, server),
    speed(results),
    work(results),
    afterwards(results),
    longest(results),
    howMeasured,
  ].join('\n\n')}\n`;
}

const heading = ({ remarks, seconds, entries, passes, commit }: Results, server: string): string => `# How fast

Made by \`npm run bench\` on ${machine.today()}, from ${commit}, in ${Math.round(seconds / 60)} minutes, each figure from ${passes} ${passes === 1 ? 'measurement' : 'measurements'}: ${cpus().length} cores (${cpus()[0]!.model.trim()}),
${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${server}, all on one machine, the load generator too. The database held
${entries.toLocaleString('en')} entries of made-up residents (\`npm run generate\`) besides what was measured. Figures of two machines, or of two days on one,
do not compare; the ratios do.${remarks.map((remark) => `\n${remark}`).join('')}`;

function speed(results: Results): string {
  const { connections } = results;
  const each = (what: string): string[] => connections.map((count) => `${what} at ${count}`);
  return `## Beside the floor

Requests a second (p50 / p99 in ms), and how much of the floor that is: of the requests a second that nothing can be faster than. 1 would be a product that costs nothing.

${table(
  ['', ...each('requests'), ...each('of the floor')],
  rowsOf(results).map(({ name, figures }) => [
    name,
    ...figures.map(({ rate, p50, p99 }) => `${number(rate)} (${number(p50)} / ${number(p99)})`),
    ...figures.map(({ ratio }) => `**${ratio.toFixed(2)}**`),
  ]),
)}

![How much of the floor each operation reaches](ratios.svg)

![How long the slowest one in a hundred takes, beside the one in the middle](latencies.svg)`;
}

const work = ({ counted, written, jobs }: Results): string => `## Work for one request

Read from PostgreSQL's statistics while requests came one by one. Trips, statements, jobs and rows are the same on every machine; a job or two are the clock's.

${table(
  ['', 'round trips', 'statements inside', 'ms in PostgreSQL', 'ms afterwards (worker, queue)', 'jobs', 'rows written'],
  [...counted].map(([name, { roundTrips, nested, milliseconds, afterwards: later }]) => [
    name,
    number(roundTrips),
    number(nested),
    number(milliseconds),
    number(later),
    ['PostgreSQL', 'Redis']
      .flatMap((queue) => jobs.get(`${name} ${queue}`) ?? [])
      .map(number)
      .join(' / '),
    written.get(name) ?? '',
  ]),
)}`;

function afterwards({ effects, memory }: Results): string {
  return `## Afterwards, and memory

${table(
  ['queue', 'oldest effect waits, ms: p50', 'p99', 'drained a second', 'api, MB', 'worker, MB'],
  [...memory].map(([queue, { api, worker }]) => {
    const { waits, drained } = effects.get(queue)!;
    return [
      queue,
      number(median(waits)),
      number(shareOf(waits, 0.99)),
      drained.length > 0 ? number(median(drained)) : 'nothing was left',
      number(api),
      number(worker),
    ];
  }),
)}`;
}

const longest = ({ counted }: Results): string => `## Where it goes inside PostgreSQL

The statements that take longest for one request, those inside functions too; what contains others contains their time.

${table(
  ['', 'statement', 'times', 'ms'],
  [...counted].flatMap(([name, { longest: statements }]) =>
    statements.map(({ statement, calls, milliseconds }, n) => [
      n === 0 ? name : '',
      `\`${statement.replaceAll('`', '').replaceAll('|', '¦')}\``,
      number(calls),
      number(milliseconds),
    ]),
  ),
)}`;

const howMeasured = `## How it is measured

- One PostgreSQL as \`npm start\` runs it, with its disk (fsync on); api and worker as processes of their own; requests by autocannon from another one. Each request of a
  command is one that succeeds, with an \`Idempotency-Key\`; anything but a success ends the run.
- Floor and product are measured one right after the other; of several measurements a figure is the median, and a ratio the median of the ratios of each pair.
- The floor of a command: the rows that it was seen to write (found by the number of its transactions, whatever the code is called), written to copies of the same tables
  with the same indexes by one prepared function, one call each, with nothing decided, sealed or checked. Of a sign-in, the verification of the password besides.
- The floor of a read: the time of an empty request of the same server, of the same rows selected by their index, and of the same boxes opened, added up.`;
