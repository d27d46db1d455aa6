import {
  contactPreferenceValues,
  declineReasonValues,
  holdReasonValues,
  referralOutcomeValues,
  referralStatusValues,
  returnReasonValues,
  urgencyValues,
  withdrawReasonValues,
} from '@fil-rouge/kernel';
import { Comment, Day, Id, Ids, InformedBody, longText, Optional, Removable, Text, Themes } from '@fil-rouge/cases';
import { AnyOf, Flag, PageQuery } from '@fil-rouge/platform';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsBoolean, IsIn, IsObject, ValidateIf, ValidateNested } from 'class-validator';

/** Needs stand in the state of a record, which is bounded. */
const mostNeeds = 10;
const mostRecipients = 10;

export class CreateReferralBody {
  /** Who is asked to help; a draft may leave it open. */
  @ValidateIf(
    ({ toStructureId, toStructureIds, send }: CreateReferralBody) =>
      toStructureId !== undefined || (toStructureIds === undefined && send !== false),
  )
  @Id()
  toStructureId?: string;

  /** Or several structures for one need: the first acceptance cancels the other referrals, and none is told of the others. */
  @Optional()
  @Ids(2, mostRecipients)
  toStructureIds?: string[];

  /** What the resident needs: themes. */
  @Themes(mostNeeds)
  @ArrayNotEmpty()
  needs!: string[];

  /** normal or urgent. */
  @IsIn(urgencyValues)
  urgency!: string;

  /** What the recipient should know before answering. */
  @Optional()
  @Text(longText)
  message?: string;

  /** How the resident wishes to be contacted. */
  @IsIn(contactPreferenceValues)
  contact!: string;

  /** When and how the resident was told of this referral; nothing is sent without it. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => InformedBody)
  informed?: InformedBody;

  /** The recipient may refer the resident on. */
  @Optional()
  @IsBoolean()
  onwardAllowed?: boolean;

  /** The accepted referral that this one continues. */
  @Optional()
  @Id()
  parentReferralId?: string;

  /** An ended referral that this one tries again. */
  @Optional()
  @Id()
  previousReferralId?: string;

  /** false keeps it as a draft. */
  @IsBoolean()
  send!: boolean;
}

/** Only what changes; null takes away what need not be said. */
export class EditReferralBody {
  /** Who is asked to help. With another one the resident is informed anew: say it here or when it is sent. */
  @Removable()
  @Id()
  toStructureId?: string | null;

  /** What the resident needs: themes. */
  @Optional()
  @Themes(mostNeeds)
  @ArrayNotEmpty()
  needs?: string[];

  /** normal or urgent. */
  @Optional()
  @IsIn(urgencyValues)
  urgency?: string;

  /** What the recipient should know before answering. */
  @Removable()
  @Text(longText)
  message?: string | null;

  /** How the resident wishes to be contacted. */
  @Optional()
  @IsIn(contactPreferenceValues)
  contact?: string;

  /** When and how the resident was told of this referral. */
  @Removable()
  @IsObject()
  @ValidateNested()
  @Type(() => InformedBody)
  informed?: InformedBody | null;

  /** The recipient may refer the resident on. */
  @Optional()
  @IsBoolean()
  onwardAllowed?: boolean;

  /** The accepted referral that this one continues. */
  @Removable()
  @Id()
  parentReferralId?: string | null;

  /** An ended referral that this one tries again. */
  @Removable()
  @Id()
  previousReferralId?: string | null;
}

export class SendReferralBody {
  /** When and how the resident was told, if the draft does not say it yet. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => InformedBody)
  informed?: InformedBody;
}

export class AcceptReferralBody {
  /** Who will help; to be assigned when absent. */
  @Optional()
  @Id()
  contactUserId?: string;
}

export class NameContactBody {
  /** Somebody your structure employs. */
  @Id()
  contactUserId!: string;
}

class CommentedBody {
  /** More than the reason says; needed for `other`. */
  @Comment('reason')
  comment?: string;
}

export class DeclineReferralBody extends CommentedBody {
  /** Why. */
  @IsIn(declineReasonValues)
  reason!: string;

  /** Who could help instead. */
  @Optional()
  @Id()
  betterStructureId?: string;
}

export class WithdrawReferralBody extends CommentedBody {
  /** Why. */
  @IsIn(withdrawReasonValues)
  reason!: string;
}

export class HoldReferralBody extends CommentedBody {
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
  @Optional()
  @Themes(mostNeeds)
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
  @Optional()
  @IsIn(['received', 'sent'])
  box?: 'received' | 'sent';

  /** States, separated by commas. */
  @AnyOf(referralStatusValues)
  status?: string[];

  /** normal, urgent; several with a comma. */
  @AnyOf(urgencyValues)
  urgency?: string[];

  /** true: only those unanswered after business day 7. */
  @Flag()
  late?: boolean;
}
