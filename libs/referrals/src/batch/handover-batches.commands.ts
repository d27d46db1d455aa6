import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { forbidden, invalid, localDateOf, Problem, wrongState, type BatchKind, type Uuid } from '@fil-rouge/kernel';
import { Clock, newId, Records, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import type { Leaving } from './handover-batch';
import { checkDecisions, takeDecisions, type Desk, type Whole } from './handover-batch.decider';
import {
  drawUp,
  giveUp,
  noCases,
  ofBatch,
  onlyStructure,
  structureLeaving,
  type NewItem,
} from './handover-batch.drawing.decider';
import { isWaiting, type Decision } from './handover-batch.item';
import { proposalsFor } from './handover-batch.policy';
import { HandoverBatchesQueries, type BatchSeen } from './handover-batches.queries';
import { newItems } from './handover-batches.scope';

export type BatchOutcomeOf = Outcome<{ batchId: Uuid }>;

export interface Asked {
  readonly kind: BatchKind;
  readonly userId?: Uuid;
  readonly structureId?: Uuid;
  readonly toStructureId?: Uuid;
  readonly reason?: string;
}

export const ofCases = (ids: readonly Uuid[]): Target[] => ids.map((id) => ({ kind: 'case', id }));

/** What a batch is decided on with: what its caller sees of it, and who works where today. */
@Injectable()
export class HandoverBatchDesk {
  constructor(
    private readonly records: Records,
    private readonly queries: HandoverBatchesQueries,
  ) {}

  /**
   * A request done before is answered as it was, though what it was checked against has changed since, by itself. And a case that is erased between the look
   * at it and the commit is no reason to refuse the others: the second look finds it gone.
   */
  async once(caller: Caller, work: () => Promise<BatchOutcomeOf>): Promise<BatchOutcomeOf> {
    try {
      return await work().catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'not-found') return work();
        throw error;
      });
    } catch (error) {
      if (!caller.idempotency) throw error;
      return this.records.decide<never, { batchId: Uuid }>({
        caller,
        on: [],
        decide: () => {
          throw error;
        },
        result: () => ({ batchId: '' }),
      });
    }
  }

  async of(caller: Caller, { line, items }: BatchSeen): Promise<Desk> {
    const leaving: Leaving = {
      kind: line.kind,
      structureId: line.structure_id,
      userId: line.user_id,
      toStructureId: line.to_structure_id,
    };
    const [scope, status] = await Promise.all([
      this.queries.scope(caller, leaving),
      this.queries.statusOf(caller, leaving.structureId),
    ]);
    const colleagues = scope.colleagues.filter(({ structureId }) => structureId === leaving.structureId);
    return {
      status: line.status,
      leaving,
      items: new Map(items.map((item) => [item.case_id, item])),
      colleagues: new Set(colleagues.map(({ userId }) => userId)),
      active: new Set(scope.destinations.map(({ id }) => id)),
      gone: status === 'closed' || status === 'refused',
    };
  }
}

/** Who leaves and where each case could go; nothing is written. */
@Injectable()
export class HandoverBatchProposals {
  constructor(private readonly queries: HandoverBatchesQueries) {}

  /** Problems: 403, 422 for what is missing, unknown or without any open case. */
  async for(caller: Caller, asked: Asked): Promise<{ leaving: Leaving; items: NewItem[] }> {
    const { kind, userId, toStructureId } = asked;
    const structureId =
      structureLeaving(kind, asked, caller.session) ??
      onlyStructure(await this.queries.structuresLedBy(caller, userId!));
    if ((await this.queries.statusOf(caller, structureId)) === undefined)
      throw invalid('/structureId', 'unknown', 'There is no structure of this id.');
    const leaving = { kind, structureId, userId: userId ?? null, toStructureId: toStructureId ?? null };
    const scope = await this.queries.scope(caller, leaving);
    if (toStructureId !== undefined && !scope.destinations.some(({ id }) => id === toStructureId)) {
      throw new Problem(
        'recipient-not-active',
        'The structure the post moves to is not active, or there is none of this id.',
      );
    }
    if (scope.cases.length === 0) throw noCases();
    return { leaving, items: newItems(scope.cases, proposalsFor(leaving, scope.cases, scope), newId) };
  }
}

export class OpenHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(
    readonly caller: Caller,
    readonly asked: Asked,
  ) {
    super();
  }
}

/** The batch, and on each case that it holds it, in one commit. */
@CommandHandler(OpenHandoverBatch)
export class OpenHandoverBatchHandler implements ICommandHandler<OpenHandoverBatch> {
  constructor(
    private readonly proposals: HandoverBatchProposals,
    private readonly desk: HandoverBatchDesk,
    private readonly records: Records,
  ) {}

  execute({ caller, asked }: OpenHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      const batchId = newId();
      const drawing = { batchId, reason: asked.reason, ...(await this.proposals.for(caller, asked)) };
      return this.records.decide<Whole, { batchId: Uuid }>({
        caller,
        on: [{ kind: 'batch', create: batchId }, ...ofCases(drawing.items.map(({ caseId }) => caseId))],
        decide: ([, ...cases]) => drawUp(drawing, cases),
        result: () => ({ batchId }),
      });
    });
  }
}

export class DecideHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(
    readonly caller: Caller,
    readonly batchId: Uuid,
    readonly decisions: readonly Decision[],
  ) {
    super();
  }
}

@CommandHandler(DecideHandoverBatch)
export class DecideHandoverBatchHandler implements ICommandHandler<DecideHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
    private readonly records: Records,
  ) {}

  execute({ caller, batchId, decisions }: DecideHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      const desk = await this.desk.of(caller, await this.queries.seen(caller, batchId));
      checkDecisions(decisions, desk);
      return this.records.decide<Whole, { batchId: Uuid }>({
        caller,
        on: [{ kind: 'batch', id: batchId }, ...ofCases(decisions.map(({ caseId }) => caseId))],
        decide: ([batch, ...cases]) => [
          [ofBatch('BatchDecided', { cases: cases.length })],
          ...takeDecisions({ batchId, decisions, desk }, batch!.state.batch.status, cases),
        ],
        result: () => ({ batchId }),
      });
    });
  }
}

export class StartHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(
    readonly caller: Caller,
    readonly batchId: Uuid,
    readonly decisions: readonly Decision[],
    readonly acceptProposals: boolean,
  ) {
    super();
  }
}

@CommandHandler(StartHandoverBatch)
export class StartHandoverBatchHandler implements ICommandHandler<StartHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
    private readonly records: Records,
  ) {}

  execute(command: StartHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(command.caller, () => this.start(command));
  }

  private async start({ caller, batchId, decisions, acceptProposals }: StartHandoverBatch): Promise<BatchOutcomeOf> {
    const seen = await this.queries.seen(caller, batchId);
    if (seen.line.status !== 'prepared') throw wrongState(seen.line.status);
    const said = new Set(decisions.map(({ caseId }) => caseId));
    const silent = seen.items.filter(({ state, case_id }) => state === 'undecided' && !said.has(case_id));
    const proposals = acceptProposals ? silent.flatMap(proposed) : [];
    if (proposals.length < silent.length) {
      throw invalid(
        '/decisions',
        'undecided',
        `${silent.length - proposals.length} of the cases have no decision yet: decide on each, or accept the proposals.`,
      );
    }
    const all = [...decisions, ...proposals];
    const desk = await this.desk.of(caller, seen);
    checkDecisions(all, desk);
    return this.records.decide<Whole, { batchId: Uuid }>({
      caller,
      on: [{ kind: 'batch', id: batchId }, ...ofCases(all.map(({ caseId }) => caseId))],
      decide: ([batch, ...cases]) => {
        const { status } = batch!.state.batch;
        if (status !== 'prepared') throw wrongState(status);
        const decided = takeDecisions({ batchId, decisions, proposals, desk }, status, cases);
        return [[ofBatch('BatchStarted', { cases: cases.length })], ...decided];
      },
      result: () => ({ batchId }),
    });
  }
}

/** A proposal taken as the decision. */
const proposed = ({
  case_id: caseId,
  proposed_structure_id,
  proposed_user_id,
  proposed_because,
}: BatchSeen['items'][number]): Decision[] => {
  if (proposed_structure_id === null) return [];
  const counsellor = proposed_user_id === null ? {} : { counsellorId: proposed_user_id };
  return [
    proposed_because.includes('same_structure')
      ? { caseId, decision: 'colleague', ...counsellor }
      : { caseId, decision: 'structure', structureId: proposed_structure_id, ...counsellor },
  ];
};

export class CancelHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(
    readonly caller: Caller,
    readonly batchId: Uuid,
  ) {
    super();
  }
}

@CommandHandler(CancelHandoverBatch)
export class CancelHandoverBatchHandler implements ICommandHandler<CancelHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  execute({ caller, batchId }: CancelHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      const { line, items } = await this.queries.seen(caller, batchId);
      if (line.status !== 'prepared') throw wrongState(line.status);
      if (items.length < line.total)
        throw forbidden('This batch has cases outside your territory: it is not yours alone to give up.');
      const waiting = items.filter(isWaiting);
      return this.records.decide<Whole, { batchId: Uuid }>({
        caller,
        on: [{ kind: 'batch', id: batchId }, ...ofCases(waiting.map(({ case_id }) => case_id))],
        decide: ([batch, ...cases]) => giveUp(batchId, batch!, cases),
        result: () => ({ batchId }),
        // Their cases would be in nobody's hands.
        requires: () => ({ call: 'check_leavers_there', of: { batchId, day: localDateOf(this.clock.now()) } }),
        unmet: () => hasLeft(),
      });
    });
  }
}

export const hasLeft = () =>
  new Problem('wrong-state', 'Whom this batch is about has left: it is kept until each case is decided on.', {
    status: 'left',
    actions: [],
  });

export const handoverBatchHandlers = [
  OpenHandoverBatchHandler,
  DecideHandoverBatchHandler,
  StartHandoverBatchHandler,
  CancelHandoverBatchHandler,
];
