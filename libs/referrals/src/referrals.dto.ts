import {
  contactPreferenceValues, declineReasonValues, holdReasonValues, referralOutcomeValues, referralStatusValues, returnReasonValues, urgencyValues,
  withdrawReasonValues, type JsonObject, type Role as NetworkRole, type Uuid,
} from '@fil-rouge/kernel';
import { Day, Id, Ids, InformedBody, longText, Optional, Text, Themes } from '@fil-rouge/cases';
import { csv, instantOf, PageQuery } from '@fil-rouge/platform';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsBoolean, IsIn, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { NamedDto } from './handovers.dto';
import type { ReferralAction } from './referral.policy';
import type { Opened, ReferralRow } from './referrals.queries';

/** Needs stand in the state of a record, which is bounded. */
const mostNeeds = 10;
const mostRecipients = 10;

export class CreateReferralBody {
  /** Who is asked to help. */
  @ValidateIf(({ toStructureId, toStructureIds }: CreateReferralBody) => toStructureId !== undefined || toStructureIds === undefined) @Id()
  toStructureId?: string;

  /** Or several structures for one need: the first acceptance cancels the other referrals, and none is told of the others. */
  @Optional() @Ids(2, mostRecipients)
  toStructureIds?: string[];

  /** What the resident needs: themes. */
  @Themes() @ArrayNotEmpty() @ArrayMaxSize(mostNeeds)
  needs!: string[];

  /** normal or urgent. */
  @IsIn(urgencyValues)
  urgency!: string;

  /** What the recipient should know before answering. */
  @Optional() @Text(longText)
  message?: string;

  /** How the resident wishes to be contacted. */
  @IsIn(contactPreferenceValues)
  contact!: string;

  /** When and how the resident was told of this referral; nothing is sent without it. */
  @Optional() @IsObject() @ValidateNested() @Type(() => InformedBody)
  informed?: InformedBody;

  /** The recipient may refer the resident on. */
  @Optional() @IsBoolean()
  onwardAllowed?: boolean;

  /** The accepted referral that this one continues. */
  @Optional() @Id()
  parentReferralId?: string;

  /** An ended referral that this one tries again. */
  @Optional() @Id()
  previousReferralId?: string;

  /** false keeps it as a draft. */
  @IsBoolean()
  send!: boolean;
}

export class SendReferralBody {
  /** When and how the resident was told, if the draft does not say it yet. */
  @Optional() @IsObject() @ValidateNested() @Type(() => InformedBody)
  informed?: InformedBody;
}

export class AcceptReferralBody {
  /** Who will help; to be assigned when absent. */
  @Optional() @Id()
  contactUserId?: string;
}

export class NameContactBody {
  /** Somebody your structure employs. */
  @Id()
  contactUserId!: string;
}

class CommentedBody {
  /** More than the reason says. */
  @Optional() @Text(longText)
  comment?: string;
}

export class DeclineReferralBody extends CommentedBody {
  /** Why; `other` needs a comment. */
  @IsIn(declineReasonValues)
  reason!: string;

  /** Who could help instead. */
  @Optional() @Id()
  betterStructureId?: string;
}

export class WithdrawReferralBody extends CommentedBody {
  /** Why. */
  @IsIn(withdrawReasonValues)
  reason!: string;
}

export class HoldReferralBody {
  /** Why. */
  @IsIn(holdReasonValues)
  reason!: string;

  /** The day until which, `YYYY-MM-DD`. */
  @Day()
  until!: string;
}

export class CompleteReferralBody extends CommentedBody {
  /** What came of it. */
  @IsIn(referralOutcomeValues)
  outcome!: string;

  /** With `helped_partially`: themes that remain; they become a new draft for the sender. */
  @Optional() @Themes() @ArrayMaxSize(mostNeeds)
  remainingNeeds?: string[];
}

export class ReturnReferralBody extends CommentedBody {
  /** Why. */
  @IsIn(returnReasonValues)
  reason!: string;
}

export class ReasonBody {
  /** Why, in a few words. */
  @Text(longText)
  reason!: string;
}

export class ReferralsQuery extends PageQuery {
  /** received: asked of us. sent: by us, and on the cases we lead. */
  @Optional() @IsIn(['received', 'sent'])
  box?: 'received' | 'sent';

  /** States, separated by commas. */
  @Optional() @csv() @IsIn(referralStatusValues, { each: true })
  status?: string[];

  /** true: only those unanswered after business day 7. */
  @Optional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean()
  late?: boolean;
}

/** As much as the reader's participation allows. */
export class ReferredResident {
  firstName?: string;
  lastName?: string;
  birthYear?: number;
  ageBracket?: string;
  commune?: string;
  phone?: string;
  email?: string;
  gender?: string;
  status?: string;
}

export class ReferralHistoryEntry {
  at!: string;
  /** The event, for instance `ReferralAccepted`. */
  type!: string;
  structure?: NamedDto;
  actor?: NamedDto;
  /** A code. */
  reason?: string;
  /** Words beside the reason, for those who may read them. */
  comment?: string;
}

export class ReferralResponse {
  id!: string;
  caseId!: string;
  /** Counts the referral's own events; also the ETag. */
  version!: number;
  status!: string;
  fromStructure!: NamedDto;
  toStructure!: NamedDto;
  /** Absent, as are message and contact, when the participation does not show them. */
  needs?: string[];
  urgency!: string;
  message?: string;
  contact?: string;
  /** Who helps, at the recipient's. */
  contactPerson?: NamedDto;
  onwardAllowed!: boolean;
  sentAt?: string;
  /** When it expires unanswered. */
  dueAt?: string;
  onHoldUntil?: string;
  endedAt?: string;
  outcome?: string;
  reason?: string;
  cancellationRequestedAt?: string;
  previousReferralId?: string;
  parentReferralId?: string;
  /** Sent to several structures for one need: the same for all of them. */
  broadcastId?: string;
  lastActivityAt!: string;
  resident!: ReferredResident;
  /** What the caller may do now. */
  actions!: string[];
  /** In the detail, oldest first. */
  history?: ReferralHistoryEntry[];

  static from(row: ReferralRow, opened: Opened, actions: ReferralAction[], comments: ReadonlyMap<Uuid, JsonObject>, role: NetworkRole): ReferralResponse {
    const { history } = row;
    return {
      id: row.id,
      caseId: row.case_id,
      version: row.version,
      status: row.status,
      fromStructure: { id: row.from_structure_id, name: row.from_name },
      toStructure: { id: row.to_structure_id, name: row.to_name },
      needs: row.needs ?? undefined,
      urgency: row.urgency,
      message: opened.text?.message,
      contact: row.contact ?? undefined,
      contactPerson: namedOf(row.contact_user_id, row.contact_name),
      onwardAllowed: row.onward_allowed,
      sentAt: instant(row.sent_at),
      dueAt: row.status === 'accepted' ? undefined : instant(row.due_at),
      onHoldUntil: (row.hold_until) ?? undefined,
      endedAt: instant(row.ended_at),
      outcome: row.outcome ?? undefined,
      reason: row.reason ?? undefined,
      cancellationRequestedAt: instant(row.cancellation_requested_at),
      previousReferralId: row.previous_referral_id ?? undefined,
      parentReferralId: row.parent_referral_id ?? undefined,
      broadcastId: row.broadcast_id ?? undefined,
      lastActivityAt: instantOf(row.last_activity_at),
      resident: residentOf(opened),
      actions,
      history: history?.map((entry) => ({
        at: instantOf(entry.at),
        type: entry.type,
        structure: namedOf(entry.structure_id, entry.structure),
        // Whoever watches sees structures, not people.
        actor: role === 'coordinator' ? undefined : namedOf(entry.actor_id, entry.actor),
        reason: (entry.data['reason'] ?? entry.data['outcome']) as string | undefined,
        comment: comments.get(entry.event)?.['comment'] as string | undefined,
      })),
    };
  }
}

const namedOf = (id: Uuid | null, name: string | null): NamedDto | undefined => (id === null ? undefined : { id, name: name ?? '' });

const instant = (timestamp: string | null): string | undefined => (timestamp === null ? undefined : instantOf(timestamp));

/** The sheet of the day it was sent, and the present details for whoever takes part in the case. */
function residentOf({ firstName, sheet, identity, profile }: Opened): ReferredResident {
  return {
    firstName,
    lastName: identity?.lastName,
    birthYear: profile?.birthYear,
    ageBracket: sheet?.ageBracket,
    commune: profile?.commune ?? sheet?.commune,
    phone: identity?.phone,
    email: identity?.email,
    gender: profile?.gender,
    status: profile?.status,
  };
}

/** The referrals of a broadcast, in the order in which their recipients were named. */
export class BroadcastResponse {
  broadcastId!: string;
  referrals!: ReferralResponse[];
}

export class ReferralPage {
  items!: ReferralResponse[];
  nextCursor!: string | null;
}
