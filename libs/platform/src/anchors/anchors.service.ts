import { Injectable } from '@nestjs/common';
import { mkdir, open, readdir, readFile, link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant, Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { Database } from '../database';
import { Log } from '../operations/log';
import { Sealing } from '../records/sealing';
import { Chore } from '../work.module';
import { digestOfFile, rootOf, signedText, type Anchor, type AnchoredHead } from './anchor';

/** Folders, absolute: the first is read, all are written to. None: no anchors are taken. */
export class AnchorPlaces {
  constructor(readonly folders: readonly string[]) {}
}

/** What an anchor does not agree with. `signature`: with itself; `order`: with the one before; `records`, `journal`: with the database. */
export interface AnchorFault {
  readonly anchor: string;
  readonly what: 'signature' | 'order' | 'records' | 'journal';
  readonly records?: Uuid[];
}

const page = 1_000;
/** What is written while an anchor is taken is in the next one, and what a machine writes whose clock is behind. In milliseconds. */
const slack = 2 * 3_600_000;
const hourOf = (now: string): string => now.slice(0, 13);
/** Behind what was taken in the same hour before. */
const restoredAt = (now: Instant): string => `${hourOf(now)}.restored-${now.slice(14, 19).replace(':', '')}`;
/** Clocks of several machines agree within this, in milliseconds. */
const agreement = 5 * 60_000;
const before = (at: Instant): Instant => new Date(Date.parse(at) - slack).toISOString();

/** Once an hour what stands in the database is noted outside it, and can be held against it at any time. */
@Injectable()
export class Anchors {
  constructor(
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly places: AnchorPlaces,
  ) {}

  /** Names, oldest first. */
  async names(): Promise<string[]> {
    const [folder] = this.places.folders;
    if (!folder) return [];
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => /^\d{4}-\d\d-\d\dT\d\d(\.restored-\d{4})?\.json$/.test(name)).sort();
  }

  /** The hour's anchor, unless there is one. Its name; null when there is nothing to do. */
  async take(): Promise<string | null> {
    const at = this.clock.now();
    const names = await this.names();
    if (this.places.folders.length === 0 || names.some((name) => hourOf(name) === hourOf(at))) return null;
    return this.write(hourOf(at), at, names.at(-1));
  }

  /** After a restoration, at any time: what stands there now, all of it, and how old it is. Without a place for anchors nothing. */
  async takeRestored(restored: Instant): Promise<void> {
    const at = this.clock.now();
    if (this.places.folders.length > 0) await this.write(restoredAt(at), at, (await this.names()).at(-1), restored);
  }

  private async write(stem: string, at: Instant, last: string | undefined, restored?: Instant): Promise<string> {
    const name = `${stem}.json`;
    const text = last === undefined ? undefined : await this.textOf(last);
    const preceding = text === undefined || restored !== undefined ? undefined : (JSON.parse(text) as Anchor);
    const heads = await this.heads(preceding ? before(preceding.at) : null);
    const [from, until] = [preceding?.journal.until ?? null, before(at)];
    const unsigned = {
      at,
      previous: text === undefined ? null : digestOfFile(text),
      root: rootOf(heads),
      journal: { from, until, ...(await this.journal(from, until, 'sha256')), by: 'sha256' as const },
      ...(restored === undefined ? {} : { restored }),
    };
    const anchor: Anchor = { ...unsigned, heads, signature: this.sealing.sign(signedText(unsigned)) };
    const content = `${JSON.stringify(anchor)}\n`;
    for (const folder of this.places.folders) await write(folder, name, content);
    return name;
  }

  /** What the next anchors after the one of that name do not agree with; null: from the first one. */
  async check(after: string | null, limit: number): Promise<{ checked: string[]; faults: AnchorFault[] }> {
    const names = await this.names();
    const checked = names.filter((name) => after === null || name > after).slice(0, limit);
    const returns = await this.returns(names);
    const faults: AnchorFault[] = [];
    for (const name of checked) {
      const preceding = names[names.indexOf(name) - 1];
      const wrong = await this.faultsOf(name, preceding === undefined ? null : await this.textOf(preceding));
      const isPast = returns.some((one) => name < one.name && one.restored <= wrong.at);
      faults.push(...wrong.faults.filter(({ what }) => !isPast || what === 'signature' || what === 'order'));
    }
    return { checked, faults };
  }

  /** When the database came back from an older copy, and from when on what had been noted is gone. An altered one says nothing. */
  private async returns(names: readonly string[]): Promise<{ name: string; restored: Instant }[]> {
    const found: { name: string; restored: Instant }[] = [];
    for (const name of names.filter((one) => one.includes('.restored-'))) {
      const anchor = parsed(await this.textOf(name));
      if (anchor?.restored && this.isSigned(anchor))
        found.push({ name, restored: new Date(Date.parse(anchor.restored) - agreement).toISOString() });
    }
    return found;
  }

  private isSigned = (anchor: Anchor): boolean =>
    rootOf(anchor.heads) === anchor.root && this.sealing.signed(signedText(anchor), anchor.signature);

  private async faultsOf(name: string, preceding: string | null): Promise<{ at: Instant; faults: AnchorFault[] }> {
    const anchor = parsed(await this.textOf(name));
    if (!anchor || !this.isSigned(anchor)) return { at: '', faults: [{ anchor: name, what: 'signature' }] };
    const faults: AnchorFault[] = [];
    if (anchor.previous !== (preceding === null ? null : digestOfFile(preceding)))
      faults.push({ anchor: name, what: 'order' });
    const off: Uuid[] = [];
    for (let start = 0; start < anchor.heads.length; start += page)
      off.push(...(await this.off(anchor.heads.slice(start, start + page))));
    if (off.length > 0) faults.push({ anchor: name, what: 'records', records: off });
    const { from, until, entries, digest, by } = anchor.journal;
    const found = await this.journal(from, until, by);
    if (found.entries !== entries || found.digest !== digest) faults.push({ anchor: name, what: 'journal' });
    return { at: anchor.at, faults };
  }

  private textOf(name: string): Promise<string> {
    return readFile(join(this.places.folders[0]!, name), 'utf8');
  }

  private async heads(since: Instant | null): Promise<AnchoredHead[]> {
    const heads: AnchoredHead[] = [];
    for (let after: Uuid | null = null; ;) {
      const rows: { id: Uuid; version: number; hash: string }[] = await this.database.query(
        'heads_since',
        'select * from heads_since($1, $2, $3)',
        [since, after, page],
      );
      heads.push(...rows.map(({ id, version, hash }) => [id, version, hash] as const));
      if (rows.length < page) return heads;
      after = rows.at(-1)!.id;
    }
  }

  private async off(heads: readonly AnchoredHead[]): Promise<Uuid[]> {
    const [row] = await this.database.query<{ off: Uuid[] }>('records_off', 'select records_off($1) as off', [
      JSON.stringify(heads),
    ]);
    return row!.off;
  }

  private async journal(
    from: Instant | null,
    until: Instant,
    by: Anchor['journal']['by'],
  ): Promise<{ entries: number; digest: string }> {
    const called = by === 'sha256' ? 'digest_of_journal' : 'journal_digest';
    const [row] = await this.database.query<{ found: { entries: number; digest: string } }>(
      called,
      `select ${called}($1, $2) as found`,
      [from, until],
    );
    return row!.found;
  }
}

function parsed(text: string): Anchor | null {
  try {
    return JSON.parse(text) as Anchor;
  } catch {
    return null;
  }
}

/** Written aside and linked into place: a crash leaves no half anchor, and of two workers the second leaves the first one’s. */
async function write(folder: string, name: string, content: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${name}.${process.pid}`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
    await link(draft, join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

/** The worker's share. A folder that cannot be written to is told once an hour, and keeps nothing else from being done. */
@Injectable()
export class TakeAnchors extends Chore {
  private hour: string | undefined;

  constructor(
    private readonly anchors: Anchors,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  async run(): Promise<void> {
    const hour = hourOf(this.clock.now());
    if (this.hour === hour) return;
    this.hour = hour;
    await this.anchors.take().catch((error: unknown) => {
      this.log.error({ error }, 'the hourly anchor could not be taken: see ANCHOR_DIR');
    });
  }
}
