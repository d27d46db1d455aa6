import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { forbidden, localDateOf, type Uuid } from '@fil-rouge/kernel';
import { Clock, Records, type Caller } from '@fil-rouge/platform';
import type { Whole } from './handover-batch.decider';
import { undo, undoneByDefault } from './handover-batch.undoing.decider';
import { hasLeft, HandoverBatchDesk, ofCases, type BatchOutcomeOf } from './handover-batches.commands';
import { HandoverBatchesQueries, type ItemRow } from './handover-batches.queries';

export class UndoHandoverBatch extends Command<BatchOutcomeOf> {
  constructor(
    readonly caller: Caller,
    readonly batchId: Uuid,
    readonly reason: string | undefined,
  ) {
    super();
  }
}

/** The batch and every case of it that may still be waiting, in one commit: whoever accepts at that moment comes before or after it. */
@CommandHandler(UndoHandoverBatch)
export class UndoHandoverBatchHandler implements ICommandHandler<UndoHandoverBatch> {
  constructor(
    private readonly desk: HandoverBatchDesk,
    private readonly queries: HandoverBatchesQueries,
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  execute({ caller, batchId, reason }: UndoHandoverBatch): Promise<BatchOutcomeOf> {
    return this.desk.once(caller, async () => {
      const { line, items } = await this.queries.seen(caller, batchId);
      if (items.length < line.total)
        throw forbidden('This batch has cases outside your territory: it is not yours alone to give up.');
      const left = items.filter(mayReturn);
      return this.records.decide<Whole, { batchId: Uuid }>({
        caller,
        on: [{ kind: 'batch', id: batchId }, ...ofCases(left.map(({ case_id }) => case_id))],
        decide: ([batch, ...cases]) => undo(batchId, reason ?? undoneByDefault, batch!, cases),
        result: () => ({ batchId }),
        // Their cases would be in nobody's hands.
        requires: (events) =>
          events.length === 0
            ? undefined
            : { call: 'check_leavers_there', of: { batchId, day: localDateOf(this.clock.now()), undo: true } },
        unmet: () => hasLeft(),
      });
    });
  }
}

/** Whether it still may is known when it is decided. */
const mayReturn = ({ state, outcome }: ItemRow): boolean =>
  ['undecided', 'decided', 'pending', 'failed'].includes(state) || (state === 'done' && outcome === 'proposed');
