import { createHash } from 'node:crypto';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { notFound, Problem, type AttachmentMedia, type Uuid } from '@fil-rouge/kernel';
import {
  bytesOf,
  Clock,
  Database,
  download,
  newId,
  openPiece,
  partLength,
  Reads,
  readFile,
  Sealing,
  signedOut,
  type Caller,
  type SentFile,
} from '@fil-rouge/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { largestFile } from './attachment';
import type { Attaching } from './attachment.decider';
import type { AttachmentShown } from './attachments.dto';
import { keyOfCase, partOfAttachment, type AttachmentRead, type KeyRead, type PartRead } from './attachments.sql';
import { contentOf, type Content } from './content';

/** Files that are being received: each lies in memory until it is sealed. Of one person fewer, so that nobody waits for one alone. */
const mostAtOnce = 8;
const mostOfOne = 2;

export interface ReceivedFile extends Content {
  readonly name: string;
  readonly bytes: number;
}

/** Receives files, seals them part by part and sends them out again in the same way. */
@Injectable()
export class AttachmentFiles {
  private readonly receiving: Uuid[] = [];

  constructor(
    private readonly database: Database,
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /**
   * The same request with another file is another one, and the same file in another form is not.
   * Problems: what `readFile` and `contentOf` refuse; 503 while too many others are being received.
   */
  async received<T>(
    caller: Caller,
    request: FastifyRequest,
    work: (caller: Caller, file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    const { userId } = caller.session;
    const own = this.receiving.filter((id) => id === userId).length;
    if (own >= mostOfOne || this.receiving.length >= mostAtOnce)
      throw new Problem('busy', 'Too many files are being sent at this moment. Try again.', { retryAfter: 2 });
    this.receiving.push(userId);
    try {
      const sent = await readFile(request, largestFile);
      const content = contentOf(sent.bytes);
      const bytes = content.parts.reduce((sum, { length }) => sum + length, 0);
      return await work(this.naming(caller, sent), { ...content, name: sent.name, bytes });
    } finally {
      this.receiving.splice(this.receiving.indexOf(userId), 1);
    }
  }

  private naming(caller: Caller, { name, bytes }: SentFile): Caller {
    const { idempotency } = caller;
    if (!idempotency) return caller;
    const what = `${idempotency.hash} ${createHash('sha256').update(bytes).digest('hex')} ${name}`;
    return { ...caller, idempotency: { ...idempotency, hash: this.sealing.token('request', what) } };
  }

  /** Seals it beside the record, where nobody reads it until `work` has attached it; when that is refused, it is taken away. */
  async kept<T extends { replayed: boolean }>(
    caller: Caller,
    caseId: Uuid,
    file: ReceivedFile,
    work: (file: Attaching) => Promise<T>,
  ): Promise<T> {
    const attachmentId = newId();
    let done: T | undefined;
    try {
      done = await work({ ...(await this.keep(caller, caseId, attachmentId, file)), attachmentId, name: file.name });
      return done;
    } finally {
      if (done?.replayed !== false) await this.drop(attachmentId);
    }
  }

  /** What is attached after all, by a commit whose answer was lost, stays. */
  private async drop(attachmentId: Uuid): Promise<void> {
    const drop = 'select drop_attachment_parts($1)';
    await this.database.query('drop_attachment_parts', drop, [attachmentId]).catch(() => undefined);
  }

  private async keep(caller: Caller, caseId: Uuid, attachmentId: Uuid, { media, bytes, parts: pieces }: ReceivedFile) {
    const [row] = await this.reads.rows<KeyRead>(caller, keyOfCase, { caseId });
    if (!row?.key) throw notFound();
    const key = bytesOf(row.key);
    const content = Buffer.concat(pieces);
    const parts = Math.ceil(bytes / partLength);
    const hash = createHash('sha256');
    for (let n = 0; n < parts; n++) {
      const part = content.subarray(n * partLength, (n + 1) * partLength);
      const box = this.sealing.sealPart(key, caseId, placeOf(attachmentId, n, parts), part);
      hash.update(box);
      const [kept] = await this.database.query<{ kept: boolean }>(
        'keep_attachment_part',
        'select keep_attachment_part($1, $2, $3, $4, $5, $6) as kept',
        [Buffer.from(caller.token, 'hex'), this.clock.now(), attachmentId, n, caseId, box],
      );
      if (!kept!.kept) throw signedOut();
    }
    return { media, bytes, parts, sha256: hash.digest('hex') };
  }

  /** Problems: 409 `unreadable`. */
  async send(caller: Caller, row: AttachmentRead, reply: FastifyReply): Promise<StreamableFile> {
    const disposition = `attachment; filename="document.${endings[row.media][0]}"; filename*=UTF-8''${encoded(endingAs(row.media, this.nameOf(row)))}`;
    const { bytes, parts } = row;
    return download(reply, { type: types[row.media], disposition, bytes, parts }, (n) => this.part(caller, row, n));
  }

  private async part(caller: Caller, { id, case_id, key, parts }: AttachmentRead, n: number): Promise<Buffer> {
    const [part] = await this.reads.rows<PartRead>(caller, partOfAttachment, { attachmentId: id, n });
    if (!part || key === null) throw notFound();
    return this.sealing.openPart(bytesOf(key), case_id, placeOf(id, n, parts), bytesOf(part.ciphertext));
  }

  /** @param removes whether it may be taken away now by who reads it */
  show(row: AttachmentRead, caseId: Uuid, removes: boolean): AttachmentShown {
    const { id, media, bytes, structure, actor } = row;
    const addedAt = new Date(row.added_at).toISOString();
    return {
      id,
      caseId,
      name: this.nameOf(row),
      media,
      bytes,
      addedAt,
      structure,
      actor,
      actions: removes ? ['remove'] : [],
    };
  }

  private nameOf({ called }: AttachmentRead): string {
    if (!called?.key) return '';
    const { key, stream, event, ciphertext } = called;
    return openPiece(this.sealing, key, stream, event, 'file_name', ciphertext)['name'] as string;
  }
}

/** A part that is moved, or left out at the end, does not open. */
const placeOf = (attachmentId: Uuid, n: number, parts: number): string => `${attachmentId}|${n}|${parts}`;

const types: Readonly<Record<AttachmentMedia, string>> = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
};
const endings: Readonly<Record<AttachmentMedia, readonly string[]>> = {
  pdf: ['pdf'],
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
};

/** What it is, and not what its name said: a picture that is called a program is opened as a picture. */
const endingAs = (media: AttachmentMedia, name: string): string =>
  endings[media].some((ending) => name.toLowerCase().endsWith(`.${ending}`)) ? name : `${name}.${endings[media][0]}`;

/** RFC 8187. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
