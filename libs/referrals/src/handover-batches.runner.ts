import { Injectable } from '@nestjs/common';
import { ClosingRule } from '@fil-rouge/cases';
import { Problem, wrongState, type Actor, type Role, type Uuid } from '@fil-rouge/kernel';
import { Chore, Clock, Database, Log, Records, Sealing, type Transaction } from '@fil-rouge/platform';
import { reasonsByDefault, type BatchKind, type DecisionKind } from './handover-batch';
import { carryOut, type Order } from './handover-batch.decider';
import { open } from './handover-batch.writes.sql';
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
 * Carries batches out, one commit per case. Whoever has claimed a batch works on its next item, for that one commit. A process that is killed lets go
 * of it, and the next one goes on with what is still pending: the commit that moves a case marks its item, so neither is ever there without the other.
 * A worker that has lost its claim without knowing is refused by the commit itself. The claim is no lock of the row: the commit is another connection's,
 * and whatever waits for that commit may want the row (an erasure does), which PostgreSQL would not see to be a circle.
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

  /** Some cases of the batches that wait, the oldest first; each once, so that what failed in passing waits for the next tick. */
  async run(): Promise<void> {
    const tried: Uuid[] = [];
    while (tried.length < perTick && (await this.next(tried)));
  }

  /** False when nothing waits any more. */
  private next(tried: Uuid[]): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const now = this.clock.now();
      // The second: whose last item was done by who was killed before it could say so. What another coordinator has still to decide keeps a batch open.
      const batch = await claimed(transaction, await transaction.query<{ id: Uuid }>(
        `select id from handover_batch b where status = 'running'
           and (exists (select from handover_batch_item i where i.batch_id = b.id and i.state = 'pending' and i.id <> all($1))
             or not exists (select from handover_batch_item i where i.batch_id = b.id and i.state in ${open}))
         order by started_at, id`, [tried]));
      if (!batch) return false;
      // Read once the batch is ours: what was pending before may be done.
      const [item] = await transaction.query<PendingRow>(
        `select * from handover_batch_item where batch_id = $1 and state = 'pending' and id <> all($2) order by attempts, case_id limit 1`, [batch.id, tried]);
      if (item) {
        tried.push(item.id);
        await this.carryOut(batch, item);
      }
      // First the row, then the look: somebody may be deciding anew at this moment.
      await transaction.query('select from handover_batch where id = $1 for update', [batch.id]);
      await transaction.query(
        `update handover_batch b set status = 'done', ended_at = $2
         where id = $1 and not exists (select from handover_batch_item i where i.batch_id = b.id and i.state in ${open})`, [batch.id, now]);
      return true;
    });
  }

  private async carryOut(batch: BatchRow, item: PendingRow): Promise<void> {
    try {
      const done = await this.commit(item, this.orderOf(batch, item));
      if (!done) await this.settle(item, 'done', 'superseded', null);
    } catch (error) {
      if (error instanceof Problem && !isPassing(error)) return this.settle(item, 'failed', null, reasonOf(error));
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
      requires: () => ({ call: 'check_batch_item', of: { id: item.id, handoverId: item.handover_id } }),
      // What somebody else has carried out is theirs to settle: there is nothing here that waits.
      unmet: () => wrongState('done'),
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

  /** Only what still waits, for this very decision: somebody else may have carried it out, and what failed may have been decided anew. */
  private async settle({ id, handover_id }: PendingRow, state: 'done' | 'failed', outcome: 'superseded' | null, failure: string | null): Promise<void> {
    await this.database.query('handover_batch_settle',
      `update handover_batch_item set state = $3, outcome = $4, failure = $5, ended_at = $6 where id = $1 and handover_id = $2 and state = 'pending'`,
      [id, handover_id, state, outcome, failure, this.clock.now()]);
  }

  private async putOff(item: PendingRow): Promise<void> {
    if (item.attempts + 1 >= mostAttempts) return this.settle(item, 'failed', null, 'internal-error');
    await this.database.query('handover_batch_put_off',
      `update handover_batch_item set attempts = attempts + 1 where id = $1 and handover_id = $2 and state = 'pending'`, [item.id, item.handover_id]);
  }
}

/** The first that nobody else works on, as it stands now. */
async function claimed(transaction: Transaction, waiting: readonly { id: Uuid }[]): Promise<BatchRow | undefined> {
  for (const { id } of waiting) {
    const [{ mine } = { mine: false }] = await transaction.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 11)) as mine', [id]);
    if (mine) return (await transaction.query<BatchRow>(`select * from handover_batch where id = $1`, [id]))[0];
  }
  return undefined;
}

/** Not an answer to what was decided: the database is away, or too many write to this record at once. */
const isPassing = ({ code }: Problem): boolean => code === 'unavailable' || code === 'busy';

const reasonOf = ({ code, members }: Problem): string => (code === 'invalid' ? (members.errors?.[0]?.code ?? code) : code);
