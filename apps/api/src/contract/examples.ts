/**
 * A body for every route that takes one, as it may be pasted: told of the demo's network, whose ids are the same everywhere, and dated from today. What only
 * an earlier answer tells, the id of a case, is a stand-in. A test sends them all.
 */
import { addCalendarDays, type LocalDate } from '@fil-rouge/kernel';
import { demoPersonId, demoStructureId } from '@fil-rouge/users';

/** Ids that are nobody's: to be replaced by those of your own answers. */
export const standIns = {
  case: '01999999-0000-7000-8000-000000000001',
  otherCase: '01999999-0000-7000-8000-000000000002',
  step: '01999999-0000-7000-8000-000000000003',
} as const;

const laPoste = demoStructureId('la-poste');
const afpa = demoStructureId('afpa');
const departement = demoStructureId('departement-sarthe');
const postman = demoPersonId('conseiller@la-poste.demo');
const rescuer = demoPersonId('conseiller@croix-rouge.demo');
const counsellor = demoPersonId('conseiller@departement-sarthe.demo');
const trainer = demoPersonId('conseiller@afpa.demo');
const sable = '72264';

/** Stands for a password and for the secret of a link, which no document can hold. */
const password = 'un mot de passe assez long';
const token = 'le-secret-du-lien-dans-le-courriel';

/** By operation. */
export function examplesOn(today: LocalDate): Readonly<Record<string, object>> {
  const informed = { on: today, how: 'oral' };
  const days = (count: number) => addCalendarDays(today, count);
  const structure = {
    name: 'Les Amis du Numérique',
    typology: 'ASSO',
    siret: '13002526500013',
    communes: [sable],
    services: ['Aide aux démarches administratives'],
  };
  const workshop = {
    title: 'Premiers pas sur internet',
    date: today,
    minutes: 120,
    place: 'lieu_activite',
    commune: sable,
    themes: ['email'],
    level: 'debutant',
    participants: [{ caseId: standIns.case }],
    anonymous: { total: 4, byAge: { soixante_dix_plus: 2 } },
  };
  const walkIn = {
    date: today,
    minutes: 20,
    place: 'lieu_activite',
    commune: sable,
    themes: ['email'],
    equipment: ['telephone'],
    ageBracket: 'soixante_dix_plus',
  };
  const place = { name: 'Médiathèque', street: '1 place Carnot', postalCode: '72300', commune: sable };
  const decisions = [{ caseId: standIns.case, decision: 'structure', structureId: laPoste, counsellorId: postman }];
  const delays = { reminders: [3, 7], coordinator: 7, answer: 20, late: 7 };
  return {
    // Sign-in, own account
    signIn: { email: 'conseiller@departement-sarthe.demo', password },
    signInBrowser: { email: 'conseiller@departement-sarthe.demo', password },
    acceptInvitation: { token, password },
    askPasswordReset: { email: 'conseiller@departement-sarthe.demo' },
    acceptPasswordReset: { token, password },
    confirmEmailChange: { token },
    correctOwnName: { name: 'Camille Berthelot-Roux' },
    changePassword: { current: password, password: 'un autre mot de passe assez long' },
    confirmSecondFactor: { setup: 'ce-qui-a-été-donné-pour-commencer', code: '123456', password },
    renewRecoveryCodes: { password },
    removeSecondFactor: { password },
    resetSecondFactor: { reason: 'Téléphone et codes de secours perdus ; identité vérifiée de vive voix.' },
    askEmailChange: { email: 'camille.berthelot@exemple.fr', password },

    // Structures and people
    declareStructure: structure,
    correctStructure: { name: 'Les Amis du Numérique en Sarthe' },
    renameStructure: { name: 'Les Numériques solidaires' },
    decideOnStructure: { status: 'active', decidedOn: today, reference: 'Convention 2026-14' },
    signConvention: { reference: 'CN-72-2026-014', envelope: 2, from: today, posts: 3 },
    endConvention: { on: today, reason: 'Résiliée d’un commun accord.' },
    occupyPost: { userId: counsellor, from: today },
    vacatePost: { on: today },
    returnPost: { on: today },
    changeOffer: { acceptsReferrals: true, capacity: 'open' },
    changeCapacity: { capacity: 'waiting_list' },
    changeLeaflet: { purpose: 'Aide aux démarches en ligne, sans rendez-vous.', bring: 'Une pièce d’identité.' },
    sendOutside: {
      recipient: 'caf',
      place: 'Le Mans',
      needs: ['aide_aux_demarches_administratives'],
      message: 'Demande d’aide au logement.',
      means: 'printed',
      informed,
    },
    reportOutside: { outcome: 'helped', comment: 'Dossier déposé.' },
    cancelOutside: { reason: 'duplicate' },
    makeAnswerLink: { email: 'guichet@exemple.fr' },
    openOutsideSheet: { token, code: '1234 5678' },
    answerOutside: { token, code: '1234 5678', answer: 'accepted' },
    changeTags: { tags: [{ name: 'Seniors' }, { name: 'France Services' }] },
    changeSessionTags: { tags: [] },
    nameContacts: { defaultId: rescuer, rota: [{ weekday: 'monday', userId: rescuer }] },
    changeNetworkDelays: delays,
    changeStructureDelays: { answerUnderReview: 30, firstSession: 15 },
    invitePerson: {
      email: 'jeanne.martin@exemple.fr',
      name: 'Jeanne Martin',
      role: 'auditor',
      structureId: departement,
      from: today,
    },
    sayAbsence: { from: days(21), until: days(27), deputyId: rescuer },
    correctAbsence: { until: days(10) },
    correctName: { name: 'Anne Martin-Durand' },
    startEmployment: { structureId: afpa, role: 'auditor', from: today, until: days(365) },
    endEmployment: { until: days(30), reason: 'Fin de contrat.' },

    // Cases
    openCase: {
      resident: {
        firstName: 'Odile',
        lastName: 'Besnard',
        birthYear: 1951,
        phone: '06 39 98 01 23',
        commune: sable,
        status: 'retraite',
      },
      themes: ['email', 'prendre_en_main_du_materiel'],
      informed,
      summary: 'Vient d’acheter son premier ordinateur.',
    },
    searchCases: { name: 'Mme Besn', status: ['open'] },
    correctCase: { resident: { phone: '06 39 98 01 24' }, themes: ['email', 'sante'] },
    recordObjection: { against: afpa, on: today, how: 'oral' },
    assignCounsellor: { counsellorId: counsellor },
    closeCase: { reason: 'need_met', cancelReferrals: true },
    leaveCase: { reason: 'Se débrouille seule.' },
    keepCase: { reason: 'Revient à l’automne.' },
    reopenCase: { reason: 'Souhaite reprendre.' },
    eraseCase: { reason: 'request_of_resident' },
    signSlip: { hash: 'b1946ac92492d2347c6235b4d2611184a1b2c3d4e5f60718293a4b5c6d7e8f90', visa: 'AD72-2029-114' },
    mergeCases: { intoCaseId: standIns.otherCase, reason: 'La même personne, inscrite deux fois.' },

    // What was done, and what there is to know
    recordAnonymousSession: walkIn,
    askForExport: { row: 'session', format: 'csv', columns: ['date', 'minutes', 'themes'], from: days(-30), to: today },
    correctAnonymousSession: { minutes: 35 },
    cancelAnonymousSession: { reason: 'duplicate' },
    recordSession: {
      date: today,
      minutes: 60,
      place: 'lieu_activite',
      commune: sable,
      themes: ['email'],
      equipment: ['ordinateur'],
      autonomy: 'partiellement_autonome',
      procedure: 'Création d’une adresse électronique',
      summary: 'Premier message envoyé.',
    },
    correctSession: { minutes: 45, reason: 'Partie plus tôt.' },
    cancelSession: { reason: 'duplicate' },
    moveSession: { toCaseId: standIns.otherCase, reason: 'Inscrite sur la mauvaise personne.' },
    removeFromSession: { reason: 'wrong_person' },
    removeFromReferral: { reason: 'duplicate' },
    writeNote: { text: 'Rappelée, absente.' },
    correctNote: { text: 'Rappelée, présente.' },
    cancelNote: { reason: 'wrong_person' },
    makeAppointment: { at: `${days(7)}T10:00`, minutes: 45, text: 'Apporter la lettre de la banque.' },
    moveAppointment: { at: `${days(8)}T14:30` },
    askReminder: { email: 'eulalie@exemple.fr' },
    cancelAppointment: { by: 'resident', reason: 'unavailable' },
    setGoal: { text: 'Faire sa déclaration seule.', theme: 'email', steps: ['Ouvrir sa messagerie.'] },
    reachStep: { stepId: standIns.step },
    reachGoal: { on: today, comment: 'Toute seule.' },
    abandonGoal: { comment: 'N’en a plus besoin.' },
    openPlace: place,
    correctPlace: { hours: 'Mo-Fr 09:00-12:00' },
    holdWorkshop: workshop,
    correctWorkshop: { minutes: 90, reason: 'Terminé plus tôt.' },
    cancelWorkshop: { reason: 'did_not_take_place' },

    // Referrals
    createReferral: {
      toStructureId: laPoste,
      needs: ['banque_et_achats_en_ligne'],
      urgency: 'normal',
      message: 'Souhaite consulter son compte en ligne.',
      contact: 'in_person',
      informed,
      send: true,
    },
    editReferral: { message: 'Souhaite consulter son compte, et payer en ligne.' },
    sendReferral: { informed },
    acceptReferral: { contactUserId: postman },
    nameContact: { contactUserId: postman },
    nameContactPerson: { contactUserId: postman },
    declineReferral: { reason: 'no_capacity', betterStructureId: afpa },
    withdrawReferral: { reason: 'changed_mind' },
    holdReferral: { reason: 'waiting_list', until: days(30) },
    completeReferral: { outcome: 'helped', comment: 'Consulte seule son compte.' },
    giveBack: { reason: 'out_of_scope' },
    requestCancellation: { reason: 'Aidée ailleurs entre-temps.' },
    cancelReferral: { reason: 'Décision de la coordination.' },
    voidReferral: { reason: 'Saisie dans le mauvais dossier.' },

    // Handovers
    openHandover: { kind: 'push', toStructureId: laPoste, note: 'A déménagé près du bureau de poste.' },
    askToJoin: { matchToken: token, reason: 'Vient chez nous chaque semaine.' },
    acceptHandover: { effectiveAt: days(7), counsellorId: trainer },
    declineHandover: { reason: 'Nous n’intervenons pas dans cette commune.' },
    cancelHandover: { reason: 'La personne préfère rester suivie ici.' },
    openHandoverBatch: { kind: 'counsellor_leaves', userId: counsellor, preview: true },
    decideHandoverBatch: { decisions },
    startHandoverBatch: { decisions, acceptProposals: true },
    undoHandoverBatch: { reason: 'Le contrat est prolongé.' },

    // Inbox and audit
    markAllRead: { asOf: token },
    findCase: { name: 'Odile Besnard', birthYear: 1951, reasonCode: 'request_of_resident' },
    readAsAuditor: { reasonCode: 'control' },
  };
}
