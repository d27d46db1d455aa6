import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** The next deliveries of a partition, and those that hold their line because they failed: a long line is read from its head, not as a whole for each of its rows. */
export class LinesOfDeliveries1796028000001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index if not exists delivery_next on delivery (consumer, partition, id) where parked_at is null;
      create index if not exists delivery_held on delivery (consumer, stream_id, id) where attempts > 0`);
  }
}
