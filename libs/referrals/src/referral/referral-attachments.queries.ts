import { Injectable, type StreamableFile } from '@nestjs/common';
import { notFound, type ReferralStatus, type Uuid } from '@fil-rouge/kernel';
import {
  AttachmentFiles,
  attachmentShown,
  filesActions,
  shownOn,
  type AttachmentRead,
  type AttachmentShown,
  type AttachmentsShown,
} from '@fil-rouge/cases';
import { Reads, type Asking, type Caller, type Rows } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { mayAttach, type Role } from './referral.policy';
import { withMerged } from './referral.sql';

interface WithFiles {
  case_id: Uuid;
  sheet_open: boolean;
  until_seq: number | null;
  /** Where what is said of it now is written. */
  present: Uuid;
  status: ReferralStatus;
  roles: readonly Role[];
  attachments: AttachmentRead[];
}

const ofReferral = (which: string): string => /* sql */ `
  select r.id, r.case_id, r.sheet_open, r.until_seq, r.status, r.roles, coalesce(visible_survivor(r.case_id), r.case_id) as present, (
    select coalesce(json_agg(x), '[]') from (
      select ${attachmentShown} from attachment t where t.entry_id = r.id and t.shared_by = r.id${which} order by t.added_at, t.id) x
  ) as attachments
  from (${withMerged}) r where r.id = ($1->>'referralId')::uuid`;

const all = ofReferral('');
const one = ofReferral(` and t.id = ($1->>'attachmentId')::uuid`);

/** The files of a referral: for its parties, as the message is, and for whoever leads. */
@Injectable()
export class ReferralAttachmentsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly files: AttachmentFiles,
  ) {}

  /** The records that it is on, and on which what is said of it now is written. Nobody is shown anything: no entry of the journal. Problems: 404. */
  async whereabouts(caller: Caller, referralId: Uuid): Promise<{ caseId: Uuid; present: Uuid }> {
    const [read] = await this.reads.rows<WithFiles>(caller, all, { referralId });
    if (!read) throw notFound();
    return { caseId: read.case_id, present: read.present };
  }

  asking(caller: Caller, referralId: Uuid, attachmentId: Uuid): Asking {
    const audit = { action: 'referral.attachments', recordIn: 'case_id' };
    return this.reads.asking(caller, one, { referralId, attachmentId }, { audit });
  }

  /** Problems: 404 when the referral is hidden from the caller. */
  async ofReferral(caller: Caller, referralId: Uuid): Promise<AttachmentsShown> {
    const audit = { action: 'referral.attachments', recordIn: 'case_id' };
    const [read] = await this.reads.rows<WithFiles>(caller, all, { referralId }, { audit });
    if (!read) throw notFound();
    return {
      items: readable(read).map(shownOn(this.files, read.case_id, removes(caller))),
      actions: joins(read) ? [...filesActions] : [],
    };
  }

  /** Problems: 404 when the referral or the file is hidden. */
  async one(caller: Caller, referralId: Uuid, attachmentId: Uuid, rows?: Rows): Promise<AttachmentShown> {
    const [read] = (rows ?? (await this.reads.read(this.asking(caller, referralId, attachmentId)))) as WithFiles[];
    const [row] = read ? readable(read) : [];
    if (!row) throw notFound();
    return this.files.show(row, read!.case_id, removes(caller)(row));
  }

  /** Every one stands in the journal. Problems: as `one`. */
  async content(caller: Caller, referralId: Uuid, attachmentId: Uuid, reply: FastifyReply): Promise<StreamableFile> {
    const audit = { action: 'referral.attachment', recordIn: 'case_id' };
    const [read] = await this.reads.rows<WithFiles>(caller, one, { referralId, attachmentId }, { audit });
    const [row] = read ? readable(read) : [];
    if (!row) throw notFound();
    return this.files.send(caller, row, reply);
  }
}

/** By the rule of `removeFromReferral`: whoever joined it, also when the referral has ended. */
const removes =
  ({ session }: Caller) =>
  (row: AttachmentRead): boolean =>
    row.structure_id === session.structureId;

/** By the rule of `attachToReferral`. */
const joins = ({ roles, status }: WithFiles): boolean => mayAttach(roles, status);

/** The second decision, beside row-level security's: with the sheet, up to the end. */
const readable = ({ sheet_open, until_seq, case_id, attachments }: WithFiles): AttachmentRead[] =>
  attachments.filter((row) => sheet_open && (until_seq === null || row.case_id !== case_id || row.seq <= until_seq));
