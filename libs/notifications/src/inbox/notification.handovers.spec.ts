import type { Happened, Scene } from './notification.audience';
import { toldOf } from './notification.rules';
import { afpa, departement, handover, happened, laPoste, scene, side, told, who } from './notification.story';

describe('who is told of a handover', () => {
  const push = scene({ handover: handover() });

  it.each([
    'HandoverProposed',
    'HandoverRequested',
    'HandoverAccepted',
    'HandoverDeclined',
    'HandoverWithdrawn',
    'HandoverCancelled',
  ])('%s: the other side', (type) => {
    expect(told(happened(type, {}, departement), push)).toEqual([`${type}>afpa`]);
    expect(told(happened(type, {}, afpa), push)).toEqual([`${type}>departement`]);
  });

  it('expired: both, nobody acted; a request that the lead left unanswered goes to the coordinator', () => {
    expect(told(happened('HandoverExpired', { escalate: false }), push)).toEqual([
      'HandoverExpired>departement',
      'HandoverExpired>afpa',
    ]);
    expect(told(happened('HandoverExpired', { escalate: true }), push)).toContain('HandoverUnanswered>coordinator');
  });

  it('a reminder: the side that has to answer', () => {
    expect(told(happened('HandoverReminded', { day: 3 }), push)).toEqual(['HandoverReminded>afpa']);
    expect(told(happened('HandoverReminded', { day: 3 }), scene({ handover: handover({ kind: 'pull' }) }))).toEqual([
      'HandoverReminded>departement',
    ]);
  });

  it('of who asks to contribute: the side that has to answer, then the one that asked; nobody is named to lead', () => {
    const request = scene({ handover: handover({ kind: 'beside' }) });
    const said = { kind: 'beside', toStructureId: afpa, toCounsellorId: 'paul' };
    const all = (type: string, by: string | null) =>
      toldOf(happened(type, said, by), request).map(({ type: as, to, cause }) => [as, who(to), cause]);
    expect(all('HandoverRequested', afpa)).toEqual([['HandoverRequested', 'lea', 'beside']]);
    expect(all('HandoverReminded', null)).toEqual([['HandoverReminded', 'lea', 'beside']]);
    expect(all('HandoverAccepted', departement)).toEqual([['HandoverAccepted', 'paul', 'beside']]);
  });

  it('effective: both sides and the other contributors', () => {
    const contributors = [side(laPoste, 'anne'), side(afpa)];
    expect(told(happened('HandoverTookEffect'), scene({ handover: handover(), contributors }))).toEqual([
      'HandoverTookEffect>departement',
      'HandoverTookEffect>afpa',
      'HandoverTookEffect>la-poste',
    ]);
  });

  const given = (event: Happened, given: Scene) =>
    toldOf(event, given).map(({ type, to, cause }) => [type, who(to), cause]);

  it('inside a structure, by either of the two ways: whoever loses the case, whoever gets it, and who contributes', () => {
    const inside = scene({
      contributors: [side(laPoste)],
      handover: handover({ from: side(departement, 'marc'), to: side(departement, 'marc'), kind: 'internal' }),
    });
    const moved = {
      kind: 'internal',
      fromStructureId: departement,
      toStructureId: departement,
      fromCounsellorId: 'lea',
      toCounsellorId: 'marc',
    };
    expect(given(happened('HandoverTookEffect', moved, departement), inside)).toEqual([
      ['HandoverTookEffect', laPoste, undefined],
      ['LeadAssigned', 'lea', 'taken'],
      ['LeadAssigned', 'marc', 'given'],
    ]);
    expect(
      given(
        happened('LeadAssigned', { counsellorId: 'marc', previousCounsellorId: 'lea' }, departement),
        scene({ contributors: [side(laPoste)] }),
      ),
    ).toEqual([
      ['LeadAssigned', 'lea', 'taken'],
      ['LeadAssigned', 'marc', 'given'],
      ['LeadAssigned', laPoste, undefined],
    ]);
    expect(given(happened('LeadAssigned', { counsellorId: 'marc' }, departement), scene())).toEqual([
      ['LeadAssigned', 'marc', 'given'],
    ]);
  });

  it('accepted for a later day: the counsellor whom a colleague has named, too', () => {
    expect(
      given(
        happened(
          'HandoverAccepted',
          { toStructureId: afpa, fromStructureId: departement, toCounsellorId: 'paul' },
          afpa,
        ),
        push,
      ),
    ).toEqual([
      ['HandoverAccepted', 'lea', undefined],
      ['HandoverAccepted', 'paul', 'given'],
    ]);
  });

  it('by decision: both sides, and whose it was', () => {
    const decided = {
      kind: 'administrative',
      decidedBy: 'coordinator',
      fromStructureId: departement,
      toStructureId: afpa,
    };
    expect(given(happened('HandoverTookEffect', decided, null, 'cora'), push)).toEqual([
      ['HandoverTookEffect', 'lea', 'coordinator'],
      ['HandoverTookEffect', 'paul', 'coordinator'],
    ]);
  });

  it('cancelled by a decision from outside: both, also when a side employs the coordinator', () => {
    expect(told(happened('HandoverCancelled', { because: 'administrative' }, departement), push)).toEqual([
      'HandoverCancelled>departement',
      'HandoverCancelled>afpa',
    ]);
  });
});
