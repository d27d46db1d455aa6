import { Injectable } from '@nestjs/common';
import { Chore, Clock, Database } from '@fil-rouge/platform';

/** Milliseconds; far longer than any request takes. */
const longest = 3_600_000;

/** Sweeps away what was kept of files that were never joined. */
@Injectable()
export class AttachmentLeftovers extends Chore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.database.query('sweep_attachment_parts', 'select sweep_attachment_parts($1)', [
      new Date(Date.parse(this.clock.now()) - longest).toISOString(),
    ]);
  }
}
