import {
  batchDecisionValues,
  batchKindValues,
  batchStatusValues,
  closingReasonValues,
  proposalReasonValues,
  type BatchDecision,
  type BatchKind,
  type BatchOutcome,
  type BatchStatus,
  type ClosingReason,
} from '@fil-rouge/kernel';
import { Id, Optional, ResidentNamed, Text } from '@fil-rouge/cases';
import { AnyOf, AtMost, Code, Codes, PageQuery } from '@fil-rouge/platform';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';
import { mostCases } from './handover-batch';
import type { ItemState } from './handover-batch.item';
import { NamedDto } from '../handover/handovers.dto';

export class OpenHandoverBatchDto {
  /** Why cases need another lead. `counsellor_leaves` and `post_moves` concern one counsellor's cases, the other two all cases the structure leads. */
  @IsIn(batchKindValues)
  kind!: BatchKind;

  /** The counsellor; for `counsellor_leaves` and `post_moves`. */
  @Optional()
  @Id()
  userId?: string;

  /** The structure that leads now; a manager's own when absent, else the only one for which the counsellor leads cases. */
  @Optional()
  @Id()
  structureId?: string;

  /** Where the post moves to; for `post_moves`. */
  @Optional()
  @Id()
  toStructureId?: string;

  /** Why, in a sentence: the other side reads it with each case. */
  @Optional()
  @Text(1000)
  reason?: string;

  /** `true`: what would be proposed, with status 200; nothing is written. */
  @Optional()
  @IsBoolean()
  preview?: boolean;
}

export class BatchDecisionDto {
  @Id()
  caseId!: string;

  /**
   * `colleague`: somebody of the structure that leads. `structure`: another one; at once when a coordinator or administrator decides, as a proposal
   * to it when a manager does. `close`: the case ends.
   */
  @IsIn(batchDecisionValues)
  decision!: BatchDecision;

  /** The colleague; or, with `structure`, who shall lead there. */
  @Optional()
  @Id()
  counsellorId?: string;

  /** The structure that shall lead; for `structure`. */
  @Optional()
  @Id()
  structureId?: string;

  /** Why the case closes; for `close`. */
  @Optional()
  @IsIn(closingReasonValues)
  reason?: ClosingReason;

  /** With `close`: cancels the case's open referrals, which otherwise stand against it. */
  @Optional()
  @IsBoolean()
  cancelReferrals?: boolean;
}

export class DecideHandoverBatchDto {
  /** One per case, all taken or none; a case may be decided anew until its turn comes, and after it failed. */
  @IsArray()
  @ArrayNotEmpty()
  @AtMost(mostCases)
  @ValidateNested({ each: true })
  @Type(() => BatchDecisionDto)
  decisions!: BatchDecisionDto[];
}

export class StartHandoverBatchDto {
  /** Taken before the start, as by `/decisions`. */
  @Optional()
  @IsArray()
  @AtMost(mostCases)
  @ValidateNested({ each: true })
  @Type(() => BatchDecisionDto)
  decisions?: BatchDecisionDto[];

  /** `true`: cases not decided yet go where it is proposed. */
  @Optional()
  @IsBoolean()
  acceptProposals?: boolean;
}

export class UndoHandoverBatchDto {
  /** Why, in a sentence: whoever had accepted a case for a later day reads it. */
  @Optional()
  @Text(1000)
  reason?: string;
}

export class HandoverBatchesQuery extends PageQuery {
  /** States, separated by commas. */
  @AnyOf(batchStatusValues)
  status?: BatchStatus[];
}

export class DestinationDto {
  decision!: Exclude<BatchDecision, 'close'>;
  structure!: NamedDto;
  counsellor?: NamedDto;
  /** `same_structure`, `destination_of_the_post`, `takes_over`, `offer`, `territory`, `same_commune`, `same_epci`, `neighbouring_epci`, `load`. */
  @Codes(proposalReasonValues)
  because?: string[];
}

/** Whom a case is about, for whoever takes part in it. */
export class BatchResident extends ResidentNamed {
  commune?: string;
  communeName?: string;
}

export class BatchItemDto {
  caseId!: string;
  /** Absent for whoever decides without taking part in the case. */
  resident?: BatchResident;
  /** `undecided`, `decided`, `pending`, `done`, `failed`, `cancelled`. */
  status!: ItemState;
  /** Absent when nobody was found. */
  proposal?: DestinationDto;
  decision?: BatchDecision;
  toStructure?: NamedDto;
  toCounsellor?: NamedDto;
  /** Why the case closes. */
  @Code(closingReasonValues)
  reason?: string;
  /** `reassigned`, `moved`, `proposed` (the other side answers; the case failed if it does not take it), `closed`, `superseded` (the case had moved or closed before). */
  outcome?: BatchOutcome;
  /** The handover, when there is one. */
  handoverId?: string;
  /** Why it failed, as the code of the problem: `open-referrals`, `recipient-not-active`, `objection`, `not-employed`… or as what became of the proposal: `declined`, `expired`… */
  failure?: string;
  endedAt?: string;
}

export class HandoverBatchLineDto {
  /** Absent in a preview. */
  id?: string;
  kind!: BatchKind;
  status!: BatchStatus | 'preview';
  structure!: NamedDto;
  counsellor?: NamedDto;
  toStructure?: NamedDto;
  /** Absent when the system prepared it, because the structure was closed or refused. */
  createdBy?: NamedDto;
  createdAt?: string;
  startedAt?: string;
  endedAt?: string;
  /** Cases; at most 1000, a second batch takes the next ones. */
  total!: number;
  /** Cases without a decision. */
  undecided!: number;
  done!: number;
  failed!: number;
  /** Neither done nor failed nor cancelled. */
  remaining!: number;
}

export class HandoverBatchDto extends HandoverBatchLineDto {
  reason?: string;
  /** Of a batch that was undone: the cases whose lead had moved by then, or that had been closed. They stay where they are; a handover back is one of its own. */
  alreadyEffective?: string[];
  items!: BatchItemDto[];
}

export class HandoverBatchPageDto {
  items!: HandoverBatchLineDto[];
  nextCursor!: string | null;
}
