import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Consumer, newId, type ConsumerInterest, type Transaction } from '@fil-rouge/platform';
import type { Leaving } from './handover-batch';
import { proposalsFor } from './handover-batch.policy';
import { newItems, scopeForTheWorker, scopeParams, type Scope } from './handover-batches.scope';

/** By name, for the processes that only write deliveries. */
export const leavingStructures: ConsumerInterest = { name: 'leaving-structures', events: ['StructureDecided'] };
export const leavingCounsellors: ConsumerInterest = { name: 'leaving-counsellors', events: ['EmploymentLapsed'] };

/**
 * A structure that is closed, or refused, leads nobody any more: nobody signs in for it. Its open cases are put into batches that a coordinator or
 * administrator decides on; what was in a batch already stays in that one.
 */
@Injectable()
export class LeavingStructures extends Consumer {
  readonly name = leavingStructures.name;
  readonly events = leavingStructures.events;

  override async effect({ data, stream }: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (data['status'] !== 'closed' && data['status'] !== 'refused') return;
    await prepareBatches({ kind: 'structure_closed', structureId: stream, userId: null, toStructureId: null }, transaction, now);
  }
}

/** A contract that runs out waits for nobody, unlike one that somebody ends: whatever the counsellor still leads goes into a batch then. */
@Injectable()
export class LeavingCounsellors extends Consumer {
  readonly name = leavingCounsellors.name;
  readonly events = leavingCounsellors.events;

  override async effect({ data, stream }: RecordEvent, transaction: Transaction, now: Instant): Promise<void> {
    if (data['leaves'] !== true) return;
    await prepareBatches({ kind: 'counsellor_leaves', structureId: data['structureId'] as Uuid, userId: stream, toStructureId: null }, transaction, now);
  }
}

/** Each batch takes what the one before has left. */
async function prepareBatches(leaving: Leaving, transaction: Transaction, now: Instant): Promise<void> {
  while (await prepareBatch(leaving, transaction, now));
}

/** False when there was nothing left. */
async function prepareBatch(leaving: Leaving, transaction: Transaction, now: Instant): Promise<boolean> {
  const [scope] = await transaction.query<Scope>(scopeForTheWorker, [JSON.stringify(scopeParams(leaving, localDateOf(now)))]);
  const { cases } = scope!;
  if (cases.length === 0) return false;
  await transaction.query('select hold_records($1)', [cases.map(({ caseId }) => caseId)]);
  const batchId: Uuid = newId();
  await transaction.query(
    `insert into handover_batch (id, kind, structure_id, user_id, status, created_at) values ($1, $2, $3, $4, 'prepared', $5)`,
    [batchId, leaving.kind, leaving.structureId, leaving.userId, now]);
  const items = newItems(cases, proposalsFor(leaving, cases, scope!), newId);
  const rows = await transaction.query(
    `insert into handover_batch_item (id, batch_id, case_id, structure_id, handover_id, state, proposed_structure_id, proposed_user_id, proposed_because)
     select i.id, $1, i.case_id, $2, i.handover_id, 'undecided', i.proposed_structure_id, i.proposed_user_id, i.proposed_because
     from jsonb_to_recordset($3::jsonb) as i(id uuid, case_id uuid, handover_id uuid, proposed_structure_id uuid, proposed_user_id uuid, proposed_because text[])
     join cases_to_hand_over($2, $4) c on c.case_id = i.case_id
     order by i.case_id
     on conflict do nothing returning id`,
    [batchId, leaving.structureId, JSON.stringify(items), leaving.userId]);
  // All of them moved, or went into another batch, at this moment: tried again, it finds what is left.
  if (rows.length === 0) throw new Error('No case is left for this batch.');
  return true;
}
