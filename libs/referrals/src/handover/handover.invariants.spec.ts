import fc from 'fast-check';
import { contradictionIn, localDateOf, type JsonObject, type RecordEvent, type Role } from '@fil-rouge/kernel';
import { delays } from './handover';
import type { Answer, Opening } from './handover.conditions.decider';
import {
  accept,
  cancel,
  decline,
  join,
  propose,
  reassignByDecision,
  reassignInside,
  request,
  withdraw,
} from './handover.decider';
import type { HandoverRow } from './handover.projection';
import { FollowUp, monday, structures, who, type Rule } from './handover.story';

/** Anybody tries anything, in any order, with days passing: what docs/domain.md calls invariants 1, 2 and 4. */
test('whatever is tried, the case has one lead at every instant and at most one open handover', () => {
  const step = fc.record({
    structure: fc.constantFrom(...structures),
    role: fc.constantFrom<Role>('counsellor', 'manager', 'coordinator', 'administrator'),
    verb: fc.constantFrom(
      'push',
      'pull',
      'internal',
      'administrative',
      'join',
      'accept',
      'decline',
      'withdraw',
      'cancel',
      'close',
      'object',
      'contribute',
    ),
    to: fc.constantFrom(...structures),
    dated: fc.boolean(),
    days: fc.integer({ min: 0, max: 6 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const scene = new FollowUp();
      let now = Date.parse(monday);
      let count = 0;
      for (const { structure, role, verb, to, dated, days } of steps) {
        now += days * 86_400_000;
        const at = new Date(now).toISOString();
        const effectiveAt = dated ? new Date(now + 4 * 86_400_000).toISOString() : undefined;
        const seen = scene.events.length;
        const input: Opening = {
          handoverId: `h${++count}`,
          toStructureId: to,
          toCounsellorId: `counsellor@${to}`,
          note: 'n',
          reason: 'r',
          effectiveAt,
        };
        const own = { ...input, toStructureId: undefined, toCounsellorId: undefined };
        const answer: Answer = { handoverId: scene.record.handover.open?.id ?? 'none', effectiveAt, reason: 'r' };
        const rules: Record<string, Rule> = {
          push: (record, context) => propose(record, input, context),
          pull: (record, context) => request(record, own, context),
          join: (record, context) => join(record, own, context),
          internal: (record, context) =>
            reassignInside(record, { ...input, toStructureId: undefined, effectiveAt: undefined }, context),
          administrative: (record, context) =>
            reassignByDecision(record, { ...input, effectiveAt: undefined }, context),
          accept: (record, context) => accept(record, answer, context),
          decline: (record, context) => decline(record, answer, context),
          withdraw: (record, context) => withdraw(record, answer, context),
          cancel: (record, context) => cancel(record, answer, context),
          close: ({ case: state }) =>
            days === 6 && state.status === 'open'
              ? [
                  {
                    type: 'CaseClosed',
                    data: {
                      reason: 'need_met',
                      ended: state.grants.filter(({ kind }) => kind !== 'candidate').map(({ id }) => id),
                    },
                  },
                ]
              : [],
          object: () =>
            days === 5
              ? [
                  {
                    type: 'ObjectionRecorded',
                    data: { objectionId: `o${count}`, against: to, on: localDateOf(at), how: 'oral' },
                  },
                ]
              : [],
          contribute: ({ case: state }) =>
            state.status === 'open'
              ? [
                  {
                    type: 'ReferralAccepted',
                    data: {
                      opened: [{ id: `c${count}`, structureId: to, kind: 'contributor', source: `r${count}` }],
                    } as object as JsonObject,
                  },
                ]
              : [],
        };
        scene.ask(who(structure, role), at, rules[verb]!);
        check(scene, scene.events.slice(seen));
      }
    }),
    { numRuns: 300 },
  );
});

function check(followUp: FollowUp, fresh: readonly RecordEvent[]): void {
  const { record } = followUp;
  const { case: state, handover } = record;
  const leads = state.grants.filter(({ kind }) => kind === 'lead');
  if (state.status === 'open') {
    expect(leads).toHaveLength(1);
    expect(leads[0]!.structureId).toBe(state.lead?.structureId);
  }
  // A period begins with the very event that ends the one before: no gap, no overlap.
  for (const { data, type } of fresh.filter(({ type: t }) => t === 'HandoverTookEffect')) {
    expect(data['lead']).toBeDefined();
    expect(
      type === 'HandoverTookEffect' &&
        (data['kind'] === 'internal' ||
          ((data['ended'] as string[]).length > 0 && (data['opened'] as object[]).length === 1)),
    ).toBe(true);
  }
  if (handover.open) {
    expect(handover.open.from).toBe(state.lead?.structureId);
    expect(handover.open.to).not.toBe(handover.open.from);
  }
  const candidates = state.grants.filter(({ kind }) => kind === 'candidate');
  expect(candidates.map(({ source }) => source)).toEqual(handover.open?.kind === 'push' ? [handover.open.id] : []);
  const open = followUp
    .rows<HandoverRow>('put_handover')
    .filter(({ status }) => ['proposed', 'requested', 'accepted'].includes(status));
  expect(open.map(({ id }) => id)).toEqual(handover.open ? [handover.open.id] : []);
  // What was read from the log alone is what was decided on.
  expect(followUp.folded().handover).toEqual(handover);
}

it('reminds before it expires, in the order that holds for referrals too', () => {
  expect(
    contradictionIn({ reminders: [...delays.reminders], coordinator: delays.expiry, answer: delays.expiry }),
  ).toBeNull();
});
