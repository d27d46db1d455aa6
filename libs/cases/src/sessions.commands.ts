import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, type Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { CaseRecord } from './case';
import { correctSession, recordSession, type Recording, type SessionCorrection } from './session.decider';
import { SessionsQueries } from './sessions.queries';

type OfSession = Outcome<{ sessionId: Uuid }>;

export class RecordSession extends Command<OfSession> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Omit<Recording, 'sessionId'>) {
    super();
  }
}

@CommandHandler(RecordSession)
export class RecordSessionHandler implements ICommandHandler<RecordSession> {
  constructor(private readonly records: Records) {}

  execute({ caller, caseId, input }: RecordSession): Promise<OfSession> {
    const sessionId = newId();
    return this.records.decide<CaseRecord, { sessionId: Uuid }>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      decide: (records) => records.map(({ state, context }) => recordSession(state.case, { ...input, sessionId }, context)),
      result: () => ({ sessionId }),
    });
  }
}

export class CorrectSession extends Command<OfSession> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly sessionId: Uuid, readonly input: Omit<SessionCorrection, 'caseId' | 'sessionId' | 'present'>) {
    super();
  }
}

/** How often another correction may come in between before the caller is told. */
const attempts = 3;

@CommandHandler(CorrectSession)
export class CorrectSessionHandler implements ICommandHandler<CorrectSession> {
  constructor(
    private readonly records: Records,
    private readonly sessions: SessionsQueries,
  ) {}

  /** The present text is read first: a correction writes the whole image, and the store loads a record's latest pieces, not a session's. */
  async execute({ caller, caseId, sessionId, input }: CorrectSession): Promise<OfSession> {
    for (let attempt = 1; ; attempt++) {
      const present = await this.sessions.present(caller, caseId, sessionId);
      try {
        return await this.records.decide<CaseRecord, { sessionId: Uuid }>({
          caller,
          on: [{ kind: 'case', id: caseId }],
          rows: { session: { table: 'session_entry', id: sessionId } },
          decide: (records) => records.map(({ state, context }) => correctSession(state.case, { ...input, caseId, sessionId, present }, context)),
          result: () => ({ sessionId }),
        });
      } catch (error) {
        const overtaken = error instanceof Problem && error.code === 'stale' && input.ifMatch === undefined;
        if (!overtaken || attempt === attempts) throw error;
      }
    }
  }
}

export const sessionsHandlers = [RecordSessionHandler, CorrectSessionHandler];
