import { Injectable } from '@nestjs/common';
import { localDateOf, parisTimeOf, type Json, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import { Chore, Clock, Database, Log, Records } from '@fil-rouge/platform';
import type { NoticeRecord } from './notice';
import { announce } from './notice.decider';
import { before } from './retention';

/** Records looked at per tick of a worker, and announced: some 50 ms of work, so that reminders are not late. */
const perLook = 500;
const perTick = 20;
/** Nobody is told at night. */
const hour = '08:00';

interface Row {
  readonly id: Uuid;
  readonly at: string;
  readonly announced: boolean;
}

/** By the index of what is kept, from where the last look ended: as much work however many wait for a signature. A moment as text, which a Date would cut short. */
const dueSql = `
  select f.id, f.last_activity_at::text as at, n.case_id is not null as announced
  from case_file f left join erasure_notice n on n.case_id = f.id and n.last_activity_at = f.last_activity_at
  where f.status in ('open', 'closed') and f.last_activity_at < $1
    and (f.last_activity_at, f.id) > (coalesce(($2::jsonb->>0)::timestamptz, '-infinity'), coalesce(($2::jsonb->>1)::uuid, '00000000-0000-0000-0000-000000000000'))
  order by f.last_activity_at, f.id limit ${perLook}`;

/** Once a day, all that is due is gone over and announced where it has not been. No timer: the records that are due are those that nobody has written to for two years, by whichever version. */
@Injectable()
export class ErasureNotices extends Chore {
  private day: LocalDate | null = null;
  private after: Json = null;
  private done = false;

  constructor(
    private readonly database: Database,
    private readonly records: Records,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const today = localDateOf(now);
    if (this.day !== today) [this.day, this.after, this.done] = [today, null, false];
    if (this.done || parisTimeOf(now).slice(11, 16) < hour) return;
    const rows = await this.database.query<Row>('erasures_to_announce', dueSql, [
      before(today),
      JSON.stringify(this.after),
    ]);
    let announced = 0;
    for (const row of rows) {
      if (!row.announced) await this.announce(row.id);
      this.after = [row.at, row.id];
      if (!row.announced && ++announced === perTick) return;
    }
    this.done = rows.length < perLook;
  }

  /** Two workers come by at once: the second finds it announced. One that cannot be written to now waits for tomorrow, and holds up no other. */
  private async announce(id: Uuid): Promise<void> {
    try {
      await this.records.decide<NoticeRecord, null>({
        caller: null,
        on: [{ kind: 'case', id }],
        decide: ([one]) => [announce(one!.state, one!.context)],
        result: () => null,
      });
    } catch (error) {
      this.log.warn({ record: id, error: (error as Error).name }, 'that a record falls due could not be announced');
    }
  }
}
