import { caseStatusValues } from '@fil-rouge/kernel';
import { Code, CountResponse, Optional } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { Id } from '../fields.dto';

/** By whom a case is led: asked of the list, its counts and the search. */
export class LedBy {
  /** mine: I am the named counsellor, or was when it was closed. structure: mine leads, or did then. */
  @Optional()
  @IsIn(['mine', 'structure'])
  lead?: 'mine' | 'structure';

  /** Cases that this colleague of yours leads, or led when they were closed. */
  @Optional()
  @Id()
  counsellor?: string;
}

export class CasesCounted extends CountResponse {
  @Code(caseStatusValues)
  status!: string;
}

export class CaseCounts {
  /** Of each state of which there are any, each exact up to a hundred. */
  counts!: CasesCounted[];
}
