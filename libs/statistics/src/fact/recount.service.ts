import { Injectable } from '@nestjs/common';
import { localDateOf, parisTimeOf, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import { Chore, Clock, Database, Log } from '@fil-rouge/platform';

/** Facts counted anew per tick of a worker: some 50 ms of work, so that reminders are not late. */
const perTick = 500;
/** Nobody is at work. */
const hour = '02:00';

interface Step {
  readonly after: Uuid | null;
  readonly changed: number;
}

// What was done before there were statistics is counted at once.
// What is still on its way to the consumer is no mistake of its: neither before the count nor, while that keeps the consumer waiting, behind it.
const onItsWay = `exists (select from delivery where consumer = 'statistics' and parked_at is null)`;
const due = `select after, day is null or ${onItsWay} as unsettled from statistics_recount where day is null or (day < $1 and $2) for update skip locked`;
const settled = `select 1 where not ${onItsWay}`;
const step = 'select recount_facts($1, $2) as step';

/** Every night all facts once more, from what stands: they are what the consumer has kept, and the log says when they were not. */
@Injectable()
export class Recount extends Chore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const today = localDateOf(now);
    await this.database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ after: Uuid | null; unsettled: boolean }>(due, [
        today,
        parisTimeOf(now).slice(11, 16) >= hour,
      ]);
      if (!row) return;
      const [answer] = await transaction.query<{ step: Step }>(step, [row.after, perTick]);
      const { after, changed } = answer!.step;
      if (changed > 0 && !row.unsettled && (await transaction.query(settled)).length > 0)
        this.log.warn({ facts: changed }, 'statistics were counted otherwise until now');
      const done: LocalDate | null = after === null ? today : null;
      await transaction.query('update statistics_recount set after = $1, day = coalesce($2, day)', [after, done]);
    });
  }
}

/** All of it at once: after a rebuild, and of data in bulk. */
export async function recountAll(database: Pick<Database, 'query'>): Promise<void> {
  for (let after: Uuid | null = null; ;) {
    const rows: { step: Step }[] = await database.query('recount_facts', step, [after, perTick]);
    after = rows[0]!.step.after;
    if (after === null) return;
  }
}
