import {
  ageBracketValues,
  handoverKindValues,
  handoverStatusValues,
  themeValues,
  type HandoverKind,
  type HandoverStatus,
} from '@fil-rouge/kernel';
import { Id, longText, Optional, Text } from '@fil-rouge/cases';
import { AnyOf, Code, Codes, InstantOrDay, Line, PageQuery } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import type { HandoverAction } from './handover.policy';

export class OpenHandoverDto {
  /**
   * `push`: the lead proposes; `pull`: a structure asks for the lead; `beside`: it asks to contribute, the lead stays; `internal`: a manager of the lead names a counsellor; `administrative`: a
   * coordinator or administrator decides.
   */
  @IsIn(handoverKindValues)
  kind!: HandoverKind;

  /** The structure that shall lead; for `push` and `administrative`. */
  @Optional()
  @Id()
  toStructureId?: string;

  /** The counsellor who shall lead there; needed for `internal`. */
  @Optional()
  @Id()
  toCounsellorId?: string;

  /** Summary for the other side; needed for `push`. Whoever is proposed the case reads it before answering. */
  @Optional()
  @Text(longText)
  note?: string;

  /** Why; needed for `administrative`. */
  @Optional()
  @Text(1000)
  reason?: string;

  /** Suggested date, at most 90 days ahead: a day, from its beginning in Paris, or an instant. The acceptance decides. Not for `beside`, which begins when it is accepted, nor for `internal` and `administrative`, which take effect at once. */
  @Optional()
  @InstantOrDay()
  effectiveAt?: string;
}

export class JoinRequestDto {
  /** From the answer `possible-duplicate`; valid for 15 minutes, for the person who got it. */
  @Line(4000)
  matchToken!: string;

  /** Why your structure should follow this resident; the lead reads it. */
  @Text(1000)
  reason!: string;

  /** As what: to take the lead over, or to contribute beside whoever leads. */
  @Optional()
  @IsIn(['lead', 'contributor'])
  as?: 'lead' | 'contributor';
}

export class AcceptHandoverDto {
  /** When the lead moves, at most 90 days ahead: a day, from its beginning in Paris (today: now), or an instant. Absent: the suggested date, else now. Not of a `beside`. */
  @Optional()
  @InstantOrDay()
  effectiveAt?: string;

  /** The counsellor who will lead, or contribute; absent: the one that was suggested, else nobody by name. */
  @Optional()
  @Id()
  counsellorId?: string;
}

export class HandoverReasonDto {
  /** Why; the other side reads it, unless it asked without knowing whose case it is. */
  @Text(1000)
  reason!: string;
}

export class HandoversQuery extends PageQuery {
  /** `received`: what your structure was asked or given; `sent`: what it began. Both when absent. */
  @Optional()
  @IsIn(['received', 'sent'])
  box?: 'received' | 'sent';

  /** States, separated by commas. */
  @AnyOf(handoverStatusValues)
  status?: HandoverStatus[];
}

export class NamedDto {
  id!: string;
  name!: string;
}

/** What the recipient of a push knows of the resident before it has answered. */
export class HandoverSheetDto {
  firstName?: string;
  commune?: string;
  communeName?: string;
  @Code(ageBracketValues)
  ageBracket?: string;
  @Codes(themeValues)
  themes?: string[];
}

export class HandoverStepDto {
  at!: string;
  /** Event type, for instance `HandoverAccepted`. */
  type!: string;
  /** Absent when the clock did it. */
  structure?: NamedDto;
  actor?: NamedDto;
  reason?: string;
}

export class HandoverDto {
  id!: string;
  /** Null for a join request until the lead has accepted: who asks does not know whose case it is. */
  caseId!: string | null;
  /** Counts the handover's own events: its ETag. */
  version!: number;
  kind!: HandoverKind;
  status!: HandoverStatus;
  /** The structure that leads when the handover begins; null as `caseId`. */
  fromStructure!: NamedDto | null;
  toStructure!: NamedDto;
  fromCounsellor?: NamedDto;
  toCounsellor?: NamedDto;
  /** Null when you may not read it, or nothing was written. */
  note!: string | null;
  reason?: string;
  resident?: HandoverSheetDto;
  /** Suggested, then agreed, then when it took effect. */
  effectiveAt?: string;
  createdAt!: string;
  /** When it expires without an answer. */
  dueAt?: string;
  endedAt?: string;
  /** What you may do now. */
  actions!: HandoverAction[];
  history!: HandoverStepDto[];
}

/** A line of a list: without texts and history. */
export class HandoverLineDto {
  id!: string;
  caseId!: string | null;
  version!: number;
  kind!: HandoverKind;
  status!: HandoverStatus;
  box?: 'received' | 'sent';
  fromStructure!: NamedDto | null;
  toStructure!: NamedDto;
  fromCounsellor?: NamedDto;
  toCounsellor?: NamedDto;
  effectiveAt?: string;
  createdAt!: string;
  dueAt?: string;
  endedAt?: string;
  lastActivityAt!: string;
  actions!: HandoverAction[];
}

export class HandoverPageDto {
  items!: HandoverLineDto[];
  nextCursor!: string | null;
}
