import { recordKinds, statusOfCode, type RecordKind } from '@fil-rouge/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { AnyOf, Code, From, Id, Optional, PageQuery, Several, UpTo } from '@fil-rouge/platform';

const mostActions = 20;
const outcomes = ['ok', ...Object.keys(statusOfCode)];

/** Filters of the audit journal; all that are given must hold. */
export class AuditEntriesQuery extends PageQuery {
  /** Entries about this case. */
  @Optional() @Id() caseId?: string;
  /** What this person did. */
  @Optional() @Id() userId?: string;
  /** What people of this structure did. */
  @Optional() @Id() structureId?: string;
  /** An event type (`ReferralAccepted`), a read (`case.read`), a sign-in (`sign-in`), or `METHOD /route` of a refusal; several with a comma. */
  @Several(mostActions)
  @IsString({ each: true })
  @ApiProperty({ type: [String], maxItems: mostActions })
  action?: string[];
  /** `ok`, or codes of refusals (`forbidden`), several with a comma. */
  @AnyOf(outcomes) outcome?: string[];
  /** From this day (`2026-11-28`), month or time on; on the clocks of Paris unless an offset follows. */
  @From() from?: string;
  /** Up to this day, month or time, all of which counts: from and to may be the same day. */
  @UpTo() to?: string;
}

/** One entry: who did what, when; never content. */
export class AuditEntryDto {
  id!: string;
  at!: string;
  /** `command` stands in a record's log; `journal` is a read, a sign-in, an export or a refusal. */
  @IsIn(['command', 'journal']) source!: 'command' | 'journal';
  action!: string;
  /** `ok`, or the code of the refusal. */
  @Code(outcomes)
  outcome!: string;
  user?: { id: string; name: string };
  structure?: { id: string; name: string };
  caseId?: string;
  /** Of a refusal: the id that its address named, of a case, a session, a referral, whatever it was. */
  target?: string;
  /** Ids a list page showed. */
  shown?: string[];
  /** Why an auditor read the case. */
  reason?: string;
}

export class AuditEntryPage {
  items!: AuditEntryDto[];
  nextCursor!: string | null;
}

/** Is one record whole? */
export class VerificationDto {
  events!: number;
  chain!: 'ok' | 'broken';
  /** Number of the first event that is not what was written. */
  brokenAt?: number;
  continuity!: 'ok' | 'gap';
  gaps!: { kind: 'numbering' | 'lead'; seq: number; since?: string }[];
}

/** A record that was merged into the one that is verified. */
export class MergedVerificationDto extends VerificationDto {
  id!: string;
  /** Is it the very record that was taken in, and did it end with that? */
  link!: 'ok' | 'broken';
}

export class CaseVerificationDto extends VerificationDto {
  /** What people see of it and is not as its log says: names of read tables, `state` or `key`. */
  differs!: string[];
  /** Each record that ended in this one. */
  merged!: MergedVerificationDto[];
}

/** A record of which something is not as it was written. */
export class OffenderDto {
  recordId!: string;
  @Code(recordKinds) kind!: RecordKind;
  /** When the record is a case. */
  caseId?: string;
  /** Number of the first event that is not what was written. */
  brokenAt?: number;
  @Code(['ok', 'gap']) continuity!: string;
  /** Records that it took in and that are others now. */
  brokenLinks?: string[];
  /** What is derived from it and is not as its log says: names of read tables, `state`, or `key` when its sealed parts do not open. */
  differs?: string[];
}

export class AnchorFaultDto {
  anchor!: string;
  @Code(['signature', 'order', 'records', 'journal']) what!: 'signature' | 'order' | 'records' | 'journal';
  /** The records whose log was another one then. */
  records?: string[];
}

/** A verification of every record. */
export class VerificationRunDto {
  id!: string;
  status!: 'running' | 'done';
  startedAt!: string;
  /** Who asked for it. */
  requestedBy?: { id: string; name: string };
  endedAt?: string;
  /** Records when it was asked for, and looked at so far. */
  total!: number;
  checked!: number;
  events!: number;
  broken!: number;
  gaps!: number;
  /** Records of which people see something else than their logs say. */
  differing!: number;
  /** Tables with rows that belong to no record. */
  strays?: string[];
  /** The first ones. */
  offenders!: OffenderDto[];
  /** How many anchors, kept outside the database hour by hour, were compared with it; and the name of the last. */
  anchors!: number;
  lastAnchor?: string;
  /** Anchors that do not agree: with themselves, with the one before, with what the logs or the journal say of that time. */
  faults!: AnchorFaultDto[];
}

export class VerificationRunPage {
  items!: VerificationRunDto[];
  nextCursor!: string | null;
}
