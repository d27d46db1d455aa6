import { Injectable } from '@nestjs/common';
import { localDateOf, Problem, type Actor, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import {
  Clock,
  Consumer,
  Database,
  fanOut,
  newId,
  Records,
  type Consumed,
  type ConsumerInterest,
  type Target,
  type Transaction,
} from '@fil-rouge/platform';
import { isGone, isPersonEvent, isStructureEvent } from '@fil-rouge/users';
import { reasonsByDefault, type Leaving } from './handover-batch';
import { fail, settle, type Whole } from './handover-batch.decider';
import { drawUp } from './handover-batch.drawing.decider';
import type { ItemsRecord } from './handover-batch.item';
import { proposalsFor } from './handover-batch.policy';
import { newItems, scopeForTheWorker, scopeParams, type Scope } from './handover-batches.scope';

/** A batch has started, or was decided on while it runs: whose turn has come? What is on its way already is not sent once more. */
@Injectable()
export class StartedBatches extends Consumer {
  static readonly interest = { name: 'started-batches', events: ['BatchStarted', 'BatchDecided'] };

  override async effect(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    const { name } = CasesOfBatches.interest;
    const due = await transaction.query<{ case_id: Uuid }>(
      `select i.case_id from batch b join batch_item i on i.batch_id = b.id where b.id = $1 and b.status = 'running' and i.state = 'decided'
         and not exists (select from delivery d join event e on e.id = d.event_id where d.consumer = $2 and d.stream_id = i.case_id and e.stream_id = b.id)`,
      [event.stream, name],
    );
    await fanOut(
      transaction,
      name,
      event,
      due.map(({ case_id }) => case_id),
      now,
    );
  }
}

interface ItemRow {
  id: Uuid;
  decided_by: Uuid;
  decided_for: Uuid;
  decided_as: Actor['role'];
}

/** One case of a batch, in the name of who decided on it. The commit that moves or closes it consumes the delivery, and so does the one that says why not. */
@Injectable()
export class CasesOfBatches extends Consumer {
  /** Woken by `started-batches` alone, once per case. */
  static readonly interest: ConsumerInterest = { name: 'cases-of-batches', events: [] };

  constructor(
    private readonly records: Records,
    private readonly database: Database,
  ) {
    super();
  }

  override async command({ stream: batchId }: RecordEvent, consumes: Consumed, target: Uuid): Promise<void> {
    const on: Target[] = [{ kind: 'case', id: target }];
    const of = ({ batchItems }: ItemsRecord) => batchItems.find((item) => item.batchId === batchId);
    const [row] = await this.database.query<ItemRow>(
      'item_of_batch',
      'select id, decided_by, decided_for, decided_as from batch_item where batch_id = $1 and case_id = $2',
      [batchId, target],
    );
    if (!row) throw new Error('a batch has no such case');
    try {
      await this.records.decide<ItemsRecord, null>({
        caller: null,
        consumes,
        onBehalfOf: { userId: row.decided_by, structureId: row.decided_for, role: row.decided_as, territory: null },
        on,
        rows: {
          item: {
            table: 'batch_item',
            id: row.id,
            facts: ['structure_id', 'decided_for', 'to_structure_id', 'to_user_id'],
          },
          batch: { table: 'batch', id: batchId, events: ['drawn_up'] },
        },
        pieces: ['first_name', 'profile'],
        decide: ([one]) => {
          const { state, context } = one!;
          const item = of(state);
          if (item?.taken && item.taken.by !== row.decided_by)
            throw new Error('decided anew since the look at who decided: tried again');
          const { kind, drawn_up } = context.row<{ kind: Leaving['kind']; drawn_up: Uuid }>('batch')!;
          const said = context.piece('shared_text', drawn_up)?.['reason'] as string | undefined;
          return [settle(state, item, said ?? reasonsByDefault[kind], context)];
        },
        result: () => null,
      });
    } catch (error) {
      if (!(error instanceof Problem) || isPassing(error)) throw error;
      // Erased between the two: there is no case any more, and its item says so.
      const gone = error.code === 'not-found';
      await this.records.decide<ItemsRecord, null>({
        caller: null,
        consumes,
        on: gone ? [] : on,
        decide: ([one]) => (one ? [fail(of(one.state), reasonOf(error))] : []),
        result: () => null,
      });
    }
  }
}

/** Not an answer to what was decided: the database is away, or too many write to this record at once. */
const isPassing = ({ code }: Problem): boolean => code === 'unavailable' || code === 'busy';

const reasonOf = ({ code, members }: Problem): string =>
  code === 'invalid' ? (members.errors?.[0]?.code ?? code) : code;

/** Draws up batches that nobody asks for: those whom they are about are gone, and a coordinator or administrator decides. */
@Injectable()
abstract class Leavers extends Consumer {
  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Who leaves with this event. */
  protected abstract leaving(event: RecordEvent): Leaving | undefined;

  /** Each batch takes what the one before has left; the delivery is done when nothing is left. */
  override async command(event: RecordEvent, consumes: Consumed): Promise<void> {
    const leaving = this.leaving(event);
    while (leaving && (await this.drawUp(leaving)));
    await this.records.decide({ caller: null, consumes, on: [], decide: () => [], result: () => null });
  }

  /** False when there was nothing left. */
  private async drawUp(leaving: Leaving): Promise<boolean> {
    const [scope] = await this.database.query<Scope>('scope_of_leavers', scopeForTheWorker, [
      JSON.stringify(scopeParams(leaving, localDateOf(this.clock.now()))),
    ]);
    const { cases } = scope!;
    if (cases.length === 0) return false;
    const drawing = { batchId: newId(), leaving, items: newItems(cases, proposalsFor(leaving, cases, scope!), newId) };
    await this.records.decide<Whole, null>({
      caller: null,
      on: [
        { kind: 'batch', create: drawing.batchId },
        ...cases.map(({ caseId: id }): Target => ({ kind: 'case', id })),
      ],
      decide: ([, ...found]) => drawUp(drawing, found),
      result: () => null,
    });
    return true;
  }
}

/** A structure that is closed, or refused, leads nobody any more: nobody signs in for it. What was in a batch already stays in that one. */
@Injectable()
export class LeavingStructures extends Leavers {
  static readonly interest = { name: 'leaving-structures', events: ['StructureDecided'] };

  protected override leaving(event: RecordEvent): Leaving | undefined {
    if (!isStructureEvent(event) || event.type !== 'StructureDecided' || !isGone(event.data)) return undefined;
    const { successorId = null } = event.data;
    return { kind: 'structure_closed', structureId: event.stream, userId: null, toStructureId: successorId };
  }
}

/** A contract that runs out waits for nobody, unlike one that somebody ends: whatever the counsellor still leads goes into a batch then. */
@Injectable()
export class LeavingCounsellors extends Leavers {
  static readonly interest = { name: 'leaving-counsellors', events: ['EmploymentLapsed'] };

  protected override leaving(event: RecordEvent): Leaving | undefined {
    if (!isPersonEvent(event) || event.type !== 'EmploymentLapsed' || !event.data.leaves) return undefined;
    const { structureId } = event.data;
    return { kind: 'counsellor_leaves', structureId, userId: event.stream, toStructureId: null };
  }
}
