import type { Actor, Decided, HandoverStatus, Instant } from '@fil-rouge/kernel';
import { participationOf } from '@fil-rouge/cases';
import { handoverTimers } from './handover';
import type { Answer, Opening } from './handover.conditions.decider';
import { accept } from './handover.decider';
import { actionsOf, type HandoverAction } from './handover.policy';
import {
  afpa,
  day,
  departement,
  FollowUp,
  laPoste,
  later,
  mediatheque,
  monday,
  pull,
  push,
  says,
  who,
} from './handover.story';

describe('an acceptance', () => {
  const proposed = (more: Partial<Opening> = {}): FollowUp => {
    const scene = new FollowUp();
    scene.do(who(departement), monday, push(more));
    return scene;
  };

  test('without a date moves the lead in the same commit; the former lead reads up to that event', () => {
    const scene = proposed();
    expect(
      scene.do(who(afpa), monday, says('accept', { counsellorId: 'counsellor@afpa' })).map(({ type }) => type),
    ).toEqual(['HandoverAccepted', 'HandoverTookEffect']);
    expect(scene.record.case.lead).toMatchObject({ structureId: afpa, counsellorId: 'counsellor@afpa', fromSeq: 4 });
    expect(scene.record.case.formers[departement]).toMatchObject({ kind: 'former_lead', seq: 4 });
    expect(scene.record.case.grants).toMatchObject([{ structureId: afpa, kind: 'lead', source: 'h1' }]);
  });

  test('takes the suggested date unless it names another, and the clock does the rest', () => {
    const scene = proposed(later);
    scene.do(who(afpa), monday, says('accept'));
    expect(scene.record.handover.open).toMatchObject({ status: 'accepted', effectiveAt: later.effectiveAt });
    expect(handoverTimers(scene.record.handover)).toEqual({ 'handover-effect': later.effectiveAt });
    expect(scene.passes(day('2026-12-01', '08:59:59.999'))).toEqual([]);
    // A late worker: stamped when it happened, never backdated.
    scene.passes(day('2026-12-01', '11:00:00.000'));
    expect(scene.record.handover.last).toMatchObject({
      status: 'effective',
      effectiveAt: day('2026-12-01', '11:00:00.000'),
    });
    const other = proposed(later);
    other.do(who(afpa), monday, says('accept', { effectiveAt: day('2026-12-15') }));
    expect(other.record.handover.open?.effectiveAt).toBe(day('2026-12-15'));
    const past = proposed({ effectiveAt: day('2026-11-24') });
    past.do(who(afpa), day('2026-11-25'), says('accept'));
    expect(past.record.handover.last).toMatchObject({ status: 'effective', effectiveAt: day('2026-11-25') });
  });

  test.each([
    ['by the proposer', who(departement), {}, 'forbidden'],
    ['in the past', who(afpa), { effectiveAt: day('2026-11-23', '08:54:59.000') }, 'invalid /effectiveAt past'],
    ['too far ahead', who(afpa), { effectiveAt: day('2027-02-22') }, 'invalid /effectiveAt too-far'],
    ['naming an outsider', who(afpa), { counsellorId: 'counsellor@la-poste' }, 'invalid /counsellorId not-employed'],
    ['of another version', who(afpa), { ifMatch: 2 }, 'stale'],
    ['of the present version', who(afpa), { ifMatch: 1 }, 'HandoverAccepted HandoverTookEffect'],
  ])('%s', (_, actor, more, expected) => {
    const scene = proposed();
    expect(scene.ask(actor, monday, says('accept', more)).said).toBe(expected);
  });

  test('by a structure suspended since is refused', () => {
    const scene = proposed();
    scene.suspended.add(afpa);
    expect(scene.ask(who(afpa), monday, says('accept')).said).toBe('recipient-not-active');
  });
});

describe('the clock', () => {
  test('reminds on business days 3 and 7, expires after the tenth, and a late answer gets the present state', () => {
    const scene = new FollowUp();
    scene.do(who(departement), monday, push());
    const log = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-12-02', '2026-12-07', '2026-12-08'].map((date) =>
      scene.passes(day(date)).map(({ type, data }) => [type, data['day']]),
    );
    expect(log).toEqual([
      [],
      [['HandoverReminded', 3]],
      [],
      [['HandoverReminded', 7]],
      [],
      [['HandoverExpired', undefined]],
    ]);
    expect(scene.ask(who(afpa), day('2026-12-08'), says('accept')).said).toBe('wrong-state expired');
    expect(participationOf(scene.record.case, afpa)).toBeNull();
    expect(scene.record.case.lead?.structureId).toBe(departement);
  });

  test('after an outage says the last missed thing once', () => {
    const scene = new FollowUp();
    scene.do(who(departement), monday, push());
    expect(scene.passes(day('2026-12-03')).map(({ data }) => data['day'])).toEqual([7]);
    expect(scene.passes(day('2026-12-03'))).toEqual([]);
  });
});

test.each([
  ['a closed case', { type: 'CaseClosed', data: { reason: 'need_met' } }, 'case_closed'],
  [
    'an objection to the recipient',
    { type: 'ObjectionRecorded', data: { objectionId: 'o', against: afpa, on: '2026-11-23', how: 'oral' } },
    'objection',
  ],
  [
    'an objection to everybody',
    { type: 'ObjectionRecorded', data: { objectionId: 'o', against: 'all', on: '2026-11-23', how: 'oral' } },
    'objection',
  ],
  [
    'an objection to somebody else',
    { type: 'ObjectionRecorded', data: { objectionId: 'o', against: laPoste, on: '2026-11-23', how: 'oral' } },
    undefined,
  ],
])('%s and an open handover', (_, event: Decided, because) => {
  const scene = new FollowUp();
  scene.do(who(departement), monday, push());
  scene.happened(who(departement), event);
  expect(scene.events.at(-1)?.data['because']).toBe(because);
  expect(scene.record.handover.open === null).toBe(because !== undefined);
  expect(participationOf(scene.record.case, afpa)).toBe(because === undefined ? 'candidate' : null);
});

/** Every state a handover can be in, for both kinds that are answered. `asker` began it. */
const walks: Record<
  HandoverStatus,
  ((asker: Actor, other: Actor) => [Actor, HandoverAction, Partial<Answer>][]) | 'clock'
> = {
  proposed: () => [],
  requested: () => [],
  accepted: (_, other) => [[other, 'accept', later]],
  declined: (_, other) => [[other, 'decline', {}]],
  withdrawn: (asker) => [[asker, 'withdraw', {}]],
  expired: 'clock',
  cancelled: (asker, other) => [
    [other, 'accept', later],
    [asker, 'cancel', {}],
  ],
  effective: (_, other) => [[other, 'accept', {}]],
};

const cases = (['push', 'pull'] as const).flatMap((kind) =>
  (Object.keys(walks) as HandoverStatus[])
    .filter((status) => status !== (kind === 'push' ? 'requested' : 'proposed'))
    .flatMap((status) =>
      (['accept', 'decline', 'withdraw', 'cancel'] as const).map((action) => ({ kind, status, action })),
    ),
);

describe.each(cases)('$kind, $status: $action', ({ kind, status, action }) => {
  const lead = who(departement);
  const taker = who(laPoste);
  const [asker, other] = kind === 'push' ? [lead, taker] : [taker, lead];
  const at = day('2026-11-24');

  const arrive = (): { scene: FollowUp; now: Instant } => {
    const scene = new FollowUp().contributor(laPoste).contributor(afpa);
    scene.do(asker, monday, kind === 'push' ? push({ toStructureId: laPoste }) : pull());
    const steps = walks[status];
    if (steps === 'clock') {
      scene.passes(day('2026-12-08'));
      return { scene, now: day('2026-12-08') };
    }
    for (const [actor, step, more] of steps(asker, other)) scene.do(actor, at, says(step, more));
    return { scene, now: at };
  };

  // The oracle, written from docs/domain.md and not from the policy: whose the action is, and in which states.
  const open = status === 'proposed' || status === 'requested';
  const possible = action === 'cancel' ? status === 'accepted' : open;
  const theirs = { accept: [other], decline: [other], withdraw: [asker], cancel: [asker, other] }[action];

  test.each([
    ['the lead', lead],
    ['the other structure', taker],
    ['a contributor', who(afpa)],
    ['a stranger', who(mediatheque)],
    ['a coordinator', who(mediatheque, 'coordinator', ['72181'])],
    ['a coordinator elsewhere', who(mediatheque, 'coordinator', ['72001'])],
  ])('by %s', (_, actor) => {
    const { scene, now } = arrive();
    expect((scene.record.handover.open ?? scene.record.handover.last)?.status).toBe(status);
    const before = scene.record;
    const got = scene.ask(actor, now, says(action)).said;
    const hidden = actor.role === 'coordinator' ? actor.territory?.[0] === '72001' : actor !== lead && actor !== taker;
    if (hidden) expect(got).toBe('not-found');
    else if (!theirs.includes(actor)) expect(got).toBe('forbidden');
    else if (!possible) expect(got).toBe(`wrong-state ${status}`);
    else expect(got).toMatch(/^Handover/);
    if (!got.startsWith('Handover')) expect(scene.record).toEqual(before);
    const offered = actionsOf((before.handover.open ?? before.handover.last)!, actor);
    expect(offered.includes(action)).toBe(got.startsWith('Handover'));
  });
});

test('a handover that ended before the last one is known by its row', () => {
  const scene = new FollowUp();
  const row = {
    id: 'h0',
    version: 3,
    kind: 'push',
    status: 'declined',
    from_structure_id: departement,
    to_structure_id: afpa,
    created_seq: 1,
  };
  const answer = (actor: Actor, found: object | undefined) => {
    scene.row = () => found;
    return scene.ask(actor, monday, (record, context) => accept(record, { handoverId: 'h0' }, context)).said;
  };
  expect(answer(who(afpa), row)).toBe('wrong-state declined');
  expect(answer(who(mediatheque), row)).toBe('not-found');
  expect(answer(who(afpa), undefined)).toBe('not-found');
});
