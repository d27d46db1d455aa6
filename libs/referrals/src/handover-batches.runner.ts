import { Injectable } from '@nestjs/common';
import { ClosingRule } from '@fil-rouge/cases';
import { Problem, type Actor, type Role, type Uuid } from '@fil-rouge/kernel';
import { Chore, Clock, Database, Log, Records, Sealing } from '@fil-rouge/platform';
import { reasonsByDefault, type BatchKind, type DecisionKind } from './handover-batch';
import { carryOut, type Order } from './handover-batch.decider';
import type { HandoverRecord } from './handover';

/** Cases per tick of a worker (about a second): some 500 ms of work, so that reminders are not late; 200 cases take a few seconds. */
const perTick = 50;
/** An error that is no refusal of the rules is tried again with the next ticks, that often. */
const mostAttempts = 5;

interface BatchRow {
  id: Uuid;
  kind: BatchKind;
  structure_id: Uuid;
  user_id: Uuid | null;
  to_structure_id: Uuid | null;
  reason: string | null;
}

interface PendingRow {
  id: Uuid;
  case_id: Uuid;
  handover_id: Uuid;
  decision: DecisionKind;
  to_structure_id: Uuid | null;
  to_user_id: Uuid | null;
  close_reason: string | null;
  cancel_referrals: boolean;
  decided_by: Uuid;
  decided_for: Uuid;
  decided_as: Role;
  attempts: number;
}

/**
 * Carries batches out, one commit per case. Whoever holds a batch's row works on it; a process that is killed lets go of it, and the next one
 * goes on with what is still pending: the commit that moves a case marks its item, so neither is ever there without the other.
 */
@Injectable()
export class HandoverBatchRunner extends Chore {
  constructor(
    private readonly database: Database,
    private readonly records: Records,
    private readonly closingRule: ClosingRule,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  /** Some cases of the oldest batch that waits. */
  async run(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const [batch] = await transaction.query<BatchRow>(
        `select * from handover_batch b where status = 'running' and exists (select from handover_batch_item i where i.batch_id = b.id and i.state = 'pending')
         order by started_at, id limit 1 for update skip locked`);
      if (!batch) return;
      const items = await transaction.query<PendingRow>(
        `select * from handover_batch_item where batch_id = $1 and state = 'pending' order by attempts, case_id limit ${perTick}`, [batch.id]);
      for (const item of items) await this.carryOut(batch, item);
      // What another coordinator has still to decide keeps it open.
      await transaction.query(
        `update handover_batch b set status = 'done', ended_at = $2
         where id = $1 and not exists (select from handover_batch_item i where i.batch_id = b.id and i.state in ('undecided', 'decided', 'pending'))`,
        [batch.id, this.clock.now()]);
    });
  }

  private async carryOut(batch: BatchRow, item: PendingRow): Promise<void> {
    try {
      const done = await this.commit(item, this.orderOf(batch, item));
      if (!done) await this.settle(item.id, 'done', 'superseded', null);
    } catch (error) {
      if (error instanceof Problem && !isPassing(error)) return this.settle(item.id, 'failed', null, reasonOf(error));
      this.log.warn({ batch: batch.id, item: item.id, error: (error as Error).name }, 'a case of a batch could not be handed over and will be tried again');
      await this.putOff(item);
    }
  }

  /** False when there was nothing left to do. */
  private async commit(item: PendingRow, order: Order): Promise<boolean> {
    const decidedBy: Actor = { userId: item.decided_by, structureId: item.decided_for, role: item.decided_as, territory: null };
    const { result } = await this.records.decide<HandoverRecord, boolean>({
      caller: null,
      onBehalfOf: decidedBy,
      on: [{ kind: 'case', id: item.case_id }],
      facts: [order.leaving.structureId, item.decided_for, item.to_structure_id ?? undefined, item.to_user_id ?? undefined],
      rows: { handover: { table: 'handover', id: item.handover_id } },
      pieces: ['first_name', 'profile'],
      decide: ([one]) => [carryOut(one!.state, order, one!.context, (closing) => this.closingRule.check(one!.state, closing))],
      result: (events) => events.some(({ data }) => data['batchItemId'] === item.id),
    });
    return result;
  }

  private orderOf({ kind, structure_id, user_id, to_structure_id, reason }: BatchRow, item: PendingRow): Order {
    const said = reason === null ? null : this.sealing.openToken('handover-batch', reason)?.['reason'];
    return {
      itemId: item.id,
      handoverId: item.handover_id,
      leaving: { kind, structureId: structure_id, userId: user_id, toStructureId: to_structure_id },
      decision: item.decision,
      toStructureId: item.to_structure_id,
      toCounsellorId: item.to_user_id,
      closing: item.close_reason === null ? null : { reason: item.close_reason, cancelReferrals: item.cancel_referrals },
      reason: (said as string | undefined) ?? reasonsByDefault[kind],
    };
  }

  private async settle(id: Uuid, state: 'done' | 'failed', outcome: 'superseded' | null, failure: string | null): Promise<void> {
    await this.database.query('handover_batch_settle',
      `update handover_batch_item set state = $2, outcome = $3, failure = $4, ended_at = $5 where id = $1 and state = 'pending'`, [id, state, outcome, failure, this.clock.now()]);
  }

  private async putOff({ id, attempts }: PendingRow): Promise<void> {
    if (attempts + 1 >= mostAttempts) return this.settle(id, 'failed', null, 'internal-error');
    await this.database.query('handover_batch_put_off', `update handover_batch_item set attempts = attempts + 1 where id = $1 and state = 'pending'`, [id]);
  }
}

/** Not an answer to what was decided: the database is away, or too many write to this record at once. */
const isPassing = ({ code }: Problem): boolean => code === 'unavailable' || code === 'busy';

const reasonOf = ({ code, members }: Problem): string => (code === 'invalid' ? (members.errors?.[0]?.code ?? code) : code);
