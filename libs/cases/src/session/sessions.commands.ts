import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import type { AppointmentRecord } from '../appointment/appointment';
import { checkHonoured } from '../appointment/appointment.decider';
import type { CaseRecord } from '../case/case';
import { CasesQueries } from '../case/cases.queries';
import { EntriesQueries } from '../entry/entries.queries';
import { cancelSession, moveSession, noSuchTarget, type Cancelling } from './session.cancelling.decider';
import {
  correctSession,
  recordSession,
  type OnSession,
  type Recording,
  type SessionCorrection,
  type SessionPlace,
} from './session.decider';
import { sessionKind, SessionsQueries } from './sessions.queries';

type OfSession = Outcome<SessionPlace>;

export class RecordSession extends Command<OfSession> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Omit<Recording, 'sessionId'>,
  ) {
    super();
  }
}

@CommandHandler(RecordSession)
export class RecordSessionHandler implements ICommandHandler<RecordSession> {
  constructor(
    private readonly records: Records,
    private readonly sessions: SessionsQueries,
  ) {}

  execute({ caller, caseId, input }: RecordSession): Promise<OfSession> {
    const sessionId = newId();
    return this.records.decide<AppointmentRecord, SessionPlace>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      facts: [input.fields.placeId],
      decide: (records) =>
        records.map(({ state, context }) => {
          const decided = recordSession(state.case, { ...input, sessionId }, context);
          checkHonoured(state, input.appointmentId, context);
          return decided;
        }),
      result: () => ({ caseId, sessionId }),
      answer: () => this.sessions.asking(caller, caseId, sessionId),
    });
  }
}

type OfCorrection = Omit<SessionCorrection, keyof OnSession> & { ifMatch?: number };

export class CorrectSession extends Command<OfSession> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly sessionId: Uuid,
    readonly input: OfCorrection,
  ) {
    super();
  }
}

@CommandHandler(CorrectSession)
export class CorrectSessionHandler implements ICommandHandler<CorrectSession> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly sessions: SessionsQueries,
  ) {}

  execute({ caller, caseId, sessionId, input }: CorrectSession): Promise<OfSession> {
    return this.entries.withPresent({ caller, caseId, entryId: sessionId, ifMatch: input.ifMatch }, sessionKind, (on) =>
      this.records.decide<CaseRecord, SessionPlace>({
        caller,
        on: [{ kind: 'case', id: on.caseId }],
        rows: rowOf(on),
        facts: [input.changes.placeId ?? on.present?.fields.placeId],
        decide: (records) =>
          records.map(({ state, context }) => correctSession(state.case, { ...input, ...on }, context)),
        result: () => ({ caseId: on.caseId, sessionId }),
        answer: () => this.sessions.asking(caller, on.caseId, sessionId),
      }),
    );
  }
}

export class CancelSession extends Command<OfSession> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly sessionId: Uuid,
    readonly input: Pick<Cancelling, 'reason' | 'comment' | 'ifMatch'>,
  ) {
    super();
  }
}

@CommandHandler(CancelSession)
export class CancelSessionHandler implements ICommandHandler<CancelSession> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly sessions: SessionsQueries,
  ) {}

  execute({ caller, caseId, sessionId, input }: CancelSession): Promise<OfSession> {
    return this.entries.withPresent({ caller, caseId, entryId: sessionId, ifMatch: input.ifMatch }, sessionKind, (on) =>
      this.records.decide<CaseRecord, SessionPlace>({
        caller,
        on: [{ kind: 'case', id: on.caseId }],
        rows: rowOf(on),
        decide: (records) =>
          records.map(({ state, context }) => cancelSession(state.case, { ...input, ...on }, context)),
        result: () => ({ caseId: on.caseId, sessionId }),
        answer: () => this.sessions.asking(caller, on.caseId, sessionId),
      }),
    );
  }
}

export class MoveSession extends Command<OfSession> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly sessionId: Uuid,
    readonly input: { toCaseId: Uuid; reason: string; ifMatch?: number },
  ) {
    super();
  }
}

/** Both records in one commit: a session is never on both, and never on none. */
@CommandHandler(MoveSession)
export class MoveSessionHandler implements ICommandHandler<MoveSession> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly sessions: SessionsQueries,
    private readonly cases: CasesQueries,
  ) {}

  async execute({ caller, caseId, sessionId, input: { toCaseId, reason, ifMatch } }: MoveSession): Promise<OfSession> {
    // The store answers 404 for either of the two alike; here it can be said which it is.
    if ((await this.cases.visible(caller, [toCaseId])).length === 0) throw noSuchTarget();
    const to = { caseId: toCaseId, sessionId: newId() };
    return this.entries.withPresent({ caller, caseId, entryId: sessionId, ifMatch }, sessionKind, (on) =>
      this.records.decide<CaseRecord, SessionPlace>({
        caller,
        on: [...new Set([on.caseId, toCaseId])].map((id): Target => ({ kind: 'case', id })),
        rows: rowOf(on),
        decide: ([from, target]) => moveSession(from!, target, { ...on, to, reason }),
        result: () => to,
        answer: () => this.sessions.asking(caller, to.caseId, to.sessionId),
      }),
    );
  }
}

const rowOf = ({ entryId }: OnSession) => ({ session: { table: 'session_entry', id: entryId } });

export const sessionsHandlers = [RecordSessionHandler, CorrectSessionHandler, CancelSessionHandler, MoveSessionHandler];
