import { Injectable } from '@nestjs/common';
import { parisTimeOf, type Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { Database } from '../database';
import { Log } from '../operations/log';
import { Chore } from '../work.module';

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
    const unswept = await this.database.query<{ stream_id: Uuid }>(
      'erasures_unswept',
      'select stream_id from erasure where swept_at is null order by erased_at limit 1000',
    );
    if (unswept.length === 0) return;
    const pages = await this.database.query<{ name: string; bytes: number }>('pages_to_sweep', pagesToSweep);
    const now = this.clock.now();
    if (pages.some(({ bytes }) => bytes > small) && !night.includes(parisTimeOf(now).slice(11, 13))) return;
    for (const { name } of pages) await this.database.query(`sweep_${name}`, `vacuum (full) "${name}"`);
    await this.database.query('erasures_swept', 'update erasure set swept_at = $2 where stream_id = any($1)', [
      unswept.map(({ stream_id }) => stream_id),
      now,
    ]);
  }
}
