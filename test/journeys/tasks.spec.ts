import { newCase, newReferral, newSession, Person } from './driver';
import { everybody, open, people, refer, system, type Task } from './tasks-story';

describe('tasks', () => {
  everybody();

  /** Of one case, in the order of the list. */
  const tasks = async (who: Person, caseId: string, query = '?mine=true') =>
    ((await who.all(`/v1/tasks${query}`)) as unknown as Task[]).filter((task) => task.caseId === caseId);
  const kinds = async (who: Person, caseId: string, query?: string) =>
    (await tasks(who, caseId, query)).map(({ kind }) => kind);

  // First: a commit on all of somebody's cases is of the latest of their moments, and below the clock goes back.
  it('ask who may to decide on what is left behind', async () => {
    const { lead, leadManager, coordinator } = people;
    const caseId = await open();
    const decisions = async (who: Person) =>
      ((await who.all('/v1/tasks?mine=true')) as unknown as (Task & { handoverBatchId?: string })[]).filter(
        ({ kind }) => kind === 'decide_batch',
      );
    const batch = await leadManager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: lead.id });
    expect([await decisions(leadManager), await decisions(coordinator), await decisions(lead)]).toEqual([
      [expect.objectContaining({ handoverBatchId: batch.id, title: expect.stringMatching(/^Suivis à confier/) })],
      [],
      [],
    ]);
    await leadManager.do(`/v1/handover-batches/${batch.id}/cancel`);
    expect(await decisions(leadManager)).toEqual([]);
    const others = await coordinator.do('/v1/handover-batches', {
      kind: 'counsellor_leaves',
      userId: lead.id,
      structureId: lead.structureId,
    });
    expect(await decisions(coordinator)).toEqual([
      expect.objectContaining({
        handoverBatchId: others.id,
        title: expect.stringMatching(/Sarthe\u00a0: suivis à confier/),
      }),
    ]);
    await coordinator.do(`/v1/handover-batches/${others.id}/cancel`);
    expect(await kinds(lead, caseId)).toEqual([]);
  });

  it('follow a referral from hand to hand', async () => {
    const { lead, leadManager, post, postManager } = people;
    const caseId = await open();
    const id = await refer(caseId, { send: false });
    expect(await tasks(lead, caseId)).toEqual([
      expect.objectContaining({
        id: `send_draft-${id}`,
        kind: 'send_draft',
        referralId: id,
        caseId,
        late: false,
        assignee: expect.objectContaining({ id: lead.id }),
        title: 'La Poste\u00a0: brouillon d’orientation à compléter et à envoyer',
      }),
    ]);
    expect([await kinds(leadManager, caseId), await kinds(leadManager, caseId, '')]).toEqual([[], ['send_draft']]);

    await lead.do(`/v1/referrals/${id}/send`);
    expect([
      await kinds(lead, caseId),
      await kinds(postManager, caseId),
      await kinds(post, caseId),
      await kinds(post, caseId, ''),
    ]).toEqual([[], ['answer_referral'], [], ['answer_referral']]);
    expect((await tasks(postManager, caseId))[0]?.title).toMatch(/Sarthe\u00a0: orientation à accepter ou à refuser$/);
    const { dueAt } = await post.get(`/v1/referrals/${id}`);
    expect((await tasks(postManager, caseId))[0]).toMatchObject({ dueAt, late: false });
    system.clock.advance({ days: 13 });
    expect((await tasks(postManager, caseId))[0]).toMatchObject({ dueAt, late: true });

    await post.do(`/v1/referrals/${id}/accept`);
    expect([await kinds(postManager, caseId), await kinds(lead, caseId)]).toEqual([['assign_contact'], []]);
    await post.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2026-11-23' }));
    expect([await kinds(postManager, caseId), await kinds(post, caseId)]).toEqual([[], []]);

    await lead.do(`/v1/referrals/${id}/request-cancellation`, { reason: 'Aidé ailleurs.' });
    expect(await kinds(postManager, caseId)).toEqual(['agree_cancellation']);
    await post.do(`/v1/referrals/${id}/hold`, { reason: 'waiting_list', until: '2026-12-18' });
    expect(await tasks(postManager, caseId)).toMatchObject([
      { kind: 'agree_cancellation' },
      { kind: 'resume_referral', dueAt: '2026-12-18T22:59:59.999Z' },
    ]);
    await post.do(`/v1/referrals/${id}/return`, { reason: 'no_capacity' });
    expect([await kinds(postManager, caseId, ''), await kinds(lead, caseId)]).toEqual([[], ['propose_next_step']]);

    const again = await refer(caseId, { toStructureId: people.afpa.structureId, previousReferralId: id });
    expect([await kinds(lead, caseId), await kinds(people.afpa, caseId, '')]).toEqual([[], ['answer_referral']]);
    await people.afpa.do(`/v1/referrals/${again}/decline`, { reason: 'no_capacity' });
    expect(await kinds(lead, caseId)).toEqual(['choose_other_structure']);
    await lead.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
    expect(await kinds(lead, caseId)).toEqual([]);
  });

  it('name the contact of an accepted referral, whose first session is due, and late, until it is recorded', async () => {
    const { post, postManager } = people;
    const caseId = await open();
    const id = await refer(caseId);
    await post.do(`/v1/referrals/${id}/accept`, { contactUserId: post.id });
    const [task] = await tasks(post, caseId);
    expect(task).toMatchObject({
      kind: 'start_referral',
      late: false,
      dueAt: '2026-12-14T08:00:00.000Z',
      assignee: { id: post.id },
    });
    expect(await kinds(postManager, caseId)).toEqual([]);
    system.clock.set('2026-12-15T09:00:00.000Z');
    await system.settle();
    expect((await tasks(post, caseId))[0]).toMatchObject({ id: task!.id, late: true });
    expect(await post.get(`/v1/referrals/${id}`)).not.toHaveProperty('dueAt');
  });

  it('end with a session on the need, and after sixty days; an expiry asks for another structure', async () => {
    const { lead } = people;
    const [helped, left] = [await open(), await open()];
    await refer(helped);
    await refer(left);
    system.clock.set('2027-01-04T09:00:00.000Z');
    await system.settle();
    expect([await kinds(lead, helped), await kinds(lead, left)]).toEqual([
      ['choose_other_structure'],
      ['choose_other_structure'],
    ]);
    await lead.do(
      `/v1/cases/${helped}/sessions`,
      newSession({ date: '2027-01-04', themes: ['banque_et_achats_en_ligne'] }),
    );
    expect(await kinds(lead, helped)).toEqual([]);
    system.clock.set('2027-03-10T09:00:00.000Z');
    expect(await tasks(lead, left)).toMatchObject([{ kind: 'review_case', late: true }]);
    await lead.do(`/v1/cases/${left}/sessions`, newSession({ date: '2027-03-10' }));
    expect(await kinds(lead, left)).toEqual([]);
  });

  it('wait for the last of several asked at once for one need', async () => {
    const { lead, post, afpa } = people;
    const caseId = await open();
    const [first, second] = [await refer(caseId), await refer(caseId, { toStructureId: afpa.structureId })];
    await afpa.do(`/v1/referrals/${second}/decline`, { reason: 'no_capacity' });
    expect(await kinds(lead, caseId)).toEqual([]);
    await post.do(`/v1/referrals/${first}/decline`, { reason: 'no_capacity' });
    expect((await tasks(lead, caseId)).map(({ referralId }) => referralId)).toEqual([first]);
  });

  it('go with the lead: the next lead hears of what the former one had sent', async () => {
    const { lead, post, afpa } = people;
    const caseId = await open();
    const id = await refer(caseId);
    const handover = await lead.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: afpa.structureId,
      note: 'Entre en formation.',
    });
    expect(await tasks(afpa, caseId, '')).toMatchObject([
      { kind: 'answer_handover', handoverId: handover.id, dueAt: handover.dueAt },
    ]);
    expect(await kinds(lead, caseId, '')).toEqual([]);
    await afpa.do(`/v1/handovers/${handover.id}/accept`);
    expect(await kinds(afpa, caseId, '')).toEqual(['assign_counsellor']);
    await afpa.do(`/v1/cases/${caseId}/assignments`, { counsellorId: afpa.id });
    expect(await kinds(afpa, caseId, '')).toEqual([]);
    await post.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
    expect([await kinds(lead, caseId, ''), await kinds(afpa, caseId)]).toEqual([[], ['choose_other_structure']]);
  });

  it('give a handover that came to nothing back to the lead, and one that nobody answered to the coordinator', async () => {
    const { lead, afpa, coordinator } = people;
    const [refused, silent] = [await open(), await open()];
    const push = (caseId: string) =>
      lead.do(`/v1/cases/${caseId}/handovers`, {
        kind: 'push',
        toStructureId: afpa.structureId,
        note: 'Entre en formation.',
      });
    await afpa.do(`/v1/handovers/${(await push(refused)).id}/decline`, { reason: 'Pas de place.' });
    expect(await tasks(lead, refused)).toMatchObject([
      {
        kind: 'choose_other_lead',
        assignee: { id: lead.id },
        title: expect.stringMatching(/^Afpa.*\u00a0: passation refusée/),
      },
    ]);
    await afpa.do(`/v1/handovers/${(await push(refused)).id}/decline`, { reason: 'Toujours pas.' });
    expect(await kinds(lead, refused)).toEqual(['choose_other_lead']);
    await lead.do(`/v1/cases/${refused}/sessions`, newSession({ date: '2026-11-23' }));
    system.clock.advance({ days: 1 });
    await lead.do(`/v1/cases/${refused}/sessions`, newSession({ date: '2026-11-24' }));
    expect(await kinds(lead, refused)).toEqual([]);

    const referral = (await lead.do(`/v1/cases/${silent}/referrals`, newReferral(afpa.structureId))).id;
    await afpa.do(`/v1/referrals/${referral}/accept`);
    await afpa.do(`/v1/cases/${silent}/handovers`, { kind: 'pull', note: 'Nous la voyons chaque semaine.' });
    expect([await kinds(lead, silent), await kinds(coordinator, silent)]).toEqual([['answer_handover'], []]);
    system.clock.advance({ days: 16 });
    await system.settle();
    expect([await kinds(lead, silent), await kinds(coordinator, silent)]).toEqual([[], ['decide_lead']]);
    await coordinator.do(`/v1/cases/${silent}/handovers`, {
      kind: 'administrative',
      toStructureId: afpa.structureId,
      reason: 'Sans réponse.',
    });
    expect(await kinds(coordinator, silent)).toEqual([]);
  });

  it('fall to the managers when the named person works there no more', async () => {
    const { colleague, leadManager } = people;
    const caseId = (await colleague.do('/v1/cases', newCase())).id;
    const referral = await colleague.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(people.post.structureId, { send: false }),
    );
    expect([await kinds(colleague, caseId), await kinds(leadManager, caseId)]).toEqual([['send_draft'], []]);
    await system.database.query(`update employment set ended = true where user_id = $1`, [colleague.id]);
    expect((await tasks(leadManager, caseId)).map(({ id }) => id)).toEqual([
      `assign_counsellor-${caseId}`,
      `send_draft-${referral.id}`,
    ]);
  });
});
