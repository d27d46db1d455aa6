import { entryKindValues, readingReasonValues, type JsonObject } from '@fil-rouge/kernel';
import { AnyOf, Optional, PageQuery } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse, ResidentResponse } from '../case/cases.responses.dto';
import { Comment } from '../fields.dto';

export class TimelineQuery extends PageQuery {
  /** `asc`: oldest first, as it happened; `desc`: newest first. */
  @Optional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';

  /** What the entries are about, several with a comma; all without. */
  @AnyOf(entryKindValues)
  kind?: string[];
}

export class TimelineEntry {
  id!: string;
  /** The record in whose log it stands, when that one has ended in the one that is read. */
  caseId?: string;
  /** For the lead's structure and auditors. */
  seq?: number;
  type!: string;
  at!: string;
  recordedAt!: string;
  /** Null when the clock acted. */
  actor!: NamedResponse | null;
  structure!: NamedResponse | null;
  /** What was done was entered in error, as a later entry says: it counts nowhere. */
  cancelled?: boolean;
  /** Ids and codes of the event; of a session its fields. */
  data!: JsonObject;
  /** What was written for everybody on the record. */
  text?: string;
  /** What was written for the reader's own structure. */
  privateNote?: string;
  /** Its sealed part does not open: only what stands in clear is shown. */
  unreadable?: boolean;
}

export class TimelinePage {
  items!: TimelineEntry[];
  nextCursor!: string | null;
}

export class ReadingPage extends TimelinePage {
  /** Who it is about, as of now; empty once erased. */
  resident!: ResidentResponse;
}

export class ReadingBody {
  /** complaint, incident, control, request_of_resident or other. */
  @IsIn(readingReasonValues)
  reasonCode!: string;

  /** More about the reason; needed for `other`, sealed like the record. */
  @Comment('reasonCode', 1000)
  comment?: string;
}
