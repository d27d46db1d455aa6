import { Injectable } from '@nestjs/common';
import { CoveredCases } from '@fil-rouge/cases';
import type { Uuid } from '@fil-rouge/kernel';
import { Database } from '@fil-rouge/platform';

/** Cases whose counsellor may leave: a batch has them, or has proposed them to a structure that has still to answer. */
@Injectable()
export class CasesInBatches extends CoveredCases {
  constructor(private readonly database: Database) {
    super();
  }

  async ledBy(userId: Uuid, structureId: Uuid): Promise<number> {
    const [row] = await this.database.query<{ count: number }>('open_cases_in_batches', 'select open_cases_in_batches($1, $2) as count', [userId, structureId]);
    return row!.count;
  }
}
