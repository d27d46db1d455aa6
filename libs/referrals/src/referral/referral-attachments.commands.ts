import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { AttachmentFiles, noRoom, roomFor, type Removing } from '@fil-rouge/cases';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { FastifyRequest } from 'fastify';
import type { ReferralRecord } from './referral';
import { ReferralAttachmentsQueries } from './referral-attachments.queries';
import { attachToReferral, removeFromReferral } from './referral.attaching.decider';

type OfAttachment = Outcome<{ attachmentId: Uuid }>;

export class AttachToReferral extends Command<OfAttachment> {
  constructor(
    readonly caller: Caller,
    readonly referralId: Uuid,
    readonly request: FastifyRequest,
  ) {
    super();
  }
}

/** Whether the referral is there for who asks comes first: nothing is read of a file for one that is not. */
@CommandHandler(AttachToReferral)
export class AttachToReferralHandler implements ICommandHandler<AttachToReferral> {
  constructor(
    private readonly records: Records,
    private readonly files: AttachmentFiles,
    private readonly queries: ReferralAttachmentsQueries,
  ) {}

  async execute({ caller: asking, referralId, request }: AttachToReferral): Promise<OfAttachment> {
    const { caseId } = await this.queries.whereabouts(asking, referralId);
    return this.files.received(asking, request, (caller, received) =>
      this.files.kept(caller, caseId, received, (file) =>
        this.records.decide<ReferralRecord, { attachmentId: Uuid }>({
          caller,
          on: [{ kind: 'case', id: caseId }],
          rows: { referral: { table: 'referral', id: referralId } },
          decide: (records) =>
            records.map(({ state, context }) => attachToReferral(state, { caseId, referralId, file }, context)),
          requires: () => roomFor(caseId, referralId, file),
          unmet: noRoom,
          result: () => ({ attachmentId: file.attachmentId }),
          answer: ({ attachmentId }) => this.queries.asking(caller, referralId, attachmentId),
        }),
      ),
    );
  }
}

export class RemoveFromReferral extends Command<OfAttachment> {
  constructor(
    readonly caller: Caller,
    readonly referralId: Uuid,
    readonly input: Removing,
  ) {
    super();
  }
}

@CommandHandler(RemoveFromReferral)
export class RemoveFromReferralHandler implements ICommandHandler<RemoveFromReferral> {
  constructor(
    private readonly records: Records,
    private readonly queries: ReferralAttachmentsQueries,
  ) {}

  async execute({ caller, referralId, input }: RemoveFromReferral): Promise<OfAttachment> {
    const { present } = await this.queries.whereabouts(caller, referralId);
    return this.records.decide<ReferralRecord, { attachmentId: Uuid }>({
      caller,
      on: [{ kind: 'case', id: present }],
      rows: {
        referral: { table: 'referral', id: referralId },
        attachment: { table: 'attachment', id: input.attachmentId },
      },
      decide: (records) =>
        records.map(({ state, context }) =>
          removeFromReferral(state, { ...input, caseId: present, referralId }, context),
        ),
      result: () => ({ attachmentId: input.attachmentId }),
    });
  }
}

export const referralAttachmentsHandlers = [AttachToReferralHandler, RemoveFromReferralHandler];
