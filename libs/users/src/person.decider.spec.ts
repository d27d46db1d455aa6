import { system, type Actor, type Context, type Decided, type Fact, type RecordEvent, type Role, type StructureStatus } from '@fil-rouge/kernel';
import { createPerson, due, endEmployment, inviteAgain, startEmployment, type EmploymentInput } from './person.decider';
import { evolvePerson, initialPerson, isLive, personTimers, worksFor, type PersonState } from './person';
import { projectPerson } from './person.projection';
import { initialStructure } from './structure';

const today = '2026-11-23';
const actor = (role: Actor['role'], structureId = 's1'): Actor => ({ userId: 'u1', structureId, role, territory: null });

function context(who: Actor, status: StructureStatus = 'active'): Context {
  let ids = 0;
  const fact = (id: string | null | undefined): Fact | undefined =>
    id === 's1' || id === 's2' ? { id, kind: 'structure', version: 1, state: { structure: { ...initialStructure, status } } } : undefined;
  return { now: `${today}T09:00:00.000Z`, today, actor: who, seq: 0, newId: () => `id${++ids}`, fact, row: () => undefined, piece: () => undefined };
}

const eventOf = ({ type, data, pieces = [] }: Decided, seq: number): RecordEvent => ({
  id: `e${seq}`, stream: 'p1', seq, type, schema: 1, at: `${today}T09:00:00.000Z`, recordedAt: `${today}T09:00:00.000Z`, actor: 'u1', structure: 's1', data, pieces, about: null, audience: 'record',
});
const after = (state: PersonState, decided: Decided[]): PersonState => decided.reduce((folded, decision, index) => evolvePerson(folded, eventOf(decision, index + 1)), state);

const invited = { name: 'Anne Martin', email: 'anne@exemple.fr', structureId: 's1', role: 'counsellor' } as const;
const known = (employment: Partial<EmploymentInput> = {}): PersonState => after(initialPerson, createPerson('p1', initialPerson, { ...invited, ...employment }, context(system)));
const refusal = (decide: () => unknown): string => {
  try {
    decide();
  } catch (error) {
    const { code, members } = error as { code: string; members: { errors?: { pointer: string; code: string }[] } };
    return members.errors ? `${members.errors[0]!.pointer} ${members.errors[0]!.code}` : code;
  }
  return 'none';
};

describe('a new person', () => {
  it('gets an account whose name and e-mail are sealed, an employment from today and an invitation for seven days', () => {
    const [account, started, sent] = createPerson('p1', initialPerson, invited, context(actor('manager')));
    expect(account).toEqual({ type: 'AccountCreated', data: {}, pieces: [{ kind: 'identity', value: { name: 'Anne Martin', email: 'anne@exemple.fr' } }] });
    expect(started!.data).toMatchObject({ structureId: 's1', role: 'counsellor', from: today });
    expect(sent).toMatchObject({ type: 'PersonInvited', data: { accountId: 'p1', expiresAt: '2026-11-30T09:00:00.000Z' } });
  });

  const giving = (who: Actor, role: Role, structureId = 's1') => refusal(() => createPerson('p1', initialPerson, { ...invited, role, structureId }, context(who)));
  it.each<[Actor['role'], string, string, string]>([
    // who           own counsellor, other structure's counsellor, own coordinator
    ['counsellor', 'forbidden', 'forbidden', 'forbidden'],
    ['manager', 'none', 'forbidden', 'forbidden'],
    ['coordinator', 'none', 'none', 'forbidden'],
    ['administrator', 'none', 'none', 'none'],
    ['auditor', 'forbidden', 'forbidden', 'forbidden'],
  ])('is made by a %s as far as the role reaches', (role, own, elsewhere, network) => {
    expect([giving(actor(role), 'counsellor'), giving(actor(role), 'counsellor', 's2'), giving(actor(role), 'coordinator')]).toEqual([own, elsewhere, network]);
  });
});

describe('an employment', () => {
  const start = (input: Partial<EmploymentInput>, state = initialPerson, status: StructureStatus = 'active') =>
    refusal(() => startEmployment(state, { structureId: 's1', role: 'counsellor', ...input }, context(actor('administrator'), status)));

  it('needs a structure that is there, dates in order, and members that go with the role', () => {
    expect(start({ structureId: 's9' })).toBe('/structureId unknown');
    expect(start({}, initialPerson, 'closed')).toBe('/structureId closed');
    expect(start({}, initialPerson, 'awaiting_state_validation')).toBe('none');
    expect(start({ until: '2026-11-22' })).toBe('/until before-from');
    expect(start({ role: 'manager', placedAt: '200073112' })).toBe('/placedAt not-a-counsellor');
    expect(start({ territory: ['72181'] })).toBe('/territory not-a-coordinator');
    expect(start({ role: 'coordinator', territory: ['72181'] })).toBe('none');
  });

  it('does not overlap another with the same structure and role', () => {
    const state = known({ from: '2026-01-01', until: '2026-12-31' });
    expect(start({ from: '2026-12-31' }, state)).toBe('/from overlap');
    expect(start({ from: '2025-06-01', until: '2026-01-01' }, state)).toBe('/from overlap');
    expect(start({ from: '2025-06-01', until: '2025-12-31' }, state)).toBe('none');
    expect(start({ from: '2027-01-01' }, state)).toBe('none');
    expect(start({ role: 'manager' }, state)).toBe('none');
    expect(start({ structureId: 's2' }, state)).toBe('none');
  });

  it('of a person nobody of the own structure ever was is not found', () => {
    expect(refusal(() => startEmployment(known(), { structureId: 's2', role: 'counsellor' }, context(actor('manager', 's2'))))).toBe('not-found');
  });

  it('lives from its first to its last day, both included', () => {
    const [employment] = known({ from: '2026-11-01', until: '2026-11-30' }).employments;
    expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map((day) => isLive(employment!, day))).toEqual([false, true, true, false]);
    expect(worksFor(known(), 's1', today, ['manager'])).toBe(false);
    expect(worksFor(known(), 's1', today)).toBe(true);
  });
});

describe('ending an employment', () => {
  const state = known({ from: '2026-01-01' });
  const employmentId = state.employments[0]!.id;
  const end = (input: object = {}, who = actor('manager'), from = state) => endEmployment(from, { employmentId, ...input }, context(who));

  it('without a day takes every right at once, and the role can be taken up again the same day', () => {
    const ended = after(state, end());
    expect(ended.employments[0]).toMatchObject({ until: today, ended: true });
    expect(worksFor(ended, 's1', today)).toBe(false);
    expect(refusal(() => startEmployment(ended, { structureId: 's1', role: 'counsellor' }, context(actor('manager'))))).toBe('none');
  });

  it('on a later day leaves the rights until its end, and can still be brought forward', () => {
    const ended = after(state, end({ until: '2026-12-31' }));
    expect(isLive(ended.employments[0]!, '2026-12-31')).toBe(true);
    expect(isLive(ended.employments[0]!, '2027-01-01')).toBe(false);
    expect(refusal(() => end({}, actor('manager'), ended))).toBe('none');
  });

  it('that has not begun cancels it', () => {
    const future = known({ from: '2027-01-01' });
    expect(after(future, end({}, actor('manager'), future)).employments[0]).toMatchObject({ until: '2027-01-01', ended: true });
  });

  it('is refused for what is not there, to others, twice, and before its beginning', () => {
    expect(refusal(() => end({ employmentId: 'none' }))).toBe('not-found');
    expect(refusal(() => end({}, actor('manager', 's2')))).toBe('not-found');
    expect(refusal(() => end({}, actor('counsellor')))).toBe('forbidden');
    expect(refusal(() => end({}, actor('manager'), after(state, end())))).toBe('wrong-state');
    expect(refusal(() => end({ until: '2025-12-31' }))).toBe('/until before-from');
  });

  it('by its date is noted once, on the next day, with whether the person leaves the structure', () => {
    const next = { ...context(system), today: '2026-12-01' as const };
    const ends = known({ from: '2026-01-01', until: '2026-11-30' });
    const both = after(ends, startEmployment(ends, { structureId: 's1', role: 'manager', from: '2026-12-01' }, { ...context(system), newId: () => 'other' }));
    expect(due(ends, { ...next, today: '2026-11-30' })).toEqual([]);
    expect(due(ends, next)).toEqual([{ type: 'EmploymentLapsed', data: expect.objectContaining({ structureId: 's1', leaves: true }) }]);
    expect(due(both, next)).toEqual([expect.objectContaining({ data: expect.objectContaining({ leaves: false }) })]);
    const lapsed = after(ends, due(ends, next));
    expect(due(lapsed, next)).toEqual([]);
    // Midnight in Paris, in winter.
    expect([personTimers(ends), personTimers(lapsed), personTimers(known())]).toEqual([{ 'employment-end': '2026-11-30T23:00:00.000Z' }, {}, {}]);
  });

  it('keeps the reason sealed', () => {
    const [ended] = end({ reason: 'départ' });
    expect(ended!.data).not.toHaveProperty('reason');
    expect(ended!.pieces).toEqual([{ kind: 'shared_text', value: { reason: 'départ' } }]);
  });
});

it('is invited again by whoever manages one of the present employments', () => {
  expect(refusal(() => inviteAgain('p1', known(), context(actor('manager'))))).toBe('none');
  expect(refusal(() => inviteAgain('p1', known(), context(actor('manager', 's2'))))).toBe('not-found');
  expect(refusal(() => inviteAgain('p1', known(), context(actor('counsellor'))))).toBe('forbidden');
  expect(refusal(() => inviteAgain('p1', known({ role: 'administrator' }), context(actor('coordinator'))))).toBe('forbidden');
});

it('is projected without a password: an account row, an employment row, an invitation row', () => {
  const decided = createPerson('p1', initialPerson, { ...invited, placedAt: '200073112' }, context(system));
  const record = { person: after(initialPerson, decided) };
  expect(decided.flatMap((decision, index) => projectPerson(record, record, eventOf(decision, index + 1)))).toEqual([
    { call: 'put_account_of_person', rows: [{ id: 'p1', name: 'Anne Martin', email: 'anne@exemple.fr', created_at: `${today}T09:00:00.000Z` }] },
    { call: 'put_employment', rows: [{
      id: 'id1', case_id: 'p1', user_id: 'p1', structure_id: 's1', role: 'counsellor', from_date: today, until_date: null, ended: false, placed_at: '200073112', territory: null,
    }] },
    { call: 'put_invitation_of_person', rows: [{ id: 'id2', user_id: 'p1', created_at: `${today}T09:00:00.000Z`, expires_at: '2026-11-30T09:00:00.000Z' }] },
  ]);
});
