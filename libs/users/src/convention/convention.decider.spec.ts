import { addCalendarDays, atParis, system, type Actor, type Decided } from '@fil-rouge/kernel';
import { codeOf, given, type Story } from '../../../../test/support/given';
import { conventionSlice } from '../users.slices';
import { initialPerson } from '../person/person';
import { initialStructure } from '../structure/structure';
import { fillBy, type ConventionEventData, type ConventionRecord } from './convention';
import { changePost, due, endConvention, signConvention, type PostInput } from './convention.decider';

const today = '2026-11-23';
const actor = (role: Actor['role'], structureId = 's1'): Actor => ({
  userId: 'u1',
  structureId,
  role,
  territory: null,
});
const administrator = actor('administrator', 's0');
const manager = actor('manager');
const employed = (role: 'counsellor' | 'manager', until: string | null = null) => ({
  ...{ id: 'e', structureId: 's1', role, from: '2026-01-01', until, ended: false, placedAt: null, territory: null },
});

const story = (): Story<ConventionRecord> =>
  given<ConventionRecord>('convention', [conventionSlice], {
    id: 'c1',
    fact: (id) => {
      if (id === 's1') return { kind: 'structure', state: { structure: { ...initialStructure, status: 'active' } } };
      if (id === 'gone') return { kind: 'structure', state: { structure: { ...initialStructure, status: 'closed' } } };
      const person = { ...initialPerson, status: 'known' as const };
      if (id === 'p1' || id === 'p2')
        return { kind: 'person', state: { person: { ...person, employments: [employed('counsellor')] } } };
      if (id === 'left')
        return {
          kind: 'person',
          state: { person: { ...person, employments: [employed('counsellor', '2026-06-30')] } },
        };
      if (id === 'boss')
        return { kind: 'person', state: { person: { ...person, employments: [employed('manager')] } } };
      return undefined;
    },
  });
const input = { structureId: 's1', reference: 'CN-72', envelope: 1, from: '2026-01-01', posts: 2 };
const sign = (more = {}, by = administrator): Decided[] => signConvention({ ...input, ...more }, story().context(by));
const signed = (more = {}): Story<ConventionRecord> => story().happened(administrator, ...sign(more));
const postOf = ({ record }: Story<ConventionRecord>, n = 0) => record.convention.posts[n]!;
const change = (told: Story<ConventionRecord>, what: PostInput, by = manager, n = 0): Decided[] =>
  changePost(told.record.convention, postOf(told, n).id, what, undefined, told.context(by));
const occupy = { verb: 'occupy', userId: 'p1', from: '2026-02-01' } as const;
const vacate = { verb: 'vacate', on: '2026-03-01' } as const;
const giveBack = { verb: 'return', on: '2026-04-01' } as const;
const after = (told: Story<ConventionRecord>, ...changes: PostInput[]): Story<ConventionRecord> =>
  changes.reduce((so, what) => so.happened(manager, ...change(so, what)), told);

describe('signing', () => {
  it('is of two years and 25 000 € a year and post, unless it says otherwise', () => {
    const [{ data }] = sign() as [Decided];
    expect(data).toMatchObject({ until: '2027-12-31', amount: 100_000 });
    expect(sign({ until: '2026-12-31', amount: 1 })[0]!.data).toMatchObject({ until: '2026-12-31', amount: 1 });
    expect(signed().record.convention.posts.map(({ status, since }) => [status, since])).toEqual([
      ['vacant', '2026-01-01'],
      ['vacant', '2026-01-01'],
    ]);
  });

  it('is an administrator’s, with a structure that is there', () => {
    for (const role of ['coordinator', 'manager', 'counsellor', 'auditor'] as const)
      expect(codeOf(() => sign({}, actor(role)))).toBe('forbidden');
    expect(codeOf(() => sign({ structureId: 'nowhere' }))).toBe('not-found');
    expect(codeOf(() => sign({ structureId: 'gone' }))).toBe('invalid');
    expect(codeOf(() => sign({ until: '2025-12-31' }))).toBe('invalid');
    expect(codeOf(() => sign({ from: '9999-12-31' }))).toBe('invalid');
    expect(sign({}, system)).toHaveLength(1);
  });
});

describe('a post', () => {
  it('is held, vacated, held again, returned, and stays with the State', () => {
    const told = after(signed(), occupy, vacate, { ...occupy, userId: 'p2', from: '2026-03-01' }, giveBack);
    expect(postOf(told)).toMatchObject({ status: 'returned', userId: null, since: '2026-04-01' });
    for (const what of [occupy, vacate, giveBack]) expect(codeOf(() => change(told, what))).toBe('wrong-state');
    expect(postOf(told, 1).status).toBe('vacant');
  });

  it.each([
    ['somebody in a post that is held', [occupy], { ...occupy, userId: 'p2' }, 'wrong-state'],
    ['nobody leaves what nobody holds', [], vacate, 'wrong-state'],
    ['before it was so', [occupy], { ...vacate, on: '2026-01-31' }, 'invalid'],
    ['in the future', [], { ...occupy, from: '2026-11-24' }, 'invalid'],
    ['somebody who had left by then', [], { ...occupy, userId: 'left', from: '2026-07-01' }, 'invalid'],
    ['a manager', [], { ...occupy, userId: 'boss' }, 'invalid'],
    ['nobody there', [], { ...occupy, userId: 'nobody' }, 'invalid'],
  ] as const)('is not filled or left otherwise: %s', (_, before, what, code) => {
    expect(codeOf(() => change(after(signed(), ...before), what))).toBe(code);
  });

  it('is one a person holds, not two', () => {
    expect(codeOf(() => change(after(signed(), occupy), occupy, manager, 1))).toBe('invalid');
  });

  it('is its structure’s managers’ and the administrators’ to speak of; of another structure’s nobody learns that it is there', () => {
    expect(change(signed(), occupy, administrator)).toHaveLength(1);
    expect(codeOf(() => change(signed(), occupy, actor('manager', 's2')))).toBe('not-found');
    expect(codeOf(() => change(signed(), occupy, actor('coordinator')))).toBe('forbidden');
    expect(codeOf(() => change(signed(), occupy, actor('counsellor')))).toBe('forbidden');
  });

  it('changes no more when the convention has ended', () => {
    const told = signed();
    const ended = told.happened(
      administrator,
      ...endConvention(told.record.convention, { on: '2026-06-30', reason: 'Résiliée.' }, told.context(administrator)),
    );
    expect(codeOf(() => change(ended, occupy))).toBe('wrong-state');
    expect(ended.record.convention).toMatchObject({ status: 'ended', until: '2026-06-30' });
  });
});

describe('an end on another day', () => {
  const end = (told: Story<ConventionRecord>, on: string) =>
    endConvention(told.record.convention, { on, reason: 'Résiliée.' }, told.context(administrator));

  it('is not before what was last said of a post', () => {
    const told = after(signed(), occupy, vacate);
    expect(codeOf(() => end(told, '2026-02-28'))).toBe('invalid');
    expect(end(told, '2026-03-01')).toHaveLength(1);
  });

  it('of what has not begun is its first day', () => {
    const told = signed({ from: '2027-01-01' });
    for (const on of [today, '2027-01-02']) expect(codeOf(() => end(told, on))).toBe('invalid');
    expect(end(told, '2027-01-01')).toHaveLength(1);
  });
});

describe('an end that comes near', () => {
  /** What is called to mind when the worker, or a command, looks on that day. */
  const nearOn = (told: Story<ConventionRecord>, day: string, time = '12:00'): Decided[] =>
    due(told.record.convention, { ...told.context(system), now: atParis(day, time), today: day });
  const said = (events: Decided[]) =>
    events.map(({ data }) => data as ConventionEventData['EndNears']).map(({ of, days }) => `${of} ${days}`);
  const held = () => {
    const told = after(signed({ posts: 1 }), occupy);
    return told;
  };

  it('is called to mind 180, 90 and 30 days before, and on the last day, each once', () => {
    let told = held();
    const heard: string[] = [];
    for (let day = '2027-06-01'; day < '2028-02-01'; day = addCalendarDays(day, 1)) {
      const events = nearOn(told, day);
      heard.push(...said(events).map((what) => `${day} ${what}`));
      told = told.happened(system, ...events);
    }
    expect(heard).toEqual([
      '2027-07-04 convention 180',
      '2027-10-02 convention 90',
      '2027-12-01 convention 30',
      '2027-12-31 convention 0',
    ]);
    expect(conventionSlice.timers!(told.record)).toEqual({});
  });

  it('comes in the morning, and the nearest alone when several were missed', () => {
    expect(said(nearOn(held(), '2027-07-04', '08:59'))).toEqual([]);
    expect(said(nearOn(held(), '2027-07-04', '09:00'))).toEqual(['convention 180']);
    expect(said(nearOn(held(), '2027-12-15'))).toEqual(['convention 30']);
    expect(conventionSlice.timers!(held().record)).toEqual({ 'end-nears': atParis('2027-07-04', '09:00') });
  });

  it('is that of the six months too, in which a vacant post is to be filled', () => {
    const told = after(held(), { ...vacate, on: '2026-11-01' });
    expect(fillBy(told.record.convention, postOf(told))).toBe('2027-05-01');
    // Not when there are still all of the six months.
    expect(said(nearOn(told, '2026-11-30'))).toEqual([]);
    expect(said(nearOn(told, '2027-02-01'))).toEqual(['vacancy 90']);
    expect(said(nearOn(told.happened(system, ...nearOn(told, '2027-02-01')), '2027-04-01'))).toEqual(['vacancy 30']);
    expect(said(nearOn(after(told, { verb: 'return', on: '2026-11-20' }), '2027-04-20'))).toEqual([]);
    // Never later than the convention itself.
    expect(fillBy({ until: '2027-03-31' }, { since: '2026-11-01' })).toBe('2027-03-31');
  });

  it('is one of all posts that are vacant until the same day', () => {
    const told = signed({ from: '2026-11-01', posts: 100 });
    const events = nearOn(told, '2027-02-01');
    expect(said(events)).toEqual(['vacancy 90']);
    expect((events[0]!.data as ConventionEventData['EndNears']).postIds).toHaveLength(100);
    expect(said(nearOn(told.happened(system, ...events), '2027-02-02'))).toEqual([]);
  });

  it('is nobody’s when the convention has ended otherwise, and settled at once when it was past before it was recorded', () => {
    const told = held();
    const { convention } = told.record;
    const end = endConvention(convention, { on: today, reason: 'Résiliée.' }, told.context(administrator));
    expect(said(nearOn(held().happened(administrator, ...end), '2027-12-15'))).toEqual([]);
    const past = signed({ from: '2021-01-01', posts: 1 });
    const late = past.happened(system, ...nearOn(past, today));
    expect(conventionSlice.timers!(late.record)).toEqual({});
  });
});
