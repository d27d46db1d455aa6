/** Records in bulk: the product's rules decide, its store seals, chains and lays out, and many records are committed in one call. */
import {
  atParis,
  type Actor,
  type Change,
  type Fact,
  type JsonObject,
  type LocalDate,
  type Uuid,
} from '@fil-rouge/kernel';
import { Slices } from '@fil-rouge/platform';
import { recountAll } from '@fil-rouge/statistics';
import { Client, type QueryResultRow } from 'pg';
import { handlers, slices as everySlice } from '../../apps/system';
import { calls, layOut } from '../../libs/platform/src/records/commit';
import { Chance } from './chance';
import { History, type World } from './history';
import { SeededSealing } from './seeded-sealing';

export interface Wanted {
  readonly residents: number;
  /** Events in the logs of all of them together; what follows from an event by itself may add a few. */
  readonly entries: number;
  readonly seed: string;
  /** They live until this day begins: nothing is overdue then. */
  readonly until: LocalDate;
}

export interface Progress {
  readonly residents: number;
  readonly entries: number;
}

/** Events in one commit: enough that a call costs nothing beside its rows. */
const batch = 2000;
/** A follow-up began up to so many days ago. */
const longest = 700;
const day = 86_400_000;

/** Into a database that has been migrated and has its network. Effects count as done: nobody is told of what nobody lived. */
export async function generate(
  url: string,
  masterKey: Buffer,
  wanted: Wanted,
  told: (progress: Progress) => void = () => undefined,
): Promise<Progress> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const world = await worldIn(client, masterKey, wanted.seed);
    let residents = 0;
    let entries = 0;
    // One commit is under way while the next one is thought out.
    let committing: Promise<unknown> = Promise.resolve();
    const committed = async (histories: readonly History[]): Promise<void> => {
      const payload = JSON.stringify(payloadOf(histories, world, wanted));
      await committing;
      committing = client.query({ name: 'commit', text: 'select commit_record($1)', values: [payload] });
      // It is awaited above, or at the end; until then nobody must miss that it failed.
      committing.catch(() => undefined);
      told({ residents, entries });
    };
    let waiting: History[] = [];
    let events = 0;
    for (const history of histories(world, wanted, () => entries)) {
      waiting.push(history);
      residents++;
      entries += history.events.length;
      events += history.events.length;
      if (events < batch) continue;
      await committed(waiting);
      [waiting, events] = [[], 0];
    }
    if (waiting.length > 0) await committed(waiting);
    await committing;
    await recountAll({
      query: async <R extends QueryResultRow>(name: string, text: string, values: unknown[] = []) =>
        (await client.query<R>({ name, text, values })).rows,
    });
    return { residents, entries };
  } finally {
    await client.end();
  }
}

/** Few residents come often and many once or twice: each has a share of the entries that are left. */
function* histories(
  world: World,
  { residents, entries, seed, until }: Wanted,
  written: () => number,
): Generator<History> {
  const all = new Chance(seed);
  const shares = Array.from({ length: residents }, () => (-Math.log(1 - all.number())) ** 1.5);
  let left = shares.reduce((sum, share) => sum + share, 0);
  const end = Date.parse(atParis(until, '00:00'));
  for (const [nth, share] of shares.entries()) {
    const others = residents - nth - 1;
    const count = Math.max(1, Math.round(((entries - written() - others) * share) / left) + 1);
    left -= share;
    const chance = all.of(`resident ${nth}`);
    const begins = new Date(end - (0.02 + 0.98 * chance.number()) * longest * day).toISOString();
    yield new History(world, chance, begins, new Date(end).toISOString()).live(count);
  }
}

/** What the store would have committed one by one, in one piece; without deliveries. */
function payloadOf(histories: readonly History[], world: World, { until }: Wanted): JsonObject {
  const { payload } = layOut(
    histories.map((history) => history.work()),
    { now: atParis(until, '00:00'), facts: [] },
    world.slices,
    world.sealing,
  );
  return { ...payload, deliveries: [], changes: changesOf(histories, world) as unknown as JsonObject['changes'] };
}

/** Plain images of whole rows: the last one stands for all, as long as nothing else was done between them. */
const image = /^put_(?!.*_(end|void|error|correction|asked|ending|outcome|given_away|of_case|of_person)$)/;

/** In waves: what each record does to its rows stays in order, and what many records do alike is one call. */
function changesOf(histories: readonly History[], { sealing }: World): Change[] {
  const waves: Change[][] = [];
  for (const { changes } of histories) wavesOf(changes).forEach((wave, at) => (waves[at] ??= []).push(...wave));
  return waves.flatMap((wave) => calls(wave, sealing));
}

function wavesOf(commits: readonly (readonly Change[])[]): Change[][] {
  const waves: Change[][] = [];
  let images: Change[] = [];
  const flush = () => {
    if (images.length > 0) waves.push(images);
    images = [];
  };
  for (const changes of commits) {
    if (changes.every(({ call }) => image.test(call))) images.push(...changes);
    else {
      flush();
      waves.push([...changes]);
    }
  }
  flush();
  return waves;
}

async function worldIn(client: Client, masterKey: Buffer, seed: string): Promise<World> {
  const slices = new Slices();
  for (const slice of everySlice) slices.register(slice);
  for (const { interest } of handlers) slices.interest(interest);
  const { rows: facts } = await client.query<Fact>(
    `select id, kind, version, state from stream where kind in ('structure', 'person', 'network')`,
  );
  const { rows: people } = await client.query<{ user: Uuid; structure: Uuid }>(
    `select e.user_id as user, e.structure_id as structure from employment e join structure s on s.id = e.structure_id
     where e.role = 'counsellor' and s.status = 'active' order by s.name, e.user_id`,
  );
  const staff = new Map<Uuid, Actor[]>();
  for (const { user, structure } of people) {
    const actor: Actor = { userId: user, structureId: structure, role: 'counsellor', territory: null };
    staff.set(structure, [...(staff.get(structure) ?? []), actor]);
  }
  return {
    slices,
    sealing: new SeededSealing(masterKey, seed),
    staff,
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    communes: ['72181', '72264', '72003', '72269', '72154', '72095', '72191'],
  };
}
