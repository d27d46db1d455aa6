import {
  ageBracketValues,
  contactPreferenceValues,
  genderValues,
  referralOutcomeValues,
  referralStatusValues,
  residentStatusValues,
  themeValues,
  urgencyValues,
  type Capacity,
  type JsonObject,
  type Role as NetworkRole,
  type Uuid,
} from '@fil-rouge/kernel';
import { Code, Codes, instantOf } from '@fil-rouge/platform';
import { NamedDto } from '../handover/handovers.dto';
import { referralActions, type ReferralAction } from './referral.policy';
import type { Opened, ReferralRow } from './referrals.queries';

/** What stands in nobody's way, and whoever sends should know of. */
export class WarningDto {
  /** `recipient-full` or `recipient-waiting-list`: what the recipient says of itself at present. */
  @Code(['recipient-full', 'recipient-waiting-list'])
  code!: string;
  detail!: string;
}

/** As much as the reader's participation allows. */
export class ReferredResident {
  firstName?: string;
  lastName?: string;
  birthYear?: number;
  @Code(ageBracketValues)
  ageBracket?: string;
  commune?: string;
  communeName?: string;
  phone?: string;
  email?: string;
  @Code(genderValues)
  gender?: string;
  @Code(residentStatusValues)
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
  @Code(referralStatusValues)
  status!: string;
  fromStructure!: NamedDto;
  /** Absent while a draft leaves it open. */
  toStructure?: NamedDto;
  /** Absent, as are message and contact, when the participation does not show them. */
  @Codes(themeValues)
  needs?: string[];
  @Code(urgencyValues)
  urgency!: string;
  message?: string;
  @Code(contactPreferenceValues)
  contact?: string;
  /** Who helps, at the recipient's. */
  contactPerson?: NamedDto;
  onwardAllowed!: boolean;
  sentAt?: string;
  /** When it expires unanswered. */
  dueAt?: string;
  onHoldUntil?: string;
  endedAt?: string;
  @Code(referralOutcomeValues)
  outcome?: string;
  reason?: string;
  /** Of a refusal: who could help instead. */
  betterStructureId?: string;
  betterStructure?: NamedDto;
  cancellationRequestedAt?: string;
  previousReferralId?: string;
  parentReferralId?: string;
  /** Sent to several structures for one need: the same for all of them. */
  broadcastId?: string;
  lastActivityAt!: string;
  /** Its sealed part does not open: only what stands in clear is shown. */
  unreadable?: boolean;
  resident!: ReferredResident;
  /** What the caller may do now. */
  @Codes(referralActions)
  actions!: string[];
  /** For whoever sends, while it is not answered. */
  warnings?: WarningDto[];
  /** In the detail, oldest first. */
  history?: ReferralHistoryEntry[];

  static from(
    row: ReferralRow,
    opened: Opened,
    actions: ReferralAction[],
    comments: ReadonlyMap<Uuid, JsonObject>,
    role: NetworkRole,
  ): ReferralResponse {
    const { history } = row;
    return {
      id: row.id,
      caseId: row.case_id,
      version: row.version,
      status: row.status,
      fromStructure: { id: row.from_structure_id, name: row.from_name },
      toStructure: namedOf(row.to_structure_id, row.to_name),
      needs: row.needs ?? undefined,
      urgency: row.urgency,
      message: opened.text?.message,
      contact: row.contact ?? undefined,
      contactPerson: namedOf(row.contact_user_id, row.contact_name),
      onwardAllowed: row.onward_allowed,
      sentAt: instant(row.sent_at),
      dueAt: row.status === 'accepted' ? undefined : instant(row.due_at),
      onHoldUntil: row.hold_until ?? undefined,
      endedAt: instant(row.ended_at),
      outcome: row.outcome ?? undefined,
      reason: row.reason ?? undefined,
      betterStructureId: row.better_structure_id ?? undefined,
      betterStructure: namedOf(row.better_structure_id, row.better_name),
      cancellationRequestedAt: instant(row.cancellation_requested_at),
      previousReferralId: row.previous_referral_id ?? undefined,
      parentReferralId: row.parent_referral_id ?? undefined,
      broadcastId: row.broadcast_id ?? undefined,
      lastActivityAt: instantOf(row.last_activity_at),
      resident: residentOf(opened),
      actions,
      warnings: warningsOf(row),
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

const capacityWarnings: Readonly<Partial<Record<Capacity, WarningDto>>> = {
  full: { code: 'recipient-full', detail: 'This structure says that it is full at present: an answer may take long.' },
  waiting_list: {
    code: 'recipient-waiting-list',
    detail: 'This structure has a waiting list at present: help may take long.',
  },
};

function warningsOf({ status, roles, to_capacity }: ReferralRow): WarningDto[] | undefined {
  const warning = to_capacity ? capacityWarnings[to_capacity] : undefined;
  const sends = roles.includes('sender') || roles.includes('lead');
  return warning && sends && ['draft', 'held', 'sent', 'under_review'].includes(status) ? [warning] : undefined;
}

const namedOf = (id: Uuid | null, name: string | null): NamedDto | undefined =>
  id === null ? undefined : { id, name: name ?? '' };

const instant = (timestamp: string | null): string | undefined =>
  timestamp === null ? undefined : instantOf(timestamp);

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
