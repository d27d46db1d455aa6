import { addBusinessDays, atParis } from '@fil-rouge/kernel';
import { participationOf } from '@fil-rouge/cases';
import { typesOf } from '../../../../test/support/given';
import { structureDecided } from './referral.consequences.decider';
import * as rule from './referral.decider';
import { agendaOf, defaultDelays } from './referral.delays';
import {
  afpa,
  association,
  clock,
  departement,
  FollowUp,
  laPoste,
  mairie,
  mediatheque,
  perform,
  who,
} from './referral.story';

describe('what follows from other events', () => {
  it('the first session by the recipient starts its accepted referrals, only the named one when one is named', () => {
    const story = new FollowUp();
    const [one, two] = [
      story.accepted(who(departement), laPoste),
      story.accepted(who(departement), laPoste, { needs: ['sante'] }),
    ];
    expect(typesOf(story.session(departement))).toEqual(['SessionRecorded']);
    expect(typesOf(story.session(laPoste, two))).toEqual(['SessionRecorded', 'ReferralStarted']);
    expect([one, two].map((id) => story.status(id))).toEqual(['accepted', 'in_progress']);
    expect(typesOf(story.session(laPoste))).toEqual(['SessionRecorded', 'ReferralStarted']);
    expect(typesOf(story.session(laPoste))).toEqual(['SessionRecorded']);
  });

  it('a session while it is on hold is the first one: resumed, it is in progress, and nobody is alerted', () => {
    const story = new FollowUp();
    const id = story.accepted(who(departement), laPoste);
    perform.hold(story, who(laPoste), id);
    expect(typesOf(story.session(laPoste, id))).toEqual(['SessionRecorded', 'ReferralStarted']);
    expect(story.status(id)).toBe('on_hold');
    expect(typesOf(story.session(laPoste, id))).toEqual(['SessionRecorded']);
    perform.resume(story, who(laPoste), id);
    expect(story.status(id)).toBe('in_progress');
    expect(agendaOf(story.referral(id), defaultDelays)).toEqual([]);
  });

  it.each([
    ['2026-11-22', 'accepted'],
    ['2026-11-23', 'in_progress'],
    ['2026-11-24', 'in_progress'],
  ])('sent on the 23rd and accepted on the 25th, a session of %s leaves it %s', (on, status) => {
    const story = new FollowUp();
    const referralId = story.create(who(departement), laPoste);
    story.now = '2026-11-25T09:00:00.000Z';
    story.do(who(laPoste), rule.accept, { referralId });
    for (const named of [referralId, undefined]) story.session(laPoste, named, { on, id: `of ${named}` });
    expect(story.status(referralId)).toBe(status);
  });

  it('a session that turns out to have been before the sending, or not at all, began nothing: it waits for the first one again, with all its days', () => {
    const story = new FollowUp();
    const id = story.accepted(who(departement), laPoste);
    story.session(laPoste, undefined, { id: 'first' });
    story.session(laPoste, undefined, { id: 'second' });
    expect(typesOf(story.session(laPoste, undefined, { id: 'first', type: 'SessionCancelled' }))).toEqual([
      'SessionCancelled',
    ]);
    expect(story.status(id)).toBe('in_progress');
    story.now = '2026-11-30T09:00:00.000Z';
    expect(
      typesOf(story.session(laPoste, undefined, { id: 'second', type: 'SessionCorrected', on: '2026-11-20' })),
    ).toEqual(['SessionCorrected', 'ReferralStartCancelled']);
    expect(story.status(id)).toBe('accepted');
    expect(agendaOf(story.referral(id), defaultDelays)).toEqual([
      { what: 'remind_of_first_session', day: 15, at: atParis(addBusinessDays('2026-11-30', 15), '09:00') },
    ]);
    expect(typesOf(story.session(laPoste, undefined, { id: 'second', type: 'SessionCorrected' }))).toEqual([
      'SessionCorrected',
      'ReferralStarted',
    ]);
  });

  it('so it is while on hold: resumed, it waits', () => {
    const story = new FollowUp();
    const id = story.accepted(who(departement), laPoste);
    story.session(laPoste, id);
    perform.hold(story, who(laPoste), id);
    expect(typesOf(story.session(laPoste, id, { type: 'SessionCancelled' }))).toEqual([
      'SessionCancelled',
      'ReferralStartCancelled',
    ]);
    expect(story.status(id)).toBe('on_hold');
    perform.resume(story, who(laPoste), id);
    expect(story.status(id)).toBe('accepted');
    expect(agendaOf(story.referral(id), defaultDelays)).toHaveLength(1);
  });

  it('an objection cancels the open referrals to that structure', () => {
    const story = new FollowUp();
    const [one, other] = [story.create(who(departement), laPoste), story.create(who(departement), afpa)];
    story.happened(who(departement), {
      type: 'ObjectionRecorded',
      data: { objectionId: 'o', against: laPoste, on: '2026-11-23', how: 'oral' },
    });
    expect(story.referralRow(one)).toMatchObject({ status: 'cancelled', reason: 'objection' });
    expect(story.status(other)).toBe('sent');
    expect(participationOf(story.record.case, laPoste)).toBeNull();
  });

  it.each([
    ['deceased', undefined, 'deceased'],
    ['moved_out', true, 'case_closed'],
  ] as const)('a case closed (%s, cancelReferrals %s) cancels all', (reason, cancelReferrals, because) => {
    const story = new FollowUp();
    const ids = [story.accepted(who(departement), laPoste), story.create(who(departement), afpa, { send: false })];
    story.happened(who(departement), { type: 'CaseClosed', data: { reason, cancelReferrals } });
    expect(ids.map((id) => [story.status(id), story.referralRow(id)!['reason']])).toEqual([
      ['cancelled', because],
      ['cancelled', because],
    ]);
    expect(story.record.referrals.open).toEqual([]);
  });

  it('a recipient that is closed: unanswered ones are cancelled, accepted ones returned; a suspension changes nothing open', () => {
    const story = new FollowUp();
    const [sent, accepted] = [
      story.create(who(departement), laPoste),
      story.accepted(who(departement), laPoste, { needs: ['sante'] }),
    ];
    story.structure(laPoste, 'suspended');
    expect(story.do(clock, structureDecided, { structureId: laPoste })).toEqual([]);
    expect(perform.accept(story, who(laPoste), sent).code).toBe('forbidden');
    story.structure(laPoste, 'closed');
    story.do(clock, structureDecided, { structureId: laPoste });
    expect([sent, accepted].map((id) => [story.status(id), story.referralRow(id)!['reason']])).toEqual([
      ['cancelled', 'structure_closed'],
      ['returned', 'structure_closed'],
    ]);
    expect(participationOf(story.record.case, laPoste)).toBe('former_contributor');
  });
});

describe('answers', () => {
  it('accepting makes the candidate a contributor; who helps must work there', () => {
    const story = new FollowUp();
    const referralId = story.create(who(departement), laPoste);
    expect(story.ask(who(laPoste), rule.accept, { referralId, contactUserId: `counsellor@${afpa}` }).code).toBe(
      'invalid',
    );
    story.do(who(laPoste), rule.accept, { referralId, contactUserId: `counsellor@${laPoste}` });
    expect(
      story.record.case.grants.filter(({ structureId }) => structureId === laPoste).map(({ kind }) => kind),
    ).toEqual(['contributor']);
    expect(story.referral(referralId).contactUserId).toBe(`counsellor@${laPoste}`);
  });

  it('a better structure must exist, be another, and could be asked', () => {
    const story = new FollowUp();
    story.structure(mairie, 'refused');
    story.structure(association, 'active', { acceptsReferrals: false });
    story.structure(mediatheque, 'active', { until: '2021-02-01' });
    const referralId = story.create(who(departement), laPoste);
    for (const [betterStructureId, code] of [
      ['nobody', 'unknown'],
      [laPoste, 'own'],
      [departement, 'asks'],
      [mairie, 'unavailable'],
      [association, 'unavailable'],
      [mediatheque, 'unavailable'],
    ]) {
      expect(story.ask(who(laPoste), rule.decline, { referralId, reason: 'no_capacity', betterStructureId }).said).toBe(
        `invalid /betterStructureId ${code!}`,
      );
    }
    expect(
      story.ask(who(laPoste), rule.decline, { referralId, reason: 'no_capacity', betterStructureId: afpa }).code,
    ).toBe('done');
  });

  it('on hold until a day that is not past', () => {
    const story = new FollowUp();
    const referralId = story.accepted(who(departement), laPoste);
    expect(story.ask(who(laPoste), rule.hold, { referralId, reason: 'other', until: '2026-11-22' }).code).toBe(
      'invalid',
    );
  });

  it('helped in part: what remains becomes a draft of the sender, the resident yet to be informed', () => {
    const story = new FollowUp();
    const referralId = story.accepted(who(departement), laPoste);
    expect(
      story.ask(who(laPoste), rule.complete, { referralId, outcome: 'helped', remainingNeeds: ['sante'] }).code,
    ).toBe('invalid');
    const [completed, draft] = story.do(who(laPoste), rule.complete, {
      referralId,
      outcome: 'helped_partially',
      remainingNeeds: ['sante'],
    });
    expect([completed!.type, draft!.type]).toEqual(['ReferralCompleted', 'ReferralDrafted']);
    expect(story.referral(draft!.about!)).toMatchObject({
      status: 'draft',
      from: departement,
      to: undefined,
      needs: ['sante'],
      previousId: referralId,
    });
    expect(perform.send(story, who(departement), draft!.about!).code).toBe('invalid');
    story.do(who(departement), rule.edit, { referralId: draft!.about!, toStructureId: afpa });
    expect(perform.send(story, who(departement), draft!.about!).code).toBe('not-informed');
  });

  it('an open one keeps its state small, an ended one leaves it', () => {
    const story = new FollowUp();
    const id = story.accepted(who(departement), laPoste);
    expect(JSON.stringify(story.referral(id)).length).toBeLessThan(650);
    perform.complete(story, who(laPoste), id);
    expect(story.record.referrals).toEqual({
      open: [],
      justEnded: [expect.objectContaining({ id, status: 'completed' })],
    });
  });

  it('counts its own events as its version', () => {
    const story = new FollowUp();
    const id = story.accepted(who(departement), laPoste);
    story.create(who(departement), afpa);
    expect(story.referral(id).version).toBe(3);
    expect(typesOf(perform.complete(story, who(laPoste), id, 3).done)).toEqual(['ReferralCompleted']);
  });
});
