import { today } from '../support/clock';
import type { Ground } from './fuzz.ground';
import type { Sample } from './fuzz.samples';
import type { People } from './referral-states';

const date = '2026-01-20';
const reason = 'Motif.';
const text = 'Rappelée, absente.';
const privateNote = 'Note.';

/** Of what is written on a case and is no session. */
export function entrySamples({ sender }: People, ground: Ground): Record<string, Sample> {
  const meeting = {
    ...{ at: `${today()}T18:30`, minutes: 45, place: 'domicile', counsellorId: sender.id, text, privateNote },
  };
  return {
    '/v1/cases/{id}/notes': { by: 'sender', body: { text, date, privateNote } },
    '/v1/cases/{id}/notes/{nid}/corrections': {
      by: 'sender',
      body: { text: 'Rappelée, présente.', date, privateNote, reason },
    },
    '/v1/cases/{id}/notes/{nid}/cancel': { by: 'sender', body: { reason: 'other', comment: 'Saisie deux fois.' } },
    // A form with a file, which nothing of the fuzzer's is: refused whatever it says.
    '/v1/cases/{id}/sessions/{sid}/attachments': { by: 'sender', secret: true, body: {} },
    '/v1/cases/{id}/sessions/{sid}/attachments/{fid}/remove': {
      by: 'sender',
      given: 'file of a session',
      body: { reason: 'other', comment: text },
    },
    '/v1/referrals/{id}/attachments': { by: 'sender', secret: true, body: {} },
    '/v1/referrals/{id}/attachments/{fid}/remove': {
      by: 'sender',
      given: 'file of a referral',
      body: { reason: 'other', comment: text },
    },
    '/v1/cases/{id}/appointments': { by: 'sender', body: meeting },
    '/v1/cases/{id}/appointments/{aid}/move': { by: 'sender', body: { ...meeting, placeId: null } },
    '/v1/cases/{id}/appointments/{aid}/cancel': {
      by: 'sender',
      body: { by: 'resident', reason: 'other', comment: 'Malade.' },
    },
    '/v1/cases/{id}/appointments/{aid}/miss': { by: 'sender', body: {} },
    '/v1/cases/{id}/appointments/{aid}/miss/undo': { by: 'sender', given: 'missed appointment', body: {} },
    '/v1/cases/{id}/appointments/{aid}/reminder': {
      by: 'sender',
      given: 'appointment ahead',
      body: { email: 'eulalie@exemple.fr' },
    },
    '/v1/cases/{id}/appointments/{aid}/reminder/revoke': { by: 'sender', given: 'appointment ahead', body: {} },
    '/v1/cases/{id}/goals': { by: 'sender', body: { text, theme: 'email', steps: ['Ouvrir.', 'Répondre.'] } },
    '/v1/cases/{id}/goals/{gid}/step': { by: 'sender', body: { stepId: ground.step, on: date } },
    '/v1/cases/{id}/goals/{gid}/reach': { by: 'sender', body: { on: date, comment: text } },
    '/v1/cases/{id}/goals/{gid}/abandon': { by: 'sender', body: { on: date, comment: text } },
    '/v1/cases/{id}/outside-referrals': {
      by: 'sender',
      body: {
        ...{ recipient: 'caf', name: 'Caf de la Sarthe', place: 'Le Mans', needs: ['email'], message: text },
        ...{ means: 'printed', informed: { on: today(), how: 'oral' } },
      },
    },
    '/v1/cases/{id}/outside-referrals/{xid}/report': {
      by: 'sender',
      body: { outcome: 'helped', on: today(), comment: text },
    },
    '/v1/cases/{id}/outside-referrals/{xid}/cancel': { by: 'sender', body: { reason: 'other', comment: text } },
    '/v1/cases/{id}/outside-referrals/{xid}/answer-link': { by: 'sender', body: { email: 'guichet@exemple.fr' } },
    '/v1/cases/{id}/outside-referrals/{xid}/answer-link/revoke': { by: 'sender', body: {} },
    '/v1/outside-answers/sheet': { by: 'sender', secret: true, body: { token: 'x'.repeat(32), code: '1234 5678' } },
    '/v1/outside-answers': {
      by: 'sender',
      secret: true,
      body: { token: 'x'.repeat(32), code: '1234 5678', answer: 'reported', outcome: 'helped', on: today() },
    },
    '/v1/exports': {
      by: 'sender',
      body: {
        ...{
          row: 'session',
          format: 'xlsx',
          columns: ['date', 'last_name'],
          status: 'recorded',
          from: date,
          to: today(),
        },
        ...{
          counsellor: sender.id,
          theme: ['email'],
          place: ['domicile'],
          commune: ['72264'],
          tag: ground.step,
          placeId: ground.step,
        },
      },
    },
    '/v1/me/calendar': { by: 'sender', body: {} },
  };
}
