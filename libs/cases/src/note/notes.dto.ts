import { Code, Codes } from '@fil-rouge/platform';
import { noteErrorValues, sessionStatusValues, type NoteError } from '@fil-rouge/kernel';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Comment, Day, longText, Optional, Text } from '../fields.dto';

export class WriteNoteBody {
  /** What there is to know, for everybody who works on the case. */
  @Text(longText)
  text!: string;

  /** The day it is about, `YYYY-MM-DD`: today when it is left out; not in the future, at most two years back. */
  @Optional()
  @Day()
  date?: string;

  /** For the own structure only. */
  @Optional()
  @Text(longText)
  privateNote?: string;
}

/** Only what changes. */
export class CorrectNoteBody {
  /** What there is to know, for everybody who works on the case. */
  @Optional()
  @Text(longText)
  text?: string;

  /** The day it is about. */
  @Optional()
  @Day()
  date?: string;

  /** Replaces the private note. */
  @Optional()
  @Text(longText)
  privateNote?: string;

  /** Why it is corrected. */
  @Optional()
  @Text(500)
  reason?: string;
}

export class CancelNoteBody {
  /** entered_in_error, wrong_person, duplicate or other. */
  @IsIn(noteErrorValues)
  reason!: NoteError;

  /** For everybody who reads the note; needed for `other`. */
  @Comment('reason', 500)
  comment?: string;
}

export class NoteValues {
  date!: string;
  text!: string;
}

/** The note as it stood: as written, or after one of its corrections. */
export class NoteVersion extends NoteValues {
  at!: string;
  actor!: NamedResponse | null;
  /** Why it was corrected. */
  reason?: string;
}

export class NoteCancellation {
  at!: string;
  actor!: NamedResponse | null;
  @Code(noteErrorValues)
  reason!: string;
  comment?: string;
}

export const noteActions = ['corrections', 'cancel'] as const;

export class NoteShown extends NoteValues {
  id!: string;
  caseId!: string;
  /** recorded, or entered_in_error. */
  @Code(sessionStatusValues)
  status!: string;
  /** Who wrote it. */
  structure!: NamedResponse | null;
  actor!: NamedResponse | null;
  /** Own structure only. */
  privateNote?: string;
  recordedAt!: string;
  correctedAt?: string;
  /** What stood before, oldest first; empty when nothing was corrected. */
  versions!: NoteVersion[];
  /** When it was entered in error. */
  cancelled?: NoteCancellation;
  /** What you may do with it now, by the words of the routes: corrections, cancel. */
  @Codes(noteActions)
  actions!: string[];
}
