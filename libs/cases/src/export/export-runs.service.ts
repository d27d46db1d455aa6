import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  Problem,
  type ExportColumn,
  type ExportFailure,
  type ExportFormat,
  type Instant,
  type JsonObject,
  type Uuid,
} from '@fil-rouge/kernel';
import { Chore, Clock, Database, Log, Sealing, signedOut, type Caller } from '@fil-rouge/platform';
import { mostRows, type Line } from './export';
import { ExportFiles, tokenIn } from './export-files.service';
import { ExportLines } from './export-lines.service';
import { bytesOfSheet } from './export-sheet.service';

/** Milliseconds without a word of a worker, after which an export begins anew with another one: far longer than a page takes. */
const lease = 30_000;
/** How often it is begun before it is said that it does not work. */
const mostAttempts = 5;

/** As `next_export` gives it. */
interface Run {
  readonly id: Uuid;
  readonly per: string;
  readonly format: ExportFormat;
  readonly columns: ExportColumn[];
  readonly filters: JsonObject;
  readonly pass: string;
  readonly sealed_with: string;
  readonly attempt: number;
}

/** It is another worker's by now, was removed, or begins anew because somebody was erased. */
class Superseded extends Error {}
class TooManyRows extends Error {}

/**
 * Makes exports, one at a time in a process. A worker acts for nobody: what goes into one is read with the sign-in that it was asked in, page after page, so it ends with that sign-in, with
 * the employment, with the participation. Nobody's is made whole by halves: parts count once the last one is kept, and an attempt that is given up leaves none.
 */
@Injectable()
export class MakeExports extends Chore implements OnModuleDestroy {
  private making: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly lines: ExportLines,
    private readonly files: ExportFiles,
    private readonly log: Log,
  ) {
    super();
  }

  /** Begun and not waited for: a long one takes longer than reminders can. */
  async run(): Promise<void> {
    await this.database.query('sweep_exports', 'select sweep_exports($1)', [this.clock.now()]);
    this.making ??= this.make()
      .catch((error: unknown) => this.log.warn({ error: (error as Error).name }, 'an export could not go on'))
      .finally(() => (this.making = undefined));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.making;
  }

  private async make(): Promise<void> {
    while (!this.stopping) {
      const [row] = await this.database.query<{ next: Run | Record<string, never> | null }>(
        'next_export',
        'select next_export($1, $2, $3) as next',
        [this.clock.now(), this.until(), mostAttempts],
      );
      if (!row?.next) return;
      if (row.next.id) await this.one(row.next as Run);
    }
  }

  private async one(run: Run): Promise<void> {
    const failure = await this.write(run).then(() => null, failureOf);
    if (failure === undefined) return;
    await this.database.query('end_export', 'select end_export($1, $2, $3, $4)', [
      ...[run.id, run.attempt, failure, this.clock.now()],
    ]);
  }

  private async write(run: Run): Promise<void> {
    const { id, per, format, columns, filters, attempt } = run;
    const token = tokenIn(this.sealing, id, run.pass);
    if (token === null) throw signedOut();
    const caller = { token, traceId: id } as Caller;
    const total = await this.lines.count(caller, per, filters);
    if (total > mostRows) throw new TooManyRows();
    let done = 0;
    let bytes = 0;
    const goOn = async (part: JsonObject = {}): Promise<void> => {
      if (this.stopping) throw new Superseded();
      const [row] = await this.database.query<{ isOurs: boolean }>(
        'go_on_with_export',
        'select go_on_with_export($1) as "isOurs"',
        [JSON.stringify({ id, attempt, until: this.until(), done, total: Math.max(total, done), bytes, ...part })],
      );
      if (!row!.isOurs) throw new Superseded();
    };
    // Beneath a compressed file an error is another one: the first is kept.
    let broken: unknown;
    const pages = async function* (all: AsyncIterable<Line[]>): AsyncGenerator<Line[]> {
      try {
        for await (const page of all) {
          done += page.length;
          if (done > mostRows) throw new TooManyRows();
          await goOn();
          yield page;
        }
      } catch (error) {
        broken = error;
        throw error;
      }
    };
    const counted = async function* (all: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of all) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    await goOn();
    const sheet = bytesOfSheet(format, columns, pages(this.lines.read(caller, per, filters)));
    const key = Buffer.from(run.sealed_with, 'hex');
    try {
      for await (const { n, box } of this.files.sealed({ id, attempt, key }, counted(sheet)))
        await goOn({ n, box: box.toString('base64') });
    } catch (error) {
      throw broken ?? error;
    }
  }

  private until(): Instant {
    return new Date(Date.parse(this.clock.now()) + lease).toISOString();
  }
}

/** Undefined: nothing is said, it begins anew with whoever takes it next. */
function failureOf(error: unknown): ExportFailure | undefined {
  if (error instanceof TooManyRows) return 'too_many_rows';
  if (error instanceof Problem && error.code === 'unauthenticated') return 'signed_out';
  if (error instanceof Superseded) return undefined;
  throw error;
}
