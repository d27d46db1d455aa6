import { startSystem, type TestSystem } from '../support/system';
import { newReferral, newSession, succeeded, type Person } from './driver';
import { assemble, merge, openTwice, timeline, typesOf, type People, type Twins } from './merge-story';

/** A merge is no way around what the resident objects to, on either record. */
describe('objections and a merge', () => {
  let system: TestSystem;
  let people: People;
  let twins: Twins;

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
  });
  afterAll(() => system.stop());
  beforeEach(async () => {
    twins = await openTwice(people);
  });

  const object = (who: Person, caseId: string, against: string) => who.do(`/v1/cases/${caseId}/objections`, { against, on: '2026-11-01', how: 'oral' });
  const objectionOn = async (who: Person, caseId: string) => (await who.get(`/v1/cases/${caseId}`)).objections[0]!.id;
  const textsFor = async (who: Person, caseId: string) => (await timeline(who, caseId)).flatMap(({ text }) => text ?? []);
  const lastOn = async (stream: string, count = 1) =>
    system.database.query<{ type: string; data: { ended?: string[] } }>('select type, data from event where stream_id = $1 order by seq desc limit $2', [stream, count]);
  /** A contributor by a referral that it has accepted. */
  const helps = async (who: Person, lead: Person, caseId: string, more: object = {}) => {
    const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(who.structureId, { onwardAllowed: true, ...more }));
    await who.do(`/v1/referrals/${id}/accept`);
    return id;
  };

  it.each(['the structure', 'all'])('on the record that goes on, against %s that leads the other: refused, until it is handed over', async (whom) => {
    const { lead, otherLead } = people;
    await lead.do(`/v1/cases/${twins.survivor}/sessions`, newSession({ summary: 'Au Département.' }));
    await object(lead, twins.survivor, whom === 'all' ? 'all' : otherLead.structureId);
    const refused = await merge(people, twins);
    expect(refused).toMatchObject({ status: 422, body: { code: 'objection' } });
    expect(refused.text).toMatch(/on the record it shall go on in.*leads this one.*handed over.*objection ended/);
    expect((await otherLead.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
    const { id } = await otherLead.do(`/v1/cases/${twins.loser}/handovers`, { kind: 'push', toStructureId: lead.structureId, note: 'Suivi au Département.' });
    await lead.do(`/v1/handovers/${id}/accept`);
    succeeded(await merge(people, twins));
    expect((await otherLead.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
  });

  it.each(['the structure', 'all'])('on the other record, against %s that leads the one that goes on: refused, until the objection has ended', async (whom) => {
    const { lead, otherLead } = people;
    await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'À La Poste.' }));
    await object(otherLead, twins.loser, whom === 'all' ? 'all' : lead.structureId);
    const refused = await merge(people, twins);
    expect(refused).toMatchObject({ status: 422, body: { code: 'objection' } });
    expect(refused.text).toMatch(/on this record.*leads the one it shall go on in.*handed over.*objection ended/);
    await otherLead.do(`/v1/cases/${twins.loser}/objections/${await objectionOn(otherLead, twins.loser)}/end`);
    succeeded(await merge(people, twins));
    expect(await textsFor(lead, twins.survivor)).toContain('À La Poste.');
  });

  it('a contributor of the other record leaves with it: its referral is cancelled there, and it never hears of the one that goes on', async () => {
    const { lead, otherLead, otherHelper } = people;
    const id = await helps(otherHelper, otherLead, twins.loser);
    await lead.do(`/v1/cases/${twins.survivor}/sessions`, newSession({ summary: 'Au Département.' }));
    await object(lead, twins.survivor, otherHelper.structureId);
    succeeded(await merge(people, twins));
    expect(await otherHelper.get(`/v1/referrals/${id}`)).toMatchObject({ caseId: twins.loser, status: 'cancelled', reason: 'objection' });
    expect((await lastOn(twins.loser, 2)).map(({ type }) => type)).toEqual(['MergedInto', 'ReferralCancelled']);
    expect((await otherHelper.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
    expect((await otherHelper.all('/v1/cases')).map((item) => item.id)).not.toContain(twins.survivor);
    expect(await otherHelper.get(`/v1/cases/${twins.loser}`)).toMatchObject({ participation: 'former_contributor' });
    expect(await textsFor(otherLead, twins.survivor)).toContain('Au Département.');
  });

  it('a contributor of the record that goes on leaves before the two are one, and reads nothing of the other', async () => {
    const { lead, otherLead, helper, successor } = people;
    const id = await helps(helper, lead, twins.survivor);
    const move = await lead.do(`/v1/cases/${twins.survivor}/handovers`, { kind: 'push', toStructureId: successor.structureId, note: 'À suivre.' });
    await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'À La Poste.' }));
    await object(otherLead, twins.loser, helper.structureId);
    await object(otherLead, twins.loser, successor.structureId);
    succeeded(await merge(people, twins));
    expect((await lastOn(twins.survivor, 3)).map(({ type }) => type)).toEqual(['RecordsMerged', 'HandoverCancelled', 'ReferralCancelled']);
    expect(await helper.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'cancelled', reason: 'objection' });
    expect((await successor.get(`/v1/handovers/${move.id}`)).status).toBe('cancelled');
    expect(typesOf(await timeline(helper, twins.survivor))).not.toContain('SessionRecorded');
  });

  it.each(['the structure', 'all'])('recorded later, against %s that led the other: its access ends with that event', async (whom) => {
    const { lead, otherLead } = people;
    succeeded(await merge(people, twins));
    await lead.do(`/v1/cases/${twins.survivor}/sessions`, newSession({ summary: 'Après la réunion.' }));
    expect(await textsFor(otherLead, twins.survivor)).toContain('Après la réunion.');
    await object(lead, twins.survivor, whom === 'all' ? 'all' : otherLead.structureId);
    const [event] = await lastOn(twins.survivor);
    expect(event).toMatchObject({ type: 'ObjectionRecorded', data: { ended: [expect.any(String)] } });
    expect(await textsFor(otherLead, twins.survivor)).not.toContain('Après la réunion.');
    expect((await otherLead.post(`/v1/cases/${twins.survivor}/sessions`, newSession())).status).toBe(403);
    expect((await lead.get(`/v1/cases/${twins.survivor}`)).status).toBe('open');
  });

  it('recorded later against somebody else: its access goes on, until the case is closed', async () => {
    const { lead, otherLead, unrelated } = people;
    succeeded(await merge(people, twins));
    await object(lead, twins.survivor, unrelated.structureId);
    expect((await lastOn(twins.survivor))[0]!.data).not.toHaveProperty('ended');
    expect((await otherLead.get(`/v1/cases/${twins.survivor}`)) as object).toMatchObject({ participation: 'contributor' });
    await lead.do(`/v1/cases/${twins.survivor}/close`, { reason: 'need_met' });
    expect((await otherLead.get(`/v1/cases/${twins.survivor}`)) as object).toMatchObject({ participation: 'former_contributor' });
    await lead.do(`/v1/cases/${twins.survivor}/reopen`, { reason: 'Revient.' });
    expect((await otherLead.post(`/v1/cases/${twins.survivor}/sessions`, newSession())).status).toBe(403);
  });
});
