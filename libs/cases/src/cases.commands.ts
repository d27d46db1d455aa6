import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { duplicateTokens, pieceOf, Problem, type Decided, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Clock, newId, Reads, Records, Sealing, type Caller, type Decision, type Deliberation, type Outcome } from '@fil-rouge/platform';
import { networkId } from '@fil-rouge/users';
import type { CaseRecord } from './case';
import { assign, close, correct, open, reopen, type Assignment, type Closing, type Correction, type Opening, type Reopening } from './case.decider';
import { CaseHooks } from './case.hooks';
import { residentOf } from './resident';

type OfCase = Outcome<{ caseId: Uuid }>;

/** How long a match token can be used to ask the unknown lead. */
const matchMinutes = 15;

/** Words by which the same resident is recognised in another record, from the event that tells them. */
function claimedWords(events: readonly RecordEvent[]): string[] | undefined {
  const told = events.findLast(({ type }) => type === 'CaseOpened' || type === 'ResidentCorrected');
  const resident = told && residentOf((kind) => pieceOf(told, kind));
  return resident ? duplicateTokens(resident) : undefined;
}

export class OpenCase extends Command<OfCase> {
  constructor(readonly caller: Caller, readonly input: Omit<Opening, 'caseId'>, readonly confirmNotDuplicate: boolean) {
    super();
  }
}

@CommandHandler(OpenCase)
export class OpenCaseHandler implements ICommandHandler<OpenCase> {
  constructor(
    private readonly records: Records,
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  execute({ caller, input, confirmNotDuplicate }: OpenCase): Promise<OfCase> {
    const caseId = newId();
    return this.records.decide<CaseRecord, { caseId: Uuid }>({
      caller,
      on: [{ kind: 'case', create: caseId }],
      facts: [networkId, caller.session.userId],
      decide: (records) => records.map(({ state, context }) => open(state.case, { caseId, ...input }, context)),
      result: () => ({ caseId }),
      claims: (events) => ({ words: claimedWords(events) ?? [], exclusive: !confirmNotDuplicate }),
      rivals: (caseIds) => this.possibleDuplicate(caller, caseIds),
    });
  }

  /**
   * Says nothing of the other record; its id only to who takes part, or led it last and found it closed. Whoever left it to somebody else would learn
   * by names and numbers that were recorded since.
   */
  private async possibleDuplicate(caller: Caller, caseIds: readonly Uuid[]): Promise<Problem> {
    const [known] = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select case_id as id from case_access where structure_id = me_structure()
         and (participation in ('lead', 'contributor') or (participation = 'former_lead' and status = 'closed' and lead_structure_id = me_structure()))
         and case_id = any(array(select jsonb_array_elements_text($1->'caseIds')::uuid)) order by last_activity_at desc limit 1`,
      { caseIds: [...caseIds] },
    );
    const until = new Date(Date.parse(this.clock.now()) + matchMinutes * 60_000).toISOString();
    // One id only: the length of the token must not tell how many there are.
    const matchToken = this.sealing.sealToken('match', { caseIds: caseIds.slice(0, 1), userId: caller.session.userId, until });
    return new Problem(
      'possible-duplicate',
      'Somebody who resembles this resident is followed already. Ask to join that case, or open this one with confirmNotDuplicate.',
      { matchToken, ...(known ? { caseId: known.id } : {}) },
    );
  }
}

/** What is decided on one case alone. */
export const onCase = (
  records: Records, caller: Caller, caseId: Uuid,
  decide: (deliberation: Deliberation<CaseRecord>) => Decided[],
  more: Pick<Decision<CaseRecord, { caseId: Uuid }>, 'facts' | 'pieces'> = {},
): Promise<OfCase> =>
  records.decide<CaseRecord, { caseId: Uuid }>({
    caller,
    on: [{ kind: 'case', id: caseId }],
    ...more,
    decide: (records) => records.map(decide),
    result: () => ({ caseId }),
    claims: (events) => {
      const words = claimedWords(events);
      // A correction may make two records alike; that is for people to see, not a reason to refuse the truth.
      return words && { words, exclusive: false };
    },
  });

export class CorrectCase extends Command<OfCase> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Correction) {
    super();
  }
}

@CommandHandler(CorrectCase)
export class CorrectCaseHandler implements ICommandHandler<CorrectCase> {
  constructor(private readonly records: Records) {}

  execute({ caller, caseId, input }: CorrectCase): Promise<OfCase> {
    return onCase(this.records, caller, caseId, ({ state, context }) => correct(state.case, input, context), { pieces: ['first_name', 'identity', 'profile'] });
  }
}

export class AssignCounsellor extends Command<OfCase> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Assignment) {
    super();
  }
}

@CommandHandler(AssignCounsellor)
export class AssignCounsellorHandler implements ICommandHandler<AssignCounsellor> {
  constructor(private readonly records: Records) {}

  execute({ caller, caseId, input }: AssignCounsellor): Promise<OfCase> {
    return onCase(this.records, caller, caseId, ({ state, context }) => assign(state.case, input, context), { facts: [input.counsellorId] });
  }
}

export class CloseCase extends Command<OfCase> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Closing) {
    super();
  }
}

@CommandHandler(CloseCase)
export class CloseCaseHandler implements ICommandHandler<CloseCase> {
  constructor(
    private readonly records: Records,
    private readonly hooks: CaseHooks,
  ) {}

  execute({ caller, caseId, input }: CloseCase): Promise<OfCase> {
    return onCase(this.records, caller, caseId, ({ state, context }) => {
      const events = close(state.case, input, context);
      this.hooks.closingRule?.check(state, input);
      return events;
    });
  }
}

export class ReopenCase extends Command<OfCase> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Reopening) {
    super();
  }
}

@CommandHandler(ReopenCase)
export class ReopenCaseHandler implements ICommandHandler<ReopenCase> {
  constructor(private readonly records: Records) {}

  execute({ caller, caseId, input }: ReopenCase): Promise<OfCase> {
    return onCase(this.records, caller, caseId, ({ state, context }) => reopen(state.case, input, context), { facts: [networkId, caller.session.userId] });
  }
}

export const casesHandlers = [OpenCaseHandler, CorrectCaseHandler, AssignCounsellorHandler, CloseCaseHandler, ReopenCaseHandler];
