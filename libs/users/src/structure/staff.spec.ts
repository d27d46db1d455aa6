import { system, type Decided } from '@fil-rouge/kernel';
import { given } from '../../../../test/support/given';
import { structureSlice } from '../users.slices';
import { hasManager, hasPeople, staffedDays, staffEvents } from './staff';
import { initialStructure, type StructureRecord, type StructureState } from './structure';

const declared: Decided = {
  type: 'StructureDeclared',
  data: { name: 'Épicerie du Mans', typology: 'ASSO', services: [], communes: [], departement: null },
};
/** What a structure's record comes to when that happens on it that day. */
const happened = (state: StructureState, day: string, decided: readonly Decided[]): StructureState => {
  const story = given<StructureRecord>('structure', [structureSlice], { id: 's1', now: `${day}T09:00:00.000Z` });
  story.record = { structure: state };
  return story.happened(system, ...decided).record.structure;
};
const started = (employmentId: string, more: object = {}): Decided => ({
  type: 'EmploymentStarted',
  data: { employmentId, structureId: 's1', role: 'counsellor', from: '2026-02-01', ...more },
});
const ended = (employmentId: string, until: string, atOnce: boolean): Decided => ({
  type: 'EmploymentEnded',
  data: { employmentId, structureId: 's1', role: 'counsellor', until, atOnce },
});
const told = (state: StructureState, day: string, ...decided: Decided[]): StructureState =>
  happened(state, day, staffEvents('u1', decided));

const empty = happened(initialStructure, '2026-01-05', [declared]);
const days = (state: StructureState, ...asked: string[]): boolean[] => asked.map((day) => hasPeople(state, day));

describe('who works in a structure', () => {
  it('is nobody when it is declared, and whoever is hired from the first to the last day', () => {
    expect(days(empty, '2026-02-01')).toEqual([false]);
    const hired = told(empty, '2026-01-10', started('a', { until: '2026-03-31' }));
    expect(days(hired, '2026-01-31', '2026-02-01', '2026-03-31', '2026-04-01')).toEqual([false, true, true, false]);
    expect(staffedDays(hired)).toBe('{[2026-02-01,2026-03-31]}');
  });

  it('changes nothing of what the structure says of itself', () => {
    expect(told(empty, '2026-01-10', started('a'))).toMatchObject({ version: empty.version });
  });

  it('is not who has a role in the network', () => {
    const hired = told(empty, '2026-01-10', started('a', { role: 'coordinator' }), started('b', { role: 'auditor' }));
    expect(days(hired, '2026-02-01')).toEqual([false]);
  });

  it('is left at once, or with a last day', () => {
    const two = told(empty, '2026-01-10', started('a'), started('b'));
    expect(days(told(two, '2026-05-04', ended('a', '2026-05-04', true)), '2026-05-04')).toEqual([true]);
    expect(
      days(told(two, '2026-05-04', ended('a', '2026-05-04', true), ended('b', '2026-05-04', true)), '2026-05-04'),
    ).toEqual([false]);
    expect(
      days(
        told(two, '2026-05-04', ended('a', '2026-05-04', true), ended('b', '2026-06-30', false)),
        '2026-06-30',
        '2026-07-01',
      ),
    ).toEqual([true, false]);
  });

  it('has a manager also when one is to begin', () => {
    expect(hasManager(told(empty, '2026-01-10', started('a')), '2026-02-01')).toBe(false);
    const named = told(empty, '2026-01-10', started('a', { role: 'manager', until: '2026-03-31' }));
    expect(['2026-01-10', '2026-03-31', '2026-04-01'].map((day) => hasManager(named, day))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('forgets whoever’s last day has passed, so that years of people weigh nothing', () => {
    const years = Array.from({ length: 40 }, (_, n) => n).reduce((state, n) => {
      const year = 2026 + n;
      return told(state, `${year}-01-10`, started(`e${n}`, { from: `${year}-02-01`, until: `${year}-11-30` }));
    }, empty);
    expect(years.staff).toHaveLength(1);
  });

  it('is not known of a structure declared before its people stood on its record: nobody is refused for it', () => {
    const old = given<StructureRecord>('structure', [structureSlice], { id: 's1' }).found({ ...declared, schema: 1 })
      .record.structure;
    for (const state of [
      old,
      told(old, '2026-05-04', started('a')),
      told(old, '2026-05-04', ended('z', '2026-05-04', true)),
    ]) {
      expect([hasPeople(state, '2026-05-04'), hasManager(state, '2026-05-04'), staffedDays(state)]).toEqual([
        true,
        true,
        null,
      ]);
    }
  });
});
