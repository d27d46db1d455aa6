import { Client } from 'pg';
import type { Database } from '@fil-rouge/platform';

interface Plan {
  Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };
}

/**
 * Counts the blocks of 8 KB that PostgreSQL looks at for what a process asks: unlike time, the same on every machine. Each statement is explained in a
 * transaction that is taken back, three times, and the least of it counts: the first call of a session reads the catalogue too, and so does one after tables were
 * analysed. Then it is asked as it would have been.
 */
export class BlockMeter {
  private blocks = 0;

  private constructor(private readonly client: Client) {}

  static async of(database: Database, url: string): Promise<BlockMeter> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const meter = new BlockMeter(client);
    const ask = database.query.bind(database);
    // One after the other: requests of a test run alone, but a request may ask two things at once.
    let last: Promise<unknown> = Promise.resolve();
    database.query = async (name, text, values) => {
      const measured = last.then(() => meter.explain(text, values));
      last = measured.catch(() => undefined);
      const blocks = await measured;
      // Not `+= await`: what two at once have added in between would be lost.
      meter.blocks += blocks;
      return ask(name, text, values);
    };
    return meter;
  }

  async during(work: () => Promise<unknown>): Promise<number> {
    this.blocks = 0;
    await work();
    return this.blocks;
  }

  end(): Promise<void> {
    return this.client.end();
  }

  private async explain(text: string, values: unknown[] = []): Promise<number> {
    let blocks = Infinity;
    for (let time = 1; time <= 3; time++) {
      await this.client.query('begin');
      try {
        const { rows } = await this.client.query<{ 'QUERY PLAN': [Plan] }>(
          `explain (analyze, buffers, format json) ${text}`,
          values,
        );
        const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = rows[0]!['QUERY PLAN'][0].Plan;
        blocks = Math.min(blocks, hit + read);
      } finally {
        await this.client.query('rollback');
      }
    }
    return blocks;
  }
}
