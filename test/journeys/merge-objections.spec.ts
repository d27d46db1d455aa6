import { newReferral, newSession, succeeded, type Person } from './driver';
import { merge, timeline, typesOf, stageWithTwins } from './merge-story';

/** A merge is no way around what the resident objects to, on either record. */
describe('objections and a merge', () => {
  const stage = stageWithTwins();

  const object = (who: Person, caseId: string, against: string) =>
    who.do(`/v1/cases/${caseId}/objections`, { against, on: '2026-11-01', how: 'oral' });
  const objectionOn = async (who: Person, caseId: string) => (await who.get(`/v1/cases/${caseId}`)).objections[0]!.id;
  const textsFor = async (who: Person, caseId: string) =>
    (await timeline(who, caseId)).flatMap(({ text }) => text ?? []);
  const lastOn = async (stream: string, count = 1) =>
    stage.system.database.query<{ type: string; data: { ended?: string[] } }>(
      'select type, data from event where stream_id = $1 order by seq desc limit $2',
      [stream, count],
    );
  /** A contributor by a referral that it has accepted. */
  const helps = async (who: Person, lead: Person, caseId: string, more: object = {}) => {
    const { id } = await lead.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(who.structureId, { onwardAllowed: true, ...more }),
    );
    await who.do(`/v1/referrals/${id}/accept`);
    return id;
  };

  it.each(['the structure', 'all'])(
    'on the record that goes on, against %s that leads the other: refused, until it is handed over',
    async (whom) => {
      const { lead, otherLead } = stage.people;
      await lead.do(`/v1/cases/${stage.twins.survivor}/sessions`, newSession({ summary: 'Au Département.' }));
      await object(lead, stage.twins.survivor, whom === 'all' ? 'all' : otherLead.structureId);
      const refused = await merge(stage.people, stage.twins);
      expect(refused).toMatchObject({ status: 422, body: { code: 'objection' } });
      expect(refused.text).toMatch(/on the record it shall go on in.*leads this one.*handed over.*objection ended/);
      expect((await otherLead.try('GET', `/v1/cases/${stage.twins.survivor}`)).status).toBe(404);
      const { id } = await otherLead.do(`/v1/cases/${stage.twins.loser}/handovers`, {
        kind: 'push',
        toStructureId: lead.structureId,
        note: 'Suivi au Département.',
      });
      await lead.do(`/v1/handovers/${id}/accept`);
      succeeded(await merge(stage.people, stage.twins));
      expect((await otherLead.try('GET', `/v1/cases/${stage.twins.survivor}`)).status).toBe(404);
    },
  );

  it.each(['the structure', 'all'])(
    'on the other record, against %s that leads the one that goes on: refused, until the objection has ended',
    async (whom) => {
      const { lead, otherLead } = stage.people;
      await otherLead.do(`/v1/cases/${stage.twins.loser}/sessions`, newSession({ summary: 'À La Poste.' }));
      await object(otherLead, stage.twins.loser, whom === 'all' ? 'all' : lead.structureId);
      const refused = await merge(stage.people, stage.twins);
      expect(refused).toMatchObject({ status: 422, body: { code: 'objection' } });
      expect(refused.text).toMatch(/on this record.*leads the one it shall go on in.*handed over.*objection ended/);
      await otherLead.do(
        `/v1/cases/${stage.twins.loser}/objections/${await objectionOn(otherLead, stage.twins.loser)}/end`,
      );
      succeeded(await merge(stage.people, stage.twins));
      expect(await textsFor(lead, stage.twins.survivor)).toContain('À La Poste.');
    },
  );

  it('a contributor of the other record leaves with it: its referral is cancelled there, and it never hears of the one that goes on', async () => {
    const { lead, otherLead, otherHelper } = stage.people;
    const id = await helps(otherHelper, otherLead, stage.twins.loser);
    await lead.do(`/v1/cases/${stage.twins.survivor}/sessions`, newSession({ summary: 'Au Département.' }));
    await object(lead, stage.twins.survivor, otherHelper.structureId);
    succeeded(await merge(stage.people, stage.twins));
    expect(await otherHelper.get(`/v1/referrals/${id}`)).toMatchObject({
      caseId: stage.twins.loser,
      status: 'cancelled',
      reason: 'objection',
    });
    expect((await lastOn(stage.twins.loser, 2)).map(({ type }) => type)).toEqual(['MergedInto', 'ReferralCancelled']);
    expect((await otherHelper.try('GET', `/v1/cases/${stage.twins.survivor}`)).status).toBe(404);
    expect((await otherHelper.all('/v1/cases')).map((item) => item.id)).not.toContain(stage.twins.survivor);
    expect(await otherHelper.get(`/v1/cases/${stage.twins.loser}`)).toMatchObject({
      participation: 'former_contributor',
    });
    expect(await textsFor(otherLead, stage.twins.survivor)).toContain('Au Département.');
  });

  it('a contributor of the record that goes on leaves before the two are one, and reads nothing of the other', async () => {
    const { lead, otherLead, helper, successor } = stage.people;
    const id = await helps(helper, lead, stage.twins.survivor);
    const move = await lead.do(`/v1/cases/${stage.twins.survivor}/handovers`, {
      kind: 'push',
      toStructureId: successor.structureId,
      note: 'À suivre.',
    });
    await otherLead.do(`/v1/cases/${stage.twins.loser}/sessions`, newSession({ summary: 'À La Poste.' }));
    await object(otherLead, stage.twins.loser, helper.structureId);
    await object(otherLead, stage.twins.loser, successor.structureId);
    succeeded(await merge(stage.people, stage.twins));
    expect((await lastOn(stage.twins.survivor, 3)).map(({ type }) => type)).toEqual([
      'RecordsMerged',
      'HandoverCancelled',
      'ReferralCancelled',
    ]);
    expect(await helper.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'cancelled', reason: 'objection' });
    expect((await successor.get(`/v1/handovers/${move.id}`)).status).toBe('cancelled');
    expect(typesOf(await timeline(helper, stage.twins.survivor))).not.toContain('SessionRecorded');
  });

  it.each(['the structure', 'all'])(
    'recorded later, against %s that led the other: its access ends with that event',
    async (whom) => {
      const { lead, otherLead } = stage.people;
      succeeded(await merge(stage.people, stage.twins));
      await lead.do(`/v1/cases/${stage.twins.survivor}/sessions`, newSession({ summary: 'Après la réunion.' }));
      expect(await textsFor(otherLead, stage.twins.survivor)).toContain('Après la réunion.');
      await object(lead, stage.twins.survivor, whom === 'all' ? 'all' : otherLead.structureId);
      const [event] = await lastOn(stage.twins.survivor);
      expect(event).toMatchObject({ type: 'ObjectionRecorded', data: { ended: [expect.any(String)] } });
      expect(await textsFor(otherLead, stage.twins.survivor)).not.toContain('Après la réunion.');
      expect((await otherLead.post(`/v1/cases/${stage.twins.survivor}/sessions`, newSession())).status).toBe(403);
      expect((await lead.get(`/v1/cases/${stage.twins.survivor}`)).status).toBe('open');
    },
  );

  it('recorded later against somebody else: its access goes on, until the case is closed', async () => {
    const { lead, otherLead, unrelated } = stage.people;
    succeeded(await merge(stage.people, stage.twins));
    await object(lead, stage.twins.survivor, unrelated.structureId);
    expect((await lastOn(stage.twins.survivor))[0]!.data).not.toHaveProperty('ended');
    expect((await otherLead.get(`/v1/cases/${stage.twins.survivor}`)) as object).toMatchObject({
      participation: 'contributor',
    });
    await lead.do(`/v1/cases/${stage.twins.survivor}/close`, { reason: 'need_met' });
    expect((await otherLead.get(`/v1/cases/${stage.twins.survivor}`)) as object).toMatchObject({
      participation: 'former_contributor',
    });
    await lead.do(`/v1/cases/${stage.twins.survivor}/reopen`, { reason: 'Revient.' });
    expect((await otherLead.post(`/v1/cases/${stage.twins.survivor}/sessions`, newSession())).status).toBe(403);
  });
});
