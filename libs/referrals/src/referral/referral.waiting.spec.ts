import { addBusinessDays, addCalendarDays, atParis, endOfDay, type Instant, type RecordEvent } from '@fil-rouge/kernel';
import { participationOf } from '@fil-rouge/cases';
import { typesOf } from '../../../../test/support/given';
import { structureDecided } from './referral.consequences.decider';
import { agendaOf, defaultDelays } from './referral.delays';
import { afpa, clock, departement, FollowUp, laPoste, perform, who } from './referral.story';

describe('held until the State has decided', () => {
  const held = (waiting: string = laPoste) => {
    const story = new FollowUp();
    story.structure(waiting, 'awaiting_state_validation');
    const id = story.create(who(departement), laPoste);
    return { story, id };
  };
  const decided = (story: FollowUp, structureId: string, status: string, more = {}): readonly RecordEvent[] => {
    story.structure(structureId, status, more);
    return story.do(clock, structureDecided, { structureId });
  };

  it.each([laPoste, departement])('nothing is disclosed while %s waits', (waiting) => {
    const { story, id } = held(waiting);
    expect(story.status(id)).toBe('held');
    expect(story.record.case.grants.map(({ structureId }) => structureId)).toEqual([departement]);
    expect(
      story.events.flatMap(({ pieces }) => pieces).filter(({ kind, sharedBy }) => kind === 'first_name' && sharedBy),
    ).toEqual([]);
  });

  it('validated: sent, and the clock starts that day', () => {
    const { story, id } = held();
    story.now = '2026-12-07T09:00:00.000Z';
    expect(typesOf(decided(story, laPoste, 'active'))).toEqual(['ReferralSent']);
    expect(story.referral(id).sentAt).toBe('2026-12-07T09:00:00.000Z');
  });

  it('validated, but a guard no longer holds: cancelled with that reason', () => {
    const { story, id } = held();
    expect(decided(story, laPoste, 'active', { communes: ['72003'] })[0]!.data).toMatchObject({
      reason: 'out_of_area',
      referralId: id,
    });
  });

  it('validated, but the referral that it continues has ended meanwhile: cancelled', () => {
    const story = new FollowUp();
    const parentReferralId = story.accepted(who(departement), afpa, { onwardAllowed: true });
    story.structure(laPoste, 'declared');
    const id = story.create(who(afpa), laPoste, { parentReferralId });
    perform.complete(story, who(afpa), parentReferralId);
    expect(decided(story, laPoste, 'active')[0]!.data).toMatchObject({ reason: 'parent_ended', referralId: id });
  });

  it.each(['refused', 'closed'])('%s: cancelled', (status) => {
    const { story } = held();
    expect(decided(story, laPoste, status)[0]).toMatchObject({
      type: 'ReferralCancelled',
      data: { reason: status === 'closed' ? 'structure_closed' : 'structure_not_validated' },
    });
  });

  it('one of the two validated, the other still waiting: held on', () => {
    const { story } = held(departement);
    story.structure(laPoste, 'declared');
    expect(decided(story, departement, 'active')).toEqual([]);
  });

  it('after 60 calendar days the clock gives up', () => {
    const { story, id } = held();
    const last = endOfDay(addCalendarDays('2026-11-23', 60));
    expect(story.passes(new Date(Date.parse(last) - 1).toISOString())).toEqual([]);
    expect(story.passes(last)[0]).toMatchObject({
      type: 'ReferralCancelled',
      data: { reason: 'structure_not_validated', referralId: id },
    });
  });
});

describe('the clock', () => {
  const nine = (day: number): Instant => atParis(addBusinessDays('2026-11-23', day), '09:00');
  const lastMoment = (day: number): Instant => endOfDay(addBusinessDays('2026-11-23', day));
  const said = (events: readonly RecordEvent[]) =>
    events.map(({ type, data: { day, coordinator: alerted } }) => [type, day, alerted]);

  it('reminds on day 3, 7 and 12 at nine, alerts the coordinator on 12, expires at the end of day 20; each once', () => {
    const story = new FollowUp();
    const id = story.create(who(departement), laPoste);
    expect(story.passes(new Date(Date.parse(nine(3)) - 1).toISOString())).toEqual([]);
    expect(said(story.passes(nine(3)))).toEqual([['ReferralReminded', 3, undefined]]);
    expect(story.passes(nine(3))).toEqual([]);
    expect(said(story.passes(nine(7)))).toEqual([['ReferralReminded', 7, undefined]]);
    expect(said(story.passes(nine(12)))).toEqual([['ReferralReminded', 12, true]]);
    expect(story.passes(new Date(Date.parse(lastMoment(20)) - 1).toISOString())).toEqual([]);
    expect(typesOf(story.passes(lastMoment(20)))).toEqual(['ReferralExpired']);
    expect(story.status(id)).toBe('expired');
    expect(participationOf(story.record.case, laPoste)).toBeNull();
  });

  it('30 days when under review', () => {
    const story = new FollowUp();
    perform.acknowledge(story, who(laPoste), story.create(who(departement), laPoste));
    expect(typesOf(story.passes(lastMoment(29)))).toEqual(['ReferralReminded', 'ReferralReminded', 'ReferralReminded']);
    expect(typesOf(story.passes(lastMoment(30)))).toEqual(['ReferralExpired']);
  });

  it('a late worker loses no reminder and does not remind of what is over', () => {
    const late = new FollowUp();
    late.create(who(departement), laPoste);
    expect(said(late.passes(nine(8)))).toEqual([
      ['ReferralReminded', 3, undefined],
      ['ReferralReminded', 7, undefined],
    ]);
    const tooLate = new FollowUp();
    tooLate.create(who(departement), laPoste);
    expect(typesOf(tooLate.passes(lastMoment(40)))).toEqual(['ReferralExpired']);
  });

  it('an answer after the last day is too late even when no worker has run', () => {
    const story = new FollowUp();
    const id = story.create(who(departement), laPoste);
    story.now = lastMoment(20);
    expect(perform.accept(story, who(laPoste), id).code).toBe('wrong-state');
    story.passes(lastMoment(21));
    story.now = lastMoment(22);
    story.session(departement);
    expect(story.record.referrals).toEqual({ open: [], justEnded: [] });
    expect(perform.accept(story, who(laPoste), id).code).toBe('wrong-state');
  });

  it('alerts after 15 business days without a first session, once; on hold freezes the days left', () => {
    const story = new FollowUp();
    const id = story.accepted(who(departement), laPoste);
    story.now = atParis(addBusinessDays('2026-11-23', 10), '12:00');
    perform.hold(story, who(laPoste), id);
    expect(agendaOf(story.referral(id), defaultDelays)).toEqual([]);
    story.now = atParis(addBusinessDays('2026-11-23', 40), '12:00');
    perform.resume(story, who(laPoste), id);
    expect(story.passes(atParis(addBusinessDays('2026-11-23', 45), '08:59'))).toEqual([]);
    expect(story.passes(nine(45))[0]).toMatchObject({
      type: 'ReferralReminded',
      data: { awaiting: 'first_session', day: 15 },
    });
    expect(story.passes(nine(60))).toEqual([]);
  });
});
