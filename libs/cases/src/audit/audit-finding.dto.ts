import { caseStatusValues, findingReasonValues } from '@fil-rouge/kernel';
import { Code, Line, Optional } from '@fil-rouge/platform';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';

/** Who is looked for, and why. */
export class FindingBody {
  /** Whole words of the name in any order, one of three letters at least; spelled as it sounds is enough. Needed without phone and e-mail. */
  @Optional()
  @Line(200)
  name?: string;

  /** Year of birth, beside one of the others. */
  @Optional()
  @IsInt()
  @Min(1900)
  @Max(2200)
  birthYear?: number;

  /** Telephone. */
  @Optional()
  @Line(30)
  phone?: string;

  /** E-mail address. */
  @Optional()
  @Line(200)
  email?: string;

  /** complaint, incident, control or request_of_resident. What else there is to say is said with the reading of the record that is meant. */
  @IsIn(findingReasonValues)
  reasonCode!: string;
}

/** Enough to read the right one, with a reason: POST /v1/audit/cases/{id}/readings. */
export class FoundCase {
  id!: string;
  @Code(caseStatusValues)
  status!: string;
  /** Of the resident. */
  commune!: string;
  communeName?: string;
  /** Who leads it, or did until it was closed. */
  lead?: NamedResponse;
  openedAt!: string;
  lastActivityAt!: string;
}

export class FoundCases {
  /** The last active first, twenty at most. */
  items!: FoundCase[];
  /** There are others, or so many that not all were looked at: say more of the person. */
  more!: boolean;
}
