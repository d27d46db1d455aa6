import { placeValues, sessionStatusValues, themeValues } from '@fil-rouge/kernel';
import { AnyOf, Code, PageQuery, Several } from '@fil-rouge/platform';
import { IsCommune } from '@fil-rouge/users';
import { IsIn } from 'class-validator';
import { NamedResponse, ResidentNamed } from '../case/cases.responses.dto';
import { Day, Id, Optional } from '../fields.dto';
import { SessionCodes } from './sessions.dto';

export class SessionsQuery extends PageQuery {
  /** recorded (the default), or entered_in_error. */
  @Optional()
  @IsIn(sessionStatusValues)
  status?: 'recorded' | 'entered_in_error';

  /** From this day on. */
  @Optional()
  @Day()
  from?: string;

  /** Up to this day, which counts. */
  @Optional()
  @Day()
  to?: string;

  /** Who recorded it. */
  @Optional()
  @Id()
  counsellor?: string;

  /** Themes, several with a comma: sessions with one of them. */
  @AnyOf(themeValues)
  theme?: string[];

  /** With this label of your structure. */
  @Optional()
  @Id()
  tag?: string;

  /** lieu_activite, domicile, a_distance, autre; several with a comma. */
  @AnyOf(placeValues)
  place?: string[];

  /** At this place. */
  @Optional()
  @Id()
  placeId?: string;

  /** Where it was (INSEE), several with a comma. */
  @Several(100)
  @IsCommune({ each: true })
  commune?: string[];
}

/** Without its texts: those are read one by one, on the case. */
export class SessionLine extends SessionCodes {
  id!: string;
  /** The case it stands on. */
  caseId!: string;
  /** Absent where your structure takes part in the case no more. */
  resident?: ResidentNamed;
  /** recorded, or entered_in_error: it counts nowhere. */
  @Code(sessionStatusValues)
  status!: string;
  /** Who recorded it. */
  actor!: NamedResponse | null;
  referralId?: string;
  /** Something of it is no longer as it was recorded first; what stood before is read with the session. */
  corrected!: boolean;
  /** Your structure's labels; absent where it has none. */
  tags?: NamedResponse[];
  /** The name does not open: the record is damaged. */
  unreadable?: boolean;
}

export class SessionsPage {
  items!: SessionLine[];
  nextCursor!: string | null;
}
