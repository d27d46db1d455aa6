import { caseStatusValues } from '@fil-rouge/kernel';
import { Code, CountResponse } from '@fil-rouge/platform';

export class CasesCounted extends CountResponse {
  @Code(caseStatusValues)
  status!: string;
}

export class CaseCounts {
  /** Of each state of which there are any, each exact up to a hundred. */
  counts!: CasesCounted[];
}
