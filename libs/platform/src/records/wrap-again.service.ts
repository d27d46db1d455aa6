import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { Database } from '../database';
import { Chore } from '../work.module';
import { Sealing } from './sealing';

interface Due {
  readonly root: number;
  readonly until: Uuid | null;
  readonly keys: readonly { readonly id: Uuid; readonly key: string }[];
  readonly boxes: readonly { readonly id: Uuid; readonly purpose: string; readonly box: string }[];
}

/** Keys of one transaction: some 20 ms in which whoever writes to one of these records waits. */
const perTick = 500;

/** Wraps with the current root what an earlier one wrapped: after a rotation, a few with each tick, each once, and from where it was left when a worker is killed. */
@Injectable()
export class WrapAgain extends Chore {
  constructor(
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.step();
  }

  /** Whether there was something to do. */
  step(limit = perTick): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const [answer] = await transaction.query<{ due: Due | null }>('select keys_to_wrap($1) as due', [limit]);
      const due = answer!.due;
      if (!due || due.root !== this.sealing.generations.current) return false;
      const keys = due.keys.flatMap(({ id, key: old }) => {
        const key = this.sealing.rewrap(Buffer.from(old, 'hex'), id)?.toString('hex');
        return key === undefined ? [] : [{ id, old, key }];
      });
      const boxes = due.boxes.flatMap(({ id, purpose, box: old }) => {
        const box = this.sealing.rewrapKept(purpose, old);
        return box === null ? [] : [{ id, old, box }];
      });
      // Damaged: the sealing says so to whoever wants to read it. It stays as it is.
      const shut = due.keys.length + due.boxes.length - keys.length - boxes.length;
      await transaction.query('select keys_wrapped($1)', [
        JSON.stringify({ root: due.root, until: due.until, keys, boxes, shut, now: this.clock.now() }),
      ]);
      return true;
    });
  }
}
