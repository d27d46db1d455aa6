import { participationOf } from '@fil-rouge/cases';
import { typesOf, type Answer } from '../../../../test/support/given';
import * as rule from './referral.decider';
import {
  afpa,
  asked,
  association,
  departement,
  FollowUp,
  laPoste,
  mairie,
  mediatheque,
  perform,
  who,
} from './referral.story';

describe('sending', () => {
  const refused = (
    change: Partial<rule.NewReferral>,
    prepare: (story: FollowUp) => void = () => {},
    to: string = laPoste,
    actor = who(departement),
  ): string => {
    const story = new FollowUp();
    prepare(story);
    return story.creating(actor, to, change).code;
  };

  it('shows the recipient first name, commune and age bracket, and makes it a candidate', () => {
    const story = new FollowUp();
    const [drafted, sent] = story.do(who(departement), rule.create, asked(laPoste));
    expect(typesOf([drafted!, sent!])).toEqual(['ReferralDrafted', 'ReferralSent']);
    expect(drafted!.pieces).toEqual([
      {
        kind: 'shared_text',
        value: { needs: ['email'], contact: 'phone', message: 'Bonjour', informed: { on: '2026-11-23', how: 'oral' } },
        sharedBy: drafted!.about,
      },
    ]);
    expect(sent!.pieces).toEqual([
      { kind: 'first_name', value: { firstName: 'Odile' }, sharedBy: sent!.about },
      { kind: 'shared_text', value: { commune: '72181', ageBracket: 'soixante_dix_plus' }, sharedBy: sent!.about },
    ]);
    expect([drafted!, sent!].every(({ audience }) => audience === 'about')).toBe(true);
    expect(JSON.stringify([drafted!.data, sent!.data])).not.toMatch(/Odile|email|Bonjour|72181/);
    expect(participationOf(story.record.case, laPoste)).toBe('candidate');
  });

  it.each<
    [code: string, change: Partial<rule.NewReferral>, prepare: ((story: FollowUp) => void) | undefined, to: string]
  >([
    ['not-informed', { informed: undefined }, undefined, laPoste],
    ['not-informed', { informed: { on: '2026-11-24', how: 'oral' } }, undefined, laPoste],
    [
      'objection',
      {},
      (story) =>
        story.happened(who(departement), {
          type: 'ObjectionRecorded',
          data: { objectionId: 'o', against: laPoste, on: '2026-11-23', how: 'oral' },
        }),
      laPoste,
    ],
    [
      'objection',
      {},
      (story) =>
        story.happened(who(departement), {
          type: 'ObjectionRecorded',
          data: { objectionId: 'o', against: 'all', on: '2026-11-23', how: 'oral' },
        }),
      laPoste,
    ],
    ['recipient-not-active', {}, undefined, 'nobody'],
    ['recipient-not-active', {}, (story) => story.structure(laPoste, 'suspended'), laPoste],
    ['recipient-not-active', {}, (story) => story.structure(laPoste, 'refused'), laPoste],
    ['recipient-unavailable', {}, (story) => story.structure(laPoste, 'active', { acceptsReferrals: false }), laPoste],
    // The last one left by date, and nobody has noted it yet.
    ['recipient-unavailable', {}, (story) => story.structure(laPoste, 'active', { until: '2026-11-22' }), laPoste],
    ['out-of-area', {}, (story) => story.structure(laPoste, 'active', { communes: ['72003'] }), laPoste],
    [
      'duplicate-referral',
      { needs: ['email', 'bureautique'] },
      (story) => story.create(who(departement), laPoste, { needs: ['bureautique', 'email'] }),
      laPoste,
    ],
    ['invalid', {}, undefined, departement],
    ['forbidden', {}, (story) => story.structure(departement, 'suspended'), laPoste],
    [
      'wrong-state',
      {},
      (story) => story.happened(who(departement), { type: 'CaseClosed', data: { reason: 'need_met' } }),
      laPoste,
    ],
    ['invalid', { needs: ['logement'] }, undefined, laPoste],
    ['invalid', { previousReferralId: 'unknown' }, undefined, laPoste],
    ['invalid', { parentReferralId: 'unknown' }, undefined, laPoste],
  ])('%s %#', (code, change, prepare, to) => {
    expect(refused(change, prepare, to)).toBe(code);
  });

  it('asks in the order of the contract: the resident first', () => {
    expect(
      refused({ informed: undefined }, (story) =>
        story.structure(laPoste, 'suspended', { acceptsReferrals: false, communes: [] }),
      ),
    ).toBe('not-informed');
    expect(refused({}, (story) => story.structure(laPoste, 'active', { acceptsReferrals: false, communes: [] }))).toBe(
      'recipient-unavailable',
    );
  });

  it('other needs to the same structure are no duplicate, a draft is none, an ended one is none', () => {
    const story = new FollowUp();
    const first = story.create(who(departement), laPoste);
    expect(story.creating(who(departement), laPoste, { needs: ['bureautique'] }).code).toBe('done');
    const draft = story.create(who(departement), laPoste, { send: false });
    expect(perform.send(story, who(departement), draft).code).toBe('duplicate-referral');
    perform.decline(story, who(laPoste), first);
    expect(typesOf(perform.send(story, who(departement), draft).done)).toEqual(['ReferralSent']);
  });

  it('a draft without word of the resident is sent once that is said', () => {
    const story = new FollowUp();
    const referralId = story.create(who(departement), laPoste, { send: false, informed: undefined });
    expect(perform.send(story, who(departement), referralId).code).toBe('not-informed');
    expect(
      typesOf(story.do(who(departement), rule.send, { referralId, informed: { on: '2026-11-23', how: 'phone' } })),
    ).toEqual(['ReferralSent']);
  });

  it('only who takes part in the case refers: a candidate and a stranger do not know of it, a former contributor knows and may not', () => {
    const story = new FollowUp();
    story.create(who(departement), laPoste);
    const done = story.accepted(who(departement), afpa);
    perform.complete(story, who(afpa), done);
    expect([laPoste, mairie, afpa].map((structure) => story.creating(who(structure), mediatheque).code)).toEqual([
      'not-found',
      'not-found',
      'forbidden',
    ]);
  });

  it('20 at once and no more', () => {
    const story = new FollowUp();
    for (let count = 0; count < 20; count++) story.create(who(departement), laPoste, { send: false });
    expect(story.creating(who(departement), laPoste, { send: false }).code).toBe('invalid');
  });
});

describe('after a handover', () => {
  const handedOver = () => {
    const story = new FollowUp();
    const [sent, draft] = [
      story.create(who(departement), laPoste),
      story.create(who(departement), laPoste, { needs: ['sante'], send: false }),
    ];
    story.happened(who(afpa), {
      type: 'HandoverTookEffect',
      data: {
        opened: [{ id: 'new', structureId: afpa, kind: 'lead', source: 'h' }],
        ended: ['opening'],
        lead: { structureId: afpa, counsellorId: null },
      },
    });
    return { story, sent, draft };
  };

  it.each([departement, afpa])(
    '%s may take back what was sent: the new lead, and the structure that sent it',
    (structure) => {
      const { story, sent } = handedOver();
      expect(typesOf(perform.withdraw(story, who(structure), sent).done)).toEqual(['ReferralWithdrawn']);
    },
  );

  it('the structure that has left sends nothing more, and nobody sends for it', () => {
    const { story, draft } = handedOver();
    expect([departement, afpa].map((structure) => perform.send(story, who(structure), draft).code)).toEqual([
      'forbidden',
      'forbidden',
    ]);
  });
});

describe('referring on', () => {
  it('A→B→C→D when allowed, the parent named; no further, never back, never without leave', () => {
    const story = new FollowUp();
    const ab = story.accepted(who(departement), afpa, { onwardAllowed: true });
    expect(story.creating(who(afpa), laPoste).code).toBe('invalid');
    const bc = story.accepted(who(afpa), laPoste, { parentReferralId: ab, onwardAllowed: true });
    const cd = story.accepted(who(laPoste), mediatheque, { parentReferralId: bc, onwardAllowed: true });
    expect(story.creating(who(mediatheque), mairie, { parentReferralId: cd }).code).toBe('too-deep');
    expect(story.creating(who(laPoste), afpa, { parentReferralId: bc }).code).toBe('cycle');
    expect(story.creating(who(laPoste), departement, { parentReferralId: bc }).code).toBe('cycle');
    expect(story.creating(who(laPoste), laPoste, { parentReferralId: bc }).code).toBe('invalid');
    expect(story.creating(who(laPoste), mairie, { parentReferralId: ab }).code).toBe('invalid');
    const closed = story.accepted(who(departement), mairie);
    expect(story.creating(who(mairie), association, { parentReferralId: closed }).code).toBe('forbidden');
    expect(story.referral(cd)).toMatchObject({ parentId: bc, parentFrom: afpa, chain: [departement, afpa, laPoste] });
  });
});

describe('a broadcast', () => {
  const asking = (story: FollowUp, to: string[]): Answer => {
    const { toStructureId: _, ...one } = asked('');
    return story.ask(who(departement), rule.broadcast, { ...one, toStructureIds: to });
  };
  const several = (story: FollowUp, to: string[]): string[] =>
    asking(story, to)
      .done.filter(({ type }) => type === 'ReferralDrafted')
      .map(({ about }) => about!);

  it('is one referral per recipient under one number, and the first acceptance cancels the others with itself', () => {
    const story = new FollowUp();
    const [first, second, third] = several(story, [laPoste, afpa, mediatheque]);
    const other = story.create(who(departement), mairie);
    expect(new Set([first, second, third].map((id) => story.referral(id!).broadcastId)).size).toBe(1);
    expect(typesOf(story.do(who(afpa), rule.accept, { referralId: second! }))).toEqual([
      'ReferralAccepted',
      'ReferralCancelled',
      'ReferralCancelled',
    ]);
    expect([first, second, third, other].map((id) => story.status(id!))).toEqual([
      'cancelled',
      'accepted',
      'cancelled',
      'sent',
    ]);
    expect([laPoste, mediatheque].map((structure) => participationOf(story.record.case, structure))).toEqual([
      null,
      null,
    ]);
    expect(perform.accept(story, who(laPoste), first!).code).toBe('wrong-state');
  });

  it('a decline leaves the others as they are', () => {
    const story = new FollowUp();
    const [first, second] = several(story, [laPoste, afpa]);
    perform.decline(story, who(laPoste), first!);
    expect(story.status(second!)).toBe('sent');
  });

  it('one recipient that cannot be asked refuses all, by its place', () => {
    const story = new FollowUp();
    story.structure(mediatheque, 'active', { acceptsReferrals: false });
    expect(() => several(story, [laPoste, mediatheque])).toThrow(
      expect.objectContaining({
        code: 'recipient-unavailable',
        members: { errors: [expect.objectContaining({ pointer: '/toStructureIds/1' })] },
      }),
    );
    expect(story.record.referrals.open).toEqual([]);
  });

  it('counts against the 20 of a case with all of them', () => {
    const story = new FollowUp();
    for (let nth = 0; nth < 18; nth++) story.create(who(departement), laPoste, { send: false });
    expect(asking(story, [laPoste, afpa, mairie]).code).toBe('invalid');
    expect(asking(story, [laPoste, afpa]).code).toBe('done');
  });
});
