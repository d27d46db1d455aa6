import type { Actor, Decided } from '@fil-rouge/kernel';
import { codeOf, given, type Story } from '../../../../test/support/given';
import type { StructureRecord } from '../structure/structure';
import { structureSlice } from '../users.slices';
import { onDuty, type Contacts } from './reception';
import { changeLeaflet, nameContacts } from './reception.decider';

const actor = (role: Actor['role'], structureId = 's1'): Actor => ({
  userId: 'u1',
  structureId,
  role,
  territory: null,
});
const joined = (userId: string, from = '2026-01-01', until: string | null = null): Decided => ({
  type: 'StaffJoined',
  data: { userId, employmentId: `e-${userId}`, role: 'counsellor', from, until },
});
/** Monday 1 June 2026. */
const structure = (...decided: Decided[]): Story<StructureRecord> =>
  given<StructureRecord>('structure', [structureSlice], { id: 's1', now: '2026-06-01T09:00:00.000Z' }).happened(
    actor('manager'),
    {
      type: 'StructureDeclared',
      data: { name: 'Épicerie', typology: 'ASSO', services: [], communes: [], departement: null },
    },
    joined('anne'),
    joined('omar', '2026-01-01', '2026-06-10'),
    joined('line', '2026-07-01'),
    ...decided,
  );
const name = (story: Story<StructureRecord>, contacts: Contacts, who = actor('manager'), ifMatch?: number) =>
  nameContacts('s1', story.record.structure, { ...contacts, ifMatch }, story.context(who));
const rota: Contacts = {
  defaultId: 'anne',
  rota: [
    { weekday: 'friday', userId: 'line' },
    { weekday: 'monday', userId: 'omar' },
  ],
};

describe('who answers', () => {
  it('is whoever has the day, else who always has, as long as they work there', () => {
    const named = structure(...name(structure(), rota)).record.structure;
    const on = (day: string) => onDuty(named, day);
    expect(['2026-06-01', '2026-06-02', '2026-06-05', '2026-06-15', '2026-07-03'].map(on)).toEqual([
      'omar',
      'anne',
      'anne',
      'anne',
      'line',
    ]);
    const alone = structure(...name(structure(), { defaultId: 'omar', rota: [] })).record.structure;
    expect([onDuty(alone, '2026-06-10'), onDuty(alone, '2026-06-11')]).toEqual(['omar', null]);
    expect(onDuty(structure().record.structure, '2026-06-01')).toBeNull();
  });

  it('is nobody where it is not known who works there', () => {
    const { staff: _, ...unknown } = structure(...name(structure(), rota)).record.structure;
    expect(onDuty(unknown, '2026-06-01')).toBeNull();
  });

  it('is for a manager of the structure to say, and works there or is to', () => {
    const story = structure();
    for (const who of [actor('counsellor'), actor('manager', 's2'), actor('administrator'), actor('coordinator')])
      expect(codeOf(() => name(story, rota, who))).toBe('forbidden');
    expect(codeOf(() => name(story, rota, actor('manager'), 0))).toBe('stale');
    expect(codeOf(() => name(story, { defaultId: 'nobody', rota: [] }))).toBe('invalid');
    expect(codeOf(() => name(story, { rota: [{ weekday: 'monday', userId: 'nobody' }] }))).toBe('invalid');
    const twice: Contacts = {
      rota: [
        { weekday: 'monday', userId: 'anne' },
        { weekday: 'monday', userId: 'omar' },
      ],
    };
    expect(codeOf(() => name(story, twice))).toBe('invalid');
    const left = structure({
      type: 'StaffLeft',
      data: { userId: 'anne', employmentId: 'e-anne', until: '2026-06-01', atOnce: true },
    });
    expect(codeOf(() => name(left, { defaultId: 'anne', rota: [] }))).toBe('invalid');
  });

  it('the same again is nothing, in whatever order', () => {
    const named = structure(...name(structure(), rota));
    expect(name(named, { ...rota, rota: rota.rota.toReversed() })).toEqual([]);
    expect(name(structure(), { rota: [] })).toEqual([]);
  });
});

describe('the leaflet', () => {
  const say = (row: object | undefined, leaflet: object, who = actor('manager')) => {
    const story = structure();
    return changeLeaflet('s1', story.record.structure, leaflet, { ...story.context(who), row: () => row as never });
  };
  it('is replaced as a whole, by a manager; the same again is nothing', () => {
    const row = { id: 's1', case_id: 's1', purpose: 'Aide.', bring: null, coming: null };
    expect(say(undefined, { purpose: 'Aide.' })).toMatchObject([
      { type: 'LeafletChanged', data: { leaflet: { purpose: 'Aide.' } } },
    ]);
    expect(say(row, { purpose: 'Aide.' })).toEqual([]);
    expect(say(row, {})).toHaveLength(1);
    expect(say(undefined, {})).toEqual([]);
    for (const who of [actor('counsellor'), actor('manager', 's2'), actor('administrator')])
      expect(codeOf(() => say(row, {}, who))).toBe('forbidden');
  });
});
