import { system, type StructureStatus } from '@fil-rouge/kernel';
import { outcome } from '../../../../test/support/given';
import { due, endEmployment, startEmployment, type EmploymentInput } from './person.decider';
import { initialPerson, isLive, personTimers, worksFor } from './person';
import { actor, after, context, known, today } from './person.story';

describe('an employment', () => {
  const start = (input: Partial<EmploymentInput>, state = initialPerson, status: StructureStatus = 'active') =>
    outcome(() =>
      startEmployment('p1', state, { structureId: 's1', role: 'counsellor', ...input }, context(system, status)),
    );

  it('needs a structure that is there, dates in order, and members that go with the role', () => {
    expect(start({ structureId: 's9' })).toBe('invalid /structureId unknown');
    expect(start({}, initialPerson, 'closed')).toBe('invalid /structureId closed');
    expect(start({}, initialPerson, 'awaiting_state_validation')).toBe('done');
    expect(start({ until: '2026-11-22' })).toBe('invalid /until before-from');
    expect(start({ role: 'manager', placedAt: '200073112' })).toBe('invalid /placedAt not-a-counsellor');
    expect(start({ territory: ['72181'] })).toBe('invalid /territory not-a-coordinator');
    expect(start({ role: 'coordinator', territory: ['72181'] })).toBe('done');
  });

  it('does not overlap another with the same structure and role', () => {
    const state = known({ from: '2026-01-01', until: '2026-12-31' });
    expect(start({ from: '2026-12-31' }, state)).toBe('invalid /from overlap');
    expect(start({ from: '2025-06-01', until: '2026-01-01' }, state)).toBe('invalid /from overlap');
    expect(start({ from: '2025-06-01', until: '2025-12-31' }, state)).toBe('done');
    expect(start({ from: '2027-01-01' }, state)).toBe('done');
    expect(start({ role: 'manager' }, state)).toBe('done');
    expect(start({ structureId: 's2' }, state)).toBe('done');
  });

  it('of a person nobody of the own structure ever was is not found', () => {
    expect(
      outcome(() =>
        startEmployment('p1', known(), { structureId: 's2', role: 'counsellor' }, context(actor('manager', 's2'))),
      ),
    ).toBe('not-found');
  });

  it('lives from its first to its last day, both included', () => {
    const [employment] = known({ from: '2026-11-01', until: '2026-11-30' }).employments;
    expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map((day) => isLive(employment!, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(worksFor(known(), 's1', today, ['manager'])).toBe(false);
    expect(worksFor(known(), 's1', today)).toBe(true);
  });
});

describe('ending an employment', () => {
  const state = known({ from: '2026-01-01' });
  const employmentId = state.employments[0]!.id;
  const end = (input: object = {}, who = actor('manager'), from = state) =>
    endEmployment(from, { employmentId, ...input }, context(who));

  it('without a day takes every right at once, and the role can be taken up again the same day', () => {
    const ended = after(state, end());
    expect(ended.employments[0]).toMatchObject({ until: today, ended: true });
    expect(worksFor(ended, 's1', today)).toBe(false);
    expect(
      outcome(() => startEmployment('p1', ended, { structureId: 's1', role: 'counsellor' }, context(actor('manager')))),
    ).toBe('done');
  });

  it('on a later day leaves the rights until its end, and can still be brought forward', () => {
    const ended = after(state, end({ until: '2026-12-31' }));
    expect(isLive(ended.employments[0]!, '2026-12-31')).toBe(true);
    expect(isLive(ended.employments[0]!, '2027-01-01')).toBe(false);
    expect(outcome(() => end({}, actor('manager'), ended))).toBe('done');
  });

  it('that has not begun cancels it', () => {
    const future = known({ from: '2027-01-01' });
    expect(after(future, end({}, actor('manager'), future)).employments[0]).toMatchObject({
      until: '2027-01-01',
      ended: true,
    });
  });

  it('is refused for what is not there, to others, twice, and before its beginning', () => {
    expect(outcome(() => end({ employmentId: 'done' }))).toBe('not-found');
    expect(outcome(() => end({}, actor('manager', 's2')))).toBe('not-found');
    expect(outcome(() => end({}, actor('counsellor')))).toBe('forbidden');
    expect(outcome(() => end({}, actor('manager'), after(state, end())))).toBe('wrong-state ended');
    expect(outcome(() => end({ until: '2025-12-31' }))).toBe('invalid /until before-from');
  });

  it('from outside the structure is an administrator’s alone, with a reason', () => {
    expect(outcome(() => end({ reason: 'Parti.' }, actor('coordinator')))).toBe('forbidden');
    expect(outcome(() => end({}, actor('administrator')))).toBe('invalid /reason required');
    expect(outcome(() => end({ reason: '  ' }, actor('administrator')))).toBe('invalid /reason required');
    expect(outcome(() => end({ reason: 'Mot de passe perdu.' }, actor('administrator', 's2')))).toBe('done');
  });

  it('by its date is noted once, on the next day, with whether the person leaves the structure', () => {
    const next = { ...context(system), today: '2026-12-01' as const };
    const ends = known({ from: '2026-01-01', until: '2026-11-30' });
    const both = after(
      ends,
      startEmployment(
        'p1',
        ends,
        { structureId: 's1', role: 'manager', from: '2026-12-01' },
        { ...context(system), newId: () => 'other' },
      ),
    );
    expect(due(ends, { ...next, today: '2026-11-30' })).toEqual([]);
    expect(due(ends, next)).toEqual([
      { type: 'EmploymentLapsed', data: expect.objectContaining({ structureId: 's1', leaves: true }) },
    ]);
    expect(due(both, next)).toEqual([expect.objectContaining({ data: expect.objectContaining({ leaves: false }) })]);
    const lapsed = after(ends, due(ends, next));
    expect(due(lapsed, next)).toEqual([]);
    // Midnight in Paris, in winter.
    expect([personTimers(ends), personTimers(lapsed), personTimers(known())]).toEqual([
      { 'employment-end': '2026-11-30T23:00:00.000Z' },
      {},
      {},
    ]);
  });

  it('keeps the reason sealed', () => {
    const [ended] = end({ reason: 'départ' });
    expect(ended!.data).not.toHaveProperty('reason');
    expect(ended!.pieces).toEqual([{ kind: 'shared_text', value: { reason: 'départ' } }]);
  });
});
