import { Injectable } from '@nestjs/common';
import type { RecordKind, Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { Database } from '../database';
import { Log } from '../operations/log';
import { Records } from '../records/records';

interface DueTimer {
  stream_id: Uuid;
  name: string;
  kind: RecordKind;
}

const batch = 200;

/**
 * Rings what has fallen due. The row decides: each is a command without a decision of its own, which consumes the row and lets the
 * record's slices say what is due (Slice.due). Losing every queue loses no reminder, two workers repeat none.
 */
@Injectable()
export class Timers {
  constructor(
    private readonly database: Database,
    private readonly records: Records,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Until nothing is due; what fails is left for the next tick and does not hold the others. */
  async ring(): Promise<void> {
    const failed = new Set<string>();
    for (;;) {
      const due = await this.database.query<DueTimer>(
        'timer_due',
        'select stream_id, name, record_kind(stream_id) as kind from timer where due_at <= $1 order by due_at limit $2',
        [this.clock.now(), batch + failed.size],
      );
      const open = due.filter((timer) => !failed.has(`${timer.stream_id}/${timer.name}`));
      if (open.length === 0) return;
      for (const timer of open) {
        await this.fire(timer).catch((error: unknown) => {
          failed.add(`${timer.stream_id}/${timer.name}`);
          this.log.warn(
            { timer: timer.name, record: timer.stream_id, error: (error as Error).name },
            'a timer failed and will be tried again',
          );
        });
      }
    }
  }

  private async fire({ stream_id: stream, name, kind }: DueTimer): Promise<void> {
    await this.records.decide({
      caller: null,
      on: [{ kind, id: stream }],
      consumes: { timer: name, stream },
      decide: () => [[]],
      result: () => null,
    });
  }
}
