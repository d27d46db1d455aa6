import type { Uuid } from '@fil-rouge/kernel';
import type { Caller } from '@fil-rouge/platform';
import type { CaseRecord } from './case';
import type { Closing } from './case.decider';

/**
 * What else on the record stands against closing a case. Cases may not know what lives above them: whoever does provides this
 * (one provider, exported by a global module). Pure: throws a `Problem` (`open-referrals`, `open-handover`) or lets it pass.
 */
export abstract class ClosingRule {
  abstract check(whole: CaseRecord, input: Closing): void;
}

/** Members that a module above adds to `GET /v1/cases/{id}`, as this caller may see them. */
export abstract class CaseInserts {
  abstract of(caller: Caller, caseId: Uuid): Promise<{ referrals: object[]; openHandover?: object }>;
}
