import { Problem, type Actor, type Context, type Decided, type JsonObject, type RecordEvent } from '@fil-rouge/kernel';
import { evolveCase, initialCase, participationOf, type CaseEventData, type CaseState, type OpenedGrant } from './case';
import { correct } from './case.decider';
import { merge, type MergeShare, type MergeSide } from './merge.decider';
import { ledMerged } from './merge.objections';
import { horizonsIn, viewIn, type GrantOnRecord } from './merge.policy';
import { endless } from './case.policy';

const [departement, laPoste, afpa] = ['departement', 'la-poste', 'afpa'];
const coordinator: Actor = { userId: 'cora', structureId: departement, role: 'coordinator', territory: ['72264'] };

/** A record as events make it. */
class Story {
  state: CaseState = initialCase;
  seq = 0;

  constructor(readonly id: string, lead = departement, commune = '72264') {
    this.happen('CaseOpened', { opened: [{ id: `${id}-lead`, structureId: lead, kind: 'lead', source: id }], lead: { structureId: lead, counsellorId: `${lead}-anne` } }, [
      { kind: 'first_name', value: { firstName: 'Nadia' } }, { kind: 'identity', value: { lastName: `Ferrand-${id}` } }, { kind: 'profile', value: { commune } },
    ]);
  }

  happen(type: string, data: object = {}, pieces: RecordEvent['pieces'] = []): this {
    const at = `2026-11-23T09:00:00.${String(++this.seq).padStart(3, '0')}Z`;
    const event: RecordEvent = {
      id: `${this.id}-${this.seq}`, stream: this.id, seq: this.seq, type, schema: 1, at, recordedAt: at, actor: null, structure: null, data: data as JsonObject, pieces,
      about: null, audience: 'record',
    };
    this.state = evolveCase(this.state, event);
    return this;
  }

  helpedBy = (structureId: string, kind: OpenedGrant['kind'] = 'contributor'): this =>
    this.happen('ReferralAccepted', { opened: [{ id: `${this.id}-${structureId}`, structureId, kind, source: `referral-${structureId}` }] });
  objects = (against: string, objectionId = `${this.id} against ${against}`): this => this.happen('ObjectionRecorded', { objectionId, against, on: '2026-11-01', how: 'oral' });
  closed = (): this => this.happen('CaseClosed', { reason: 'need_met' });

  side(actor: Actor = coordinator): MergeSide {
    let ids = 0;
    const piece: Context['piece'] = (kind) => ({ first_name: { firstName: 'Nadia' }, identity: { lastName: `Ferrand-${this.id}` }, profile: { commune: '72264' } })[kind as 'profile'];
    return {
      state: { case: this.state },
      context: {
        now: '2026-11-23T10:00:00.000Z', today: '2026-11-23', actor, seq: this.seq, hash: `head of ${this.id}`, newId: () => `new-${++ids}`,
        fact: () => undefined, row: () => undefined, piece,
      },
    };
  }
}

const input = { loserId: 'loser', survivorId: 'survivor', reason: 'Doublon.' };
const codeOf = (act: () => unknown) => {
  try {
    act();
    return 'done';
  } catch (error) {
    return error instanceof Problem ? [error.code, ...(error.members.status ? [error.members.status] : [])].join(' ') : error;
  }
};
const merging = (loser: Story, survivor: Story, more: Partial<typeof input & { ifMatch: number }> = {}, actor = coordinator) =>
  codeOf(() => merge(loser.side(actor), survivor.side(actor), { ...input, ...more }));
const dataOf = <T>(event: Decided | undefined): T => event!.data as object as T;

describe('who may merge, and when', () => {
  const [loser, survivor] = [new Story('loser', laPoste), new Story('survivor')];

  it.each<[string, string, () => unknown]>([
    ['the coordinator of both', 'done', () => merging(loser, survivor)],
    ['one of the whole network', 'done', () => merging(loser, survivor, {}, { ...coordinator, territory: null })],
    ['one of another territory: nothing is there', 'not-found', () => merging(loser, survivor, {}, { ...coordinator, territory: ['72181'] })],
    ['one who watches only one of the two', 'not-found', () => merging(loser, new Story('survivor', departement, '72181'))],
    ['nobody who leads', 'not-found', () => merging(loser, survivor, {}, { ...coordinator, role: 'manager' })],
    ['not on an outdated reading', 'stale', () => merging(loser, survivor, { ifMatch: 7 })],
    ['not an open one into a closed one', 'wrong-state closed', () => merging(loser, new Story('survivor').closed())],
    ['a closed one into an open one', 'done', () => merging(new Story('loser').closed(), survivor)],
    ['two that are closed', 'done', () => merging(new Story('loser').closed(), new Story('survivor').closed())],
    ['not one that was merged', 'wrong-state merged', () => merging(new Story('loser').happen('MergedInto', { survivorId: 'x' }), survivor)],
    ['not into one that was merged', 'wrong-state merged', () => merging(loser, new Story('survivor').happen('MergedInto', { survivorId: 'x' }))],
    ['not an erased one', 'not-found', () => merging(new Story('loser').happen('CaseErased', { reason: 'retention_ended' }), survivor)],
    ['not with itself', 'invalid', () => codeOf(() => merge(loser.side(), undefined, input))],
  ])('%s: %s', (_, expected, act) => expect(act()).toBe(expected));
});

describe('what is written', () => {
  const share: MergeShare = {
    endings: () => ({ ofLoser: [{ type: 'HandoverCancelled', data: { ended: ['loser-candidate'] } }], ofSurvivor: [{ type: 'ReferralCancelled', data: {} }] }),
    carried: () => ({ takenOver: { referrals: ['r'] }, sealed: { referrals: { r: { needs: ['email'] } } } }),
  };
  const loser = new Story('loser', laPoste).helpedBy(afpa).happen('HandoverProposed', { opened: [{ id: 'loser-candidate', structureId: 'x', kind: 'candidate', source: 'h' }] })
    .objects('x', 'o1');
  const [ofLoser, ofSurvivor] = merge(loser.side(), new Story('survivor').side(), input, share);

  it('on the loser: what cannot live on ends, then everybody’s access, last of all', () => {
    expect(ofLoser.map(({ type }) => type)).toEqual(['HandoverCancelled', 'MergedInto']);
    expect(ofLoser.at(-1)!.data).toEqual({ survivorId: 'survivor', ended: ['loser-lead', 'loser-afpa', 'loser-candidate'] });
    expect(ofLoser.at(-1)!.pieces).toEqual([{ kind: 'shared_text', value: { reason: 'Doublon.' } }]);
  });

  it('on the survivor: the loser’s head, its open access under the same sources, its lead as contributor, its objections', () => {
    expect(ofSurvivor.map(({ type }) => type)).toEqual(['ReferralCancelled', 'RecordsMerged']);
    expect(ofSurvivor.at(-1)!.data).toMatchObject({
      loserId: 'loser', loserHash: 'head of loser', loserVersion: 4,
      opened: [{ structureId: afpa, kind: 'contributor', source: 'referral-afpa' }, { structureId: laPoste, kind: 'contributor', source: 'loser' }],
      takenOver: { objections: [{ id: 'o1' }], mergedFrom: [], lead: { structureId: laPoste, counsellorId: 'la-poste-anne' }, referrals: ['r'] },
    });
  });

  it('nothing about the resident in clear; what is sealed opens to leads alone', () => {
    expect(JSON.stringify(ofSurvivor.at(-1)!.data)).not.toMatch(/Ferrand|Nadia|72264|email/);
    expect(ofSurvivor.at(-1)!.pieces!.map(({ kind, sharedBy }) => [kind, sharedBy])).toEqual([
      ['first_name', 'loser'], ['identity', 'loser'], ['profile', 'loser'], ['shared_text', 'loser'],
    ]);
  });

  it('a structure that leads both gets nothing twice; the last lead of a closed record nothing new', () => {
    const opened = (one: Story) => dataOf<CaseEventData['RecordsMerged']>(merge(one.side(), new Story('survivor').side(), input)[1][0]).opened;
    expect(opened(new Story('loser'))).toEqual([]);
    expect(opened(new Story('loser', laPoste).closed())).toEqual([]);
  });

  it('objections that stand already are not taken over', () => {
    const survivor = new Story('survivor').objects('x');
    expect(dataOf<CaseEventData['RecordsMerged']>(merge(loser.side(), survivor.side(), input)[1][0]).takenOver.objections).toEqual([]);
  });
});

describe('what follows', () => {
  const [loser, survivor] = [new Story('loser', laPoste, '72264').helpedBy(afpa), new Story('survivor')];
  const gone = 'left-earlier';
  loser.happen('HandoverTookEffect', { opened: [{ id: 'g', structureId: gone, kind: 'contributor', source: 'g' }] }).happen('ReferralCompleted', { ended: ['g'] });
  const [[ending], [beginning]] = merge(loser.side(), survivor.side(), input);
  loser.happen(ending!.type, ending!.data, ending!.pieces);
  survivor.happen(beginning!.type, beginning!.data, [{ kind: 'profile', value: { commune: '72181' }, sharedBy: 'loser' }]);

  it('the loser has no lead, nobody’s access, and takes no command', () => {
    expect(loser.state).toMatchObject({ status: 'merged', lead: null, grants: [], mergedInto: 'survivor' });
    expect([participationOf(loser.state, laPoste), participationOf(loser.state, afpa)]).toEqual(['former_lead', 'former_contributor']);
    for (const [structureId, told] of [[laPoste, 'wrong-state merged'], [afpa, 'wrong-state merged'], [gone, 'forbidden'], ['unrelated', 'not-found']] as const) {
      const { context } = loser.side({ userId: 'anne', structureId, role: 'counsellor', territory: null });
      expect(codeOf(() => correct(loser.state, { resident: { phone: null } }, context))).toBe(told);
    }
  });

  it('the survivor keeps its lead and its commune, remembers the loser, and counts the merge', () => {
    expect(survivor.state).toMatchObject({ status: 'open', lead: { structureId: departement }, commune: '72264', mergedFrom: ['loser'], version: 2 });
    expect([departement, laPoste, afpa].map((structureId) => participationOf(survivor.state, structureId))).toEqual(['lead', 'contributor', 'contributor']);
    const { fromSeq } = survivor.state.grants.find(({ structureId }) => structureId === laPoste)!;
    expect([laPoste, afpa].map((structureId) => ledMerged(survivor.state, structureId, fromSeq))).toEqual([true, false]);
    expect(ledMerged(survivor.state, laPoste, fromSeq + 1)).toBe(false);
  });

  it('a third record remembers both', () => {
    const third = new Story('third');
    const [, [event]] = merge(survivor.side(), third.side(), { ...input, loserId: 'survivor', survivorId: 'third' });
    expect(third.happen(event!.type, event!.data).state.mergedFrom).toEqual(['survivor', 'loser']);
  });
});

describe('what the resident objects to', () => {
  const post = () => new Story('loser', laPoste);
  const opened = (loser: Story, survivor: Story) =>
    dataOf<CaseEventData['RecordsMerged']>(merge(loser.side(), survivor.side(), input)[1][0]).opened!.map(({ structureId }) => structureId);

  it.each<[string, string, Story, Story]>([
    ['the lead of the other record would contribute here', 'objection', post(), new Story('survivor').objects(laPoste)],
    ['so would it where everybody is objected to', 'objection', post(), new Story('survivor').objects('all')],
    ['the lead here would read all of the other record', 'objection', post().objects(departement), new Story('survivor')],
    ['so would it where everybody is objected to', 'objection', post().objects('all'), new Story('survivor')],
    ['also of one that is closed', 'objection', post().objects(departement).closed(), new Story('survivor')],
    ['and the last lead of two that are', 'objection', post().objects(departement).closed(), new Story('survivor').closed()],
    ['who leads both gains nothing', 'done', new Story('loser').objects('all'), new Story('survivor').objects('all')],
    ['nor does who led a closed one last', 'done', post().closed(), new Story('survivor').objects('all')],
    ['others do not stand against it', 'done', post().helpedBy(afpa).objects(afpa), new Story('survivor').objects(afpa)],
  ])('%s: %s', (_, expected, loser, survivor) => expect(merging(loser, survivor)).toBe(expected));

  it('a contributor of the other record that is objected to here does not come along', () => {
    expect(opened(post().helpedBy(afpa), new Story('survivor'))).toEqual([afpa, laPoste]);
    expect(opened(post().helpedBy(afpa), new Story('survivor').objects(afpa))).toEqual([laPoste]);
  });

  it('who contributes only because it led a merged record leaves with the next merge, or not', () => {
    const survivor = () => new Story('survivor').happen('RecordsMerged', {
      loserId: 'first', takenOver: { objections: [], mergedFrom: [] }, opened: [{ id: 'led', structureId: afpa, kind: 'contributor', source: 'first' }],
    });
    const ended = (loser: Story) => dataOf<CaseEventData['RecordsMerged']>(merge(loser.side(), survivor().side(), input)[1][0]).ended;
    expect([ended(post()), ended(post().objects(afpa))]).toEqual([undefined, ['led']]);
    expect(opened(survivor(), new Story('third').objects(afpa))).toEqual([]);
  });
});

describe('how far a structure reads in the record that ended', () => {
  const grant = (stream_id: string, kind: GrantOnRecord['kind'], to_seq: number | null): GrantOnRecord => ({ stream_id, structure_id: 'us', kind, to_seq });
  const merges = [{ id: 'loser', into: 'survivor', seq: 5 }, { id: 'survivor', into: 'third', seq: 9 }];

  it.each<[string, GrantOnRecord[], { record: number; lead: number }]>([
    ['nothing without a part in either', [], { record: 0, lead: 0 }],
    ['what its grants there allowed', [grant('loser', 'lead', 3)], { record: 3, lead: 3 }],
    ['the shared thread, as contributor of the one that goes on', [grant('survivor', 'contributor', null)], { record: endless, lead: 0 }],
    ['all of it, as its lead', [grant('survivor', 'lead', null)], { record: endless, lead: endless }],
    ['all of it, as a lead that left after the merge', [grant('survivor', 'lead', 5)], { record: endless, lead: endless }],
    ['nothing, as a lead that left before it', [grant('survivor', 'lead', 4)], { record: 0, lead: 0 }],
    ['nothing, as a contributor that left', [grant('survivor', 'contributor', 8)], { record: 0, lead: 0 }],
    ['through two merges', [grant('third', 'contributor', null)], { record: endless, lead: 0 }],
  ])('%s', (_, grants, expected) => expect(horizonsIn('loser', 'us', grants, merges)).toMatchObject(expected));

  it('as whom: a former contributor of the one that goes on may have led this one', () => {
    expect(viewIn('former_contributor', horizonsIn('loser', 'us', [grant('loser', 'lead', 3)], merges))).toBe('former_lead');
    expect(viewIn('former_contributor', horizonsIn('loser', 'us', [], merges))).toBe('former_contributor');
    expect(viewIn('lead', horizonsIn('loser', 'us', [], merges))).toBe('lead');
  });
});
