/** What an appointment, a session, a note and a workshop say may be done with them is what is done when it is tried, and nothing else. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type Answer } from './driver';

let system: TestSystem;
let own: Person;
let colleague: Person;
let recipient: Person;
let next: Person;
beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  [own, colleague, recipient, next] = await Promise.all([
    enter('conseiller'),
    enter('responsable'),
    enter('conseiller', 'la-poste'),
    enter('conseiller', 'afpa'),
  ]);
});
afterAll(() => system.stop());

/** A case of the counsellor's, on which the recipient helps and has written, too. */
async function shared(): Promise<string> {
  const caseId = (await own.do('/v1/cases', newCase())).id;
  const { id } = await own.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${id}/accept`);
  return caseId;
}
const close = (caseId: string) => own.do(`/v1/cases/${caseId}/close`, { reason: 'need_met', cancelReferrals: true });
const handOver = async (caseId: string): Promise<void> => {
  const push = { kind: 'push', toStructureId: next.structureId, note: 'Suite.' };
  await next.do(`/v1/handovers/${(await own.do(`/v1/cases/${caseId}/handovers`, push)).id}/accept`);
};
const complete = async (caseId: string): Promise<void> => {
  const [referral] = (await own.get(`/v1/cases/${caseId}`)).referrals;
  await recipient.do(`/v1/referrals/${referral!.id}/complete`, { outcome: 'helped' });
};

interface Made {
  readonly at: string;
  readonly caseId: string;
}
type Try = (who: Person, made: Made) => Promise<Answer>;
interface Kind {
  readonly make: (by: Person, caseId: string) => Promise<string>;
  readonly tries: Readonly<Record<string, Try>>;
}

const at = (days: number): string => `${addCalendarDays(today(), days)}T18:00`;
const moving: Try = async (who, { at: where }) =>
  who.post(`${where}/move`, { toCaseId: (await who.do('/v1/cases', newCase())).id, reason: 'Une autre.' });
const appointment: Kind['tries'] = {
  sessions: (who, { at: where, caseId }) =>
    who.post(`/v1/cases/${caseId}/sessions`, newSession({ date: today(), appointmentId: where.split('/').at(-1) })),
  move: (who, { at: where }) => who.post(`${where}/move`, { minutes: 25 }),
  cancel: (who, { at: where }) => who.post(`${where}/cancel`, { by: 'resident', reason: 'unavailable' }),
  miss: (who, { at: where }) => who.post(`${where}/miss`),
  'undo-miss': (who, { at: where }) => who.post(`${where}/miss/undo`),
  reminder: (who, { at: where }) => who.post(`${where}/reminder`, { email: 'eulalie@exemple.fr' }),
};
const meet = async (by: Person, caseId: string): Promise<string> => {
  const { id } = await by.do(`/v1/cases/${caseId}/appointments`, { at: at(0), minutes: 30 });
  return `/v1/cases/${caseId}/appointments/${id}`;
};
const past = async (by: Person, caseId: string): Promise<string> => {
  const made = await meet(by, caseId);
  system.clock.advance({ days: 1 });
  return made;
};
const ahead = async (by: Person, caseId: string): Promise<string> => {
  // Farther than any stage goes, by the clock that the stages move.
  const day = addCalendarDays(localDateOf(system.clock.now()), 400);
  const { id } = await by.do(`/v1/cases/${caseId}/appointments`, { at: `${day}T18:00`, minutes: 30 });
  return `/v1/cases/${caseId}/appointments/${id}`;
};
const kinds: Readonly<Record<string, Kind>> = {
  'an appointment': { make: meet, tries: appointment },
  'an appointment ahead': { make: ahead, tries: appointment },
  'an appointment whose time has come': { make: past, tries: appointment },
  'an appointment that was missed': {
    make: async (by, caseId) => {
      const made = await past(by, caseId);
      await by.do(`${made}/miss`);
      return made;
    },
    tries: appointment,
  },
  'a session': {
    make: async (by, caseId) =>
      `/v1/cases/${caseId}/sessions/${(await by.do(`/v1/cases/${caseId}/sessions`, newSession({ date: today() }))).id}`,
    tries: {
      corrections: (who, { at: where }) => who.post(`${where}/corrections`, { minutes: 25 }),
      cancel: (who, { at: where }) => who.post(`${where}/cancel`, { reason: 'duplicate' }),
      move: moving,
    },
  },
  'a note': {
    make: async (by, caseId) =>
      `/v1/cases/${caseId}/notes/${(await by.do(`/v1/cases/${caseId}/notes`, { date: today(), text: 'Rappelée.' })).id}`,
    tries: {
      corrections: (who, { at: where }) => who.post(`${where}/corrections`, { text: 'Absente.' }),
      cancel: (who, { at: where }) => who.post(`${where}/cancel`, { reason: 'duplicate' }),
    },
  },
  'a workshop': {
    make: async (by, caseId) => {
      const { id } = await by.do('/v1/workshops', {
        ...{
          title: 'Photos',
          date: today(),
          minutes: 90,
          place: 'autre',
          themes: ['email'],
          participants: [{ caseId }],
        },
        anonymous: { total: 2 },
      });
      return `/v1/workshops/${id}`;
    },
    tries: {
      corrections: (who, { at: where }) => who.post(`${where}/corrections`, { anonymous: { total: 3 } }),
      cancel: (who, { at: where }) => who.post(`${where}/cancel`, { reason: 'duplicate' }),
    },
  },
};
const stages: Readonly<Record<string, (caseId: string) => Promise<unknown>>> = {
  'as it was made': () => Promise.resolve(),
  'in a closed case': close,
  'in a case that was handed over': handOver,
  'after the recipient has completed': complete,
  'a month and a day after closing': async (caseId) => {
    await close(caseId);
    system.clock.advance({ days: 31 });
  },
  'a month and a day after its part': async (caseId) => {
    await complete(caseId);
    system.clock.advance({ days: 31 });
  },
};
const readers: Readonly<Record<string, () => Person>> = {
  author: () => own,
  colleague: () => colleague,
  recipient: () => recipient,
  next: () => next,
};

describe.each(Object.entries(kinds))('%s', (_, { make, tries }) => {
  describe.each(Object.entries(stages))('%s', (__, stage) => {
    it.each([
      ['author', 'own'],
      ['colleague', 'own'],
      ['recipient', 'own'],
      ['next', 'own'],
      ['recipient', 'theirs'],
    ])('as %s, %s', async (reader, whose) => {
      const who = readers[reader]!();
      const reach = async (): Promise<[Made, string[]]> => {
        const caseId = await shared();
        const made = await make(whose === 'own' ? own : recipient, caseId);
        await stage(caseId);
        const { status, body } = await who.try('GET', made);
        return [{ at: made, caseId }, status === 200 ? (body as unknown as { actions: string[] }).actions : []];
      };
      const [one, told] = await reach();
      const done: string[] = [];
      for (const [action, attempt] of Object.entries(tries)) {
        const [made, again] = told.includes(action) ? await reach() : [one, told];
        expect(again).toEqual(told);
        const { status } = await attempt(who, made);
        if (status < 300) done.push(action);
        else expect([403, 404, 409, 422]).toContain(status);
      }
      expect(done.sort()).toEqual(told.filter((action) => action in tries).sort());
    });
  });
});
