import { rebuild } from '../support/rebuild';
import { newReferral, newSession, succeeded, type Person, type View } from './driver';
import { merge, openTwice, stageWithTwins } from './merge-story';

interface Task extends View {
  kind: string;
  referralId?: string;
}

/** What nobody could help with on the record that ended is somebody's to think about on the one that goes on. */
describe('tasks and a merge', () => {
  const stage = stageWithTwins();

  const tasks = async (who: Person, caseId = stage.twins.survivor) =>
    ((await who.all('/v1/tasks')) as Task[]).filter((task) => task.caseId === caseId);
  const asked = async (who: Person, caseId?: string) =>
    (await tasks(who, caseId)).map(({ kind, referralId }) => `${kind} ${referralId}`);
  const refer = async (from: Person, to: Person, more: object = {}, caseId = stage.twins.loser) =>
    (await from.do(`/v1/cases/${caseId}/referrals`, newReferral(to.structureId, { needs: ['sante'], ...more }))).id;
  const declined = async (from: Person, more: object = {}, caseId = stage.twins.loser) => {
    const id = await refer(from, stage.people.asked, more, caseId);
    await stage.people.asked.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
    return id;
  };
  const handOver = async (from: Person, to: Person, caseId: string) => {
    const { id } = await from.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: to.structureId,
      note: 'À suivre.',
    });
    await to.do(`/v1/handovers/${id}/accept`, { counsellorId: to.id });
  };

  it('the sender that goes on as a contributor keeps what was declined; the lead has it once the sender has left', async () => {
    const { lead, otherLead, helper, unrelated, coordinator } = stage.people;
    const id = await declined(otherLead);
    succeeded(await merge(stage.people, stage.twins));
    expect([await asked(otherLead), await asked(lead)]).toEqual([[`choose_other_structure ${id}`], []]);
    await lead.do(`/v1/cases/${stage.twins.survivor}/objections`, {
      against: otherLead.structureId,
      on: '2026-11-01',
      how: 'oral',
    });
    expect([await asked(otherLead), await asked(lead)]).toEqual([[], [`choose_other_structure ${id}`]]);
    for (const who of [unrelated, coordinator, stage.people.asked]) expect(await asked(who)).toEqual([]);
    await refer(lead, helper, { previousReferralId: id, needs: ['email'] }, stage.twins.survivor);
    expect(await asked(lead)).toEqual([]);
  });

  it('what a former lead of the ended record had sent, and what was given back, is for the lead of the one that goes on', async () => {
    const { lead, otherLead, otherHelper, successor } = stage.people;
    const [sent, returned] = [await declined(otherLead), await refer(otherLead, otherHelper, { needs: ['email'] })];
    await otherHelper.do(`/v1/referrals/${returned}/accept`);
    await otherHelper.do(`/v1/referrals/${returned}/return`, { reason: 'no_capacity' });
    await handOver(otherLead, successor, stage.twins.loser);
    succeeded(await merge(stage.people, stage.twins));
    const both = [`choose_other_structure ${sent}`, `propose_next_step ${returned}`].toSorted();
    expect([
      await asked(successor),
      (await asked(lead)).toSorted(),
      await asked(otherLead),
      await asked(otherLead, stage.twins.loser),
    ]).toEqual([[], both, [], []]);
    expect((await tasks(lead))[0]).toMatchObject({ assignee: { id: lead.id } });
    await lead.do(`/v1/cases/${stage.twins.survivor}/sessions`, newSession({ date: '2026-11-23', themes: ['sante'] }));
    expect(await asked(lead)).toEqual([`propose_next_step ${returned}`]);
    await lead.do(`/v1/cases/${stage.twins.survivor}/close`, { reason: 'need_met' });
    expect(await asked(lead)).toEqual([]);
  });

  it('a contributor that had referred on keeps what it sent, and hears of no other', async () => {
    const { lead, otherLead, otherHelper } = stage.people;
    const parent = await refer(otherLead, otherHelper, { onwardAllowed: true, needs: ['email'] });
    await otherHelper.do(`/v1/referrals/${parent}/accept`, { contactUserId: otherHelper.id });
    const id = await declined(otherHelper, { parentReferralId: parent });
    await declined(otherLead, { needs: ['culture_numerique'] });
    succeeded(await merge(stage.people, stage.twins));
    expect((await asked(otherHelper)).filter((task) => !task.startsWith('start'))).toEqual([
      `choose_other_structure ${id}`,
    ]);
    expect(await asked(lead)).toEqual([]);
  });

  it('of several for one need the last counts, on whichever of the two records it ended, or is still open', async () => {
    const { lead, otherLead, otherHelper } = stage.people;
    await declined(otherLead);
    const there = await refer(otherLead, otherHelper, { needs: ['sante', 'email'] });
    await declined(lead, { needs: ['culture_numerique'] }, stage.twins.survivor);
    const here = await declined(lead, { needs: ['bureautique'] }, stage.twins.survivor);
    stage.system.clock.advance({ days: 1 });
    const later = await declined(otherLead, { needs: ['culture_numerique'] });
    succeeded(await merge(stage.people, stage.twins));
    await lead.do(`/v1/cases/${stage.twins.survivor}/objections`, {
      against: otherLead.structureId,
      on: '2026-11-01',
      how: 'oral',
    });
    expect((await asked(lead)).toSorted()).toEqual(
      [here, later].map((id) => `choose_other_structure ${id}`).toSorted(),
    );
    await otherHelper.do(`/v1/referrals/${there}/decline`, { reason: 'no_capacity' });
    expect((await asked(lead)).toSorted()).toEqual(
      [here, later, there].map((id) => `choose_other_structure ${id}`).toSorted(),
    );
  });

  it('goes on through a second merge, and is over after sixty days', async () => {
    const { lead, otherLead, successor } = stage.people;
    const id = await declined(otherLead);
    await handOver(otherLead, successor, stage.twins.loser);
    succeeded(await merge(stage.people, stage.twins));
    const third = await openTwice(stage.people);
    succeeded(await merge(stage.people, { loser: stage.twins.survivor, survivor: third.loser }));
    expect([await asked(otherLead, third.loser), await asked(lead, third.loser), await asked(lead)]).toEqual([
      [`choose_other_structure ${id}`],
      [],
      [],
    ]);
    stage.system.clock.advance({ days: 61 });
    expect((await asked(otherLead, third.loser)).filter((task) => task.startsWith('choose'))).toEqual([]);
  });

  it('a coordinator voids what ended there, in the log of the record that goes on', async () => {
    const { otherLead, otherHelper, coordinator } = stage.people;
    const [id, open] = [await declined(otherLead), await refer(otherLead, otherHelper, { needs: ['email'] })];
    expect((await coordinator.get(`/v1/referrals/${id}`)).actions).toEqual(['void']);
    succeeded(await merge(stage.people, stage.twins));
    expect((await coordinator.get(`/v1/referrals/${id}`)).actions).toEqual(['void']);
    expect((await coordinator.all('/v1/referrals')).find((one) => one.id === id)!.actions).toEqual(['void']);
    expect((await coordinator.get(`/v1/referrals/${open}`)).actions).toEqual(['withdraw', 'void']);
    expect(await coordinator.do(`/v1/referrals/${id}/void`, { reason: 'Erreur.' })).toMatchObject({
      status: 'entered_in_error',
      actions: [],
    });
    expect(await coordinator.post(`/v1/referrals/${id}/void`, { reason: 'Erreur.' })).toMatchObject({
      status: 409,
      body: { status: 'entered_in_error' },
    });
    expect(await rebuild(stage.system.database)).toEqual([]);
    expect((await coordinator.get(`/v1/referrals/${id}`)).status).toBe('entered_in_error');
  });
});
