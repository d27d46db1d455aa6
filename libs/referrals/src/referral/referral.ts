/**
 * READ FIRST: referrals (orientations): the lead, or a contributor who may refer on, asks another structure to help. The lead does
 * not change. The state of what is open; what happens to it, and how it follows from that, is in referral.fold.ts. Pure.
 *
 *   draft → (held) → sent → (under review) → accepted → in progress ⇄ on hold → completed
 *
 * Everything about the resident is in sealed pieces shared by the referral's id: needs, message, contact preference and how the
 * resident was informed with the draft; first name, commune and age bracket with the sending. In clear: ids and workflow codes.
 */
import type { Delays, Instant, LocalDate, ReferralStatus, Uuid } from '@fil-rouge/kernel';
import type { CaseRecord } from '@fil-rouge/cases';

export const openStatuses = [
  'draft',
  'held',
  'sent',
  'under_review',
  'accepted',
  'in_progress',
  'on_hold',
] as const satisfies readonly ReferralStatus[];
export const mostOpenReferrals = 20;

/** The clock of a referral. */
export type ReferralDelays = Omit<Delays, 'silenceCalendarDays' | 'urgent'>;

/** Of a referral, what its rules and its rows need. Members that say nothing are absent: the state of a record is bounded. */
export type Referral = {
  id: Uuid;
  status: ReferralStatus;
  /** Counts the referral's own events: its ETag. */
  version: number;
  /** Number of the event that drafted it. */
  seq: number;
  from: Uuid;
  /** Always there once it is sent or held; a draft may not say it yet. */
  to?: Uuid;
  needs: string[];
  urgency: string;
  contact: string;
  informedOn?: LocalDate;
  onwardAllowed: boolean;
  /** The accepted referral it continues (A→B→C), and who had sent that one. */
  parentId?: Uuid;
  parentFrom?: Uuid;
  /** Structures the resident came through, the sender last. */
  chain: Uuid[];
  previousId?: Uuid;
  /** Shared by all that were sent to several structures for one need. */
  broadcastId?: Uuid;
  /** What holds for it, as it was promised when it was sent or held. */
  delays?: ReferralDelays;
  contactUserId?: Uuid;
  /** Events that hold needs and message, as they stand or were sent; first name, commune and age bracket. */
  draftEvent: Uuid;
  sheetEvent?: Uuid;
  heldAt?: Instant;
  sentAt?: Instant;
  /** Day of the last reminder. */
  reminded?: number;
  /** What the recipient has done for it, by session: a few. Without any it has not begun. */
  sessions?: Uuid[];
  /** Waiting for a first session: counted from that day, after the business days already used before a pause. Absent once alerted. */
  startClock?: { from?: LocalDate; used: number };
  /** Where `resume` leads back to. */
  resumesTo?: 'accepted' | 'in_progress';
  holdUntil?: LocalDate;
  cancellationRequestedAt?: Instant;
  lastActivityAt: Instant;
  endedAt?: Instant;
  outcome?: string;
  reason?: string;
  /** Who took it back. */
  endedBy?: 'sender' | 'lead' | 'coordinator';
  /** Whom its recipient named instead. */
  betterStructureId?: Uuid;
};

/** What is known of any referral, ended ones included. */
export type Standing = Pick<
  Referral,
  'id' | 'status' | 'version' | 'seq' | 'from' | 'to' | 'parentFrom' | 'sentAt' | 'cancellationRequestedAt'
>;

/**
 * `justEnded`: those that the record's last instant ended. When one expires as the first thing a late answer finds, its read row is still
 * the one from before; older ones are read rows.
 */
export type ReferralsState = { open: Referral[]; justEnded: (Standing & { at: Instant })[] };
export type ReferralRecord = CaseRecord & { referrals: ReferralsState };
export const initialReferrals: ReferralsState = { open: [], justEnded: [] };

export type Informed = { on: LocalDate; how: string };
export type DraftText = { needs: string[]; contact: string; message?: string; informed?: Informed };
export type Sheet = { commune: string; ageBracket: string; informed?: Informed };

export const openReferral = (state: ReferralsState, id: Uuid | null): Referral | undefined =>
  state.open.find((referral) => referral.id === id);

/** Comes first wherever referrals are listed. */
export const isPressing = (referral: Pick<Referral, 'status' | 'urgency'>): boolean =>
  referral.urgency === 'urgent' && isOpen(referral);

export const isOpen = ({ status }: Pick<Referral, 'status'>): boolean =>
  (openStatuses as readonly ReferralStatus[]).includes(status);
