import { addCalendarDays } from '@fil-rouge/kernel';
import { today } from '../support/clock';
import { pdf, upload } from '../support/files';
import type { TestSystem } from '../support/system';
import { newOutside, newReferral, newSession, Person, succeeded } from '../journeys/driver';

/** The columns of docs/who-sees-what.md, the network's roles once more in and out of bounds, and somebody the case has nothing to do with. */
export const readers = [
  'candidate',
  'contributor',
  'lead',
  'formerLead',
  'formerContributor',
  'refused',
  'coordinator',
  'coordinatorElsewhere',
  'auditor',
  'auditorWithReason',
  'stranger',
] as const;
export type Reader = (typeof readers)[number];
export type Ending = 'declined' | 'withdrawn' | 'expired';

/** One case in which each of them has its part, told in words that occur nowhere else. */
export interface World {
  people: Record<Reader, Person>;
  caseId: string;
  /** Of somebody who looks like the same person. */
  twin: string;
  referrals: Record<'contributors' | 'formerContributors' | 'candidates' | 'refused' | 'later', string>;
  handoverId: string;
  sessions: Record<
    'ofFormerLead' | 'ofContributor' | 'ofFormerContributor' | 'ofLead' | 'laterOfContributor' | 'laterOfFormerLead',
    string
  >;
  workshopId: string;
  noteId: string;
  appointmentId: string;
  goalId: string;
  outsideId: string;
  /** Addresses of files: of the former lead’s session, of the lead’s, of what the candidate is asked. */
  files: Record<'before' | 'after' | 'asked', string>;
}

const commune = '72181';
const resident = {
  firstName: 'Prenomavant',
  lastName: 'Nomavant',
  birthName: 'Naissanceavant',
  birthYear: 1949,
  phone: '0639980001',
  email: 'avant@exemple.fr',
  commune,
  gender: 'feminin',
  status: 'retraite',
};
const corrected = {
  firstName: 'Prenomapres',
  lastName: 'Nomapres',
  birthName: 'Naissanceapres',
  birthYear: 1951,
  phone: '0639980002',
  email: 'apres@exemple.fr',
  commune: '72154',
  gender: 'non_communique',
  status: 'en_emploi',
};

/** Moves the clock by two months in the middle when the refused recipient is to let the time pass. */
export async function buildWorld(system: TestSystem, ending: Ending): Promise<World> {
  const people = await enter(system);
  const { formerLead, contributor, formerContributor, candidate, refused, lead, coordinator } = people;
  void coordinator;
  const session = (words: string, more: object = {}) =>
    newSession({
      date: '2026-11-23',
      commune: undefined,
      procedure: `Texte demarche${words}`,
      summary: `Texte ${words}`,
      privateNote: `Note ${words}`,
      ...more,
    });
  const record = async (by: Person, words: string) => (await by.do(`/v1/cases/${caseId}/sessions`, session(words))).id;
  const refer = async (by: Person, to: Person, words: string, more: object = {}) =>
    (
      await by.do(
        `/v1/cases/${caseId}/referrals`,
        newReferral(to.structureId, { message: `Message ${words}`, contact: 'via_referrer', ...more }),
      )
    ).id;

  const join = async (by: Person, entry: string, words: string) => {
    const at = `/v1/${entry}/attachments`;
    const file = await upload(by, at, pdf(`Contenu ${words}`), { name: `Fichier ${words}.pdf` });
    return `${at}/${succeeded(file).body.id}`;
  };

  const { id: caseId } = await formerLead.do('/v1/cases', {
    resident,
    themes: ['sante'],
    informed: { on: today(), how: 'oral' },
    summary: 'Texte ouverture',
    confirmNotDuplicate: true,
  });
  const ofFormerLead = await record(formerLead, 'menantavant');
  const before = await join(formerLead, `cases/${caseId}/sessions/${ofFormerLead}`, 'avant');
  const contributors = await refer(formerLead, contributor, 'contributeur', {
    onwardAllowed: true,
    needs: ['bureautique'],
  });
  await contributor.do(`/v1/referrals/${contributors}/accept`, { contactUserId: contributor.id });
  const ofContributor = await record(contributor, 'contributeur');
  const formerContributors = await refer(contributor, formerContributor, 'anciencontributeur', {
    onwardAllowed: true,
    parentReferralId: contributors,
    needs: ['culture_numerique'],
  });
  await formerContributor.do(`/v1/referrals/${formerContributors}/accept`);
  const ofFormerContributor = await record(formerContributor, 'anciencontributeur');

  await formerContributor.do(`/v1/cases/${caseId}/notes`, {
    text: 'Texte appelancien',
    privateNote: 'Note appelancien',
  });
  const soon = () => ({ at: `${addCalendarDays(today(), 3)}T10:00`, minutes: 45 });
  await formerContributor.do(`/v1/cases/${caseId}/appointments`, {
    ...soon(),
    text: 'Texte rendezvousancien',
    privateNote: 'Note rendezvousancien',
  });
  await formerLead.do(`/v1/cases/${caseId}/goals`, { text: 'Texte butancien', theme: 'email', steps: ['Texte pas'] });
  await formerLead.do(
    `/v1/cases/${caseId}/outside-referrals`,
    newOutside({ name: 'Nom dehorsavant', message: 'Texte dehorsavant' }),
  );
  const refusedOne = await refer(formerLead, refused, 'refuse', { needs: ['parentalite'] });
  if (ending === 'declined')
    await refused.do(`/v1/referrals/${refusedOne}/decline`, { reason: 'other', comment: 'Commentaire refus' });
  if (ending === 'withdrawn')
    await formerLead.do(`/v1/referrals/${refusedOne}/withdraw`, { reason: 'other', comment: 'Commentaire refus' });
  if (ending === 'expired') {
    system.clock.advance({ days: 60 });
    await system.settle();
  }
  // Meant for somebody else at first, in other words.
  const candidates = await refer(formerContributor, people.stranger, 'esquisse', {
    parentReferralId: formerContributors,
    needs: ['culture_numerique'],
    send: false,
  });
  await formerContributor.do(`/v1/referrals/${candidates}/edit`, {
    toStructureId: candidate.structureId,
    needs: ['scolarite_et_numerique'],
    message: 'Message candidat',
    informed: { on: today(), how: 'oral' },
  });
  const asked = await join(formerContributor, `referrals/${candidates}`, 'candidat');
  await formerContributor.do(`/v1/referrals/${candidates}/send`);
  await formerContributor.do(`/v1/referrals/${formerContributors}/complete`, {
    outcome: 'helped',
    comment: 'Commentaire fin',
  });
  await formerLead.do('/v1/workshops', {
    title: 'Titre atelieravant',
    date: '2026-11-20',
    minutes: 60,
    place: 'lieu_activite',
    themes: ['email'],
    participants: [{ caseId }],
    anonymous: { total: 0 },
  });

  const handover = await formerLead.do(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: lead.structureId,
    note: 'Texte passation',
  });
  await lead.do(`/v1/handovers/${handover.id}/accept`, { counsellorId: lead.id });

  await lead.do(`/v1/cases/${caseId}/corrections`, { resident: corrected });
  const ofLead = await record(lead, 'menantapres');
  const after = await join(lead, `cases/${caseId}/sessions/${ofLead}`, 'apres');
  const laterOfContributor = await record(contributor, 'contributeurapres');
  const laterOfFormerLead = await record(formerLead, 'ancienmenantapres');
  const { id: noteId } = await lead.do(`/v1/cases/${caseId}/notes`, {
    text: 'Texte appelapres',
    privateNote: 'Note appelapres',
  });
  const { id: appointmentId } = await lead.do(`/v1/cases/${caseId}/appointments`, {
    ...soon(),
    text: 'Texte rendezvousapres',
    privateNote: 'Note rendezvousapres',
  });
  const { id: goalId } = await lead.do(`/v1/cases/${caseId}/goals`, { text: 'Texte objectif', steps: ['Texte etape'] });
  const { id: outsideId } = await lead.do(
    `/v1/cases/${caseId}/outside-referrals`,
    newOutside({ name: 'Nom dehorsapres', message: 'Texte dehorsapres' }),
  );
  await lead.do(`/v1/cases/${caseId}/outside-referrals/${outsideId}/answer-link`, { email: 'guichetfaux@exemple.fr' });
  const later = await refer(lead, contributor, 'brouillon', { send: false, needs: ['securite_numerique'] });
  await contributor.do(`/v1/referrals/${contributors}/hold`, { reason: 'waiting_list', until: '2027-06-01' });
  const { id: workshopId } = await contributor.do('/v1/workshops', {
    title: 'Titre atelierapres',
    date: '2026-11-20',
    minutes: 60,
    place: 'lieu_activite',
    themes: ['email'],
    participants: [{ caseId }],
    anonymous: { total: 0 },
  });
  await lead.do(`/v1/cases/${caseId}/objections`, {
    against: people.stranger.structureId,
    on: '2026-11-20',
    how: 'written',
  });
  // Somebody else follows a person with the same telephone.
  const { id: twin } = await people.refused.do('/v1/cases', {
    resident: { firstName: 'Autre', lastName: 'Personne', phone: '+33 6 39 98 00 02', commune: '72264' },
    themes: ['email'],
    informed: { on: today(), how: 'oral' },
    confirmNotDuplicate: true,
  });
  // Last: it takes a number of the record that no timeline shows.
  const managing = await Person.signIn(system.baseUrl, system.account('responsable', 'afpa'), system.password);
  const labels = succeeded(
    await managing.try('PUT', `/v1/structures/${lead.structureId}/tags`, {
      body: { tags: [{ name: 'Etiquette donnee' }, { name: 'Etiquette de reserve' }] },
    }),
  ).body as unknown as { tags: { id: string }[] };
  succeeded(
    await lead.try('PUT', `/v1/cases/${caseId}/sessions/${ofLead}/tags`, { body: { tags: [labels.tags[0]!.id] } }),
  );
  await system.settle();
  return {
    people,
    caseId,
    twin,
    handoverId: handover.id,
    workshopId,
    noteId,
    appointmentId,
    goalId,
    outsideId,
    files: { before, after, asked },
    referrals: { contributors, formerContributors, candidates, refused: refusedOne, later },
    sessions: { ofFormerLead, ofContributor, ofFormerContributor, ofLead, laterOfContributor, laterOfFormerLead },
  };
}

async function enter(system: TestSystem): Promise<Record<Reader, Person>> {
  const sign = (email: string) => Person.signIn(system.baseUrl, email, system.password);
  const counsellor = (structure: string) => sign(system.account('conseiller', structure));
  const auditor = await sign(system.account('auditeur'));
  // A coordinator of another territory: the account of a post nobody uses here.
  await system.database.query(
    `update employment set role = 'coordinator', territory = '{72003}' where user_id = (select id from account where email = $1)`,
    [system.account('responsable', 'mediatheque-saint-calais')],
  );
  return {
    candidate: await counsellor('fal-72'),
    contributor: await counsellor('la-poste'),
    lead: await counsellor('afpa'),
    formerLead: await counsellor('departement-sarthe'),
    formerContributor: await counsellor('croix-rouge'),
    refused: await counsellor('le-mans-metropole'),
    coordinator: await sign(system.account('coordinateur')),
    coordinatorElsewhere: await sign(system.account('responsable', 'mediatheque-saint-calais')),
    auditor,
    auditorWithReason: auditor,
    stranger: await counsellor('ville-allonnes'),
  };
}
