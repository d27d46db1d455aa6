import { ResidentNamed, type SealedName } from '@fil-rouge/cases';
import { CountResponse, instantOf, Line, longestCursor, Optional, PageQuery } from '@fil-rouge/platform';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { titleOf, type Named } from './notification.titles';

/** Filters of the inbox. */
export class NotificationsQuery extends PageQuery {
  /** `true`: only what has not been read. */
  @Optional()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';
}

/** A row of the inbox as the database returns it; instants are text. */
export interface NotificationRow {
  id: string;
  type: string;
  at: string;
  structure_id: string;
  case_id: string | null;
  referral_id: string | null;
  handover_id: string | null;
  event_id: string;
  entries: number;
  cause: string | null;
  read_at: string | null;
  /** Of the statement that read it. */
  snapshot: string;
  from: Named | null;
  to: Named | null;
  actor: Named | null;
  person: Named | null;
  author: Named | null;
  resident: SealedName | null;
}

/** Something that happened and concerns the reader. */
export class NotificationDto {
  id!: string;
  /**
   * The event's type, or what it means to the reader: `ReferralReleased`, `ReferralUnanswered`, `FirstSessionAwaited`, `RepeatedExpiries`, `HandoverUnanswered`, `CasesLeftBehind`,
   * `EntriesAdded`, `StructureEmptied`; to managers and administrators `FirstManagerNamed`, `NetworkRoleGiven`, `NetworkMemberHired`,
   * `EmploymentEndedFromOutside`, `ManyDuplicatesFound`, `ManyCasesOpened`, `ManyResidentsCorrected`.
   */
  type!: string;
  /** When it happened; of a digest, its newest entry. */
  at!: string;
  /** Absent while the reader asks for a case it may not know. */
  caseId?: string;
  referralId?: string;
  handoverId?: string;
  /** The event it is about. */
  eventId!: string;
  /** One line in French: structures and what they did, never the resident. */
  title!: string;
  /** Whom it is about: only here, never in an e-mail. Absent for who does not take part, or no more. */
  resident?: ResidentNamed;
  /** The referral was sent as urgent. */
  urgent?: boolean;
  /**
   * How many entries of other structures a digest (`EntriesAdded`) stands for; how many cases a structure leaves behind (`CasesLeftBehind`), or wait for one in which nobody
   * works any more (`StructureEmptied`).
   */
  count?: number;
  readAt?: string;
  /** The name does not open: the record is damaged. */
  unreadable?: boolean;

  static from(row: NotificationRow): NotificationDto {
    const { id, type, from, to, actor, person, author, entries, cause } = row;
    return {
      id,
      type,
      at: instantOf(row.at),
      ...(row.case_id ? { caseId: row.case_id } : {}),
      ...(row.referral_id ? { referralId: row.referral_id } : {}),
      ...(row.handover_id ? { handoverId: row.handover_id } : {}),
      eventId: row.event_id,
      title: titleOf(type, { from, to, actor, person, author, readerId: row.structure_id, entries, cause }),
      ...(cause === 'urgent' ? { urgent: true } : {}),
      ...(type === 'EntriesAdded' || type === 'CasesLeftBehind' || type === 'StructureEmptied'
        ? { count: entries }
        : {}),
      ...(row.read_at ? { readAt: instantOf(row.read_at) } : {}),
    };
  }
}

export class NotificationPage {
  items!: NotificationDto[];
  nextCursor!: string | null;
  /** What this page knew of: for `POST /v1/notifications/read`. Absent where there is nothing. */
  asOf?: string;
}

export class ReadAllBody {
  /** `asOf` of the page that was shown: what has been told since stays unread. */
  @Line(longestCursor)
  @ApiProperty({ maxLength: longestCursor })
  asOf!: string;
}

export class UnreadResponse {
  unread!: CountResponse;
}
