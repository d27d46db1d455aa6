import { readingReasonValues, type JsonObject } from '@fil-rouge/kernel';
import { IsIn } from 'class-validator';
import { NamedResponse, ResidentResponse } from './cases.responses.dto';
import { Optional, Text } from './fields';

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
  /** Ids and codes of the event; of a session its fields. */
  data!: JsonObject;
  /** What was written for everybody on the record. */
  text?: string;
  /** What was written for the reader's own structure. */
  privateNote?: string;
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

  /** More about the reason; sealed like the record. */
  @Optional() @Text(1000)
  comment?: string;
}
