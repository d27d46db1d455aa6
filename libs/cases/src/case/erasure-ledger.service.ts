import { Injectable } from '@nestjs/common';
import { canonicalJson, type ErasureReason, type Instant, type Uuid } from '@fil-rouge/kernel';
import { AnchorPlaces, Chore, Clock, Database, Log, Records, Sealing } from '@fil-rouge/platform';
import { appendFile, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseRecord } from './case';
import { eraseWhole } from './erasure.decider';

/** A line of the ledger: which record, and whose decision it was. */
interface Erased {
  readonly record: Uuid;
  readonly at: Instant;
  readonly reason: ErasureReason;
  readonly actor: Uuid | null;
  readonly structure: Uuid | null;
}

const ledger = 'erasures.ndjson';
const signedText = ({ record, at, reason, actor, structure }: Erased): string =>
  canonicalJson({ record, at, reason, actor, structure });

/** The log says more of an erasure than the table that lists them; a record that ended in another one was erased with it. */
const unnotedSql = `
  select e.stream_id as record, to_json(e.at)#>>'{}' as at, e.data->>'reason' as reason, e.actor_id as actor, e.structure_id as structure
  from (select stream_id from erasure where noted_at is null order by erased_at limit 200) x
  join event e on e.stream_id = x.stream_id and e.type = 'CaseErased'`;

/** Of those that live (again), with what was merged into them: the present one first. */
const livingSql = `
  select distinct p.id as present, records_of(p.id) as records
  from stream s, lateral (select present_record(s.id) as id) p where s.id = any($1) and s.key is not null`;

/**
 * An erasure is final where an older copy comes back, too: each one is noted outside the database, beside the anchors, signed, and done once more after a
 * restoration. Ids and codes alone.
 */
@Injectable()
export class ErasureLedger extends Chore {
  constructor(
    private readonly database: Database,
    private readonly records: Records,
    private readonly sealing: Sealing,
    private readonly places: AnchorPlaces,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  /** Two workers may note one twice: it is read as one. */
  async run(): Promise<void> {
    if (this.places.folders.length === 0) return;
    const erased = await this.database.query<Erased>('erasures_unnoted', unnotedSql);
    if (erased.length === 0) return;
    const lines = erased.map((one) => `${JSON.stringify({ ...one, signature: this.sealing.sign(signedText(one)) })}\n`);
    try {
      await this.write(lines.join(''));
    } catch (error) {
      this.log.error({ error }, 'an erasure could not be noted outside the database: see ANCHOR_DIR');
      return;
    }
    await this.database.query('erasures_noted', 'update erasure set noted_at = $2 where stream_id = any($1)', [
      erased.map(({ record }) => record),
      this.clock.now(),
    ]);
  }

  /**
   * Does once more what the ledger says. Returns how many records that was, and how many lines nobody had signed: those were left alone.
   * @param administrator to whom row-level security does not apply
   */
  async again(administrator: Database): Promise<{ erased: number; unsigned: number }> {
    const { entries, unsigned } = await this.read();
    const ids = entries.map(({ record }) => record);
    const living = await administrator.query<{ present: Uuid; records: Uuid[] }>('living', livingSql, [ids]);
    for (const { present, records } of living) {
      const { reason, actor, structure } = entries.find(({ record }) => records.includes(record))!;
      await this.records.decide<CaseRecord, { caseId: Uuid }>({
        caller: null,
        onBehalfOf: { userId: actor, structureId: structure, role: 'administrator', territory: null },
        on: records.map((id) => ({ kind: 'case', id })),
        decide: (whole) => eraseWhole(whole, { reason }),
        result: () => ({ caseId: present }),
      });
    }
    return { erased: living.length, unsigned };
  }

  /** Of all places together: one may have been away. */
  private async read(): Promise<{ entries: Erased[]; unsigned: number }> {
    const lines = new Set<string>();
    for (const folder of this.places.folders)
      for (const line of (await readFile(join(folder, ledger), 'utf8').catch(() => '')).split('\n'))
        if (line !== '') lines.add(line);
    const entries = [...lines].map((line) => this.signed(line)).filter((one) => one !== undefined);
    return { entries, unsigned: lines.size - entries.length };
  }

  private signed(line: string): Erased | undefined {
    try {
      const { signature, ...erased } = JSON.parse(line) as Erased & { signature: string };
      return this.sealing.signed(signedText(erased), signature) ? erased : undefined;
    } catch {
      return undefined;
    }
  }

  /** A second place that was named later begins with what the first one has. */
  private async write(lines: string): Promise<void> {
    const [first, ...others] = this.places.folders.map((folder) => join(folder, ledger));
    for (const folder of this.places.folders) await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const other of others) await readFile(other).catch(() => copyFile(first!, other).catch(() => undefined));
    for (const file of [first!, ...others]) await appendFile(file, lines, { mode: 0o600, flush: true });
  }
}
