import { randomUUID } from 'node:crypto';
import { demoPersonId } from '@fil-rouge/users';
import { routes, rulesOf } from '../support/routes';
import { newCase, newReferral, newSession } from './driver';
import type { Actor, People } from './referral-states';
import { resident, walkIn } from './fuzz.bodies';
import { entrySamples } from './fuzz.entries.samples';
import { handoverSamples } from './fuzz.handovers.samples';
import { networkSamples } from './fuzz.network.samples';
import type { Given, Ground } from './fuzz.ground';

export interface Sample {
  by: Actor | 'manager';
  body: Record<string, unknown>;
  /** What must be there first; by default a referral that was sent. */
  given?: Given;
  /** Wants a secret that only a mail or another person's answer holds: even the whole body is refused. */
  secret?: true;
}

/** Of the structure whose manager the fuzzer is. */
const atTheDesk = demoPersonId('conseiller@croix-rouge.demo');

const reason = 'Motif.';
export const date = '2026-01-20';

/** A full body of every POST and PUT. A route that openapi.json has and this table has not fails the test. */
export function samplesFor(people: People, ground: Ground): Record<string, Sample> {
  const { recipient, sender, contributor } = people;
  const session = {
    ...newSession(),
    date,
    minutes: 45,
    autonomy: 'autonome',
    procedure: 'Carte grise',
    summary: 'Résumé.',
    privateNote: 'Note.',
  };
  const place = {
    ...{ name: 'Médiathèque', street: '1 place Carnot', complement: 'Étage', postalCode: '72300', commune: '72264' },
    ...{ latitude: 47.84, longitude: -0.33, hours: 'Mo-Fr 09:00-12:00', nationalId: 'mediatheque-sable' },
    ...{
      phone: '02 43 00 00 00',
      openings: [{ weekday: 'monday', from: '09:00', to: '12:00' }],
      openingsNote: 'Fermé en août.',
    },
  };
  return {
    '/v1/auth/invitations/accept': {
      by: 'sender',
      secret: true,
      body: { token: 'x'.repeat(40), password: 'un mot de passe assez long' },
    },
    '/v1/auth/password-resets': { by: 'sender', body: { email: 'personne@exemple.fr' } },
    '/v1/auth/password-resets/accept': {
      by: 'sender',
      secret: true,
      body: { token: 'x'.repeat(40), password: 'un mot de passe assez long' },
    },
    '/v1/auth/email-changes/accept': { by: 'sender', secret: true, body: { token: 'x'.repeat(40) } },
    '/v1/me/corrections': { by: 'recipient', body: { name: 'Personne Renommée' } },
    '/v1/me/password': {
      by: 'recipient',
      secret: true,
      body: { current: 'un mot de passe', password: 'un mot de passe assez long' },
    },
    '/v1/me/email-changes': {
      by: 'recipient',
      secret: true,
      body: { email: 'autre@exemple.fr', password: 'un mot de passe' },
    },
    '/v1/structures': {
      by: 'administrator',
      body: { name: 'Association', typology: 'ASSO', siret: '13002526500013', communes: ['72264'], services: [] },
    },
    '/v1/structures/{id}/corrections': {
      by: 'administrator',
      body: { name: 'Association', typology: 'ASSO', siret: '13002526500013', communes: ['72264'], services: [] },
    },
    '/v1/structures/{id}/decisions': {
      by: 'administrator',
      body: { status: 'active', decidedOn: date, reference: 'DEC-1', reason },
    },
    '/v1/structures/{id}/offer': {
      by: 'manager',
      body: { services: [], communes: ['72264'], acceptsReferrals: true, capacity: 'open' },
    },
    '/v1/structures/{id}/leaflet': {
      by: 'manager',
      body: { purpose: 'Aide.', bring: 'Une pièce d’identité.', coming: 'Tram T1.' },
    },
    '/v1/structures/{id}/tags': { by: 'manager', body: { tags: [{ name: 'Atelier seniors' }] } },
    '/v1/structures/{id}/contacts': {
      by: 'manager',
      body: { defaultId: atTheDesk, rota: [{ weekday: 'monday', userId: atTheDesk }] },
    },
    '/v1/structures/{id}/capacity': { by: 'manager', body: { capacity: 'full' } },
    '/v1/settings/delays': { by: 'administrator', body: { reminders: [3, 7], coordinator: 7, answer: 20, late: 7 } },
    '/v1/structures/{id}/delays': {
      by: 'administrator',
      body: { answerUnderReview: 30, firstSession: 15, heldCalendarDays: 60, silenceCalendarDays: 60 },
    },
    '/v1/users': {
      by: 'administrator',
      body: {
        email: `${randomUUID()}@exemple.fr`,
        name: 'Personne Nouvelle',
        role: 'auditor',
        structureId: sender.structureId,
        from: date,
      },
    },
    '/v1/users/{id}/employments': {
      by: 'administrator',
      given: 'new colleague',
      body: { structureId: contributor.structureId, role: 'auditor', from: date, until: '2027-01-15' },
    },
    '/v1/users/{id}/employments/{eid}/end': {
      by: 'administrator',
      given: 'new colleague',
      body: { until: '2026-12-31', reason },
    },
    '/v1/users/{id}/corrections': { by: 'administrator', given: 'new colleague', body: { name: 'Personne Renommée' } },
    '/v1/users/{id}/invitations': { by: 'administrator', given: 'new colleague', body: {} },
    '/v1/cases': { by: 'sender', body: { ...newCase(), resident, summary: 'Résumé.', confirmNotDuplicate: true } },
    '/v1/cases/search': {
      by: 'sender',
      body: {
        name: 'Essai',
        birthYear: 1970,
        phone: '0639980000',
        status: ['open'],
        lead: 'mine',
        theme: ['email'],
        commune: ['72264'],
        limit: 5,
      },
    },
    '/v1/cases/{id}/corrections': {
      by: 'sender',
      body: { resident, themes: ['sante'], summary: 'Résumé.', confirmNotDuplicate: true },
    },
    '/v1/cases/{id}/objections': { by: 'sender', body: { against: recipient.structureId, on: date, how: 'oral' } },
    '/v1/cases/{id}/objections/{oid}/end': { by: 'sender', given: 'objection', body: {} },
    '/v1/cases/{id}/assignments': { by: 'sender', body: { counsellorId: sender.id } },
    '/v1/cases/{id}/close': { by: 'sender', body: { reason: 'need_met', cancelReferrals: true, cancelHandover: true } },
    '/v1/cases/{id}/leave': { by: 'recipient', given: 'beside', body: { reason: 'Se débrouille seule.' } },
    '/v1/cases/{id}/keep': { by: 'sender', body: { reason: 'Revient à l’automne.' } },
    '/v1/cases/{id}/reopen': { by: 'sender', given: 'closed', body: { reason: 'Revient.' } },
    '/v1/cases/{id}/erasure': { by: 'administrator', body: { reason: 'request_of_resident' } },
    // Nothing is ready to be erased while this is tried, and so nothing to be signed.
    '/v1/eliminations': { by: 'administrator', secret: true, body: {} },
    '/v1/eliminations/{id}/signature': {
      by: 'administrator',
      secret: true,
      body: { hash: '0'.repeat(64), visa: 'AD72-2029-114' },
    },
    '/v1/eliminations/{id}/withdrawal': { by: 'administrator', secret: true, body: {} },
    '/v1/cases/{id}/merge': { by: 'coordinator', given: 'twin', body: { intoCaseId: ground.twin, reason } },
    '/v1/cases/{id}/sessions': {
      by: 'recipient',
      given: 'accepted',
      body: { ...session, referralId: ground.referrals },
    },
    '/v1/cases/{id}/sessions/{sid}/corrections': {
      by: 'sender',
      body: { ...session, place: 'domicile', equipment: ['tablette'], reason },
    },
    '/v1/cases/{id}/sessions/{sid}/tags': { by: 'sender', body: { tags: [] } },
    '/v1/cases/{id}/sessions/{sid}/cancel': { by: 'sender', body: { reason: 'other', comment: 'Saisie deux fois.' } },
    '/v1/cases/{id}/sessions/{sid}/move': { by: 'sender', given: 'twin', body: { toCaseId: ground.twin, reason } },
    ...entrySamples(people, ground),
    ...networkSamples(people),
    '/v1/anonymous-sessions': { by: 'sender', body: walkIn },
    '/v1/anonymous-sessions/{id}/corrections': { by: 'sender', given: 'walk-in', body: { ...walkIn, minutes: 15 } },
    '/v1/anonymous-sessions/{id}/cancel': { by: 'sender', given: 'walk-in', body: { reason: 'duplicate' } },
    '/v1/places': { by: 'manager', body: place },
    '/v1/places/{id}/corrections': { by: 'manager', given: 'place', body: { ...place, hours: null } },
    '/v1/places/{id}/close': { by: 'manager', given: 'place', body: {} },
    '/v1/places/{id}/reopen': { by: 'manager', given: 'closed place', body: {} },
    '/v1/workshops/{id}/corrections': {
      by: 'sender',
      given: 'workshop',
      body: {
        ...{
          title: 'Autre atelier',
          date,
          minutes: 60,
          place: 'domicile',
          commune: '72181',
          themes: ['sante'],
          level: 'avance',
        },
        participants: [{ caseId: ground.cases }],
        anonymous: { total: 3, byAge: { soixante_dix_plus: 2 }, byGender: { feminin: 2 }, byStatus: { retraite: 2 } },
        reason,
      },
    },
    '/v1/workshops/{id}/cancel': {
      by: 'sender',
      given: 'workshop',
      body: { reason: 'other', comment: 'Saisi deux fois.' },
    },
    '/v1/workshops': {
      by: 'sender',
      body: {
        ...{
          title: 'Atelier',
          date,
          minutes: 120,
          place: 'lieu_activite',
          commune: '72264',
          themes: ['email'],
          level: 'debutant',
        },
        participants: [{ caseId: ground.cases }],
        anonymous: { total: 4, byAge: { soixante_dix_plus: 2 }, byGender: { feminin: 2 }, byStatus: { retraite: 2 } },
      },
    },
    '/v1/cases/{id}/referrals': {
      by: 'sender',
      given: 'declined',
      body: newReferral(recipient.structureId, {
        needs: ['sante'],
        onwardAllowed: true,
        previousReferralId: ground.referrals,
      }),
    },
    '/v1/referrals/{id}/edit': {
      by: 'sender',
      given: 'draft',
      body: {
        ...{
          toStructureId: contributor.structureId,
          needs: ['sante'],
          urgency: 'urgent',
          message: 'Autrement dit.',
          contact: 'in_person',
          onwardAllowed: true,
        },
        ...{ informed: { on: date, how: 'written' }, parentReferralId: null, previousReferralId: null },
      },
    },
    '/v1/referrals/{id}/send': { by: 'sender', given: 'draft', body: {} },
    '/v1/referrals/{id}/acknowledge': { by: 'recipient', body: {} },
    '/v1/referrals/{id}/accept': { by: 'recipient', body: { contactUserId: recipient.id } },
    '/v1/referrals/{id}/name-contact': { by: 'recipient', given: 'accepted', body: { contactUserId: recipient.id } },
    '/v1/referrals/{id}/contact': { by: 'recipient', given: 'accepted', body: { contactUserId: recipient.id } },
    '/v1/referrals/{id}/decline': {
      by: 'recipient',
      body: { reason: 'other', comment: 'Complet.', betterStructureId: contributor.structureId },
    },
    '/v1/referrals/{id}/withdraw': { by: 'sender', body: { reason: 'other', comment: 'Finalement non.' } },
    '/v1/referrals/{id}/hold': {
      by: 'recipient',
      given: 'accepted',
      body: { reason: 'waiting_list', until: '2027-01-29' },
    },
    '/v1/referrals/{id}/resume': { by: 'recipient', given: 'on_hold_from_accepted', body: {} },
    '/v1/referrals/{id}/complete': {
      by: 'recipient',
      given: 'in_progress',
      body: { outcome: 'helped_partially', remainingNeeds: ['email'], comment: 'Fait.' },
    },
    '/v1/referrals/{id}/return': { by: 'recipient', given: 'accepted', body: { reason: 'other', comment: reason } },
    '/v1/referrals/{id}/request-cancellation': { by: 'sender', given: 'accepted', body: { reason } },
    '/v1/referrals/{id}/agree-cancellation': { by: 'recipient', given: 'accepted_requested', body: {} },
    '/v1/referrals/{id}/cancel': { by: 'coordinator', given: 'accepted', body: { reason } },
    '/v1/referrals/{id}/void': { by: 'coordinator', body: { reason } },
    ...handoverSamples(people, ground),
    '/v1/notifications/read': { by: 'recipient', secret: true, body: { asOf: 'x' } },
    '/v1/notifications/{id}/read': { by: 'recipient', secret: true, body: {} },
    '/v1/audit/cases/{id}/readings': { by: 'administrator', body: { reasonCode: 'control', comment: 'Contrôle.' } },
    '/v1/audit/verifications': { by: 'administrator', body: {} },
  };
}

/** The query parameters of every list, found where they are declared. */
export const queries: Record<string, string[]> = Object.fromEntries(
  routes().flatMap(({ method, path, query }) =>
    method === 'GET' && query ? [[path, [...rulesOf(query).keys()]]] : [],
  ),
);
