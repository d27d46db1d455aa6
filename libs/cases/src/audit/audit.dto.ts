import { statusOfCode } from '@fil-rouge/kernel';
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
  /** Each record that ended in this one. */
  merged!: MergedVerificationDto[];
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
  /** The first ones. */
  offenders!: { caseId: string; brokenAt?: number; continuity: string; brokenLinks?: string[] }[];
}

export class VerificationRunPage {
  items!: VerificationRunDto[];
  nextCursor!: string | null;
}
