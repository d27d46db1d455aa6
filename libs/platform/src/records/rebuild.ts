import { Injectable } from '@nestjs/common';
import type { RecordKind, Uuid } from '@fil-rouge/kernel';
import { Database } from '../database';
import { Derivation } from './derivation';
import { Slices } from './slices';

/** Somebody may write between our reading and our writing; nobody does so that often. */
const attempts = 10;

/** Derives everything derived once more, record by record, from the log alone; people may go on working meanwhile. */
@Injectable()
export class Rebuilding {
  constructor(
    private readonly database: Database,
    private readonly slices: Slices,
    private readonly derivation: Derivation,
  ) {}

  /** Needs an administrator's login. Erased records are left as they are; `damaged` as well: their log does not end where their head says, or a sealed piece does not open. */
  async all(progress: (done: number) => void = () => undefined): Promise<{ done: number; damaged: Uuid[] }> {
    let done = 0;
    const damaged: Uuid[] = [];
    const after = new Map<Uuid, RecordKind>();
    for (let last: Uuid | null = null; ;) {
      const page: { id: Uuid; kind: RecordKind; key: Buffer | null }[] = await this.database.query(
        'rebuild_page',
        'select id, kind, key from stream where $1::uuid is null or id > $1 order by id limit 100',
        [last],
      );
      for (const { id, kind, key } of page) {
        const goesOnIn = key === null ? [] : await this.one(kind, id, key);
        if (goesOnIn === null) damaged.push(id);
        for (const next of goesOnIn ?? []) after.set(next, kind);
      }
      done += page.length;
      progress(done);
      if (page.length < 100) break;
      last = page.at(-1)!.id;
    }
    await this.goOn(after);
    return { done, damaged };
  }

  /** What stands in a record about the rows of one that ended in it was said after them, in whichever order the two were derived. */
  private async goOn(records: ReadonlyMap<Uuid, RecordKind>): Promise<void> {
    for (const [id, kind] of records) {
      const [row] = await this.database.query<{ key: Buffer | null }>(
        'rebuild_key',
        'select key from stream where id = $1',
        [id],
      );
      const goesOnIn = row?.key ? await this.one(kind, id, row.key) : null;
      await this.goOn(new Map((goesOnIn ?? []).map((next) => [next, kind])));
    }
  }

  /** The records to derive after this one; null when its log cannot be read. */
  private async one(kind: RecordKind, stream: Uuid, key: Buffer): Promise<Uuid[] | null> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const replayed = await this.derivation.replay(kind, stream, key).catch(() => null);
      if (replayed === null) return null;
      const { state, version, changes } = replayed;
      const [row] = await this.database.query<{ done: boolean }>(
        'rebuild_record',
        'select rebuild_record($1) as done',
        [JSON.stringify({ stream, version, state, stateVersion: this.slices.stateVersion(kind), changes })],
      );
      if (row?.done) return this.slices.goesOnIn(kind, state);
    }
    return null;
  }
}
