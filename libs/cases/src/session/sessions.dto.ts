import { Code, Codes } from '@fil-rouge/platform';
import {
  autonomyValues,
  equipmentValues,
  placeValues,
  sessionErrorValues,
  sessionStatusValues,
  themeValues,
  type SessionError,
} from '@fil-rouge/kernel';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Comment, Equipment, Id, Ids, longText, Optional, Removable, Text } from '../fields.dto';
import { TookPlaceBody, TookPlaceChanges } from '../took-place.dto';

/** What is said of anything done with one person, in codes. */
export class OneToOneBody extends TookPlaceBody {
  /** What was used. */
  @Equipment()
  equipment!: string[];

  /** How far the resident managed alone. */
  @Optional()
  @IsIn(autonomyValues)
  autonomy?: string;
}

/** The same when it is corrected: only what changes; null takes an optional value away. */
export class OneToOneChanges extends TookPlaceChanges {
  /** What was used. */
  @Optional()
  @Equipment()
  equipment?: string[];

  /** How far the resident managed alone. */
  @Removable()
  @IsIn(autonomyValues)
  autonomy?: string | null;
}

/** Longer than the name of any procedure, and too short for a story. */
const nameOfProcedure = 200;

export class RecordSessionBody extends OneToOneBody {
  /** What was being done online, in your words, for instance "Renouvellement de la carte vitale". */
  @Optional()
  @Text(nameOfProcedure)
  procedure?: string;

  /** For everybody who works on the case. */
  @Optional()
  @Text(longText)
  summary?: string;

  /** For the own structure only. */
  @Optional()
  @Text(longText)
  privateNote?: string;

  /** The accepted referral it answers. */
  @Optional()
  @Id()
  referralId?: string;

  /** The planned appointment that it is: it becomes honoured. */
  @Optional()
  @Id()
  appointmentId?: string;
}

/** Only what changes; null takes an optional value away. */
export class CorrectSessionBody extends OneToOneChanges {
  /** What was being done online. */
  @Removable()
  @Text(nameOfProcedure)
  procedure?: string | null;

  /** For everybody who works on the case. */
  @Removable()
  @Text(longText)
  summary?: string | null;

  /** Replaces the private note. */
  @Optional()
  @Text(longText)
  privateNote?: string;

  /** Why it is corrected. */
  @Optional()
  @Text(500)
  reason?: string;
}

export class CancelSessionBody {
  /** entered_in_error, wrong_person, duplicate, did_not_take_place or other. */
  @IsIn(sessionErrorValues)
  reason!: SessionError;

  /** For everybody who reads the session; needed for `other`. */
  @Comment('reason', 500)
  comment?: string;
}

export class MoveSessionBody {
  /** The case it belongs to; one in which your structure may record. */
  @Id()
  toCaseId!: string;

  /** Why; for the own structure only. */
  @Text(500)
  reason!: string;
}

/** What it says beside its texts. */
export class SessionCodes {
  date!: string;
  minutes!: number;
  @Code(placeValues)
  place!: string;
  commune?: string;
  communeName?: string;
  placeId?: string;
  /** What the place was called when the session named it. */
  placeName?: string;
  @Codes(themeValues)
  themes!: string[];
  @Codes(equipmentValues)
  equipment!: string[];
  @Code(autonomyValues)
  autonomy?: string;
}

export class SessionValues extends SessionCodes {
  /** What was being done online. */
  procedure?: string;
  summary?: string;
}

/** The session as it stood: as recorded, or after one of its corrections. */
export class SessionVersion extends SessionValues {
  at!: string;
  actor!: NamedResponse | null;
  /** Why it was corrected. */
  reason?: string;
}

export class SessionCancellation {
  at!: string;
  actor!: NamedResponse | null;
  @Code(sessionErrorValues)
  reason!: string;
  comment?: string;
  /** Own structure only. */
  privateNote?: string;
}

export class SessionPlaceResponse {
  caseId!: string;
  sessionId!: string;
}

export const sessionActions = ['corrections', 'attachments', 'move', 'cancel'] as const;

export class SessionShown extends SessionValues {
  id!: string;
  caseId!: string;
  /** recorded, or entered_in_error: it counts nowhere. */
  @Code(sessionStatusValues)
  status!: string;
  /** Who recorded it. */
  structure!: NamedResponse | null;
  actor!: NamedResponse | null;
  referralId?: string;
  /** That it was planned as. */
  appointmentId?: string;
  /** Own structure only. */
  privateNote?: string;
  recordedAt!: string;
  correctedAt?: string;
  /** What stood before, oldest first; empty when nothing was corrected. */
  versions!: SessionVersion[];
  /** When it was entered in error. */
  cancelled?: SessionCancellation;
  /** Own structure only: it had been recorded on another person. */
  movedFrom?: SessionPlaceResponse;
  /** Own structure only: it was another person's. */
  movedTo?: SessionPlaceResponse;
  /** What you may do with it now, by the words of the routes: corrections, attachments (join one), move, cancel. */
  @Codes(sessionActions)
  actions!: string[];
}

/** Replaced as a whole. */
export class SessionTagsBody {
  /** Labels of your structure. */
  @Ids(0, 30)
  tags!: string[];
}

export class SessionTagsShown {
  /** The session's. */
  id!: string;
  tags!: NamedResponse[];
}
