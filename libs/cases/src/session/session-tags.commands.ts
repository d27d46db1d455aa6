import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { CaseRecord } from '../case/case';
import { EntriesQueries } from '../entry/entries.queries';
import { SessionTagsQueries } from './session-tags.queries';
import { tagSession } from './session.tagging.decider';
import { sessionKind } from './sessions.queries';

type Done = Outcome<{ sessionId: Uuid }>;

export class TagSession extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly sessionId: Uuid,
    readonly tags: readonly Uuid[],
  ) {
    super();
  }
}

@CommandHandler(TagSession)
export class TagSessionHandler implements ICommandHandler<TagSession> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly queries: SessionTagsQueries,
  ) {}

  execute({ caller, caseId, sessionId, tags }: TagSession): Promise<Done> {
    return this.entries.withPresent({ caller, caseId, entryId: sessionId }, sessionKind, (on) =>
      this.records.decide<CaseRecord, { sessionId: Uuid }>({
        caller,
        on: [{ kind: 'case', id: on.caseId }],
        rows: { session: { table: 'session_entry', id: sessionId }, tags: { table: 'session_tags', id: sessionId } },
        decide: (records) => records.map(({ state, context }) => tagSession(state.case, { ...on, tags }, context)),
        result: () => ({ sessionId }),
        answer: () => this.queries.asking(caller, on.caseId, sessionId),
      }),
    );
  }
}

export const sessionTagsHandlers = [TagSessionHandler];
