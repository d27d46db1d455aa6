import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@fil-rouge/kernel';
import type { Clock } from '../clock';
import type { Database, Transaction } from '../database';
import { SettingsError } from '../settings';
import { shortId, type MasterKeys } from './master-keys';
import { placeOfRoot } from './working-keys';

interface Holder {
  readonly process: string;
  readonly name: string;
  readonly beats: number;
  readonly newest: number;
  readonly current: number;
  readonly lacks: string | null;
}

interface RootRow {
  readonly generation: number;
  readonly box: Buffer;
  readonly wrapped_by: string;
  readonly since: Date | null;
}

export interface KeyState {
  /** The master key this database is sealed with. */
  readonly masterKey: string;
  readonly since: Instant;
  /** A master key that is being taken over to; null: none. */
  readonly announced: string | null;
  /** The current root's number. */
  readonly root: number;
  /** Keys of records and other boxes that an earlier root wrapped and that open. */
  readonly left: number;
  /** Those that do not open with any. */
  readonly shut: number;
  /** Running processes that still wrap with an earlier root. */
  readonly behind: readonly string[];
}

export interface Patience {
  /** Milliseconds between two looks. */
  readonly pause: number;
  /** Looks after which a process that says nothing is gone, and one that lacks the key is waited for no longer. */
  readonly looks: number;
}

/**
 * Replaces the master key while everybody works. A new root is announced, sealed with the new master key; when every running process has learned it, and so has that key, all roots are
 * sealed with the new one and the new root becomes the current one, in one transaction. Broken off anywhere, it goes on from there when it is asked for again.
 */
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly keys: MasterKeys,
    private readonly clock: Clock,
    private readonly patience: Patience = { pause: 1_000, looks: 15 },
  ) {}

  /** Whether the first key of the file is another one than the database's, or a rotation has begun. */
  async isPrepared(): Promise<boolean> {
    const roots = await this.roots();
    const begun = roots.some(({ since }) => since === null);
    return begun || this.keys.current() !== currentOf(roots).wrapped_by;
  }

  /** @param onWait told who is waited for. Throws a SettingsError when a process lacks the new key: nothing is changed then. */
  async rotate(onWait: (names: readonly string[]) => void = () => undefined): Promise<void> {
    const generation = await this.announce();
    await this.everybody(({ newest }) => newest >= generation, onWait);
    await this.database.transaction((transaction) => this.turn(transaction, generation));
    await this.everybody(({ current }) => current >= generation, onWait);
  }

  private async announce(): Promise<number> {
    const roots = await this.roots();
    const begun = roots.find(({ since }) => since === null);
    if (begun) {
      await this.need(begun.wrapped_by);
      return begun.generation;
    }
    const next = roots.at(-1)!.generation + 1;
    const id = this.keys.current();
    const [box] = await this.keys.wrap(id, [{ place: placeOfRoot(next), bytes: randomBytes(32) }]);
    // Of two that begin at once the second goes on with what the first one announced.
    await this.database.query(
      'key_rotation_announce',
      'insert into sealing_root (generation, box, wrapped_by) values ($1, $2, $3) on conflict do nothing',
      [next, box, id],
    );
    return next;
  }

  private async turn(transaction: Transaction, generation: number): Promise<void> {
    const roots = await transaction.query<RootRow>(
      'select generation, box, wrapped_by, since from sealing_root order by generation for update',
    );
    const next = roots.find((root) => root.generation === generation)!;
    if (next.since !== null) return;
    for (const root of roots.filter(({ wrapped_by }) => wrapped_by !== next.wrapped_by)) {
      const place = placeOfRoot(root.generation);
      const bytes = await this.keys.unwrap(root.wrapped_by, [{ place, bytes: root.box }]);
      const [box] = await this.keys.wrap(next.wrapped_by, [{ place, bytes: bytes[0]! }]);
      await transaction.query('update sealing_root set box = $2, wrapped_by = $3 where generation = $1', [
        root.generation,
        box,
        next.wrapped_by,
      ]);
    }
    const now = this.clock.now();
    await transaction.query('update sealing_root set since = $2 where generation = $1', [generation, now]);
    await transaction.query(`update sealing_key set fingerprint = $1, since = $2 where purpose = 'records'`, [
      next.wrapped_by,
      now,
    ]);
  }

  /** Waits until it holds for every process that runs. One that says nothing for as long as that was killed: it learns everything when it starts again. */
  private async everybody(holds: (one: Holder) => boolean, onWait: (names: readonly string[]) => void): Promise<void> {
    const first = new Map<string, number>();
    for (let look = 0; ; look++) {
      const waited = (await this.holders()).filter((one) => !holds(one));
      if (waited.length === 0) return;
      for (const { process, beats } of waited) if (!first.has(process)) first.set(process, beats);
      const isOver = look >= this.patience.looks;
      const lacking = waited.filter(({ lacks, process, beats }) => lacks && first.get(process) !== beats);
      if (isOver && lacking.length > 0)
        throw new SettingsError([
          `The master key ${shortId(lacking[0]!.lacks!)} is not in the key file of every running process: ${lacking.map(({ name }) => name).join(', ')}. Nothing was changed for anybody; put the same file there, then run this again.`,
        ]);
      if (isOver) {
        const silent = waited.filter(({ process, beats }) => first.get(process) === beats);
        await this.database.query('key_rotation_gone', 'delete from key_holder where process = any($1)', [
          silent.map(({ process }) => process),
        ]);
      }
      if (look % 10 === 1) onWait(waited.map(({ name }) => name));
      await pause(this.patience.pause);
    }
  }

  async state(): Promise<KeyState> {
    const roots = await this.roots();
    const { generation, wrapped_by, since } = currentOf(roots);
    const [count] = await this.database.query<{ left: number; shut: number; done: boolean }>(
      'key_rotation_left',
      'select left_behind($1)::int as left, shut, rewrapped_at is not null as done from sealing_root where generation = $1',
      [generation],
    );
    const { left, shut, done } = count!;
    // Somebody was still writing with an earlier root when everything had been looked at: once more.
    if (done && left > shut)
      await this.database.query(
        'key_rotation_again',
        'update sealing_root set rewrapped_at = null, walked = null, shut = 0 where generation = $1',
        [generation],
      );
    const behind = (await this.holders()).filter(({ current }) => current !== generation);
    return {
      masterKey: wrapped_by,
      since: since!.toISOString(),
      announced: roots.find((root) => root.since === null)?.wrapped_by ?? null,
      root: generation,
      left: done ? Math.max(0, left - shut) : left,
      shut: done ? Math.min(left, shut) : 0,
      behind: behind.map(({ name }) => name),
    };
  }

  private async need(id: string): Promise<void> {
    if (await this.keys.has(id)) return;
    throw new SettingsError([
      `A rotation to the master key ${shortId(id)} has begun, and the key file does not have it. Put it back on the first line, then run this again.`,
    ]);
  }

  private roots = (): Promise<RootRow[]> =>
    this.database.query(
      'key_rotation_roots',
      'select generation, box, wrapped_by, since from sealing_root order by generation',
    );

  private holders = (): Promise<Holder[]> =>
    this.database.query('key_rotation_holders', 'select * from key_holder order by process');
}

/** Of roots in their order. */
const currentOf = (roots: readonly RootRow[]): RootRow => roots.filter(({ since }) => since !== null).at(-1)!;
