/** Joining a file to a session of one's own structure, and taking it away again. Pure. */
import {
  invalid,
  notFound,
  Problem,
  type Context,
  type Decided,
  type Json,
  type NoteError,
  type Piece,
  type Uuid,
} from '@fil-rouge/kernel';
import type { SessionFields } from '../case/case';
import type { CaseState } from '../case/case';
import { allow } from '../case/case.decider';
import { ownEntry, type EntryRow, type OnEntry } from '../entry/entry.decider';
import {
  largestFile,
  mostFilesOfEntry,
  mostOfRecord,
  type AttachmentEventData,
  type AttachmentRow,
  type Kept,
} from './attachment';

/** A file that lies sealed beside the record of `caseId`. */
export interface Attaching extends Kept {
  readonly attachmentId: Uuid;
  readonly name: string;
}

export function attachToSession(
  state: CaseState,
  { file, ...on }: OnEntry<SessionFields> & { file: Attaching },
  context: Context,
): Decided[] {
  const { row } = ownEntry(state, context.row<EntryRow>('session'), on, 'correct_session', context);
  const data: AttachmentEventData['SessionFileAttached'] = attached(file);
  return [{ type: 'SessionFileAttached', about: row.id, data: { ...data }, pieces: [nameOf(file)] }];
}

export const attached = ({ attachmentId, media, bytes, parts, sha256 }: Attaching): Kept & { attachmentId: Uuid } => ({
  ...{ attachmentId, media, bytes, parts, sha256 },
});

export const nameOf = ({ name }: Attaching, sharedBy?: Uuid): Piece => ({
  kind: 'file_name',
  value: { name },
  ...(sharedBy === undefined ? {} : { sharedBy }),
});

export interface Removing {
  readonly attachmentId: Uuid;
  readonly reason: NoteError;
  readonly comment?: string;
}

/** Also of a session that was entered in error: what was joined to the wrong record must not stay there. */
export function removeFromSession(
  state: CaseState,
  { caseId, sessionId, ifMatch, ...removing }: Removing & { caseId: Uuid; sessionId: Uuid; ifMatch?: number },
  context: Context,
): Decided[] {
  const row = context.row<AttachmentRow>('attachment');
  const here = row !== undefined && row.entry_id === sessionId && [caseId, ...state.mergedFrom].includes(row.case_id);
  // Whoever may read it and did not join it is told the same as of one that is gone: there is nothing of theirs to take away.
  if (!here || row.structure_id !== context.actor.structureId) throw notFound();
  allow(state, 'cancel_session', context, ifMatch);
  const { attachmentId, reason } = removing;
  const data: AttachmentEventData['SessionFileRemoved'] = { attachmentId, reason };
  return [{ type: 'SessionFileRemoved', about: sessionId, data: { ...data }, pieces: saying(removing) }];
}

export const saying = ({ comment }: Removing, sharedBy?: Uuid): Piece[] =>
  comment === undefined
    ? []
    : [{ kind: 'shared_text', value: { comment }, ...(sharedBy === undefined ? {} : { sharedBy }) }];

/** What must hold once the record is locked: see `check_attachment`. */
export const roomFor = (caseId: Uuid, entryId: Uuid, { attachmentId, bytes, parts }: Attaching) => ({
  call: 'check_attachment' as const,
  of: {
    ...{ id: attachmentId, case: caseId, entry: entryId, bytes, parts },
    ...{ mostOfEntry: mostFilesOfEntry, mostOfRecord },
  },
});

export function noRoom(found: Json): Problem {
  if (found === 'entry')
    return invalid('/file', 'too-many', `No more than ${mostFilesOfEntry} files are joined to one entry.`);
  if (found === 'record')
    return new Problem(
      'too-large',
      `The files of one follow-up may have ${mostOfRecord / 1024 / 1024} MB together, and this one would go beyond. Remove one that is not needed any more, or send a smaller one of at most ${largestFile / 1024 / 1024} MB.`,
    );
  // What was kept of it has been swept away, because it took so long.
  return new Problem('busy', 'The file did not come to its place in time. Send it again.', { retryAfter: 1 });
}
