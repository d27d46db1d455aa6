/** What is thought of later: said anew, merged, entered in error, erased, run out. */
import { addCalendarDays, type Uuid } from '@fil-rouge/kernel';
import { registerId } from '@fil-rouge/cases';
import { networkId } from '@fil-rouge/users';
import { newOutside, newReferral, newSession } from '../../journeys/driver';
import { today, firstDay } from '../../support/clock';
import { informed, pushTo, type Stage } from '../events.stage';

export const afterwards: Record<string, (stage: Stage) => Promise<Uuid[]>> = {
  'a referral whose contact is named later': async ({ open, refer, on, recipient }) => {
    const id = await open('Fulbert', 'Illusoire');
    const referral = await refer(id, recipient, 'email');
    await on(referral, [recipient, 'accept']);
    expect(
      (await recipient.try('PUT', `/v1/referrals/${referral}/contact`, { body: { contactUserId: recipient.id } }))
        .status,
    ).toBe(200);
    return [id];
  },

  'a draft that is worded anew until it is sent, and one that still is': async ({
    open,
    refer,
    on,
    sender,
    recipient,
    contributor,
  }) => {
    const id = await open('Eudoxie', 'Reformulée');
    const sent = await refer(id, contributor, 'email', { send: false });
    await on(
      sent,
      [
        sender,
        'edit',
        { toStructureId: recipient.structureId, needs: ['sante', 'email'], message: null, urgency: 'urgent' },
      ],
      [sender, 'send', informed()],
      [recipient, 'accept'],
    );
    await on(sent, [recipient, 'complete', { outcome: 'helped_partially', remainingNeeds: ['email'] }]);
    const {
      items: [left],
    } = await sender.get(`/v1/referrals?box=sent&status=draft`);
    await on(left!.id, [sender, 'edit', { contact: 'via_referrer', onwardAllowed: true }]);
    return [id];
  },

  'what a counsellor who leaves leaves behind': async ({ open, system, manager, recipient, sender }) => {
    const ids = [await open('Irène', 'Inventée'), await open('Joseph', 'Inventé'), await open('Karim', 'Inventé')];
    const drawUp = (reason?: string) =>
      manager.do('/v1/handover-batches', {
        kind: 'counsellor_leaves',
        userId: sender.id,
        ...(reason ? { reason } : {}),
      });
    const given = await drawUp();
    await manager.do(`/v1/handover-batches/${given.id}/cancel`);
    const { id } = await drawUp('Part à la retraite.');
    const close = { decision: 'close', reason: 'need_met' };
    const [first, second, third] = ids as [Uuid, Uuid, Uuid];
    await sender.do(`/v1/cases/${second}/referrals`, newReferral(recipient.structureId));
    await manager.do(`/v1/handover-batches/${id}/decisions`, {
      decisions: [
        { caseId: first, decision: 'structure', structureId: recipient.structureId },
        { caseId: second, ...close },
      ],
    });
    await manager.do(`/v1/handover-batches/${id}/start`, {
      decisions: [{ caseId: third, decision: 'colleague', counsellorId: manager.id }],
      acceptProposals: true,
    });
    await system.settle();
    await manager.do(`/v1/handover-batches/${id}/decisions`, {
      decisions: [{ caseId: second, ...close, cancelReferrals: true }],
    });
    await system.settle();
    await manager.do(`/v1/handover-batches/${id}/undo`, { reason: 'Reste finalement.' });
    return [given.id, id, ...ids];
  },

  'a contract runs out': async ({ manager, pass }) => {
    const { id } = await manager.do('/v1/users', {
      structureId: manager.structureId,
      role: 'counsellor',
      until: today(),
      name: 'Gonzague Éphémère',
      email: 'gonzague@example.org',
    });
    await pass(1);
    return [id];
  },

  'two records that become one': async ({
    open,
    refer,
    on,
    handOver,
    sender,
    recipient,
    contributor,
    unrelated,
    coordinator,
  }) => {
    const survivor = await open('Ysaline', 'Doublon');
    const { id: loser } = await contributor.do('/v1/cases', {
      resident: { firstName: 'Isaline', lastName: 'Doublons', birthYear: 1948, commune: '72264' },
      themes: ['sante'],
      informed: { on: today(), how: 'oral' },
      confirmNotDuplicate: true,
    });
    await contributor.do(`/v1/cases/${loser}/objections`, { against: unrelated.structureId, on: today(), how: 'oral' });
    await on(await refer(loser, recipient, 'email', {}, contributor), [recipient, 'accept']);
    await refer(loser, recipient, 'sante', { send: false }, contributor);
    await handOver(loser, contributor, pushTo(sender));
    await coordinator.do(`/v1/cases/${loser}/merge`, {
      intoCaseId: survivor,
      reason: 'Même personne, deux orthographes.',
    });
    return [survivor, loser];
  },

  'labels that a structure gives its sessions': async ({ open, sender, manager }) => {
    const id = await open('Ludivine', 'Étiquetée');
    const { id: session } = await sender.do(`/v1/cases/${id}/sessions`, newSession());
    const labels = { tags: [{ name: 'Seniors' }, { name: 'France Services' }] };
    const kept = await manager.try('PUT', `/v1/structures/${manager.structureId}/tags`, { body: labels });
    const { tags } = kept.body as unknown as { tags: { id: string }[] };
    const given = { tags: tags.map((tag) => tag.id) };
    expect((await sender.try('PUT', `/v1/cases/${id}/sessions/${session}/tags`, { body: given })).status).toBe(200);
    await sender.do(`/v1/cases/${id}/sessions`, newSession());
    return [id, manager.structureId];
  },

  'what was entered in error': async ({ open, refer, on, sender, recipient, pass }) => {
    const [id, other] = [await open('Odilon', 'Erroné'), await open('Odile', 'Erronée')];
    await on(await refer(id, recipient, 'email'), [recipient, 'accept']);
    const { id: first } = await recipient.do(
      `/v1/cases/${id}/sessions`,
      newSession({ date: today(), privateNote: 'À rappeler.' }),
    );
    await recipient.do(`/v1/cases/${id}/sessions/${first}/cancel`, {
      reason: 'other',
      comment: 'Séance d’une autre personne.',
    });
    const { id: moved } = await sender.do(
      `/v1/cases/${id}/sessions`,
      newSession({ summary: 'Impôts.', privateNote: 'Lundi.' }),
    );
    await sender.do(`/v1/cases/${id}/sessions/${moved}/move`, { toCaseId: other, reason: 'Homonyme.' });
    const { id: note } = await sender.do(`/v1/cases/${id}/notes`, {
      text: 'Rapelée, absente.',
      privateNote: 'Réessayer mardi.',
    });
    await sender.do(`/v1/cases/${id}/notes/${note}/corrections`, {
      text: 'Rappelée, absente.',
      privateNote: 'Réessayer mercredi.',
      reason: 'Faute de frappe.',
    });
    await sender.do(`/v1/cases/${id}/notes/${note}/cancel`, { reason: 'other', comment: 'Autre personne.' });
    const at = `${addCalendarDays(today(), 2)}T10:00`;
    for (const [verb, how] of [
      ['cancel', { by: 'resident', reason: 'other', comment: 'Malade.' }],
      [
        'move',
        { at: `${addCalendarDays(today(), 9)}T14:30`, place: 'domicile', text: 'Chez elle.', privateNote: 'Sonner.' },
      ],
    ] as const) {
      const { id: meeting } = await sender.do(`/v1/cases/${id}/appointments`, {
        ...{ at, minutes: 60, text: 'Apporter les papiers.', privateNote: 'Prévoir du temps.' },
      });
      await sender.do(`/v1/cases/${id}/appointments/${meeting}/${verb}`, how);
    }
    const { id: missed } = await sender.do(`/v1/cases/${id}/appointments`, { at: `${today()}T00:00`, minutes: 30 });
    await sender.do(`/v1/cases/${id}/appointments/${missed}/miss`);
    await sender.do(`/v1/cases/${id}/appointments/${missed}/miss/undo`);
    const { id: ahead } = await sender.do(`/v1/cases/${id}/appointments`, { at, minutes: 30 });
    await sender.do(`/v1/cases/${id}/appointments/${ahead}/reminder`, { email: 'rappel@example.org' });
    await sender.do(`/v1/cases/${id}/appointments/${ahead}/reminder/revoke`);
    await sender.do(`/v1/cases/${id}/appointments/${ahead}/reminder`, { email: 'rappel@example.org' });
    const { id: honoured } = await sender.do(`/v1/cases/${id}/appointments`, { at: `${today()}T00:00`, minutes: 30 });
    await sender.do(`/v1/cases/${id}/sessions`, newSession({ date: today(), appointmentId: honoured }));
    const outside = `/v1/cases/${id}/outside-referrals`;
    const { id: reported } = await sender.do(outside, newOutside({ name: 'Caf de papier', message: 'Un dossier.' }));
    await sender.do(`${outside}/${reported}/report`, { outcome: 'helped', comment: 'Déposé.' });
    await sender.do(`${outside}/${reported}/cancel`, { reason: 'duplicate', comment: 'Deux fois.' });
    await sender.do(outside, newOutside({ recipient: 'france_travail' }));
    for (const verb of ['reach', 'abandon']) {
      const goal = await sender.do(`/v1/cases/${id}/goals`, { text: 'Seule.', theme: 'email', steps: ['Ouvrir.'] });
      const [step] = (goal as unknown as { steps: { id: string }[] }).steps;
      await sender.do(`/v1/cases/${id}/goals/${goal.id}/step`, { stepId: step!.id });
      await sender.do(`/v1/cases/${id}/goals/${goal.id}/${verb}`, { comment: 'Bravo.' });
    }
    const held = {
      title: 'Premiers pas',
      date: firstDay(),
      minutes: 90,
      place: 'lieu_activite',
      themes: ['email'],
      anonymous: { total: 1 },
    };
    const { id: workshop } = await sender.do('/v1/workshops', {
      ...held,
      participants: [{ caseId: id }, { caseId: other }],
    });
    await sender.do(`/v1/workshops/${workshop}/corrections`, {
      minutes: 60,
      participants: [{ caseId: other }],
      reason: 'Mauvaise liste.',
    });
    await sender.do(`/v1/workshops/${workshop}/cancel`, { reason: 'other', comment: 'N’a pas eu lieu.' });
    // The clock reminds the day before.
    await pass(1);
    return [id, other, workshop];
  },

  'a record that is erased': async ({ open, refer, on, handOver, sender, recipient, contributor, administrator }) => {
    const id = await open('Mélanie', 'Oubliée');
    await sender.do(`/v1/cases/${id}/sessions`, newSession({ summary: 'Messagerie.' }));
    await on(await refer(id, recipient, 'email'), [recipient, 'accept']);
    await handOver(id, sender, pushTo(contributor));
    await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
    return [id];
  },

  'one need, several structures, other delays, and then silence': async ({
    open,
    on,
    administrator,
    sender,
    recipient,
    contributor,
    unrelated,
    pass,
  }) => {
    const set = async (path: string, body: object) =>
      expect((await administrator.try('PUT', path, { body })).status).toBe(200);
    await set('/v1/settings/delays', { reminders: [2, 5], coordinator: 5, silenceCalendarDays: 30 });
    await set(`/v1/structures/${recipient.structureId}/delays`, { answer: 10, late: 4 });
    const id = await open('Marceline', 'Chimérique');
    const asked = await sender.do(`/v1/cases/${id}/referrals`, {
      ...newReferral(''),
      toStructureId: undefined,
      toStructureIds: [recipient, contributor, unrelated].map(({ structureId }) => structureId),
    });
    const [, second] = asked.referrals;
    await on(second!.id, [contributor, 'accept']);
    await sender.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId, { needs: ['sante'] }));
    await pass(31);
    // An alert moves no last activity, but whatever is unheard of does.
    await sender.do(`/v1/cases/${id}/sessions`, newSession());
    await set('/v1/settings/delays', {});
    await set(`/v1/structures/${recipient.structureId}/delays`, {});
    return [id, networkId, recipient.structureId];
  },

  'records that fall due: one is kept, one erased under a slip, one left out of it': async ({
    open,
    sender,
    recipient,
    contributor,
    unrelated,
    administrator,
    pass,
  }) => {
    const names = ['Donatienne', 'Ermeline', 'Fridoline'];
    const [kept, erased, moved] = [
      await open(names[0]!, 'Conservée'),
      await open(names[1]!, 'Effacée'),
      await open(names[2]!, 'Revenue'),
    ];
    await sender.do(`/v1/cases/${kept}/close`, { reason: 'need_met' });
    await pass(730);
    await sender.do(`/v1/cases/${kept}/keep`, { reason: 'Une réclamation est en cours.' });
    await pass(30);
    // Whoever leads one of the other chapters' records keeps it: those are looked at afterwards.
    const due = (await administrator.get('/v1/retention?limit=100')) as unknown as {
      items: { caseId: Uuid; structure: { id: Uuid } }[];
    };
    for (const { caseId, structure } of due.items.filter((one) => ![erased, moved].includes(one.caseId)))
      await [sender, recipient, contributor, unrelated]
        .find(({ structureId }) => structureId === structure.id)
        ?.post(`/v1/cases/${caseId}/keep`, { reason: 'Sert encore.' });
    const drawUp = async () => (await administrator.do('/v1/eliminations')) as unknown as { id: string; hash: string };
    await administrator.do(`/v1/eliminations/${(await drawUp()).id}/withdrawal`);
    const { id, hash } = await drawUp();
    await sender.do(`/v1/cases/${moved}/notes`, { date: today(), text: 'Est revenue.' });
    await administrator.do(`/v1/eliminations/${id}/signature`, { hash, visa: 'AD72-2029-114' });
    await pass(1);
    return [kept, erased, moved, registerId];
  },
};
