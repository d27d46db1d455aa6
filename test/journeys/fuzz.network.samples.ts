/** Full bodies of what is done to accounts, structures and what the State pays for: the routes of the network's own affairs. */
import { demoPersonId } from '@fil-rouge/users';
import { today } from '../support/clock';
import type { Sample } from './fuzz.samples';
import type { People } from './referral-states';

const reason = 'Motif.';
const date = '2026-01-20';
/** The two of the structure whose manager the fuzzer is. */
export const rescuers = ['conseiller', 'responsable'].map((role) => demoPersonId(`${role}@croix-rouge.demo`));
const [rescuer, deputyId] = rescuers;

export function networkSamples({ sender }: People): Record<string, Sample> {
  return {
    '/v1/me/sign-ins/end-others': { by: 'recipient', body: {} },
    '/v1/me/sign-ins/{id}/end': { by: 'recipient', secret: true, body: {} },
    '/v1/users/{id}/sign-ins/end': { by: 'administrator', given: 'new colleague', body: {} },
    '/v1/me/second-factor/setup': { by: 'recipient', secret: true, body: {} },
    '/v1/me/second-factor/confirm': {
      by: 'recipient',
      secret: true,
      body: { setup: 'x'.repeat(40), code: '123456', password: 'un mot de passe' },
    },
    '/v1/me/second-factor/recovery-codes': { by: 'recipient', secret: true, body: { password: 'un mot de passe' } },
    '/v1/me/second-factor/remove': { by: 'recipient', secret: true, body: { password: 'un mot de passe' } },
    '/v1/users/{id}/second-factor/reset': { by: 'administrator', given: 'second factor', body: { reason } },
    '/v1/structures/{id}/rename': { by: 'administrator', body: { name: 'Association renommée' } },
    '/v1/audit/cases/search': {
      by: 'administrator',
      body: { name: 'Essai', birthYear: 1970, phone: '0639980000', email: 'a@exemple.fr', reasonCode: 'control' },
    },
    '/v1/structures/{id}/absences': {
      by: 'manager',
      given: 'absence',
      body: { userId: rescuer, from: '2027-01-04', until: '2027-01-08', deputyId },
    },
    '/v1/structures/{id}/absences/{bid}/corrections': {
      by: 'manager',
      given: 'absence',
      body: { from: '2026-12-02', until: '2026-12-03', deputyId },
    },
    '/v1/structures/{id}/absences/{bid}/end': { by: 'manager', given: 'absence', body: {} },
    '/v1/structures/{id}/conventions': {
      by: 'administrator',
      body: { reference: 'CONV-72', envelope: 1, from: date, until: '2027-12-31', posts: 2, amount: 100_000 },
    },
    '/v1/conventions/{id}/end': { by: 'administrator', given: 'convention', body: { on: today(), reason } },
    '/v1/conventions/{id}/posts/{pid}/occupy': {
      by: 'administrator',
      given: 'convention',
      body: { userId: sender.id, from: date },
    },
    '/v1/conventions/{id}/posts/{pid}/vacate': { by: 'administrator', given: 'occupied post', body: { on: date } },
    '/v1/conventions/{id}/posts/{pid}/return': { by: 'administrator', given: 'convention', body: { on: date } },
  };
}
