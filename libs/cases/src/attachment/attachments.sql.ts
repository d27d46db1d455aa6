/** The selects of files. Row-level security: as far as the entry is read that they are joined to. */
import type { Uuid } from '@fil-rouge/kernel';
import { personNamed, structureNamed, type Named } from '../case/names.sql';
import { boxOf, onCase, type Box, type OnCase } from '../entry/on-case.sql';
import type { AttachmentRow } from './attachment';

export interface AttachmentRead extends Omit<AttachmentRow, 'shared_by' | 'author_id'> {
  structure: Named | null;
  actor: Named | null;
  called: Box | null;
  key: string | null;
}

export interface AttachmentsOnCase extends OnCase {
  attachments: AttachmentRead[];
}

/** And the session itself, once. */
export interface AttachmentsOfSession extends AttachmentsOnCase {
  session: { structure_id: Uuid; status: string }[];
}

/** The members that answers are made of, of a row `t`. */
export const attachmentShown = `t.id, t.case_id, t.entry_id, t.structure_id, t.media, t.bytes, t.parts, t.sha256, t.event_id, t.seq, t.added_at, key_of(t.case_id) as key,
  ${structureNamed('t.structure_id')} as structure, ${personNamed('t.author_id')} as actor, ${boxOf('t.event_id', 'file_name')} as called`;

const ofSession = `select ${attachmentShown} from attachment t
  where t.entry_id = ($1->>'sessionId')::uuid and t.shared_by is null and t.case_id = any(records_seen_in(a.case_id))`;

const session = `select s.structure_id, s.status from session_entry s where s.id = ($1->>'sessionId')::uuid`;

export const attachmentsOfSession = onCase({ attachments: `${ofSession} order by t.added_at, t.id`, session });
export const attachmentOfSession = onCase({ attachments: `${ofSession} and t.id = ($1->>'attachmentId')::uuid` });

/** One part after another; each is asked for anew, so that it ends with the access. */
export const partOfAttachment = `select a.ciphertext from attachment_part a where a.attachment_id = ($1->>'attachmentId')::uuid and a.n = ($1->>'n')::integer`;

export interface PartRead {
  ciphertext: string;
}

/** Where a file goes that is about to be joined. */
export const keyOfCase = `select key_of(($1->>'caseId')::uuid) as key`;
export type KeyRead = { key: string | null; caseId?: Uuid };
