import type { Actor, Decided, JsonObject } from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { given, withoutRows, type Story } from '../../../../test/support/given';
import { handoverSlice } from '../handover/handover.slice';
import { referralsSlice } from '../referral/referral.slice';
import { atDesk, fail, settle } from './handover-batch.decider';
import type { ItemsRecord, Taken } from './handover-batch.item';
import { batches } from '../schema/batch.sql';
import { batchItemsSlice } from './handover-batch.slice';

const now = '2026-11-23T09:00:00.000Z';
const who = (structureId: string, role: Actor['role']): Actor => ({
  userId: `${role}@${structureId}`,
  structureId,
  role,
  territory: null,
});
const manager = who('departement', 'manager');
const leaving = { kind: 'counsellor_leaves', structureId: 'departement', userId: 'anne', toStructureId: null } as const;
const taken: Taken = {
  decision: 'structure',
  toStructureId: 'afpa',
  toCounsellorId: null,
  closeReason: null,
  cancelReferrals: false,
  by: 'manager@departement',
  for: 'departement',
  as: 'manager',
};
const put = (itemId: string, batchId: string): Decided =>
  atDesk('PutIntoBatch', { itemId, batchId, handoverId: `h of ${itemId}`, leaving, proposal: null });
const decided = (itemId: string, more: Partial<Taken> = {}, handoverId = `h of ${itemId}`): Decided =>
  atDesk('DecidedInBatch', { itemId, handoverId, taken: { ...taken, ...more } });
const assigned = (counsellorId: string): Decided => ({ type: 'LeadAssigned', data: { counsellorId } });

/** A case that Anne of the Département leads, and that is put into a batch. */
const waiting = (): Story<ItemsRecord> =>
  given<ItemsRecord>(
    'case',
    [
      ...casesLibrary.slices!.map(withoutRows),
      withoutRows(referralsSlice()),
      withoutRows(handoverSlice),
      batchItemsSlice,
    ],
    { now, fact: () => ({ kind: 'structure', state: { structure: { status: 'active' } } }) },
  )
    .happened(who('departement', 'counsellor'), {
      type: 'CaseOpened',
      data: {
        opened: [{ id: 'g', structureId: 'departement', kind: 'lead', source: 'case' }],
        lead: { structureId: 'departement', counsellorId: 'anne' },
      },
    })
    .happened(manager, put('item', 'batch'));
const item = (story: Story<ItemsRecord>, id = 'item'): JsonObject =>
  story.rows('put_batch_item').find((row) => row['id'] === id)!;
const carriedOut = (story: Story<ItemsRecord>): Story<ItemsRecord> => {
  const { code } = story.when(manager, (record, context) => settle(record, record.batchItems[0], 'Départ.', context));
  expect(code).toBe('done');
  return story;
};
const proposed = (): Story<ItemsRecord> => carriedOut(waiting().happened(manager, decided('item')));

describe('an item of a batch', () => {
  it('waits, is decided on, and says in the same commit that it is done, and as what', () => {
    const story = waiting();
    expect(item(story)).toMatchObject({
      batch_id: 'batch',
      case_id: 'case',
      state: 'undecided',
      handover_id: 'h of item',
    });
    story.happened(manager, decided('item'));
    expect(item(story)).toMatchObject({ state: 'decided', to_structure_id: 'afpa', decided_by: 'manager@departement' });
    carriedOut(story);
    expect(item(story)).toMatchObject({ state: 'done', outcome: 'proposed', ended_at: now });
    expect(story.record.handover.open).toMatchObject({ id: 'h of item', to: 'afpa' });
  });

  it('is carried out once: another worker finds nothing that waits', () => {
    const story = proposed();
    const again = story.when(manager, (record, context) => settle(record, record.batchItems[0], 'Départ.', context));
    expect([again.code, again.events]).toEqual(['done', []]);
    expect(fail(story.record.batchItems[0], 'declined')).toEqual([]);
  });

  it('is closed, and forgotten by the case', () => {
    const close = { decision: 'close', toStructureId: null, closeReason: 'need_met' } as const;
    const story = carriedOut(waiting().happened(manager, decided('item', close)));
    expect(item(story)).toMatchObject({ state: 'done', outcome: 'closed', close_reason: 'need_met' });
    expect(story.record.batchItems).toEqual([]);
  });

  it.each<[string, object, string | null]>([
    ['HandoverDeclined', {}, 'declined'],
    ['HandoverWithdrawn', {}, 'withdrawn'],
    ['HandoverExpired', {}, 'expired'],
    ['HandoverCancelled', { because: 'asked' }, 'cancelled'],
    ['HandoverCancelled', { because: 'structure_closed' }, 'recipient-not-active'],
    ['HandoverCancelled', { because: 'objection' }, 'objection'],
    ['HandoverCancelled', { because: 'case_closed' }, null],
    ['HandoverCancelled', { because: 'merged' }, null],
    ['HandoverCancelled', { because: 'administrative' }, null],
  ])('comes back with the event that ends its proposal, %s %o: %s', (type, more, failure) => {
    const data = { handoverId: 'h of item', ...more };
    const story = proposed().happened(who('afpa', 'counsellor'), { type, data, about: 'h of item' });
    expect(item(story)).toMatchObject(
      failure === null ? { state: 'done', outcome: 'superseded', failure } : { state: 'failed', failure },
    );
    expect(story.record.batchItems.length).toBe(failure === null ? 0 : 1);
  });

  it('is no more to be asked of the case when its proposal took effect', () => {
    const data = { handoverId: 'h of item', kind: 'push', lead: { structureId: 'afpa', counsellorId: null } };
    const story = proposed().happened(who('afpa', 'counsellor'), {
      type: 'HandoverTookEffect',
      data,
      about: 'h of item',
    });
    expect(item(story)).toMatchObject({ state: 'done', outcome: 'proposed' });
    expect(story.record.batchItems).toEqual([]);
  });

  it('fails with its reason, and is tried again with a handover of its own', () => {
    const story = waiting().happened(manager, decided('item'));
    story.happened(manager, ...fail(story.record.batchItems[0], 'not-employed'));
    expect(item(story)).toMatchObject({ state: 'failed', failure: 'not-employed' });
    story.happened(manager, decided('item', {}, 'another'));
    expect(item(story)).toMatchObject({ state: 'decided', failure: null, handover_id: 'another' });
  });

  it.each(['CaseErased', 'MergedInto'])('ends with its case, which never opens again: %s', (type) => {
    const story = waiting().happened(manager, { type, data: {} });
    expect(item(story)).toMatchObject({ state: 'done', outcome: 'superseded', ended_at: now });
  });

  it('outlives an erasure, which takes what was written of it in the batch', () => {
    const { changes } = waiting().happened(manager, { type: 'CaseErased', data: {} });
    expect(changes.map(({ call }) => call)).toEqual(['put_batch_item', 'erase_batch_reason']);
    expect(batches.find((text) => 'table' in text && text.table === 'batch_item')).toMatchObject({ outlives: true });
  });

  it('is no business of a batch about somebody who leads the case no more', () => {
    const story = waiting().happened(manager, assigned('anne'));
    expect(item(story)).toMatchObject({ state: 'undecided' });
    story.happened(manager, assigned('omar'), assigned('anne'));
    expect(item(story)).toMatchObject({ state: 'done', outcome: 'superseded' });
  });

  it('is decided on in the batch that came last: what had failed before is done with', () => {
    const story = waiting().happened(manager, decided('item'));
    story.happened(manager, ...fail(story.record.batchItems[0], 'busy'), put('second', 'other batch'));
    expect(item(story)).toMatchObject({ state: 'done', outcome: 'superseded' });
    expect(item(story, 'second')).toMatchObject({ state: 'undecided', batch_id: 'other batch' });
    const later = proposed().happened(manager, put('second', 'other batch'), {
      type: 'HandoverDeclined',
      data: { handoverId: 'h of item' },
    });
    expect(item(later)).toMatchObject({ state: 'done', outcome: 'superseded' });
    expect(later.record.batchItems.map(({ id }) => id)).toEqual(['second']);
  });
});
