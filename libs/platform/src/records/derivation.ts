import { Injectable } from '@nestjs/common';
import type { Change, RecordEvent, RecordKind, Uuid } from '@fil-rouge/kernel';
import { Database } from '../database';
import { calls } from './commit';
import { readEvent, readLog, type Pass } from './log';
import { Sealing } from './sealing';
import { Slices, type State } from './slices';

/** A record's log told once more: the state it ends with, and what it says read tables hold. */
export interface Replayed {
  readonly id: Uuid;
  readonly kind: RecordKind;
  readonly version: number;
  readonly state: State;
  /** In the order of the events: a copy must copy what stood there then. Empty for an erased record: its words are gone. */
  readonly changes: readonly Change[];
}

/** Somebody may write between our reading and our comparing; nobody does so that often. */
const attempts = 10;

/** What follows from a log alone: for whoever makes it anew, and for whoever compares. */
@Injectable()
export class Derivation {
  constructor(
    private readonly database: Database,
    private readonly slices: Slices,
    private readonly sealing: Sealing,
  ) {}

  /** Throws when a sealed piece does not open. `key` null: the record is erased. */
  async replay(
    kind: RecordKind,
    id: Uuid,
    key: Buffer | null,
    look?: (event: RecordEvent) => void,
    pass: Pass = {},
  ): Promise<Replayed> {
    let state = this.slices.initial(kind);
    let version = 0;
    const changes: Change[] = [];
    for await (const row of readLog(this.database, id, { pass })) {
      const event = readEvent(this.slices, this.sealing, kind, key, row);
      const before = state;
      state = this.slices.evolve(kind, before, event);
      version = event.seq;
      if (key) changes.push(...calls(this.slices.project(kind, before, state, event), this.sealing));
      look?.(event);
    }
    return { id, kind, version, state, changes };
  }

  /**
   * The names of what is not as the logs say: `state`, a read table, or, of an erased record, where something of it is left.
   *
   * @param records read again when somebody has written meanwhile; those that ended in another one stand before it, and all of them are compared as one:
   * rows of the first went over to the last
   */
  async differences(records: () => Promise<readonly Replayed[]>): Promise<string[]> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const differs = await this.compare(await records());
      if (differs) return differs;
    }
    return [];
  }

  /** The same once; null when somebody has written since one of the logs was read. Nobody writes to these records meanwhile. */
  async compare(records: readonly Replayed[]): Promise<string[] | null> {
    const family = records.map(({ kind, ...replayed }) => ({
      ...replayed,
      stateVersion: this.slices.stateVersion(kind),
    }));
    const [row] = await this.database.query<{ differs: string[] | null }>(
      'compare_records',
      'select compare_records($1) as differs',
      [JSON.stringify(family)],
    );
    return row!.differs;
  }
}
