/**
 * READ FIRST: a file that somebody joins to a session or a referral: a letter, a photograph of one. It is read by whoever may read that entry. What it is
 * called is a sealed piece; what it holds lies sealed beside the log, in parts, under the record's own key, and the event has their SHA-256: it counts for the
 * chain, and goes with an erasure. Pure.
 */
import { eventsOf, type AttachmentMedia, type NoteError, type Uuid } from '@fil-rouge/kernel';

/** Bytes: of one file, and of all that one record holds. A megabyte has 1024 × 1024 of them. */
export const largestFile = 10 * 1024 * 1024;
export const mostOfRecord = 100 * 1024 * 1024;
export const mostFilesOfEntry = 10;

/** What lies sealed in `parts`, whose boxes one after another have that SHA-256. */
export type Kept = {
  readonly media: AttachmentMedia;
  readonly bytes: number;
  readonly parts: number;
  readonly sha256: string;
};

export type Attached = Kept & { attachmentId: Uuid };
export type Removed = { attachmentId: Uuid; reason: NoteError };
/** Whose referral it is, as in every event about one. */
export type OfSides = { referralId: Uuid; fromStructureId: Uuid; toStructureId?: Uuid };

/** The event is about the session, or the referral. */
export type AttachmentEventData = {
  /** file_name `{name}` */
  SessionFileAttached: Attached;
  /** What it held is gone. shared_text `{comment?}` */
  SessionFileRemoved: Removed;
  /** file_name `{name}` */
  ReferralFileAttached: Attached & OfSides;
  /** shared_text `{comment?}` */
  ReferralFileRemoved: Removed & OfSides;
};

export const attachmentWrites: Readonly<Record<keyof AttachmentEventData, number>> = {
  SessionFileAttached: 1,
  SessionFileRemoved: 1,
  ReferralFileAttached: 1,
  ReferralFileRemoved: 1,
};

export const isAttachmentEvent = eventsOf<AttachmentEventData>(attachmentWrites);

/** A row of its table. `shared_by`: the referral, whose parties read it; null: the thread's readers. */
export interface AttachmentRow {
  readonly id: Uuid;
  readonly case_id: Uuid;
  readonly entry_id: Uuid;
  readonly shared_by: Uuid | null;
  readonly structure_id: Uuid;
  readonly author_id: Uuid | null;
  readonly media: AttachmentMedia;
  readonly bytes: number;
  readonly parts: number;
  readonly sha256: string;
  readonly event_id: Uuid;
  readonly seq: number;
  readonly added_at: string;
}
