import { newReferral, newSession, succeeded } from './driver';
import { describeRebuilding, texts } from './merge-logs';
import { assembled, people, stage, system, typesIn } from './merge-stage';
import { liveIn, merge, timeline, typesOf, type LivedIn } from './merge-story';

/** What was asked, answered or proposed on a record goes on where the resident does. */
describe('what was open on the other record', () => {
  let story: LivedIn;

  assembled();
  beforeAll(async () => {
    story = await liveIn(people);
    await system.settle();
    succeeded(await merge(people, story));
    await system.settle();
    await people.otherLead.do(`/v1/cases/${story.survivor}/sessions`, newSession({ summary: 'La Poste continue.' }));
  });

  it('is shown on the one that goes on, what had ended too, each to who may know', async () => {
    const lines = async (person: typeof people.lead) =>
      (await person.get(`/v1/cases/${story.survivor}`)).referrals.map(({ id }) => id).toSorted();
    const all = [story.helping, story.accepted, story.unanswered, story.declined].toSorted();
    expect(await lines(people.lead)).toEqual(all);
    expect(await lines(people.coordinator)).toEqual(all);
    expect(await lines(people.otherLead)).toEqual([story.accepted, story.unanswered, story.declined].toSorted());
    expect(await lines(people.helper)).toEqual([story.helping]);
    expect(await people.lead.get(`/v1/referrals/${story.declined}`)).toMatchObject({
      status: 'declined',
      message: 'Souhaite consulter son compte en ligne.',
    });
    expect((await people.helper.try('GET', `/v1/referrals/${story.declined}`)).status).toBe(404);
  });

  it('keeps id, version, history and sheet', async () => {
    const shown = await people.asked.get(`/v1/referrals/${story.unanswered}`);
    expect(shown).toMatchObject({
      caseId: story.survivor,
      status: 'sent',
      version: 2,
      message: 'Souhaite consulter son compte en ligne.',
      needs: ['sante'],
      resident: { firstName: 'Camille' },
    });
    expect(typesOf(shown.history)).toEqual(['ReferralDrafted', 'ReferralSent']);
  });

  it('is reminded of by the same clock, on the record where it lives', async () => {
    system.clock.advance({ days: 5 });
    await system.settle();
    expect((await typesIn(story.survivor)).filter((type) => type === 'ReferralReminded')).toHaveLength(1);
    expect((await typesIn(story.loser)).at(-1)).toBe('MergedInto');
    expect(typesOf((await people.asked.get(`/v1/referrals/${story.unanswered}`)).history)).toEqual([
      'ReferralDrafted',
      'ReferralSent',
      'ReferralReminded',
    ]);
  });

  it('is answered and finished by id, and its access ends with it', async () => {
    expect((await people.asked.try('GET', `/v1/cases/${story.survivor}`)).status).toBe(404);
    await people.asked.do(`/v1/referrals/${story.unanswered}/accept`);
    expect(texts(await timeline(people.asked, story.survivor))).toEqual(
      expect.arrayContaining(['Rendez-vous à La Poste.', 'La Poste continue.']),
    );
    await people.asked.do(`/v1/referrals/${story.unanswered}/return`, { reason: 'no_capacity' });
    expect(texts(await timeline(people.asked, story.survivor))).not.toContain('Rendez-vous à La Poste.');
    await people.otherHelper.do(`/v1/referrals/${story.accepted}/complete`, { outcome: 'helped' });
    const entries = await timeline(people.otherHelper, story.survivor);
    expect(texts(entries)).toEqual(expect.arrayContaining(['Séance à l’Afpa.']));
    expect(texts(entries)).not.toContain('Rendez-vous à La Poste.');
  });

  it('of a handover nothing stays open', async () => {
    expect((await people.successor.get(`/v1/handovers/${story.handover}`)).status).toBe('cancelled');
    expect((await people.successor.post(`/v1/handovers/${story.handover}/accept`)).status).toBe(409);
  });

  it('can be referred again, naming the one that ended over there', async () => {
    await people.lead.do(
      `/v1/cases/${story.survivor}/referrals`,
      newReferral(people.asked.structureId, { needs: ['scolarite_et_numerique'], previousReferralId: story.declined }),
    );
  });

  it('what had ended there is voided in the log that goes on', async () => {
    expect(await people.coordinator.do(`/v1/referrals/${story.declined}/void`, { reason: 'Erreur.' })).toMatchObject({
      status: 'entered_in_error',
    });
    expect((await typesIn(story.survivor)).at(-1)).toBe('ReferralVoided');
    expect((await typesIn(story.loser)).at(-1)).toBe('MergedInto');
  });

  describeRebuilding(stage);
});
