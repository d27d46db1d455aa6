import { randomUUID } from 'node:crypto';
import { today } from '../support/clock';
import { newReferral, newSession, succeeded, type Person } from './driver';
import { describeRebuilding, texts } from './merge-logs';
import { assembled, people, readable, stage, verified } from './merge-stage';
import { merge, openTwice, timeline, typesOf } from './merge-story';

/** What a merge leaves to whoever had left, and to what was recognised. */
describe('after two records became one', () => {
  assembled();

  describe('what had been seen before', () => {
    it('stays with who left either record earlier, and nothing is added to it', async () => {
      const { lead, otherLead, successor, unrelated } = people;
      const twins = await openTwice(people);
      await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Avant la passation.' }));
      const move = await otherLead.do(`/v1/cases/${twins.loser}/handovers`, {
        kind: 'push',
        toStructureId: successor.structureId,
        note: 'À suivre.',
      });
      await successor.do(`/v1/handovers/${move.id}/accept`);
      await successor.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Après la passation.' }));
      const before = await timeline(otherLead, twins.loser);
      succeeded(await merge(people, twins));
      expect(await timeline(otherLead, twins.loser)).toEqual(before);
      expect((await otherLead.get(`/v1/cases/${twins.loser}`)).status).not.toBe('merged');
      expect((await otherLead.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
      const refused = await otherLead.post(`/v1/cases/${twins.loser}/sessions`, newSession());
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(refused.text).not.toMatch(new RegExp(`merged|${twins.survivor}`));
      expect(texts(await timeline(successor, twins.survivor))).toEqual(
        expect.arrayContaining(['Avant la passation.', 'Après la passation.']),
      );
      expect((await unrelated.try('GET', `/v1/cases/${twins.loser}`)).status).toBe(404);
      expect(texts(await timeline(lead, twins.survivor))).toContain('Après la passation.');
    });

    it('stays with the last lead of a closed record, which hears of the merge and not of the record that goes on', async () => {
      const { otherLead } = people;
      const twins = await openTwice(people);
      await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Avant la clôture.' }));
      await otherLead.do(`/v1/cases/${twins.loser}/close`, { reason: 'need_met' });
      succeeded(await merge(people, twins));
      const entries = await timeline(otherLead, twins.loser);
      expect(typesOf(entries)).toEqual(['CaseOpened', 'SessionRecorded', 'CaseClosed', 'MergedInto']);
      expect(await otherLead.get(`/v1/cases/${twins.loser}`)).toMatchObject({
        status: 'merged',
        participation: 'former_lead',
      });
      expect(await otherLead.post(`/v1/cases/${twins.loser}/reopen`, { reason: 'Revient.' })).toMatchObject({
        status: 409,
        body: { code: 'wrong-state', status: 'merged' },
      });
      expect(JSON.stringify([entries, await otherLead.get(`/v1/cases/${twins.loser}`)])).not.toContain(twins.survivor);
      expect((await otherLead.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
      expect((await otherLead.do('/v1/cases/search', { name: twins.otherName })).items.map(({ id }) => id)).toEqual([
        twins.loser,
      ]);
    });

    it('a structure that led the survivor and left before the merge reads nothing of the loser', async () => {
      const { lead, successor, otherLead } = people;
      const twins = await openTwice(people);
      await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Chez La Poste.' }));
      const move = await lead.do(`/v1/cases/${twins.survivor}/handovers`, {
        kind: 'push',
        toStructureId: successor.structureId,
        note: 'À suivre.',
      });
      await successor.do(`/v1/handovers/${move.id}/accept`);
      const before = await timeline(lead, twins.survivor);
      succeeded(await merge(people, twins));
      expect(await timeline(lead, twins.survivor)).toEqual(before);
      expect([await readable(lead, 'event', twins.loser), await readable(lead, 'piece', twins.loser)]).toEqual([0, 0]);
      expect(await readable(successor, 'event', twins.loser)).toBe(3);
    });

    it('a party that left a referral before the merge learns nothing of what happens to it after', async () => {
      const { otherLead, successor, otherHelper, asked } = people;
      const twins = await openTwice(people);
      const { id } = await otherLead.do(
        `/v1/cases/${twins.loser}/referrals`,
        newReferral(otherHelper.structureId, { onwardAllowed: true }),
      );
      await otherHelper.do(`/v1/referrals/${id}/accept`);
      const child = await otherHelper.do(
        `/v1/cases/${twins.loser}/referrals`,
        newReferral(asked.structureId, { parentReferralId: id }),
      );
      const move = await otherLead.do(`/v1/cases/${twins.loser}/handovers`, {
        kind: 'push',
        toStructureId: successor.structureId,
        note: 'À suivre.',
      });
      await successor.do(`/v1/handovers/${move.id}/accept`);
      const before = await otherLead.get(`/v1/referrals/${child.id}`);
      // The survivor is shorter than what they have read of the loser: numbers alone would let them in.
      succeeded(await merge(people, twins));
      await asked.do(`/v1/referrals/${child.id}/acknowledge`);
      await asked.do(`/v1/referrals/${child.id}/accept`);
      expect(await otherLead.get(`/v1/referrals/${child.id}`)).toEqual(before);
      expect(await readable(otherLead, 'event', twins.survivor)).toBe(0);
      expect(typesOf((await otherHelper.get(`/v1/referrals/${child.id}`)).history)).toEqual([
        'ReferralDrafted',
        'ReferralSent',
        'ReferralAcknowledged',
        'ReferralAccepted',
      ]);
    });
  });

  describe('the words by which the resident is recognised', () => {
    const phones = ['06 39 98 01 01', '06 39 98 01 02', '06 39 98 01 03'] as const;
    const opening = (resident: object) => ({
      resident: { birthYear: 1970, commune: '72264', ...resident },
      themes: ['email'],
      informed: { on: today(), how: 'oral' },
    });
    const stranger = (phone: string) => ({
      firstName: 'Ulysse',
      lastName: `Qoxibar${randomUUID().replace(/[^a-f]/g, '')}`,
      phone,
    });
    const resembles = async (resident: object) => {
      const { status, body } = await people.lead.post('/v1/cases', opening(resident));
      return status === 409 ? [body.code, body.caseId] : status;
    };
    const correct = (person: Person, caseId: string, phone: string) =>
      person.do(`/v1/cases/${caseId}/corrections`, { resident: { phone }, confirmNotDuplicate: true });

    it('are those of both records, whatever is corrected in the one that goes on', async () => {
      const { lead, otherLead } = people;
      const twins = await openTwice(people);
      const { survivor: third } = await openTwice(people);
      for (const [person, caseId] of [
        [lead, twins.survivor],
        [otherLead, twins.loser],
      ] as const)
        await correct(person, caseId, phones[0]);
      succeeded(await merge(people, twins));
      const other = { firstName: 'Camille', lastName: twins.otherName };
      await correct(lead, twins.survivor, phones[1]);
      const known = ['possible-duplicate', twins.survivor];
      // The first phone was on both; the one that ended still says it.
      for (const resident of [other, stranger(phones[0]), stranger(phones[1])])
        expect(await resembles(resident)).toEqual(known);
      await correct(lead, twins.survivor, phones[2]);
      expect(await resembles(stranger(phones[1]))).toBe(201);
      expect(await resembles(other)).toEqual(known);

      succeeded(await merge(people, { loser: twins.survivor, survivor: third }));
      await correct(lead, third, '06 39 98 01 04');
      for (const resident of [other, stranger(phones[0]), stranger(phones[2])])
        expect(await resembles(resident)).toEqual(['possible-duplicate', third]);
    });
  });

  it('what the resident objects to on one record stands on both', async () => {
    const { lead, otherLead, helper, otherHelper } = people;
    const twins = await openTwice(people);
    const mine = await lead.do(`/v1/cases/${twins.survivor}/referrals`, newReferral(helper.structureId));
    const theirs = await otherLead.do(`/v1/cases/${twins.loser}/referrals`, newReferral(otherHelper.structureId));
    await otherLead.do(`/v1/cases/${twins.loser}/objections`, {
      against: helper.structureId,
      on: '2026-11-01',
      how: 'oral',
    });
    await lead.do(`/v1/cases/${twins.survivor}/objections`, {
      against: otherHelper.structureId,
      on: '2026-11-01',
      how: 'oral',
    });
    succeeded(await merge(people, twins));
    expect((await lead.get(`/v1/cases/${twins.survivor}`)).objections).toHaveLength(2);
    for (const { id } of [mine, theirs])
      expect(await lead.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'cancelled', reason: 'objection' });
  });

  it('a draft of the structure that led the other record can still be sent by it, and a held one released', async () => {
    const { otherLead, otherHelper } = people;
    const twins = await openTwice(people);
    const { id } = await otherLead.do(
      `/v1/cases/${twins.loser}/referrals`,
      newReferral(otherHelper.structureId, { send: false }),
    );
    succeeded(await merge(people, twins));
    expect((await otherLead.do(`/v1/referrals/${id}/send`)).status).toBe('sent');
    expect(
      (
        await otherLead.post(
          `/v1/cases/${twins.survivor}/referrals`,
          newReferral(otherHelper.structureId, { needs: ['sante'] }),
        )
      ).status,
    ).toBe(422);
  });

  it('goes on through a second merge: one timeline of three, referrals still by id', async () => {
    const first = await openTwice(people);
    const second = await openTwice(people);
    const { id } = await people.otherLead.do(
      `/v1/cases/${first.loser}/referrals`,
      newReferral(people.otherHelper.structureId),
    );
    await people.otherLead.do(`/v1/cases/${first.loser}/sessions`, newSession({ summary: 'Le tout premier.' }));
    succeeded(await merge(people, first));
    succeeded(await merge(people, { loser: first.survivor, survivor: second.survivor }));
    await people.otherHelper.do(`/v1/referrals/${id}/accept`);
    expect(await people.otherHelper.get(`/v1/referrals/${id}`)).toMatchObject({
      caseId: second.survivor,
      status: 'accepted',
    });
    expect(texts(await timeline(people.otherHelper, second.survivor))).toContain('Le tout premier.');
    expect(texts(await timeline(people.lead, second.survivor))).toContain('Le tout premier.');
    expect((await people.otherHelper.try('GET', `/v1/cases/${first.loser}`)).headers.get('location')).toBe(
      `/v1/cases/${second.survivor}`,
    );
    const link = { chain: 'ok', continuity: 'ok', link: 'ok' };
    expect(await verified(second.survivor)).toMatchObject({
      chain: 'ok',
      merged: [
        { id: first.survivor, ...link },
        { id: first.loser, ...link },
      ],
    });
    expect((await people.lead.do('/v1/cases/search', { name: first.name })).items.map((item) => item.id)).toEqual([
      second.survivor,
    ]);
  });

  describeRebuilding(stage);
});
