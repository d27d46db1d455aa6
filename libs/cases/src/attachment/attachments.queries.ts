import { Injectable, type StreamableFile } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { evenUnreadable, Reads, type Asking, type Caller, type Rows } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { isRead, standing } from '../entry/on-case.sql';
import { AttachmentFiles } from './attachment-files.service';
import type { AttachmentShown, AttachmentsShown } from './attachments.dto';
import {
  attachmentOfSession,
  attachmentsOfSession,
  type AttachmentRead,
  type AttachmentsOnCase,
} from './attachments.sql';

export type OnSession = { readonly caseId: Uuid; readonly sessionId: Uuid };

/** The files of a session. Who reads the session reads them. */
@Injectable()
export class AttachmentsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly files: AttachmentFiles,
  ) {}

  asking(caller: Caller, on: OnSession, attachmentId: Uuid): Asking {
    const audit = { action: 'case.attachments', record: on.caseId };
    return this.reads.asking(caller, attachmentOfSession, { ...on, attachmentId }, { audit });
  }

  /** Problems: 404 when the case is hidden from the caller. */
  async ofSession(caller: Caller, on: OnSession): Promise<AttachmentsShown> {
    const audit = { action: 'case.attachments', record: on.caseId };
    const found = await this.reads.rows<AttachmentsOnCase>(caller, attachmentsOfSession, on, { audit });
    return { items: readable(caller, standing(found)).map(shownOn(this.files, on.caseId)) };
  }

  /** Problems: 404 when the case or the file is hidden. */
  async one(caller: Caller, on: OnSession, attachmentId: Uuid, rows?: Rows): Promise<AttachmentShown> {
    const found = rows ?? (await this.reads.read(this.asking(caller, on, attachmentId)));
    const [row] = readable(caller, standing(found as AttachmentsOnCase[]));
    if (!row) throw notFound();
    return this.files.show(row, on.caseId);
  }

  /** Every one stands in the journal. Problems: as `one`. */
  async content(caller: Caller, on: OnSession, attachmentId: Uuid, reply: FastifyReply): Promise<StreamableFile> {
    const audit = { action: 'case.attachment', record: on.caseId };
    const params = { ...on, attachmentId };
    const found = await this.reads.rows<AttachmentsOnCase>(caller, attachmentOfSession, params, { audit });
    const [row] = readable(caller, standing(found));
    if (!row) throw notFound();
    return this.files.send(caller, row, reply);
  }
}

/** The second decision, beside row-level security's. */
const readable = (caller: Caller, read: AttachmentsOnCase): AttachmentRead[] =>
  read.attachments.filter((row) => row.structure_id === caller.session.structureId || isRead(read, row));

export const shownOn = (files: AttachmentFiles, caseId: Uuid): ((row: AttachmentRead) => AttachmentShown) =>
  evenUnreadable(
    (row) => files.show(row, caseId),
    (row) => ({ ...row, called: null }),
  );
