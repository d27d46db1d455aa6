import { attachmentMediaValues, noteErrorValues, type NoteError } from '@fil-rouge/kernel';
import { Code, Codes } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Comment } from '../fields.dto';

export class RemoveAttachmentBody {
  /** entered_in_error, wrong_person, duplicate or other. */
  @IsIn(noteErrorValues)
  reason!: NoteError;

  /** For everybody who reads the entry; needed for `other`. */
  @Comment('reason', 500)
  comment?: string;
}

export const attachmentActions = ['remove'] as const;

export class AttachmentShown {
  id!: string;
  caseId!: string;
  /** What it is called; its content alone says what it is. */
  name?: string;
  @Code(attachmentMediaValues)
  media!: string;
  /** How large it is, as it is kept. */
  bytes!: number;
  addedAt!: string;
  structure!: NamedResponse | null;
  actor!: NamedResponse | null;
  /** It does not open: the record is damaged. */
  unreadable?: boolean;
  /** What you may do with it now, by the words of the routes: remove. */
  @Codes(attachmentActions)
  actions!: string[];
}

export const filesActions = ['attachments'] as const;

/** The files of one entry, in the order in which they were joined. */
export class AttachmentsShown {
  items!: AttachmentShown[];
  /** What you may do here now: attachments, to join one. */
  @Codes(filesActions)
  actions!: string[];
}
