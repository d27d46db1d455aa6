import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { forbidden, invalid, Problem, wrongState, type Json, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { busy, Clock, codeOf, newId, Reads, replayed, Sealing, type Caller, type Outcome } from '@fil-rouge/platform';
import type { BatchKind, Decision, Leaving } from './handover-batch';
import { checkDecisions, noCases, onlyStructure, structureLeaving } from './handover-batch.decider';
import { proposalsFor } from './handover-batch.policy';
import { HandoverBatchesQueries, type BatchSeen } from './handover-batches.queries';
import { newItems, type NewItem } from './handover-batches.scope';

export type BatchOutcomeOf = Outcome<{ batchId: Uuid }>;

export interface Asked {
  readonly kind: BatchKind;
  readonly userId?: Uuid;
  readonly structureId?: Uuid;
  readonly toStructureId?: Uuid;
  readonly reason?: string;
}

type Written = { done: number } | { hash: string; result: { batchId: Uuid } };

/** A batch is no record: its rows are written by one function call each, in the session of who asks; a request's key is kept as for records. */
@Injectable()
export class HandoverBatchDesk {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly queries: HandoverBatchesQueries,
  ) {}

  /** A request done before is not checked again: what it was checked against has changed since, by itself; perhaps just now, by its twin. */
  async once(caller: Caller, work: () => Promise<BatchOutcomeOf>): Promise<BatchOutcomeOf> {
    const before = await this.replayed(caller);
    if (before) return before;
    try {
      return await work();
    } catch (error) {
      const meanwhile = await this.replayed(caller);
      if (meanwhile) return meanwhile;
      throw error;
    }
  }

  private async replayed(caller: Caller): Promise<BatchOutcomeOf | null> {
    if (!caller.idempotency) return null;
    const [row] = await this.reads.rows<{ done: Written | null }>(caller, 'select handover_batch_done($1) as done', { key: caller.idempotency.key, now: this.clock.now() });
    return row?.done ? outcomeOf(row.done, caller) : null;
  }

  async write(caller: Caller, action: 'open' | 'decide' | 'start' | 'cancel', batchId: Uuid, params: object = {}): Promise<BatchOutcomeOf & { done: number }> {
    const key = caller.idempotency;
    const asked = { ...params, batchId, now: this.clock.now(), key: key?.key, hash: key?.hash } as JsonObject;
    try {
      const [row] = await this.reads.rows<{ written: Written }>(caller, writing[action], asked, { audit: { action: `handover-batch.${action}` } });
      const { written } = row!;
      return { ...outcomeOf(written, caller, batchId), done: 'done' in written ? written.done : 0 };
    } catch (error) {
      // Left to the database: only it sees both batches at once.
      if (codeOf(error) === 'P0002') throw noCases();
      if (codeOf(error) === 'FR008') throw wrongState(JSON.parse((error as { detail: string }).detail) as string);
      if (codeOf(error) === 'FR007') throw new Problem('wrong-state', 'Whom this batch is about has left: it is kept until each case is decided on.', { status: 'left', actions: [] });
      if (codeOf(error) === '40P01') throw busy();
      if (codeOf(error) === '23505') throw new Problem('wrong-state', 'One of these cases waits in another batch meanwhile.', { status: 'in-another-batch', actions: [] });
      throw error;
    }
  }

  /** Against what is there now; whether the batch still stands as `seen` is for the function that writes, which holds its row. */
  async check(caller: Caller, seen: BatchSeen, decisions: readonly Decision[]): Promise<void> {
    const leaving = leavingOf(seen);
    const [scope, status] = await Promise.all([this.queries.scope(caller, leaving), this.queries.statusOf(caller, leaving.structureId)]);
    checkDecisions(decisions, {
      status: seen.line.status,
      leaving,
      items: new Map(seen.items.map((item) => [item.case_id, item])),
      colleagues: new Set(scope.colleagues.filter(({ structureId }) => structureId === leaving.structureId).map(({ userId }) => userId)),
      active: new Set(scope.destinations.map(({ id }) => id)),
      gone: status === 'closed' || status === 'refused',
    });
  }
}

/** The journal names the batch by the id of the row. */
const named = `select ($1->>'batchId')::uuid as id`;
const writing = {
  open: `${named}, open_handover_batch($1) as written`,
  decide: `${named}, decide_handover_batch($1) as written`,
  start: `${named}, start_handover_batch($1) as written`,
  cancel: `${named}, cancel_handover_batch($1) as written`,
} as const;

function outcomeOf(written: Written, { idempotency }: Caller, batchId?: Uuid): BatchOutcomeOf {
  return 'hash' in written ? replayed(written, idempotency!) : { result: { batchId: batchId! }, replayed: false };
}

const leavingOf = ({ line }: BatchSeen): Leaving => ({ kind: line.kind, structureId: line.structure_id, userId: line.user_id, toStructureId: line.to_structure_id });

/** Members that do not belong to the decision are not kept. */
const rowOf = ({ caseId, decision, counsellorId, structureId, reason, cancelReferrals }: Decision): Record<string, Json> => ({
  case_id: caseId,
  decision,
  to_structure_id: decision === 'structure' ? (structureId ?? null) : null,
  to_user_id: decision === 'close' ? null : (counsellorId ?? null),
  close_reason: decision === 'close' ? (reason ?? null) : null,
  cancel_referrals: decision === 'close' && cancelReferrals === true,
});

/** Who leaves and where each case could go; nothing is written. */
@Injectable()
export class HandoverBatchProposals {
  constructor(private readonly queries: HandoverBatchesQueries) {}

  /** Problems: 403, 422 for what is missing, unknown or without any open case. */
  async for(caller: Caller, asked: Asked): Promise<{ leaving: Leaving; items: NewItem[] }> {
    const { kind, userId, toStructureId } = asked;
    const structureId = structureLeaving(kind, asked, caller.session) ?? onlyStructure(await this.queries.structuresLedBy(caller, userId!));
    if ((await this.queries.statusOf(caller, structureId)) === undefined) throw invalid('/structureId', 'unknown', 'There is no structure of this id.');
    const leaving = { kind, structureId, userId: userId ?? null, toStructureId: toStructureId ?? null };
    const scope = await this.queries.scope(caller, leaving);
    if (toStructureId !== undefined && !scope.destinations.some(({ id }) => id === toStructureId)) {
      throw new Problem('recipient-not-active', 'The structure the post moves to is not active, or there is none of this id.');
    }
    if (scope.cases.length === 0) throw noCases();
    return { leaving, items: newItems(scope.cases, proposalsFor(leaving, scope.cases, scope), newId) };
  }
}

export class OpenHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(readonly caller: Caller, readonly asked: Asked) {
    super();
  }
}

@CommandHandler(OpenHandoverBatch)
export class OpenHandoverBatchHandler implements ICommandHandler<OpenHandoverBatch> {
  constructor(
    private readonly proposals: HandoverBatchProposals,
    private readonly desk: HandoverBatchDesk,
    private readonly sealing: Sealing,
  ) {}

  execute({ caller, asked }: OpenHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      const { leaving, items } = await this.proposals.for(caller, asked);
      const reason = asked.reason === undefined ? undefined : this.sealing.sealToken('handover-batch', { reason: asked.reason });
      return this.desk.write(caller, 'open', newId(), { ...leaving, reason, items });
    });
  }
}

export class DecideHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(readonly caller: Caller, readonly batchId: Uuid, readonly decisions: readonly Decision[]) {
    super();
  }
}

@CommandHandler(DecideHandoverBatch)
export class DecideHandoverBatchHandler implements ICommandHandler<DecideHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
  ) {}

  execute({ caller, batchId, decisions }: DecideHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      await this.desk.check(caller, await this.queries.seen(caller, batchId), decisions);
      return this.desk.write(caller, 'decide', batchId, { decisions: decisions.map(rowOf) });
    });
  }
}

export class StartHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(readonly caller: Caller, readonly batchId: Uuid, readonly decisions: readonly Decision[], readonly acceptProposals: boolean) {
    super();
  }
}

@CommandHandler(StartHandoverBatch)
export class StartHandoverBatchHandler implements ICommandHandler<StartHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
  ) {}

  execute(command: StartHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(command.caller, () => this.start(command));
  }

  private async start({ caller, batchId, decisions, acceptProposals }: StartHandoverBatch): Promise<BatchOutcomeOf> {
    const seen = await this.queries.seen(caller, batchId);
    if (seen.line.status !== 'prepared') throw wrongState(seen.line.status);
    const said = new Set(decisions.map(({ caseId }) => caseId));
    const silent = seen.items.filter(({ state, case_id }) => state === 'undecided' && !said.has(case_id));
    const accepted = acceptProposals ? silent.flatMap(proposed) : [];
    if (accepted.length < silent.length) {
      throw invalid('/decisions', 'undecided', `${silent.length - accepted.length} of the cases have no decision yet: decide on each, or accept the proposals.`);
    }
    const all = [...decisions, ...accepted];
    if (all.length > 0) await this.desk.check(caller, seen, all);
    return this.desk.write(caller, 'start', batchId, { decisions: decisions.map(rowOf), proposals: accepted.map(rowOf) });
  }
}

/** A proposal taken as the decision. */
const proposed = ({ case_id: caseId, proposed_structure_id, proposed_user_id, proposed_because }: BatchSeen['items'][number]): Decision[] => {
  if (proposed_structure_id === null) return [];
  const counsellor = proposed_user_id === null ? {} : { counsellorId: proposed_user_id };
  return [proposed_because.includes('same_structure') ? { caseId, decision: 'colleague', ...counsellor } : { caseId, decision: 'structure', structureId: proposed_structure_id, ...counsellor }];
};

export class CancelHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(readonly caller: Caller, readonly batchId: Uuid) {
    super();
  }
}

@CommandHandler(CancelHandoverBatch)
export class CancelHandoverBatchHandler implements ICommandHandler<CancelHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
  ) {}

  execute({ caller, batchId }: CancelHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      const { line } = await this.queries.seen(caller, batchId);
      if (line.status !== 'prepared') throw wrongState(line.status);
      const cancelled = await this.desk.write(caller, 'cancel', batchId);
      if (!cancelled.replayed && cancelled.done === 0) throw notCancelled();
      return cancelled;
    });
  }
}

const notCancelled = () => forbidden('This batch has started, or has cases outside your territory: it is not yours alone to give up.');

export const handoverBatchHandlers = [OpenHandoverBatchHandler, DecideHandoverBatchHandler, StartHandoverBatchHandler, CancelHandoverBatchHandler];
