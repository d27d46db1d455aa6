import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { Reads, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { FastifyRequest } from 'fastify';
import type { CaseRecord } from '../case/case';
import { EntriesQueries } from '../entry/entries.queries';
import { sessionKind } from '../session/sessions.queries';
import { AttachmentFiles } from './attachment-files.service';
import { attachToSession, noRoom, removeFromSession, roomFor, type Removing } from './attachment.decider';
import { AttachmentsQueries, type OnSession } from './attachments.queries';

type OfAttachment = Outcome<{ caseId: Uuid; attachmentId: Uuid }>;

export class AttachToSession extends Command<OfAttachment> {
  constructor(
    readonly caller: Caller,
    readonly on: OnSession,
    readonly request: FastifyRequest,
  ) {
    super();
  }
}

/** Whether the session is there for who asks comes first: nothing is read of a file for one that is not. */
@CommandHandler(AttachToSession)
export class AttachToSessionHandler implements ICommandHandler<AttachToSession> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly files: AttachmentFiles,
    private readonly attachments: AttachmentsQueries,
  ) {}

  async execute({
    caller: asking,
    on: { caseId, sessionId: entryId },
    request,
  }: AttachToSession): Promise<OfAttachment> {
    const entry = { caseId, entryId, ifMatch: asking.ifMatch };
    await this.entries.withPresent({ caller: asking, ...entry }, sessionKind, async ({ present }) => {
      if (present === null) throw notFound();
    });
    return this.files.received(asking, request, (caller, received) =>
      this.entries.withPresent({ caller, ...entry }, sessionKind, (on) =>
        this.files.kept(caller, on.caseId, received, (file) =>
          this.records.decide<CaseRecord, { caseId: Uuid; attachmentId: Uuid }>({
            caller,
            on: [{ kind: 'case', id: on.caseId }],
            rows: { session: { table: 'session_entry', id: entryId } },
            decide: (records) =>
              records.map(({ state, context }) => attachToSession(state.case, { ...on, file }, context)),
            requires: () => roomFor(on.caseId, entryId, file),
            unmet: noRoom,
            result: () => ({ caseId: on.caseId, attachmentId: file.attachmentId }),
            answer: ({ attachmentId }) =>
              this.attachments.asking(caller, { caseId: on.caseId, sessionId: entryId }, attachmentId),
          }),
        ),
      ),
    );
  }
}

export class RemoveFromSession extends Command<OfAttachment> {
  constructor(
    readonly caller: Caller,
    readonly on: OnSession,
    readonly input: Removing,
  ) {
    super();
  }
}

@CommandHandler(RemoveFromSession)
export class RemoveFromSessionHandler implements ICommandHandler<RemoveFromSession> {
  constructor(
    private readonly records: Records,
    private readonly reads: Reads,
  ) {}

  async execute({ caller, on, input }: RemoveFromSession): Promise<OfAttachment> {
    const { attachmentId } = input;
    const caseId = await this.presentOf(caller, on.caseId);
    return this.records.decide<CaseRecord, { caseId: Uuid; attachmentId: Uuid }>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      rows: { attachment: { table: 'attachment', id: attachmentId } },
      decide: (records) =>
        records.map(({ state, context }) =>
          removeFromSession(state.case, { ...input, ...on, caseId, ifMatch: caller.ifMatch }, context),
        ),
      result: () => ({ caseId, attachmentId }),
    });
  }

  /** The log of a record that has ended in another one is closed: it is said in that one's. */
  private async presentOf(caller: Caller, caseId: Uuid): Promise<Uuid> {
    const [row] = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select coalesce(visible_survivor(($1->>'caseId')::uuid), ($1->>'caseId')::uuid) as id`,
      { caseId },
    );
    return row!.id;
  }
}

export const attachmentsHandlers = [AttachToSessionHandler, RemoveFromSessionHandler];
