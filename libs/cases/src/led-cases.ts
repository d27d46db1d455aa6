import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { Database } from '@fil-rouge/platform';
import { EmploymentGuard } from '@fil-rouge/users';

/** What users asks before an employment ends. A count and nothing else: the asker need not see the cases. */
@Injectable()
export class LedCases extends EmploymentGuard {
  constructor(private readonly database: Database) {
    super();
  }

  async openCasesLedBy(userId: Uuid, structureId: Uuid): Promise<number> {
    const [row] = await this.database.query<{ count: number }>('open_cases_led_by', 'select open_cases_led_by($1, $2) as count', [userId, structureId]);
    return row!.count;
  }
}
