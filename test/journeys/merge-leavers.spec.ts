import { startSystem, type TestSystem } from '../support/system';
import { newReferral, newSession, succeeded, type Person } from './driver';
import { assemble, merge, openTwice, timeline, type People, type Twins } from './merge-story';

/** Whoever had left one of the two records before the merge keeps what it had there, and hears of nothing that came later. */
describe('who had left before two records became one', () => {
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

  /** A contributor that has accepted, written something and finished. */
  const helped = async (who: Person, lead: Person, caseId: string, summary: string) => {
    const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(who.structureId));
    await who.do(`/v1/referrals/${id}/accept`);
    const session = await who.do(`/v1/cases/${caseId}/sessions`, newSession({ summary }));
    await who.do(`/v1/referrals/${id}/complete`, { outcome: 'helped' });
    return { referral: id, session: session.id };
  };
  const handOver = async (from: Person, to: Person, caseId: string) => {
    const { id } = await from.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: to.structureId, note: 'À suivre.' });
    await to.do(`/v1/handovers/${id}/accept`);
  };
  const listed = async (who: Person, name: string) => ({
    list: (await who.all('/v1/cases')).map(({ id }) => id).filter((id) => [twins.loser, twins.survivor].includes(id)).toSorted(),
    found: (await who.do('/v1/cases/search', { name })).items.map(({ id }) => id),
  });

  it('the record that goes on names to a former participant only what ended in it while it took part', async () => {
    const { lead, helper, successor, coordinator } = people;
    await helped(helper, lead, twins.survivor, 'Aide terminée.');
    await handOver(lead, successor, twins.survivor);
    const before = [await helper.get(`/v1/cases/${twins.survivor}`), await lead.get(`/v1/cases/${twins.survivor}`)];
    succeeded(await merge(people, twins));
    expect([await helper.get(`/v1/cases/${twins.survivor}`), await lead.get(`/v1/cases/${twins.survivor}`)]).toEqual(before);
    expect(JSON.stringify(before)).not.toContain(twins.loser);
    for (const who of [successor, coordinator]) expect(await who.get(`/v1/cases/${twins.survivor}`)).toMatchObject({ mergedFrom: [twins.loser] });
    await handOver(successor, lead, twins.survivor);
    expect(await successor.get(`/v1/cases/${twins.survivor}`)).toMatchObject({ participation: 'former_lead', mergedFrom: [twins.loser] });
  });

  it('the ended one does not exist for who never took part in it, nor anything below', async () => {
    const { lead, helper, successor, otherLead } = people;
    await helped(helper, lead, twins.survivor, 'Aide terminée.');
    await handOver(lead, successor, twins.survivor);
    const { id: session } = await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession());
    succeeded(await merge(people, twins));
    for (const who of [helper, lead]) {
      for (const path of ['', '/timeline', '/readings', `/sessions/${session}`]) {
        expect([path, (await who.try('GET', `/v1/cases/${twins.loser}${path}`)).status]).toEqual([path, 404]);
      }
      for (const [path, body] of [['sessions', newSession()], ['close', { reason: 'need_met' }], ['referrals', newReferral(people.asked.structureId)]] as const) {
        const refused = await who.post(`/v1/cases/${twins.loser}/${path}`, body);
        expect([path, refused.status]).toEqual([path, 404]);
        expect(refused.text).not.toContain(twins.survivor);
      }
    }
  });

  it('a former lead of the ended one keeps its row and its sheet, whatever old row it has on the other', async () => {
    const { lead, otherLead, successor } = people;
    await helped(otherLead, lead, twins.survivor, 'Aide de La Poste.');
    const { id: session } = await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Suivi de La Poste.' }));
    await handOver(otherLead, successor, twins.loser);
    const read = async () => ({
      ...(await listed(otherLead, twins.otherName)),
      case: await otherLead.get(`/v1/cases/${twins.loser}`), timeline: await timeline(otherLead, twins.loser), session: await otherLead.get(`/v1/cases/${twins.loser}/sessions/${session}`),
      other: await otherLead.get(`/v1/cases/${twins.survivor}`), otherTimeline: await timeline(otherLead, twins.survivor),
    });
    const before = await read();
    expect(before.case).toMatchObject({ participation: 'former_lead', resident: { lastName: twins.otherName } });
    succeeded(await merge(people, twins));
    expect(await read()).toEqual(before);
  });

  it('who had been in both sees its entries in each, and not the one in the other', async () => {
    const { lead, otherLead, helper } = people;
    const [here, there] = [await helped(helper, lead, twins.survivor, 'Aide ici.'), await helped(helper, otherLead, twins.loser, 'Aide là.')];
    const read = () => Promise.all([twins.survivor, twins.loser].flatMap((id) => [timeline(helper, id), helper.get(`/v1/cases/${id}`)]));
    const before = await read();
    succeeded(await merge(people, twins));
    expect(await read()).toEqual(before);
    expect((await helper.get(`/v1/cases/${twins.survivor}`)).referrals.map(({ id }) => id)).toEqual([here.referral]);
    expect((await helper.try('GET', `/v1/cases/${twins.survivor}/sessions/${there.session}`)).status).toBe(404);
  });

  it('who led the ended one and then contributed to the other has what it kept again, once that is over', async () => {
    const { lead, otherLead } = people;
    succeeded(await merge(people, twins));
    expect((await otherLead.try('GET', `/v1/cases/${twins.loser}`)).status).toBe(308);
    await lead.do(`/v1/cases/${twins.survivor}/close`, { reason: 'need_met' });
    expect(await otherLead.get(`/v1/cases/${twins.loser}`)).toMatchObject({ participation: 'former_lead', resident: { lastName: twins.otherName } });
    expect(await listed(otherLead, twins.otherName)).toEqual({ list: [twins.survivor, twins.loser].toSorted(), found: [twins.loser] });
  });

  it('is sent no further than it knows: not into a third record that its own ended in after it had left', async () => {
    const { lead, otherLead, successor } = people;
    succeeded(await merge(people, twins));
    await handOver(lead, successor, twins.survivor);
    const third = await openTwice(people);
    const before = [await lead.get(`/v1/cases/${twins.survivor}`), await timeline(lead, twins.survivor)];
    succeeded(await merge(people, { loser: twins.survivor, survivor: third.loser }));
    expect([await lead.get(`/v1/cases/${twins.survivor}`), await timeline(lead, twins.survivor)]).toEqual(before);
    expect((await lead.try('GET', `/v1/cases/${twins.loser}`)).headers.get('location')).toBe(`/v1/cases/${twins.survivor}`);
    for (const who of [otherLead, successor]) expect((await who.try('GET', `/v1/cases/${twins.loser}`)).headers.get('location')).toBe(`/v1/cases/${third.loser}`);
  });
});
