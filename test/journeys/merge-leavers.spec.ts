import { newReferral, newSession, succeeded, type Person } from './driver';
import { merge, openTwice, timeline, stageWithTwins } from './merge-story';

/** Whoever had left one of the two records before the merge keeps what it had there, and hears of nothing that came later. */
describe('who had left before two records became one', () => {
  const stage = stageWithTwins();

  /** A contributor that has accepted, written something and finished. */
  const helped = async (who: Person, lead: Person, caseId: string, summary: string) => {
    const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(who.structureId));
    await who.do(`/v1/referrals/${id}/accept`);
    const session = await who.do(`/v1/cases/${caseId}/sessions`, newSession({ summary }));
    await who.do(`/v1/referrals/${id}/complete`, { outcome: 'helped' });
    return { referral: id, session: session.id };
  };
  const handOver = async (from: Person, to: Person, caseId: string) => {
    const { id } = await from.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: to.structureId,
      note: 'À suivre.',
    });
    await to.do(`/v1/handovers/${id}/accept`);
  };
  const listed = async (who: Person, name: string) => ({
    list: (await who.all('/v1/cases'))
      .map(({ id }) => id)
      .filter((id) => [stage.twins.loser, stage.twins.survivor].includes(id))
      .toSorted(),
    found: (await who.do('/v1/cases/search', { name })).items.map(({ id }) => id),
  });

  it('the record that goes on names to a former participant only what ended in it while it took part', async () => {
    const { lead, helper, successor, coordinator } = stage.people;
    await helped(helper, lead, stage.twins.survivor, 'Aide terminée.');
    await handOver(lead, successor, stage.twins.survivor);
    const before = [
      await helper.get(`/v1/cases/${stage.twins.survivor}`),
      await lead.get(`/v1/cases/${stage.twins.survivor}`),
    ];
    succeeded(await merge(stage.people, stage.twins));
    expect([
      await helper.get(`/v1/cases/${stage.twins.survivor}`),
      await lead.get(`/v1/cases/${stage.twins.survivor}`),
    ]).toEqual(before);
    expect(JSON.stringify(before)).not.toContain(stage.twins.loser);
    for (const who of [successor, coordinator])
      expect(await who.get(`/v1/cases/${stage.twins.survivor}`)).toMatchObject({ mergedFrom: [stage.twins.loser] });
    await handOver(successor, lead, stage.twins.survivor);
    expect(await successor.get(`/v1/cases/${stage.twins.survivor}`)).toMatchObject({
      participation: 'former_lead',
      mergedFrom: [stage.twins.loser],
    });
  });

  it('the ended one does not exist for who never took part in it, nor anything below', async () => {
    const { lead, helper, successor, otherLead } = stage.people;
    await helped(helper, lead, stage.twins.survivor, 'Aide terminée.');
    await handOver(lead, successor, stage.twins.survivor);
    const { id: session } = await otherLead.do(`/v1/cases/${stage.twins.loser}/sessions`, newSession());
    succeeded(await merge(stage.people, stage.twins));
    for (const who of [helper, lead]) {
      for (const path of ['', '/timeline', '/readings', `/sessions/${session}`]) {
        expect([path, (await who.try('GET', `/v1/cases/${stage.twins.loser}${path}`)).status]).toEqual([path, 404]);
      }
      for (const [path, body] of [
        ['sessions', newSession()],
        ['close', { reason: 'need_met' }],
        ['referrals', newReferral(stage.people.asked.structureId)],
      ] as const) {
        const refused = await who.post(`/v1/cases/${stage.twins.loser}/${path}`, body);
        expect([path, refused.status]).toEqual([path, 404]);
        expect(refused.text).not.toContain(stage.twins.survivor);
      }
    }
  });

  it('a former lead of the ended one keeps its row and its sheet, whatever old row it has on the other', async () => {
    const { lead, otherLead, successor } = stage.people;
    await helped(otherLead, lead, stage.twins.survivor, 'Aide de La Poste.');
    const { id: session } = await otherLead.do(
      `/v1/cases/${stage.twins.loser}/sessions`,
      newSession({ summary: 'Suivi de La Poste.' }),
    );
    await handOver(otherLead, successor, stage.twins.loser);
    const read = async () => ({
      ...(await listed(otherLead, stage.twins.otherName)),
      case: await otherLead.get(`/v1/cases/${stage.twins.loser}`),
      timeline: await timeline(otherLead, stage.twins.loser),
      session: await otherLead.get(`/v1/cases/${stage.twins.loser}/sessions/${session}`),
      other: await otherLead.get(`/v1/cases/${stage.twins.survivor}`),
      otherTimeline: await timeline(otherLead, stage.twins.survivor),
    });
    const before = await read();
    expect(before.case).toMatchObject({ participation: 'former_lead', resident: { lastName: stage.twins.otherName } });
    succeeded(await merge(stage.people, stage.twins));
    expect(await read()).toEqual(before);
  });

  it('who had been in both sees its entries in each, and not the one in the other', async () => {
    const { lead, otherLead, helper } = stage.people;
    const [here, there] = [
      await helped(helper, lead, stage.twins.survivor, 'Aide ici.'),
      await helped(helper, otherLead, stage.twins.loser, 'Aide là.'),
    ];
    const read = () =>
      Promise.all(
        [stage.twins.survivor, stage.twins.loser].flatMap((id) => [
          timeline(helper, id),
          helper.get(`/v1/cases/${id}`),
        ]),
      );
    const before = await read();
    succeeded(await merge(stage.people, stage.twins));
    expect(await read()).toEqual(before);
    expect((await helper.get(`/v1/cases/${stage.twins.survivor}`)).referrals.map(({ id }) => id)).toEqual([
      here.referral,
    ]);
    expect((await helper.try('GET', `/v1/cases/${stage.twins.survivor}/sessions/${there.session}`)).status).toBe(404);
  });

  it('who led the ended one and then contributed to the other has what it kept again, once that is over', async () => {
    const { lead, otherLead } = stage.people;
    succeeded(await merge(stage.people, stage.twins));
    expect((await otherLead.try('GET', `/v1/cases/${stage.twins.loser}`)).status).toBe(308);
    await lead.do(`/v1/cases/${stage.twins.survivor}/close`, { reason: 'need_met' });
    expect(await otherLead.get(`/v1/cases/${stage.twins.loser}`)).toMatchObject({
      participation: 'former_lead',
      resident: { lastName: stage.twins.otherName },
    });
    expect(await listed(otherLead, stage.twins.otherName)).toEqual({
      list: [stage.twins.survivor, stage.twins.loser].toSorted(),
      found: [stage.twins.loser],
    });
  });

  it('is sent no further than it knows: not into a third record that its own ended in after it had left', async () => {
    const { lead, otherLead, successor } = stage.people;
    succeeded(await merge(stage.people, stage.twins));
    await handOver(lead, successor, stage.twins.survivor);
    const third = await openTwice(stage.people);
    const before = [await lead.get(`/v1/cases/${stage.twins.survivor}`), await timeline(lead, stage.twins.survivor)];
    succeeded(await merge(stage.people, { loser: stage.twins.survivor, survivor: third.loser }));
    expect([await lead.get(`/v1/cases/${stage.twins.survivor}`), await timeline(lead, stage.twins.survivor)]).toEqual(
      before,
    );
    expect((await lead.try('GET', `/v1/cases/${stage.twins.loser}`)).headers.get('location')).toBe(
      `/v1/cases/${stage.twins.survivor}`,
    );
    for (const who of [otherLead, successor])
      expect((await who.try('GET', `/v1/cases/${stage.twins.loser}`)).headers.get('location')).toBe(
        `/v1/cases/${third.loser}`,
      );
  });
});
