import { IsIn, IsISO8601, IsString, IsUUID, MaxLength } from 'class-validator';
import { Optional, PageQuery } from '@fil-rouge/platform';

/** Filters of the audit journal; all that are given must hold. */
export class AuditEntriesQuery extends PageQuery {
  /** Entries about this case. */
  @Optional() @IsUUID() caseId?: string;
  /** What this person did. */
  @Optional() @IsUUID() userId?: string;
  /** What people of this structure did. */
  @Optional() @IsUUID() structureId?: string;
  /** An event type (`ReferralAccepted`), a read (`case.read`), a sign-in (`sign-in`), or `METHOD /route` of a refusal. */
  @Optional() @IsString() @MaxLength(120) action?: string;
  /** From this instant or day on. */
  @Optional() @IsISO8601({ strict: true }) from?: string;
  /** Before this instant or day. */
  @Optional() @IsISO8601({ strict: true }) to?: string;
}

/** One entry: who did what, when; never content. */
export class AuditEntryDto {
  id!: string;
  at!: string;
  /** `command` stands in a record's log; `journal` is a read, a sign-in, an export or a refusal. */
  @IsIn(['command', 'journal']) source!: 'command' | 'journal';
  action!: string;
  /** `ok`, or the code of the refusal. */
  outcome!: string;
  user?: { id: string; name: string };
  structure?: { id: string; name: string };
  caseId?: string;
  /** Ids a list page showed. */
  shown?: string[];
  /** Why an auditor read the case. */
  reason?: string;
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
  /** Each record that ended in this one. */
  merged!: MergedVerificationDto[];
}

/** A verification of every record. */
export class VerificationRunDto {
  id!: string;
  status!: 'running' | 'done';
  startedAt!: string;
  endedAt?: string;
  /** Records when it was asked for, and looked at so far. */
  total!: number;
  checked!: number;
  events!: number;
  broken!: number;
  gaps!: number;
  /** The first ones. */
  offenders!: { caseId: string; brokenAt?: number; continuity: string; brokenLinks?: string[] }[];
}
