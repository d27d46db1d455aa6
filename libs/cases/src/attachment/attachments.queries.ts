import { Injectable, type StreamableFile } from '@nestjs/common';
import { localDateOf, notFound, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import { Clock, evenUnreadable, Reads, type Asking, type Caller, type Rows } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { mayNow } from '../case/case.policy';
import { isRead, standing, standingIn } from '../entry/on-case.sql';
import { AttachmentFiles } from './attachment-files.service';
import { filesActions, type AttachmentShown, type AttachmentsShown } from './attachments.dto';
import {
  attachmentOfSession,
  attachmentsOfSession,
  type AttachmentRead,
  type AttachmentsOfSession,
  type AttachmentsOnCase,
} from './attachments.sql';

export type OnSession = { readonly caseId: Uuid; readonly sessionId: Uuid };

/** The files of a session. Who reads the session reads them. */
@Injectable()
export class AttachmentsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly files: AttachmentFiles,
    private readonly clock: Clock,
  ) {}

  asking(caller: Caller, on: OnSession, attachmentId: Uuid): Asking {
    const audit = { action: 'case.attachments', record: on.caseId };
    return this.reads.asking(caller, attachmentOfSession, { ...on, attachmentId }, { audit });
  }

  /** Problems: 404 when the case is hidden from the caller. */
  async ofSession(caller: Caller, on: OnSession): Promise<AttachmentsShown> {
    const audit = { action: 'case.attachments', record: on.caseId };
    const found = await this.reads.rows<AttachmentsOfSession>(caller, attachmentsOfSession, on, { audit });
    const read = standing(found);
    const removes = this.removes(caller, read);
    const joins = read.session.some(
      ({ structure_id, status }) => structure_id === caller.session.structureId && status === 'recorded',
    );
    return {
      items: readable(caller, read).map(shownOn(this.files, on.caseId, removes)),
      actions: joins && mayNow(standingIn(read), 'correct_session', this.today()) ? [...filesActions] : [],
    };
  }

  /** Problems: 404 when the case or the file is hidden. */
  async one(caller: Caller, on: OnSession, attachmentId: Uuid, rows?: Rows): Promise<AttachmentShown> {
    const found = rows ?? (await this.reads.read(this.asking(caller, on, attachmentId)));
    const read = standing(found as AttachmentsOnCase[]);
    const [row] = readable(caller, read);
    if (!row) throw notFound();
    return this.files.show(row, on.caseId, this.removes(caller, read)(row));
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

  /** By the rule of `removeFromSession`: whoever joined it, as long as its structure may cancel a session here. */
  private removes(caller: Caller, read: AttachmentsOnCase): (row: AttachmentRead) => boolean {
    const may = mayNow(standingIn(read), 'cancel_session', this.today());
    return (row) => may && row.structure_id === caller.session.structureId;
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now());
  }
}

/** The second decision, beside row-level security's. */
const readable = (caller: Caller, read: AttachmentsOnCase): AttachmentRead[] =>
  read.attachments.filter((row) => row.structure_id === caller.session.structureId || isRead(read, row));

export const shownOn = (
  files: AttachmentFiles,
  caseId: Uuid,
  removes: (row: AttachmentRead) => boolean,
): ((row: AttachmentRead) => AttachmentShown) =>
  evenUnreadable(
    (row) => files.show(row, caseId, removes(row)),
    (row) => ({ ...row, called: null }),
  );
