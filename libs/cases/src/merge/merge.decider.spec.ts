import type { MergeShare } from '@fil-rouge/kernel';
import { outcome } from '../../../../test/support/given';
import { participationOf, type CaseEventData } from '../case/case';
import { correct } from '../case/case.decider';
import { merge } from './merge.decider';
import { ledMerged } from './merge.objections';
import { afpa, coordinator, dataOf, departement, FollowUp, input, laPoste, merging } from './merge.story';

describe('who may merge, and when', () => {
  const [loser, survivor] = [new FollowUp('loser', laPoste), new FollowUp('survivor')];

  it.each<[string, string, () => unknown]>([
    ['the coordinator of both', 'done', () => merging(loser, survivor)],
    ['one of the whole network', 'done', () => merging(loser, survivor, {}, { ...coordinator, territory: null })],
    [
      'one of another territory: nothing is there',
      'not-found',
      () => merging(loser, survivor, {}, { ...coordinator, territory: ['72181'] }),
    ],
    [
      'one who watches only one of the two',
      'not-found',
      () => merging(loser, new FollowUp('survivor', departement, '72181')),
    ],
    ['nobody who leads', 'not-found', () => merging(loser, survivor, {}, { ...coordinator, role: 'manager' })],
    ['not on an outdated reading', 'stale', () => merging(loser, survivor, { ifMatch: 7 })],
    [
      'not an open one into a closed one',
      'wrong-state closed',
      () => merging(loser, new FollowUp('survivor').closed()),
    ],
    ['a closed one into an open one', 'done', () => merging(new FollowUp('loser').closed(), survivor)],
    ['two that are closed', 'done', () => merging(new FollowUp('loser').closed(), new FollowUp('survivor').closed())],
    [
      'not one that was merged',
      'wrong-state merged',
      () => merging(new FollowUp('loser').happen('MergedInto', { survivorId: 'x' }), survivor),
    ],
    [
      'not into one that was merged',
      'wrong-state merged',
      () => merging(loser, new FollowUp('survivor').happen('MergedInto', { survivorId: 'x' })),
    ],
    [
      'not an erased one',
      'not-found',
      () => merging(new FollowUp('loser').happen('CaseErased', { reason: 'retention_ended' }), survivor),
    ],
    ['not with itself', 'invalid /intoCaseId same', () => outcome(() => merge(loser.side(), undefined, input, []))],
  ])('%s: %s', (_, expected, act) => expect(act()).toBe(expected));
});

describe('what is written', () => {
  const share: MergeShare = {
    endings: () => ({
      ofLoser: [{ type: 'HandoverCancelled', data: { ended: ['loser-candidate'] } }],
      ofSurvivor: [{ type: 'ReferralCancelled', data: {} }],
    }),
    carried: () => ({ takenOver: { referrals: ['r'] }, sealed: { referrals: { r: { needs: ['email'] } } } }),
  };
  const loser = new FollowUp('loser', laPoste)
    .helpedBy(afpa)
    .happen('HandoverProposed', {
      opened: [{ id: 'loser-candidate', structureId: 'x', kind: 'candidate', source: 'h' }],
    })
    .objects('x', 'o1');
  const [ofLoser, ofSurvivor] = merge(loser.side(), new FollowUp('survivor').side(), input, [share]);

  it('on the loser: what cannot live on ends, then everybody’s access, last of all', () => {
    expect(ofLoser.map(({ type }) => type)).toEqual(['HandoverCancelled', 'MergedInto']);
    expect(ofLoser.at(-1)!.data).toEqual({
      survivorId: 'survivor',
      ended: ['loser-lead', 'loser-afpa', 'loser-candidate'],
    });
    expect(ofLoser.at(-1)!.pieces).toEqual([{ kind: 'shared_text', value: { reason: 'Doublon.' } }]);
  });

  it('on the survivor: the loser’s head, its open access under the same sources, its lead as contributor, its objections', () => {
    expect(ofSurvivor.map(({ type }) => type)).toEqual(['ReferralCancelled', 'RecordsMerged']);
    expect(ofSurvivor.at(-1)!.data).toMatchObject({
      loserId: 'loser',
      loserHash: 'head of loser',
      loserVersion: 4,
      opened: [
        { structureId: afpa, kind: 'contributor', source: 'referral-afpa' },
        { structureId: laPoste, kind: 'contributor', source: 'loser' },
      ],
      takenOver: {
        objections: [{ id: 'o1' }],
        mergedFrom: [],
        lead: { structureId: laPoste, counsellorId: 'la-poste-anne' },
        referrals: ['r'],
      },
    });
  });

  it('nothing about the resident in clear; what is sealed opens to leads alone', () => {
    expect(JSON.stringify(ofSurvivor.at(-1)!.data)).not.toMatch(/Ferrand|Nadia|72264|email/);
    expect(ofSurvivor.at(-1)!.pieces!.map(({ kind, sharedBy }) => [kind, sharedBy])).toEqual([
      ['first_name', 'loser'],
      ['identity', 'loser'],
      ['profile', 'loser'],
      ['shared_text', 'loser'],
    ]);
  });

  it('a structure that leads both gets nothing twice; the last lead of a closed record nothing new', () => {
    const opened = (one: FollowUp) =>
      dataOf<CaseEventData['RecordsMerged']>(merge(one.side(), new FollowUp('survivor').side(), input, [])[1][0])
        .opened;
    expect(opened(new FollowUp('loser'))).toEqual([]);
    expect(opened(new FollowUp('loser', laPoste).closed())).toEqual([]);
  });

  it('objections that stand already are not taken over', () => {
    const survivor = new FollowUp('survivor').objects('x');
    expect(
      dataOf<CaseEventData['RecordsMerged']>(merge(loser.side(), survivor.side(), input, [])[1][0]).takenOver
        .objections,
    ).toEqual([]);
  });
});

describe('what follows', () => {
  const [loser, survivor] = [new FollowUp('loser', laPoste, '72264').helpedBy(afpa), new FollowUp('survivor')];
  const gone = 'left-earlier';
  loser
    .happen('HandoverTookEffect', { opened: [{ id: 'g', structureId: gone, kind: 'contributor', source: 'g' }] })
    .happen('ReferralCompleted', { ended: ['g'] });
  const [[ending], [beginning]] = merge(loser.side(), survivor.side(), input, []);
  loser.happen(ending!.type, ending!.data, ending!.pieces);
  survivor.happen(beginning!.type, beginning!.data, [
    { kind: 'profile', value: { commune: '72181' }, sharedBy: 'loser' },
  ]);

  it('the loser has no lead, nobody’s access, and takes no command', () => {
    expect(loser.state).toMatchObject({ status: 'merged', lead: null, grants: [], mergedInto: 'survivor' });
    expect([participationOf(loser.state, laPoste), participationOf(loser.state, afpa)]).toEqual([
      'former_lead',
      'former_contributor',
    ]);
    for (const [structureId, told] of [
      [laPoste, 'wrong-state merged'],
      [afpa, 'wrong-state merged'],
      [gone, 'forbidden'],
      ['unrelated', 'not-found'],
    ] as const) {
      const { context } = loser.side({ userId: 'anne', structureId, role: 'counsellor', territory: null });
      expect(outcome(() => correct(loser.state, { resident: { phone: null } }, context))).toBe(told);
    }
  });

  it('the survivor keeps its lead and its commune, remembers the loser, and counts the merge', () => {
    expect(survivor.state).toMatchObject({
      status: 'open',
      lead: { structureId: departement },
      commune: '72264',
      mergedFrom: ['loser'],
      version: 2,
    });
    expect([departement, laPoste, afpa].map((structureId) => participationOf(survivor.state, structureId))).toEqual([
      'lead',
      'contributor',
      'contributor',
    ]);
    const { fromSeq } = survivor.state.grants.find(({ structureId }) => structureId === laPoste)!;
    expect([laPoste, afpa].map((structureId) => ledMerged(survivor.state, structureId, fromSeq))).toEqual([
      true,
      false,
    ]);
    expect(ledMerged(survivor.state, laPoste, fromSeq + 1)).toBe(false);
  });

  it('a third record remembers both', () => {
    const third = new FollowUp('third');
    const [, [event]] = merge(
      survivor.side(),
      third.side(),
      { ...input, loserId: 'survivor', survivorId: 'third' },
      [],
    );
    expect(third.happen(event!.type, event!.data).state.mergedFrom).toEqual(['survivor', 'loser']);
  });
});
