import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Instant } from '@fil-rouge/kernel';
import { withClient } from '../client';
import { Clock } from '../clock';
import { Database } from '../database';
import { newId } from '../ids';
import { SettingsError } from '../settings';
import { MasterKeys, shortId } from './master-keys';
import { Sealing } from './sealing';

interface SealedWith {
  readonly fingerprint: string | null;
  /** Master keys that open the roots. A version before has none. */
  readonly needs?: readonly string[];
  /** Only while it is not known yet which key it is. */
  readonly oldest: readonly { readonly stream: string; readonly key: string }[];
}

interface Root {
  readonly generation: number;
  readonly box: string;
  readonly wrappedBy: string;
  readonly since: Instant | null;
}

const asked = 'select sealed_with() as sealed';
const listed = 'select sealing_roots() as roots';
/** Milliseconds between two looks for a new root: so long a rotation waits, twice. */
const every = 2_000;
/** What left with an earlier root is taken back for as long as the longest of it lasts, a link of seven days, and one more. In milliseconds. */
const tokensLast = 8 * 86_400_000;

export const placeOfRoot = (generation: number): string => `root|${generation}`;

/**
 * The keys a process works with: roots that lie in the database, sealed with a master key. A database knows which master key that is, by its id; another valid key would start happily,
 * read nobody's record and seal new ones that the right key cannot open: no process starts with it. A new root is learned while the process runs, and used when all have it.
 */
@Injectable()
export class WorkingKeys implements OnModuleInit, OnModuleDestroy {
  private readonly process = newId();
  private readonly roots = new Map<number, Buffer>();
  private known = '';
  private told = '';
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly keys: MasterKeys,
  ) {}

  /** The first start keeps the first root. Throws a SettingsError for another key, or when one is missing. */
  async onModuleInit(): Promise<void> {
    const [row] = await this.database.query<{ sealed: SealedWith }>('sealed_with', asked);
    const id = await keyOf(this.keys, row!.sealed);
    if (!row!.sealed.needs?.length) await this.begin(id);
    await this.learn();
    this.sealing.onUnlearned = () => void this.look();
    this.timer = setInterval(() => void this.look(), every).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await this.database.query('let_go_of_keys', 'select let_go_of_keys($1)', [this.process]).catch(() => undefined);
  }

  /** Takes what roots there are, and says so. */
  async learn(): Promise<void> {
    const [row] = await this.database.query<{ roots: Root[] }>('sealing_roots', listed);
    const lacks = await this.take(row!.roots);
    const { newest, current } = this.sealing.generations;
    const said = { process: this.process, name: nameOfProcess(), newest, current, lacks };
    const isPending = row!.roots.some(({ since }) => since === null);
    if (!isPending && this.told === JSON.stringify(said)) return;
    await this.database.query('hold_keys', 'select hold_keys($1)', [JSON.stringify(said)]);
    this.told = JSON.stringify(said);
  }

  private async begin(id: string): Promise<void> {
    const root = this.keys.itself(id) ?? randomBytes(32);
    const [box] = await this.keys.wrap(id, [{ place: placeOfRoot(0), bytes: root }]);
    const [kept] = await this.database.query<{ sealed: SealedWith }>(
      'begin_sealing',
      'select begin_sealing($1, $2, $3) as sealed',
      [id, box, this.clock.now()],
    );
    await keyOf(this.keys, kept!.sealed);
  }

  /** The id of a master key that would be needed for one of them; null: all were taken. */
  private async take(rows: readonly Root[]): Promise<string | null> {
    let lacks: string | null = null;
    for (const { generation, box, wrappedBy } of rows) {
      if (this.roots.has(generation)) continue;
      // A file that cannot be read just now does not have it either: whoever rotates must not take silence for an end.
      if (await this.keys.has(wrappedBy).catch(() => false))
        this.roots.set(generation, await opened(this.keys, generation, wrappedBy, box));
      else lacks = wrappedBy;
    }
    const settled = rows.filter(({ since }) => since !== null);
    const current = settled.at(-1)!.generation;
    const generations = rows
      .filter(({ generation }) => this.roots.has(generation))
      .map(({ generation }) => {
        const next = settled.find((one) => one.generation > generation)?.since;
        const opensTokens = !next || Date.parse(this.clock.now()) < Date.parse(next) + tokensLast;
        return { number: generation, root: this.roots.get(generation)!, opensTokens };
      });
    const known = JSON.stringify([current, generations.map(({ number, opensTokens }) => [number, opensTokens])]);
    if (known !== this.known || this.sealing.isAsking) this.sealing.learn(generations, current);
    this.known = known;
    return lacks;
  }

  /** Never two at once. A database that is away answers the next time. */
  private look(): Promise<void> {
    this.looking ??= this.learn()
      .catch(() => undefined)
      .finally(() => (this.looking = undefined));
    return this.looking;
  }
}

/**
 * The same check before anything is migrated, because that already changes passwords derived from the first root: which is the answer. A database that cannot say yet is let pass.
 */
export async function checkMasterKeys(url: string, keys: MasterKeys): Promise<Buffer> {
  return withClient(url, async (client) => {
    const {
      rows: [known],
    } = await client.query<{ sealed: boolean; roots: boolean }>(
      `select to_regprocedure('sealed_with()') is not null as sealed, to_regprocedure('sealing_roots()') is not null as roots`,
    );
    const id = known!.sealed
      ? await keyOf(keys, (await client.query<{ sealed: SealedWith }>(asked)).rows[0]!.sealed)
      : keys.current();
    const [first] = known!.roots ? (await client.query<{ roots: Root[] }>(listed)).rows[0]!.roots : [];
    if (first) return opened(keys, first.generation, first.wrappedBy, first.box);
    const root = keys.itself(id);
    if (root) return root;
    throw new SettingsError(['With keys that a service keeps, every login needs its URL: see the README.']);
  });
}

async function opened(keys: MasterKeys, generation: number, wrappedBy: string, box: string): Promise<Buffer> {
  const [root] = await keys.unwrap(wrappedBy, [{ place: placeOfRoot(generation), bytes: Buffer.from(box, 'hex') }]);
  return root!;
}

/** Which master key a database is sealed with. A record may be damaged; that none of the oldest opens is another key. Throws a SettingsError. */
async function keyOf(keys: MasterKeys, { fingerprint, needs = [], oldest }: SealedWith): Promise<string> {
  for (const id of new Set([...needs, ...(fingerprint ? [fingerprint] : [])]))
    if (!(await keys.has(id))) throw other(keys, id);
  if (fingerprint) return fingerprint;
  const found = keys.ids().find((id) => {
    const key = keys.itself(id);
    if (oldest.length === 0 || !key) return oldest.length === 0;
    const sealing = new Sealing(key);
    return oldest.some((one) => sealing.opens(Buffer.from(one.key, 'hex'), one.stream));
  });
  if (found === undefined) throw other(keys);
  return found;
}

const other = (keys: MasterKeys, id?: string): SettingsError =>
  new SettingsError([
    `The master key is not the one this database was sealed with${id ? ` (its fingerprint is ${shortId(id)}, this one’s ${keys.ids().map(shortId).join(' and ')})` : ''}. Nothing was changed; put the right key back (MASTER_KEY_FILE, or master.key in DATA_DIR).`,
  ]);

const nameOfProcess = (): string => `process ${process.pid} on ${hostname()}`;
