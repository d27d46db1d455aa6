import { Injectable } from '@nestjs/common';
import { Problem, type RecordEvent, type RecordKind, type Uuid } from '@fil-rouge/kernel';
import {
  Database,
  Derivation,
  readEvent,
  readLog,
  Sealing,
  Slices,
  verifyRows,
  type Head,
  type LogRow,
  type Pass,
  type Replayed,
} from '@fil-rouge/platform';
import {
  anchorOf,
  Link,
  verify,
  type Anchored,
  type MergedVerification,
  type Verification,
} from './verification.check';

/** Of a record whose row is gone: it has at least been opened. */
const opened: Head = { version: 1, hash: '', sealed: false };

/** What a look at one record found. `differs`: what is derived from it and not as its log says; see `Derivation.differences`. */
export interface Found extends Verification {
  readonly brokenLinks: Uuid[];
  readonly differs: string[];
}

interface Named {
  readonly kind: RecordKind;
  readonly id: Uuid;
}

/** A record that ended in another one, as that one's log says. */
interface Taken {
  anchor: Anchored;
  into: Uuid;
}

const collectInto =
  (into: Uuid, taken: Taken[]) =>
  (event: RecordEvent): void => {
    const anchor = anchorOf(event);
    if (anchor) taken.push({ anchor, into });
  };

/** Is a record what was written, and is what people see of it what follows from it? */
@Injectable()
export class RecordCheck {
  constructor(
    private readonly database: Database,
    private readonly slices: Slices,
    private readonly sealing: Sealing,
    private readonly derivation: Derivation,
  ) {}

  /**
   * Of any kind, each by itself; of a case with its links to those it took in. In the order asked for.
   *
   * What is derived from all of them is compared at once: a look into each read table costs more than what one record has there. Only when something
   * differs is each looked at alone.
   */
  async look(records: readonly Named[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const { kind, id } of records) {
      const taken: Taken[] = [];
      const verification = await this.log(kind, id, opened, {}, collectInto(id, taken));
      found.push({ ...verification, brokenLinks: await this.brokenOf(taken), differs: [] });
    }
    const intact = records.filter((_, n) => found[n]!.chain === 'ok');
    if (await this.areAsTheirLogsSay(intact)) return found;
    for (const [n, { kind, id }] of records.entries())
      found[n] = { ...found[n]!, differs: await this.differencesOf(kind, id, found[n]!, {}) };
    return found;
  }

  /** False too when somebody writes meanwhile, or when one does not open: then each says for itself. */
  private async areAsTheirLogsSay(records: readonly Named[]): Promise<boolean> {
    try {
      const families: Replayed[] = [];
      for (const { kind, id } of records) families.push(...(await this.family(kind, id, {})));
      return (await this.derivation.compare(families))?.length === 0;
    } catch (error) {
      if (error instanceof Problem && error.code === 'unreadable') return false;
      throw error;
    }
  }

  /** A case with every record that ended in it, directly or through another; for who is signed in. */
  async case(id: Uuid, pass: Pass): Promise<Verification & { differs: string[]; merged: MergedVerification[] }> {
    const taken: Taken[] = [];
    const verification = await this.log('case', id, opened, pass, collectInto(id, taken));
    const merged: MergedVerification[] = [];
    for (const { anchor, into } of taken) {
      const link = new Link(anchor, into);
      const deeper = collectInto(anchor.id, taken);
      const known = { version: anchor.loserVersion, hash: anchor.loserHash, sealed: false };
      const found = await this.log('case', anchor.id, known, pass, (event, row) => {
        link.look(event, row);
        deeper(event);
      });
      merged.push({ id: anchor.id, ...found, link: link.state });
    }
    return { ...verification, differs: await this.differencesOf('case', id, verification, pass), merged };
  }

  /** @param known what its log must have ended with at some time, in case its row is gone */
  private async log(
    kind: RecordKind,
    id: Uuid,
    known: Head,
    pass: Pass,
    look?: (event: RecordEvent, row: LogRow) => void,
  ): Promise<Verification> {
    let head = known;
    const rows = readLog(this.database, id, { sawHead: (present) => void (head = present ?? known), pass });
    if (kind === 'case') return this.withFiles(id, await verify(id, () => head, rows, this.asPresent, look));
    const { events, brokenAt } = await verifyRows(id, () => head, rows);
    const chain = brokenAt === undefined ? ('ok' as const) : ('broken' as const);
    return { events, chain, ...(brokenAt === undefined ? {} : { brokenAt }), continuity: 'ok', gaps: [] };
  }

  /** A file is too large to be fetched for it: the database makes its digest. */
  private async withFiles(id: Uuid, found: Verification): Promise<Verification> {
    const [files] = await this.database.query<{ amiss: number | null }>(
      'attachment_amiss',
      'select attachment_amiss($1) as amiss',
      [id],
    );
    if (files!.amiss === null) return found;
    return { ...found, chain: 'broken', brokenAt: Math.min(found.brokenAt ?? Infinity, files!.amiss) };
  }

  /** Nothing is said of what a broken log would have told. */
  private async differencesOf(kind: RecordKind, id: Uuid, { chain }: Verification, pass: Pass): Promise<string[]> {
    if (chain === 'broken') return [];
    return this.derivation
      .differences(() => this.family(kind, id, pass))
      .catch((error: unknown) => {
        // A key that is another one's opens nothing. Whatever else went wrong says nothing of the record: it is looked at again.
        if (error instanceof Problem && error.code === 'unreadable') return ['key'];
        throw error;
      });
  }

  /** A record after those that ended in it. Empty for one that ended itself: it is looked at with the one in which it goes on. */
  private async family(kind: RecordKind, id: Uuid, pass: Pass): Promise<Replayed[]> {
    const own = await this.withThoseBefore(kind, id, pass);
    return this.slices.goesOnIn(kind, own.at(-1)!.state).length > 0 ? [] : own;
  }

  private async withThoseBefore(kind: RecordKind, id: Uuid, pass: Pass): Promise<Replayed[]> {
    const [row] = await this.database.query<{ key: Buffer | null }>('open_key', 'select open_key($1) as key', [
      JSON.stringify({ ...pass, stream: id }),
    ]);
    const taken: Taken[] = [];
    const own = await this.derivation.replay(kind, id, row!.key, collectInto(id, taken), pass);
    const before: Replayed[] = [];
    for (const { anchor } of taken) before.push(...(await this.withThoseBefore(kind, anchor.id, pass)));
    return [...before, own];
  }

  /** Of the records taken in: those that are others than were taken in. Their chains are looked at in their own turn. */
  private async brokenOf(taken: readonly Taken[]): Promise<Uuid[]> {
    const broken: Uuid[] = [];
    for (const { anchor, into } of taken) {
      const link = new Link(anchor, into);
      for await (const row of readLog(this.database, anchor.id, { from: anchor.loserVersion }))
        link.look(this.asPresent(row), row);
      if (link.state === 'broken') broken.push(anchor.id);
    }
    return broken;
  }

  /** Without its pieces: whatever they say does not matter to the lead, and they may have been erased. */
  private readonly asPresent = (row: LogRow): RecordEvent => readEvent(this.slices, this.sealing, 'case', null, row);
}
