import { Day, Id, Optional } from '@fil-rouge/platform';
import { NamedId } from '../sign-in/auth.dto';

export class SayAbsenceBody {
  /** Who is away; yourself when it is left out. Somebody else is for a manager to say. */
  @Optional()
  @Id()
  userId?: string;

  /** First day. */
  @Day()
  from!: string;

  /** Last day, included. */
  @Day()
  until!: string;

  /** Who takes over: a colleague who works there and is not away, too. */
  @Id()
  deputyId!: string;
}

/** Only what changes. */
export class CorrectAbsenceBody {
  /** First day. */
  @Optional()
  @Day()
  from?: string;

  /** Last day, included. */
  @Optional()
  @Day()
  until?: string;

  /** Who takes over. */
  @Optional()
  @Id()
  deputyId?: string;
}

export class AbsenceResponse {
  id!: string;
  person!: NamedId | null;
  from!: string;
  /** Last day, included. */
  until!: string;
  /** Who takes over, as long as that colleague works there and is not away, too. */
  deputy!: NamedId | null;
}

export class AbsencesPage {
  items!: AbsenceResponse[];
  nextCursor!: string | null;
}
