import { newCase, newReferral, newSession } from './driver';

/** What a route is tried on; made anew whenever a request had an effect. */
export interface Ground {
  cases: string;
  sessions: string;
  objections: string;
  referrals: string;
  handovers: string;
  structures: string;
  users: string;
  notifications: string;
  /** The structure a new referral goes to. */
  recipient: string;
}

type Body = Record<string, unknown>;
type By = 'sender' | 'recipient' | 'contributor' | 'coordinator' | 'administrator';

const resident = {
  firstName: 'Eulalie',
  lastName: 'Essai',
  birthYear: 1970,
  phone: '0639980000',
  email: 'eulalie@exemple.fr',
  commune: '72264',
  gender: 'feminin',
  status: 'retraite',
};
const session = (ground: Ground): Body =>
  newSession({ autonomy: 'autonome', summary: 'Résumé.', privateNote: 'Note.', referralId: ground.referrals });

/** A full body of every POST and PUT of api.md, and who sends it. A route that openapi.json has and this table has not fails the test. */
export const samples: Record<string, [By, (ground: Ground) => Body]> = {
  '/v1/auth/invitations/accept': ['sender', () => ({ token: 'x'.repeat(40), password: 'un mot de passe assez long' })],
  '/v1/structures': [
    'administrator',
    () => ({ name: 'Association', typology: 'ASSO', siret: '13002526500013', communes: ['72264'], services: [] }),
  ],
  '/v1/structures/{id}/decisions': [
    'administrator',
    () => ({ status: 'active', decidedOn: '2026-01-15', reference: 'DEC-1', reason: 'Motif.' }),
  ],
  '/v1/structures/{id}/offer': ['sender', () => ({ services: [], communes: ['72264'], acceptsReferrals: true, capacity: 'open' })],
  '/v1/users': [
    'administrator',
    ({ structures }) => ({
      email: 'personne@exemple.fr',
      name: 'Personne Nouvelle',
      role: 'counsellor',
      structureId: structures,
      from: '2026-01-15',
    }),
  ],
  '/v1/users/{id}/employments': [
    'administrator',
    ({ structures }) => ({ structureId: structures, role: 'counsellor', from: '2026-01-15', until: '2027-01-15' }),
  ],
  '/v1/users/{id}/employments/{eid}/end': ['administrator', () => ({ on: '2026-12-31', until: '2026-12-31' })],
  '/v1/users/{id}/invitations': ['administrator', () => ({})],
  '/v1/cases': ['sender', () => ({ ...newCase(), resident, summary: 'Résumé.', confirmNotDuplicate: true })],
  '/v1/cases/search': [
    'sender',
    () => ({
      name: 'Essai',
      birthYear: 1970,
      phone: '0639980000',
      status: 'open',
      lead: 'mine',
      theme: 'email',
      commune: '72264',
      limit: 5,
    }),
  ],
  '/v1/cases/{id}/corrections': ['sender', () => ({ resident })],
  '/v1/cases/{id}/objections': ['sender', ({ recipient }) => ({ against: recipient, on: '2026-01-15', how: 'oral' })],
  '/v1/cases/{id}/objections/{oid}/end': ['sender', () => ({})],
  '/v1/cases/{id}/assignments': ['sender', ({ users }) => ({ counsellorId: users })],
  '/v1/cases/{id}/close': ['sender', () => ({ reason: 'need_met', cancelReferrals: true })],
  '/v1/cases/{id}/reopen': ['sender', () => ({ reason: 'Revient.' })],
  '/v1/cases/{id}/sessions': ['sender', session],
  '/v1/cases/{id}/sessions/{sid}/corrections': [
    'sender',
    () => ({
      minutes: 45,
      date: '2026-01-21',
      place: 'domicile',
      commune: '72264',
      themes: ['email'],
      equipment: ['tablette'],
      autonomy: 'autonome',
      summary: 'Autre.',
      privateNote: 'Autre.',
      reason: 'Erreur.',
    }),
  ],
  '/v1/workshops': [
    'sender',
    ({ cases }) => ({
      title: 'Atelier',
      date: '2026-01-20',
      minutes: 120,
      place: 'lieu_activite',
      commune: '72264',
      themes: ['email'],
      level: 'debutant',
      participants: [{ caseId: cases }],
      anonymous: { total: 4, byAge: { retraite: 1, soixante_dix_plus: 2 }, byGender: { feminin: 2 }, byStatus: { retraite: 2 } },
    }),
  ],
  '/v1/cases/{id}/referrals': [
    'sender',
    ({ recipient, referrals }) =>
      newReferral(recipient, { needs: ['email'], onwardAllowed: true, parentReferralId: referrals, previousReferralId: referrals }),
  ],
  '/v1/referrals/{id}/send': ['sender', () => ({})],
  '/v1/referrals/{id}/acknowledge': ['recipient', () => ({})],
  '/v1/referrals/{id}/accept': ['recipient', ({ users }) => ({ contactUserId: users })],
  '/v1/referrals/{id}/decline': [
    'recipient',
    ({ structures }) => ({ reason: 'no_capacity', comment: 'Complet.', betterStructureId: structures }),
  ],
  '/v1/referrals/{id}/withdraw': ['sender', () => ({ reason: 'changed_mind', comment: 'Finalement non.' })],
  '/v1/referrals/{id}/hold': ['recipient', () => ({ reason: 'waiting_list', until: '2027-01-29' })],
  '/v1/referrals/{id}/resume': ['recipient', () => ({})],
  '/v1/referrals/{id}/complete': ['recipient', () => ({ outcome: 'helped_partially', remainingNeeds: ['email'], comment: 'Fait.' })],
  '/v1/referrals/{id}/return': ['recipient', () => ({ reason: 'other', comment: 'Motif.' })],
  '/v1/referrals/{id}/request-cancellation': ['sender', () => ({ reason: 'Motif.' })],
  '/v1/referrals/{id}/agree-cancellation': ['recipient', () => ({})],
  '/v1/referrals/{id}/cancel': ['coordinator', () => ({ reason: 'Motif.' })],
  '/v1/referrals/{id}/void': ['coordinator', () => ({ reason: 'Motif.' })],
  '/v1/cases/{id}/handovers': [
    'sender',
    ({ recipient, users }) => ({
      kind: 'push',
      toStructureId: recipient,
      toCounsellorId: users,
      note: 'Note.',
      reason: 'Motif.',
      effectiveAt: '2026-12-15T09:00:00.000Z',
    }),
  ],
  '/v1/join-requests': ['recipient', () => ({ matchToken: 'x'.repeat(40), reason: 'Motif.' })],
  '/v1/handovers/{id}/accept': ['contributor', ({ users }) => ({ effectiveAt: '2026-12-15T09:00:00.000Z', counsellorId: users })],
  '/v1/handovers/{id}/decline': ['contributor', () => ({ reason: 'Motif.' })],
  '/v1/handovers/{id}/withdraw': ['sender', () => ({})],
  '/v1/handovers/{id}/cancel': ['sender', () => ({ reason: 'Motif.' })],
  '/v1/notifications/{id}/read': ['recipient', () => ({})],
  '/v1/audit/cases/{id}/readings': ['administrator', () => ({ reasonCode: 'control', comment: 'Contrôle.' })],
  '/v1/audit/verifications': ['administrator', () => ({})],
};

/** The query parameters of every list of api.md. */
export const queries: Record<string, string[]> = {
  '/v1/structures': ['q', 'typology', 'service', 'commune', 'acceptsReferrals', 'limit', 'cursor'],
  '/v1/cases': ['status', 'lead', 'theme', 'commune', 'limit', 'cursor'],
  '/v1/cases/{id}/timeline': ['limit', 'cursor'],
  '/v1/referrals': ['box', 'status', 'late', 'limit', 'cursor'],
  '/v1/handovers': ['box', 'status', 'limit', 'cursor'],
  '/v1/workshops': ['limit', 'cursor'],
  '/v1/notifications': ['unread', 'limit', 'cursor'],
  '/v1/audit/entries': ['caseId', 'userId', 'structureId', 'action', 'from', 'to', 'limit', 'cursor'],
};
