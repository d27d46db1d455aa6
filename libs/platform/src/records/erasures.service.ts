import { Injectable } from '@nestjs/common';
import { parisTimeOf, type Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { codeOf, Database } from '../database';
import { Log } from '../operations/log';
import { Chore } from '../work.module';

interface Batch {
  readonly erased: readonly Uuid[];
  /** Still to be written anew. */
  readonly tables: Set<string>;
}

const pagesToSweep = 'select name, pg_table_size(name::regclass)::float8 as bytes from pages_to_sweep() p(name)';
/** Written anew while everybody waits: less than a second on any machine. */
const small = 64 * 2 ** 20;
/** Later, hardly anybody is at work; by the clock of Paris. */
const night = ['02', '03', '04'];

/**
 * After an erasure the rows are gone for everybody but whoever reads the files of the database: a deleted row stays on its page, and a vacuum leaves its bytes
 * where the row was. So the tables are written anew: at once while they are small, in the night when they are not. What lasts elsewhere, and for how long,
 * stands in docs/architecture.md.
 */
@Injectable()
export class SweepErasures extends Chore {
  private sweeping: Promise<void> | undefined;
  private batch: Batch | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  /** Begun and not waited for: a large table takes longer than reminders can. */
  run(): Promise<void> {
    this.sweeping ??= this.sweep()
      .catch((error: unknown) => this.log.warn({ error: (error as Error).name }, 'erased rows could not be swept'))
      .finally(() => (this.sweeping = undefined));
    return Promise.resolve();
  }

  async sweep(): Promise<void> {
    const batch = (this.batch ??= await this.next());
    if (!batch) return;
    await this.database.session(async (session) => {
      // Nobody waits long behind it: what is in use now is written anew with a later tick.
      await session.query(`set lock_timeout = '200ms'`);
      await session.query('set statement_timeout = 0');
      for (const name of [...batch.tables]) {
        const isDone = await session.query(`vacuum (full) "${name}"`).then(() => true, inUse);
        if (isDone) batch.tables.delete(name);
      }
    });
    if (batch.tables.size > 0) return;
    this.batch = undefined;
    await this.database.query('erasures_swept', 'update erasure set swept_at = $2 where stream_id = any($1)', [
      batch.erased,
      this.clock.now(),
    ]);
  }

  /** What was erased by now, and the tables to be written anew for it; undefined when nothing was, or it is not the time. */
  private async next(): Promise<Batch | undefined> {
    const unswept = await this.database.query<{ stream_id: Uuid }>(
      'erasures_unswept',
      'select stream_id from erasure where swept_at is null order by erased_at limit 1000',
    );
    if (unswept.length === 0) return undefined;
    const pages = await this.database.query<{ name: string; bytes: number }>('pages_to_sweep', pagesToSweep);
    if (pages.some(({ bytes }) => bytes > small) && !night.includes(parisTimeOf(this.clock.now()).slice(11, 13)))
      return undefined;
    return { erased: unswept.map(({ stream_id }) => stream_id), tables: new Set(pages.map(({ name }) => name)) };
  }
}

/** False; anything else that went wrong is thrown. */
function inUse(error: unknown): false {
  if (codeOf(error) !== '55P03') throw error;
  return false;
}
