/** A random history of one case: whatever four structures and a coordinator may try on it, step by step. */
import fc from 'fast-check';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from '../journeys/driver';

const verbs = [
  'refer',
  'refer on',
  'word anew',
  'send',
  'accept',
  'accept',
  'accept',
  'decline',
  'withdraw',
  'complete',
  'return',
  'hold',
  'session',
  'session',
  'correct session',
  'correct',
  'workshop',
  'push',
  'pull',
  'beside',
  'accept handover',
  'accept handover',
  'decline handover',
  'withdraw handover',
  'reassign',
  'cancel',
  'void',
  'object',
  'leave',
  'close',
  'reopen',
  'twenty days',
] as const;

export interface Step {
  verb: (typeof verbs)[number];
  who: number;
  whom: number;
  which: number;
}

export const step = fc.record<Step>({
  verb: fc.constantFrom(...verbs),
  who: fc.nat(3),
  whom: fc.nat(3),
  which: fc.nat(5),
});

export let system: TestSystem;
export let people: Person[];
let coordinator: Person;

const start = '2026-11-23T09:00:00.000Z';

const own = (person: Person) => people.find(({ structureId }) => structureId === person.structureId)!;

export const of = (structureId: string) => own({ structureId } as Person);

/** Plays the steps on a case of its own; what is refused is refused. */
export async function play(steps: readonly Step[]): Promise<string> {
  system.clock.set(start);
  const { id: caseId } = await people[0]!.do('/v1/cases', newCase());
  const base = `/v1/cases/${caseId}`;
  const rows = <R extends object>(sql: string) => system.database.query<R & Record<string, never>>(sql, [caseId]);
  for (const { verb, who, whom, which } of steps) {
    const person = people[who]!;
    const other = people[whom]!;
    const referrals = await rows<{
      id: string;
      status: string;
      from_structure_id: string;
      to_structure_id: string | null;
    }>('select * from referral where case_id = $1 order by id desc');
    const referral = referrals[which % Math.max(1, referrals.length)];
    const [handover] = await rows<{ id: string; kind: string; from_structure_id: string; to_structure_id: string }>(
      `select * from handover where case_id = $1 and ended_at is null`,
    );
    const [asked, asking] = handover
      ? ['pull', 'beside'].includes(handover.kind)
        ? [handover.from_structure_id, handover.to_structure_id]
        : [handover.to_structure_id, handover.from_structure_id]
      : [];
    const sender = referral ? of(referral.from_structure_id) : person;
    const recipient = referral?.to_structure_id ? of(referral.to_structure_id) : person;
    const on = (by: Person, action: string, body: object = {}) =>
      referral ? by.post(`/v1/referrals/${referral.id}/${action}`, body) : undefined;
    const onHandover = (by: string | undefined, action: string, body: object = {}) =>
      handover ? of(by!).post(`/v1/handovers/${handover.id}/${action}`, body) : undefined;
    const needs = [['email'], ['sante'], ['bureautique'], ['parentalite']][which % 4];
    switch (verb) {
      case 'refer':
        await person.post(
          `${base}/referrals`,
          newReferral(other.structureId, { needs, onwardAllowed: true, send: which !== 0 }),
        );
        break;
      case 'refer on':
        await on(recipient, 'accept');
        await recipient.post(
          `${base}/referrals`,
          newReferral(other.structureId, { needs, onwardAllowed: true, parentReferralId: referral?.id }),
        );
        break;
      case 'word anew':
        await on(sender, 'edit', {
          toStructureId: which === 0 ? null : other.structureId,
          needs,
          message: `Texte ${which}.`,
        });
        break;
      case 'send':
        await on(sender, 'send', { informed: { on: today(), how: 'oral' } });
        break;
      case 'accept':
        await on(recipient, 'accept');
        break;
      case 'decline':
        await on(recipient, 'decline', { reason: 'other', comment: 'Non.' });
        break;
      case 'withdraw':
        await on(sender, 'withdraw', { reason: 'other', comment: 'Non.' });
        break;
      case 'complete':
        await on(recipient, 'complete', { outcome: 'helped_partially', remainingNeeds: ['email'], comment: 'Fait.' });
        break;
      case 'return':
        await on(recipient, 'return', { reason: 'no_capacity' });
        break;
      case 'hold':
        await on(recipient, 'hold', { reason: 'waiting_list', until: '2027-06-01' });
        break;
      case 'session':
        await person.post(
          `${base}/sessions`,
          newSession({ date: '2026-11-23', summary: 'Texte.', privateNote: 'Note.' }),
        );
        break;
      case 'correct session': {
        const [session] = await rows<{ id: string; structure_id: string }>(
          'select * from session_entry where case_id = $1 order by id desc',
        );
        if (session)
          await of(session.structure_id).post(`${base}/sessions/${session.id}/corrections`, {
            minutes: 15 + which,
            privateNote: 'Autre.',
            reason: 'Erreur.',
          });
        break;
      }
      case 'correct':
        await person.post(`${base}/corrections`, {
          resident: { lastName: `Nom${'abcdefgh'[which]}${'abcdefgh'[whom]}`, birthYear: 1950 + which },
          confirmNotDuplicate: true,
        });
        break;
      case 'workshop':
        await person.post('/v1/workshops', {
          title: 'Atelier',
          date: '2026-11-20',
          minutes: 60,
          place: 'lieu_activite',
          themes: ['email'],
          participants: [{ caseId }],
          anonymous: { total: 0 },
        });
        break;
      case 'push':
        await person.post(`${base}/handovers`, {
          kind: 'push',
          toStructureId: other.structureId,
          note: 'Note.',
          ...(which === 0 ? { effectiveAt: '2026-12-15T09:00:00.000Z' } : {}),
        });
        break;
      case 'pull':
      case 'beside':
        await person.post(`${base}/handovers`, { kind: verb, note: 'Nous la suivons.' });
        break;
      case 'accept handover':
        await onHandover(asked, 'accept');
        break;
      case 'decline handover':
        await onHandover(asked, 'decline', { reason: 'Non.' });
        break;
      case 'withdraw handover':
        await onHandover(asking, 'withdraw');
        break;
      case 'reassign':
        if (which === 0)
          await coordinator.post(`${base}/handovers`, {
            kind: 'administrative',
            toStructureId: other.structureId,
            reason: 'Décision.',
          });
        break;
      case 'cancel':
        await on(coordinator, 'cancel', { reason: 'Décision.' });
        break;
      case 'void':
        await on(coordinator, 'void', { reason: 'Erreur.' });
        break;
      case 'object':
        if (which === 0)
          await person.post(`${base}/objections`, { against: other.structureId, on: '2026-11-20', how: 'oral' });
        break;
      case 'leave':
        await person.post(`${base}/leave`, {});
        break;
      case 'close':
        if (which === 0) await person.post(`${base}/close`, { reason: 'need_met', cancelReferrals: true });
        break;
      case 'reopen':
        await person.post(`${base}/reopen`, { reason: 'Revient.' });
        break;
      case 'twenty days':
        if (which > 1) break;
        system.clock.advance({ days: 35 });
        await system.settle();
    }
  }
  return caseId;
}

/** For the tests of one `describe`: a system in which all five are signed in. */
export function fourStructures(): void {
  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = await Promise.all(
      ['departement-sarthe', 'la-poste', 'afpa', 'croix-rouge'].map((structure) => enter('conseiller', structure)),
    );
    coordinator = await enter('coordinateur', 'departement-sarthe');
  });

  afterAll(() => system.stop());
}
