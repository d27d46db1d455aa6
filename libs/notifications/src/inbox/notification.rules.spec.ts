import { casesLibrary } from '@fil-rouge/cases';
import { referralsLibrary } from '@fil-rouge/referrals';
import { usersLibrary } from '@fil-rouge/users';
import type { Side } from './notification.audience';
import { peopleOf, type Employee } from './notification.people';
import { mayBeTold, nobodyIsTold, toldEvents, toldOf, whoIsTold } from './notification.rules';
import { whoIsToldOfTheNetwork } from './network.rules';
import { titledTypes } from './notification.titles';
import { croixRouge, departement, happened, laPoste, scene, side, told, who } from './notification.story';

describe('who is told of a case that ends', () => {
  it.each(['CaseClosed', 'CaseErased'])('%s: who followed it until then, whoever ended it', (type) => {
    const ended = scene({ lead: null, contributors: [side(laPoste)] });
    expect(
      toldOf(happened(type, { led: side(departement, 'lea') }, null, 'cora'), ended).map(({ to, cause }) => [
        who(to),
        cause,
      ]),
    ).toEqual([
      ['lea', 'taken'],
      [laPoste, undefined],
    ]);
  });

  it.each(['ObjectionRecorded', 'ObjectionEnded', 'ContributorLeft'])('%s by a contributor: the lead', (type) => {
    expect(told(happened(type, {}, laPoste), scene())).toEqual([`${type}>departement`]);
    expect(told(happened(type, {}, departement), scene())).toEqual([]);
  });
});

describe('who is told of entries', () => {
  it.each(['SessionRecorded', 'WorkshopAttended'])('%s by another structure: the lead, as a digest', (type) => {
    expect(told(happened(type, {}, croixRouge), scene())).toEqual(['EntriesAdded>departement']);
    expect(told(happened(type, {}, departement), scene())).toEqual([]);
  });
});

describe('what is delivered at all', () => {
  it.each(['SessionRecorded', 'WorkshopAttended', 'SessionCancelled', 'AttendanceCancelled'])(
    '%s: not when the lead has done it itself, nor when no structure has',
    (type) => {
      expect(mayBeTold({ type, structure: departement }, departement)).toBe(false);
      expect(mayBeTold({ type, structure: null }, departement)).toBe(false);
      expect(mayBeTold({ type, structure: croixRouge }, departement)).toBe(true);
      expect(mayBeTold({ type, structure: croixRouge }, undefined)).toBe(true);
    },
  );

  it.each(toldEvents)('%s: whenever somebody is told', (type) => {
    for (const structure of [null, departement, laPoste, croixRouge])
      for (const lead of [null, side(departement), side(laPoste)]) {
        const to = told(happened(type, {}, structure), scene({ lead }));
        if (to.length > 0) expect(mayBeTold({ type, structure }, lead?.structureId)).toBe(true);
      }
  });
});

describe('which people', () => {
  const employee = (
    userId: string,
    role: Employee['role'],
    structureId = laPoste,
    territory: string[] | null = null,
  ): Employee => ({ userId, structureId, role, territory });
  const staff = [
    employee('anne', 'counsellor'),
    employee('bob', 'counsellor'),
    employee('rose', 'manager'),
    employee('remy', 'manager'),
    employee('cora', 'coordinator', departement, ['72181']),
    employee('colin', 'coordinator', departement, ['72264']),
    employee('celia', 'coordinator', departement),
  ];
  const people = (to: Side | 'coordinator', author: string | null = null, employed = staff) =>
    peopleOf({ type: 'ReferralSent', to }, employed, scene(), author).map(({ userId }) => userId);

  it('the named counsellor', () => expect(people(side(laPoste, 'bob'))).toEqual(['bob']));
  it('nobody named: the managers', () => expect(people(side(laPoste))).toEqual(['rose', 'remy']));
  it('the named one has left: the managers', () => expect(people(side(laPoste, 'gone'))).toEqual(['rose', 'remy']));
  it('no manager at all: the counsellors', () =>
    expect(
      people(
        side(laPoste),
        null,
        staff.filter(({ role }) => role !== 'manager'),
      ),
    ).toEqual(['anne', 'bob']));
  it('never the author, and nobody in the place of a named author', () => {
    expect(people(side(laPoste), 'rose')).toEqual(['remy']);
    expect(people(side(laPoste, 'bob'), 'bob')).toEqual([]);
  });
  it('coordinators of the territory or of the whole network', () =>
    expect(people('coordinator')).toEqual(['cora', 'celia']));
  it('whoever is meant alone and has left: nobody', () => {
    expect(
      peopleOf({ type: 'LeadAssigned', to: { ...side(laPoste, 'gone'), alone: true } }, staff, scene(), null),
    ).toEqual([]);
  });
  it('says for which structure', () => {
    expect(peopleOf({ type: 'ReferralUnanswered', to: 'coordinator' }, staff, scene(), null)[0]).toEqual({
      userId: 'cora',
      structureId: departement,
    });
  });
});

it.each(['SessionCancelled', 'AttendanceCancelled'])(
  '%s by another structure: the lead, by itself, not in the digest',
  (type) => {
    expect(told(happened(type, {}, laPoste), scene())).toEqual([`EntryCancelled>${departement}`]);
    expect(told(happened(type, {}, departement), scene())).toEqual([]);
  },
);

it('somebody is told of every event there is, or it is written down why nobody is', () => {
  const all = [...usersLibrary.slices!, ...casesLibrary.slices!, ...referralsLibrary.slices!].flatMap(({ writes }) =>
    Object.keys(writes),
  );
  expect(all.filter((type) => !toldEvents.includes(type) && !Object.hasOwn(nobodyIsTold, type))).toEqual([]);
  expect(Object.keys(nobodyIsTold).filter((type) => toldEvents.includes(type) || !all.includes(type))).toEqual([]);
});

it('every event that is told and every name it is told under has a title', () => {
  const types = whoIsTold.flatMap(({ on, as }) => (as ? [as] : on));
  expect([...new Set(types)].filter((type) => !titledTypes.includes(type))).toEqual([]);
  // Told of structures and colleagues, not on a case: structures.consumer.ts, emptied-structures.consumer.ts, network.rules.ts, retention.consumer.ts.
  const ofNetwork = whoIsToldOfTheNetwork.map(({ as }) => as);
  expect(titledTypes.filter((type) => !types.includes(type)).sort()).toEqual(
    ['CasesLeftBehind', 'RecordsFallDue', 'StructureEmptied', ...ofNetwork].sort(),
  );
  expect(toldEvents).toContain('ReferralSent');
});
