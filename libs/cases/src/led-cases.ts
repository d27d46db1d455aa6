import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { Database } from '@fil-rouge/platform';
import { EmploymentGuard } from '@fil-rouge/users';
import { CaseHooks } from './case.hooks';

/** What users asks before an employment ends: open cases nobody has planned for. A count and nothing else: the asker need not see the cases. */
@Injectable()
export class LedCases extends EmploymentGuard {
  constructor(
    private readonly database: Database,
    private readonly hooks: CaseHooks,
  ) {
    super();
  }

  async openCasesLedBy(userId: Uuid, structureId: Uuid): Promise<number> {
    const [row] = await this.database.query<{ count: number }>('open_cases_led_by', 'select open_cases_led_by($1, $2) as count', [userId, structureId]);
    return row!.count === 0 ? 0 : row!.count - ((await this.hooks.coveredCases?.ledBy(userId, structureId)) ?? 0);
  }
}
