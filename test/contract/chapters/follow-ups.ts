/** What happens to a follow-up: referrals, handovers, decisions of the State. */
import type { Uuid } from '@fil-rouge/kernel';
import { newOutside, newSession, Person, succeeded } from '../../journeys/driver';
import { today, firstDay } from '../../support/clock';
import { pdf, png, upload } from '../../support/files';
import { informed, inSarthe, opening, pushTo, type Stage } from '../events.stage';

const noLonger = { reason: 'Le besoin a changé.' };

export const followUps: Record<string, (stage: Stage) => Promise<Uuid[]>> = {
  'a follow-up, corrected, closed and reopened': async ({ open, sender, manager, unrelated }) => {
    const id = await open('Odette', 'Fictif', {
      resident: { phone: '06 39 98 01 01', email: 'odette@example.org', gender: 'feminin', status: 'retraite' },
      summary: 'Vient avec sa tablette.',
    });
    const on = (what: string, body: object, by = sender) => by.do(`/v1/cases/${id}/${what}`, body);
    const session = await on(
      'sessions',
      newSession({
        themes: ['email', 'aide_aux_demarches_administratives', 'argent_impots'],
        autonomy: 'partiellement_autonome',
        summary: 'Messagerie.',
        privateNote: 'Rappeler.',
      }),
    );
    await on(`sessions/${session.id}/corrections`, {
      minutes: 45,
      summary: null,
      privateNote: 'Rappelée.',
      reason: 'Durée inexacte.',
    });
    await on('corrections', { resident: { lastName: 'Fictive', phone: null, commune: '72181' } });
    await on('corrections', { themes: ['email', 'sante'], summary: 'Apprendre à lire ses messages.' });
    await on('assignments', { counsellorId: manager.id }, manager);
    await on('assignments', { counsellorId: sender.id });
    for (const against of [unrelated.structureId, 'all']) {
      const { objections } = await on('objections', { against, on: today(), how: 'phone' });
      if (against !== 'all') await on(`objections/${objections[0]!.id}/end`, {});
    }
    const workshop = await sender.do('/v1/workshops', {
      title: 'Premiers pas',
      date: firstDay(),
      minutes: 120,
      place: 'lieu_activite',
      commune: '72264',
      themes: ['email'],
      level: 'debutant',
      participants: [{ caseId: id }],
      anonymous: { total: 3, byAge: { soixante_dix_plus: 2 }, byGender: { feminin: 1 }, byStatus: { retraite: 2 } },
    });
    await on('close', { reason: 'need_met' });
    await on('reopen', { reason: 'Nouvelle demande.' });
    return [id, workshop.id];
  },

  'referrals that are answered': async ({
    open,
    refer,
    on,
    sender,
    recipient,
    contributor,
    unrelated,
    coordinator,
  }) => {
    const id = await open('Basile', 'Inventé');
    const partly = await refer(id, recipient, 'email', { send: false, urgency: 'urgent', onwardAllowed: true });
    await on(
      partly,
      [sender, 'send', informed()],
      [recipient, 'acknowledge'],
      [recipient, 'accept', { contactUserId: recipient.id }],
    );
    const onward = await refer(id, contributor, 'securite_numerique', { parentReferralId: partly }, recipient);
    await recipient.do(`/v1/cases/${id}/sessions`, newSession({ referralId: partly }));
    await on(
      partly,
      [recipient, 'hold'],
      [recipient, 'resume'],
      [
        recipient,
        'complete',
        { outcome: 'helped_partially', remainingNeeds: ['bureautique'], comment: 'Reste le traitement de texte.' },
      ],
    );
    await on(
      onward,
      [contributor, 'accept'],
      [contributor, 'return', { reason: 'out_of_scope', comment: 'Demande autre chose.' }],
    );
    const to = (need: string) => refer(id, unrelated, need);
    const closed = { reason: 'other', comment: 'Fermé en août.', betterStructureId: contributor.structureId };
    await on(await to('email'), [unrelated, 'decline', closed]);
    await on(await to('email'), [sender, 'withdraw', { reason: 'changed_mind', comment: 'Se débrouille.' }]);
    await on(
      await to('sante'),
      [unrelated, 'accept'],
      [sender, 'request-cancellation'],
      [unrelated, 'agree-cancellation'],
    );
    await on(await to('sante'), [unrelated, 'accept'], [coordinator, 'cancel']);
    await on(await to('culture_numerique'), [unrelated, 'acknowledge'], [coordinator, 'void']);
    await on(onward, [coordinator, 'void']);
    // Left open, so that the state holds every shape of one.
    const again = await refer(id, recipient, 'sante', { previousReferralId: partly });
    await on(
      again,
      [recipient, 'accept', { contactUserId: recipient.id }],
      [recipient, 'hold'],
      [sender, 'request-cancellation'],
    );
    await on(await to('reseaux_sociaux'), [unrelated, 'acknowledge']);
    return [id];
  },

  'referrals nobody answers': async ({ open, refer, on, recipient, contributor, unrelated, pass }) => {
    const id = await open('Côme', 'Imaginaire');
    await refer(id, unrelated, 'email');
    await on(await refer(id, recipient, 'email'), [recipient, 'acknowledge']);
    await on(await refer(id, contributor, 'bureautique'), [contributor, 'accept']);
    await pass(50);
    return [id];
  },

  'decisions of the State and what waits for them': async (stage) => {
    const { system, open, refer, on, decide, administrator, coordinator, sender, pass } = stage;
    const id = await open('Délia', 'Supposée', { resident: { commune: '72181' } });
    const manager = await Person.signIn(
      system.baseUrl,
      system.account('responsable', 'asso-en-attente'),
      system.password,
    );
    const declare = async (name: string) =>
      ({ structureId: (await coordinator.do('/v1/structures', { name, ...inSarthe })).id }) as Person;
    const [refused, forgotten] = [await declare('Association des Deux Rives'), await declare('Les Souris savantes')];
    const released = await refer(id, manager, 'email');
    const draft = await refer(id, manager, 'sante', { send: false });
    await on(draft, [sender, 'send', informed()]);
    await refer(id, refused, 'email');
    await refer(id, forgotten, 'email');
    const offer = {
      services: inSarthe.services,
      communes: inSarthe.communes,
      acceptsReferrals: true,
      capacity: 'waiting_list',
    };
    const { status } = await manager.try('PUT', `/v1/structures/${manager.structureId}/offer`, { body: offer });
    expect(status).toBe(200);
    await decide(manager.structureId, 'active');
    await on(released, [manager, 'accept']);
    await decide(refused.structureId, 'refused', 'awaiting_state_validation');
    await sender.do(`/v1/cases/${id}/outside-referrals`, newOutside());
    await pass(62);
    await decide(manager.structureId, 'suspended', 'active', 'closed');
    const dissolved = { status: 'closed', decidedOn: today(), reason: 'Dissoute.', successorId: sender.structureId };
    await administrator.do(`/v1/structures/${forgotten.structureId}/decisions`, dissolved);
    return [id, manager.structureId, refused.structureId, forgotten.structureId, sender.structureId];
  },

  'what ends everything at once': async ({ open, refer, on, handOver, sender, recipient, contributor, unrelated }) => {
    const full = async (firstName: string) => {
      const id = await open(firstName, 'Controuvé');
      await on(await refer(id, recipient, 'email'), [recipient, 'accept']);
      await refer(id, unrelated, 'sante', { send: false });
      await handOver(id, sender, pushTo(recipient));
      return id;
    };
    const ids = [await full('Edmée'), await full('Firmin'), await full('Gaspard')];
    await sender.do(`/v1/cases/${ids[0]}/objections`, { against: recipient.structureId, on: today(), how: 'oral' });
    await handOver(ids[0]!, sender, pushTo(contributor));
    await sender.do(`/v1/cases/${ids[1]}/close`, { reason: 'moved_out', cancelReferrals: true });
    await sender.do(`/v1/cases/${ids[2]}/close`, { reason: 'deceased' });
    return ids;
  },

  'handovers of every kind': async ({
    system,
    open,
    handOver,
    sender,
    manager,
    recipient,
    contributor,
    unrelated,
    coordinator,
    pass,
  }) => {
    const id = await open('Honorine', 'Prétendue');
    const answer = (handover: Uuid, by: Person, verb: string, body: object = {}) =>
      by.do(`/v1/handovers/${handover}/${verb}`, body);
    const later = () => new Date(Date.parse(system.clock.now()) + 10 * 86_400_000).toISOString();
    await handOver(id, manager, {
      kind: 'internal',
      toCounsellorId: manager.id,
      reason: 'Congé.',
      note: 'Tout est à jour.',
    });
    await answer(await handOver(id, sender, pushTo(recipient)), recipient, 'decline', noLonger);
    await answer(await handOver(id, sender, pushTo(recipient)), sender, 'withdraw');
    await handOver(id, sender, pushTo(recipient));
    await pass(20);
    const suggested = await handOver(id, sender, {
      ...pushTo(recipient),
      toCounsellorId: recipient.id,
      effectiveAt: later(),
    });
    await answer(suggested, recipient, 'accept');
    await answer(suggested, sender, 'cancel', noLonger);
    await answer(await handOver(id, sender, pushTo(recipient)), recipient, 'accept', { counsellorId: recipient.id });
    const pull = { kind: 'pull', note: 'Revient nous voir.' };
    await answer(await handOver(id, sender, pull), recipient, 'decline', noLonger);
    await answer(await handOver(id, sender, { ...pull, toCounsellorId: sender.id }), recipient, 'accept', {
      effectiveAt: later(),
    });
    await pass(11);
    await handOver(id, recipient, pull);
    await pass(20);
    await handOver(id, sender, pushTo(contributor));
    await handOver(id, coordinator, {
      kind: 'administrative',
      toStructureId: unrelated.structureId,
      reason: 'Fermeture de l’antenne.',
    });
    await handOver(id, unrelated, pushTo(contributor));
    return [id];
  },

  'files joined to a session and a referral, and taken away': async ({ open, refer, sender, recipient }) => {
    const id = await open('Zénaïde', 'Fictif');
    const session = await sender.do(`/v1/cases/${id}/sessions`, newSession());
    for (const entry of [`cases/${id}/sessions/${session.id}`, `referrals/${await refer(id, recipient, 'email')}`]) {
      const at = `/v1/${entry}/attachments`;
      await upload(sender, at, png(), { name: 'lettre.png' });
      const { id: file } = succeeded(await upload(sender, at, pdf())).body;
      await sender.do(`${at}/${file}/remove`, { reason: 'other', comment: 'Document d’une autre personne.' });
    }
    return [id];
  },

  'a request to join a case one may not see': async ({ open, sender, recipient }) => {
    const id = await open('Isidore', 'Hypothétique');
    const join = async (as?: 'contributor') => {
      const { body } = await recipient.post('/v1/cases', {
        ...opening('Isidore', 'Hypothétique'),
        confirmNotDuplicate: false,
      });
      const { matchToken } = body as unknown as { matchToken: string };
      return (await recipient.do('/v1/join-requests', { matchToken, reason: 'Suivi chez nous aussi.', as })).id;
    };
    await sender.do(`/v1/handovers/${await join('contributor')}/decline`, noLonger);
    await sender.do(`/v1/handovers/${await join('contributor')}/accept`);
    await recipient.do(`/v1/cases/${id}/leave`, { reason: 'Se débrouille seul.' });
    await sender.do(`/v1/handovers/${await join()}/decline`, noLonger);
    await recipient.do(`/v1/handovers/${await join()}/withdraw`);
    await sender.do(`/v1/handovers/${await join()}/accept`);
    return [id];
  },
};
