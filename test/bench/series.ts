/** The measurements of a run on one queue: floor and product in turn, several passes, then what is counted. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bed, QueueName } from './bed';
import { count } from './counted';
import type { Command, Read } from './operations';
import { ask, asking, floorOfCommand, floorOfRead, isRead, look, makeFloors, type Pace, type Tools } from './rounds';
import type { Floor } from './floor';
import { generate } from './generator';
import { machine } from '../support/clock';
import { figuresOf, type Effects, type Line, type Results } from './results';
import { Stage } from './stage';

export interface Plan extends Pace {
  readonly connections: readonly number[];
  readonly commands: readonly Command[];
  readonly reads: readonly Read[];
  readonly passes: number;
  /** How many times a command is looked at for its floor. */
  readonly looks: number;
  /** Requests over which work is counted. */
  readonly counted: number;
  /** Made-up residents that are there besides. */
  readonly filledWith?: { readonly residents: number; readonly entries: number };
}

type Say = (line: string) => void;

/** Signed in, with something to work on, what commands write looked at, the database as large as wanted, and the floors made in it. */
export async function prepare(
  others: Omit<Tools, 'stage'>,
  plan: Plan,
  results: Results,
  say: Say,
): Promise<{ tools: Tools; floors: Map<Command, Floor> }> {
  const { bed } = others;
  await bed.startApi('PostgreSQL');
  const tools = { ...others, stage: await Stage.signIn(bed) };
  await tools.stage.furnish();
  say('Looking at what each command writes …');
  // Before the database is filled: all of it is searched for what a command has written.
  const seen = await look(tools, plan.commands, plan.looks);
  if (plan.filledWith) {
    const { residents, entries } = plan.filledWith;
    say(`Writing ${entries} entries of ${residents} residents …`);
    await generate(bed.databaseUrl, bed.masterKey, { residents, entries, seed: 'bench', until: machine.today() });
  }
  const floors = await makeFloors(tools, seen);
  await bed.query('vacuum analyze');
  for (const [{ name }, { rows }] of floors) results.written.set(name, rows);
  return { tools, floors };
}

/** The same people at an api on another queue. */
export async function onQueue(tools: Tools, queue: QueueName): Promise<Tools> {
  await tools.bed.startApi(queue);
  const stage = await Stage.signIn(tools.bed);
  await stage.furnish();
  return { ...tools, stage };
}

/** Reads ring no bell: on a second queue they are not measured again. */
export async function measureOn(
  queue: QueueName,
  tools: Tools,
  floors: ReadonlyMap<Command, Floor>,
  plan: Plan,
  results: Results,
  say: Say,
): Promise<void> {
  const { bed } = tools;
  await bed.startWorker();
  await bed.settle();
  say(`The queue on ${queue}:`);
  const operations = [...plan.commands, ...(results.lines.length === 0 ? plan.reads : [])];
  const lines = operations.flatMap((operation) =>
    plan.connections.map((connections) => ({
      operation,
      connections,
      line: lineOf(queue, operation.name, connections),
    })),
  );
  results.lines.push(...lines.map(({ line }) => line));
  const watch = watching(bed);
  for (let pass = 1; pass <= plan.passes; pass++)
    for (const { operation, connections, line } of lines) {
      const floor = isRead(operation)
        ? await floorOfRead(tools, operation, connections)
        : await floorOfCommand(tools, operation, floors.get(operation)!, connections);
      watch.on = !isRead(operation);
      const product = await ask(tools, operation, connections);
      watch.on = false;
      const { waiting, seconds } = await bed.settle();
      // Fewer are done before they can be timed.
      if (waiting > 100) watch.effects.drained.push(waiting / seconds);
      line.rounds.push({ product, floor });
      const { rate, p50, p99, ratio } = figuresOf(line);
      say(
        `${pass}/${plan.passes} ${operation.name}, ${connections} at once: ${rate.toFixed(0)}/s, ${p50.toFixed(1)} / ${p99.toFixed(1)} ms, ${ratio.toFixed(2)} of the floor`,
      );
    }
  const { effects, memory } = await watch.end();
  results.effects.set(queue, effects);
  results.memory.set(queue, memory);
  for (const operation of operations) {
    const requests = await operation.requests(tools.stage, plan.counted);
    const counted = await count(bed, plan.counted, () => asking(tools, operation, 1, requests));
    if (!results.counted.has(operation.name)) results.counted.set(operation.name, counted);
    results.jobs.set(`${operation.name} ${queue}`, counted.jobs);
  }
}

const lineOf = (queue: QueueName, operation: string, connections: number): Line => ({
  queue,
  operation,
  connections,
  rounds: [],
});

/** Looks every now and then at memory, and, while commands come, at how long the oldest effect has waited. */
function watching(bed: Bed) {
  const effects: Effects = { waits: [], drained: [] };
  const memory = { api: 0, worker: 0 };
  let going = true;
  const state = { on: false, effects };
  const watched = (async () => {
    while (going) {
      const now = bed.memory();
      memory.api = Math.max(memory.api, now.api);
      memory.worker = Math.max(memory.worker, now.worker);
      if (state.on) effects.waits.push(await bed.oldestEffect());
      await pause(100);
    }
  })();
  return Object.assign(state, {
    async end() {
      going = false;
      await watched;
      return { effects, memory };
    },
  });
}
