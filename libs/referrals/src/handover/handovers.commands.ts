import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { invalid, Problem, type Context, type Decided, type HandoverKind, type Uuid } from '@fil-rouge/kernel';
import { Clock, Database, newId, Records, Sealing, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import { Turns } from '@fil-rouge/users';
import type { HandoverRecord } from './handover';
import type { Opening } from './handover.conditions.decider';
import { join, propose, reassignByDecision, reassignInside, request } from './handover.decider';
import type { HandoverAction } from './handover.policy';
import { HandoversQueries } from './handovers.queries';
import { handoverVerbs, type Said } from './handovers.verbs';

export type HandoverOutcome = Outcome<{ handoverId: Uuid }>;

type Asked = Omit<Opening, 'handoverId' | 'kind' | 'ifMatch'>;

/** What the rules look up when a handover is opened: its structure, its counsellor, and what the sheet is copied from. */
const opens = (caller: Caller, caseId: Uuid, asked: Asked, handoverId: Uuid) => ({
  caller,
  on: [{ kind: 'case', id: caseId }] satisfies Target[],
  facts: [asked.toStructureId, asked.toCounsellorId],
  pieces: ['first_name', 'profile'] as const,
  result: () => ({ handoverId }),
});

const openers: Readonly<Record<HandoverKind, (record: HandoverRecord, input: Opening, context: Context) => Decided[]>> =
  { push: propose, pull: request, beside: request, internal: reassignInside, administrative: reassignByDecision };

export class OpenHandover extends Command<HandoverOutcome> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly kind: HandoverKind,
    readonly asked: Asked,
  ) {
    super();
  }
}

@CommandHandler(OpenHandover)
export class OpenHandoverHandler implements ICommandHandler<OpenHandover> {
  constructor(
    private readonly records: Records,
    private readonly queries: HandoversQueries,
  ) {}

  execute({ caller, caseId, kind, asked }: OpenHandover): Promise<HandoverOutcome> {
    const handoverId = newId();
    const opening = { ...asked, kind, handoverId, ifMatch: caller.ifMatch };
    return this.records.decide<HandoverRecord, { handoverId: Uuid }>({
      ...opens(caller, caseId, asked, handoverId),
      decide: (records) => records.map(({ state, context }) => openers[kind](state, opening, context)),
      answer: () => this.queries.asking(caller, handoverId),
    });
  }
}

/** What cases seals into the `matchToken` of a possible duplicate. */
type Match = { caseIds?: Uuid[]; userId?: Uuid; until?: string };

/**
 * One request at a time to join a case one knows nothing of, whichever case it is. A second one for the same case could not be made, and that it could not
 * would tell that both ways of asking lead to one person.
 */
const openJoin = 'check_open_join';
const mostJoins = 20;

const oneAtATime = (handoverId: Uuid) =>
  new Problem(
    'open-handover',
    'You have asked to join a case and wait for the answer. Withdraw that request first, or wait until it is answered.',
    { handoverId, status: 'requested', actions: ['withdraw'] },
  );

export class AskToJoin extends Command<HandoverOutcome> {
  constructor(
    readonly caller: Caller,
    readonly matchToken: string,
    readonly reason: string,
    readonly kind: 'pull' | 'beside',
  ) {
    super();
  }
}

@CommandHandler(AskToJoin)
export class AskToJoinHandler implements ICommandHandler<AskToJoin> {
  constructor(
    private readonly records: Records,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly turns: Turns,
  ) {}

  async execute({ caller, matchToken, reason, kind }: AskToJoin): Promise<HandoverOutcome> {
    const handoverId = newId();
    const { userId } = caller.session;
    // Whoever asks to contribute is who shall be told, and will help.
    const asked = { note: reason, ...(kind === 'beside' && { toCounsellorId: userId }) };
    const caseId = this.caseOf(matchToken, caller);
    await this.turns.need(
      { of: `join requests|${userId}`, most: mostJoins },
      'You have asked to join many cases today. Try again tomorrow.',
    );
    const before = await this.openJoinOf(userId);
    try {
      return await this.records.decide<HandoverRecord, { handoverId: Uuid }>({
        ...opens(caller, caseId, asked, handoverId),
        // Here and not before: a request repeated with its key is answered as it was, and whichever case it is takes as long.
        decide: (records) =>
          records.map(({ state, context }) => {
            if (before !== null) throw oneAtATime(before);
            return join(state, { ...asked, kind, handoverId }, context);
          }),
        requires: () => ({ call: openJoin, of: { userId, now: this.clock.now() } }),
        unmet: (id) => oneAtATime(id as Uuid),
      });
    } catch (error) {
      // Two at once: the one that comes second is refused by the case when it is the same one, and must not be told so.
      const meanwhile =
        before === null && error instanceof Problem && error.code === 'invalid' ? await this.openJoinOf(userId) : null;
      throw meanwhile === null ? error : oneAtATime(meanwhile);
    }
  }

  private async openJoinOf(userId: Uuid): Promise<Uuid | null> {
    const [row] = await this.database.query<{ id: Uuid | null }>(openJoin, `select ${openJoin}($1) as id`, [
      JSON.stringify({ userId, now: this.clock.now() }),
    ]);
    return row!.id;
  }

  /** The nearest match when there are several: its lead can say that it is somebody else. */
  private caseOf(matchToken: string, { session }: Caller): Uuid {
    const match = this.sealing.openToken('match', matchToken) as Match | null;
    const caseId = match?.caseIds?.[0];
    if (!match?.until || match.userId !== session.userId || match.until <= this.clock.now() || caseId === undefined) {
      throw invalid(
        '/matchToken',
        'expired',
        'This token is not yours or no longer valid. Open the case again to get a new one.',
      );
    }
    return caseId;
  }
}

/** Whatever is done to a handover that is open. `said` is of the class that the verb's row names. */
export class ActOnHandover extends Command<HandoverOutcome> {
  constructor(
    readonly caller: Caller,
    readonly handoverId: Uuid,
    readonly verb: HandoverAction,
    readonly said: Said = {},
  ) {
    super();
  }
}

@CommandHandler(ActOnHandover)
export class ActOnHandoverHandler implements ICommandHandler<ActOnHandover> {
  constructor(
    private readonly records: Records,
    private readonly queries: HandoversQueries,
  ) {}

  /** On the record that the handover's row names; the row tells of one that ended long ago. */
  execute({ caller, handoverId, verb, said }: ActOnHandover): Promise<HandoverOutcome> {
    const { decide } = handoverVerbs[verb];
    const answer = { ...said, handoverId, ifMatch: caller.ifMatch };
    return this.records.decide<HandoverRecord, { handoverId: Uuid }>({
      caller,
      on: [{ kind: 'case', row: 'handover' }],
      rows: { handover: { table: 'handover', id: handoverId, facts: ['to_structure_id', 'to_counsellor_id'] } },
      facts: [said.counsellorId],
      decide: (records) => records.map(({ state, context }) => decide(state, answer, context)),
      result: () => ({ handoverId }),
      answer: () => this.queries.asking(caller, handoverId),
    });
  }
}

export const handoverHandlers = [OpenHandoverHandler, AskToJoinHandler, ActOnHandoverHandler];
