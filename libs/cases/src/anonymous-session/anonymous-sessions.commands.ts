import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AnonymousSessionError, Context, Decided, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { Changes } from '../entry/entry.decider';
import type { AnonymousFields, AnonymousSessionRecord, AnonymousSessionState } from './anonymous-session';
import { cancelAnonymous, correctAnonymous, recordAnonymous } from './anonymous-session.decider';
import { AnonymousSessionsQueries } from './anonymous-sessions.queries';

type OfSession = Outcome<{ sessionId: Uuid }>;

export class RecordAnonymousSession extends Command<OfSession> {
  constructor(
    readonly caller: Caller,
    readonly fields: AnonymousFields,
  ) {
    super();
  }
}

@CommandHandler(RecordAnonymousSession)
export class RecordAnonymousSessionHandler implements ICommandHandler<RecordAnonymousSession> {
  constructor(
    private readonly records: Records,
    private readonly sessions: AnonymousSessionsQueries,
  ) {}

  execute({ caller, fields }: RecordAnonymousSession): Promise<OfSession> {
    const sessionId = newId();
    return this.records.decide<AnonymousSessionRecord, { sessionId: Uuid }>({
      caller,
      on: [{ kind: 'anonymous_session', create: sessionId }],
      facts: [fields.placeId],
      decide: ([record]) => [recordAnonymous(fields, record!.context)],
      result: () => ({ sessionId }),
      answer: () => this.sessions.asking(caller, sessionId),
    });
  }
}

/** What is done to one that is there. */
export type AnonymousSessionChange =
  { verb: 'correct'; changes: Changes<AnonymousFields> } | { verb: 'cancel'; reason: AnonymousSessionError };

export class ChangeAnonymousSession extends Command<OfSession> {
  constructor(
    readonly caller: Caller,
    readonly sessionId: Uuid,
    readonly change: AnonymousSessionChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeAnonymousSession)
export class ChangeAnonymousSessionHandler implements ICommandHandler<ChangeAnonymousSession> {
  constructor(
    private readonly records: Records,
    private readonly sessions: AnonymousSessionsQueries,
  ) {}

  execute({ caller, sessionId, change }: ChangeAnonymousSession): Promise<OfSession> {
    return this.records.decide<AnonymousSessionRecord, { sessionId: Uuid }>({
      caller,
      on: [{ kind: 'anonymous_session', id: sessionId }],
      facts: [change.verb === 'correct' ? (change.changes.placeId ?? undefined) : undefined],
      decide: ([record]) => [decided(record!.state.anonymousSession, change, caller.ifMatch, record!.context)],
      result: () => ({ sessionId }),
      answer: () => this.sessions.asking(caller, sessionId),
    });
  }
}

function decided(
  state: AnonymousSessionState,
  change: AnonymousSessionChange,
  ifMatch: number | undefined,
  context: Context,
): Decided[] {
  switch (change.verb) {
    case 'correct':
      return correctAnonymous(state, change.changes, ifMatch, context);
    case 'cancel':
      return cancelAnonymous(state, change.reason, ifMatch, context);
  }
}

export const anonymousSessionsHandlers = [RecordAnonymousSessionHandler, ChangeAnonymousSessionHandler];
