/** What a case says may be done with it is what is done when it is tried, and nothing else: for each reader, at each stage. */
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newOutside, newReferral, newSession, Person, type Answer } from './driver';

let system: TestSystem;
const people: Record<string, Person> = {};
const as = (name: string): Person => people[name]!;

beforeAll(async () => {
  system = await startSystem();
  const enter = async (name: string, role: string, structure?: string) => {
    people[name] = await Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  };
  await Promise.all([
    enter('lead', 'conseiller'),
    enter('manager', 'responsable'),
    enter('recipient', 'conseiller', 'la-poste'),
    enter('next', 'conseiller', 'afpa'),
    enter('coordinator', 'coordinateur'),
    enter('administrator', 'administrateur'),
    enter('auditor', 'auditeur'),
  ]);
});
afterAll(() => system.stop());

const open = async (): Promise<string> => (await as('lead').do('/v1/cases', newCase())).id;
const referred = async (more: object = {}): Promise<string> => {
  const id = await open();
  const { id: referral } = await as('lead').do(
    `/v1/cases/${id}/referrals`,
    newReferral(as('recipient').structureId, { ...more }),
  );
  await as('recipient').do(`/v1/referrals/${referral}/accept`);
  return id;
};
const handedOver = async (): Promise<string> => {
  const id = await open();
  const push = { kind: 'push', toStructureId: as('next').structureId, note: 'Suite.' };
  const { id: handover } = await as('lead').do(`/v1/cases/${id}/handovers`, push);
  await as('next').do(`/v1/handovers/${handover}/accept`);
  return id;
};

const stages: Record<string, () => Promise<string>> = {
  open,
  'referred, accepted': () => referred(),
  'referred, to be referred on': () => referred({ onwardAllowed: true }),
  'referred, completed': async () => {
    const id = await referred();
    const [referral] = (await as('lead').get(`/v1/cases/${id}`)).referrals;
    await as('recipient').do(`/v1/referrals/${referral!.id}/complete`, { outcome: 'helped' });
    return id;
  },
  'contributing beside the lead': async () => {
    const id = await stages['referred, completed']!();
    const asked = await as('recipient').do(`/v1/cases/${id}/handovers`, { kind: 'beside', note: 'Vient chez nous.' });
    await as('lead').do(`/v1/handovers/${asked.id}/accept`);
    return id;
  },
  'a handover proposed': async () => {
    const id = await open();
    const push = { kind: 'push', toStructureId: as('next').structureId, note: 'Suite.' };
    await as('lead').do(`/v1/cases/${id}/handovers`, push);
    return id;
  },
  'handed over': handedOver,
  closed: async () => {
    const id = await open();
    await as('lead').do(`/v1/cases/${id}/close`, { reason: 'need_met' });
    return id;
  },
};
const readers = ['lead', 'manager', 'recipient', 'next', 'coordinator', 'administrator', 'auditor'];

/** A body that nothing but the reader's part in the case stands against. */
const tries: Record<string, (who: Person, name: string, id: string) => Promise<Answer>> = {
  sessions: (who, _, id) => who.post(`/v1/cases/${id}/sessions`, newSession({ date: today() })),
  notes: (who, _, id) => who.post(`/v1/cases/${id}/notes`, { date: today(), text: 'Rappelée.' }),
  appointments: (who, _, id) => who.post(`/v1/cases/${id}/appointments`, { at: `${today()}T18:00`, minutes: 30 }),
  'outside-referrals': (who, _, id) => who.post(`/v1/cases/${id}/outside-referrals`, newOutside()),
  goals: (who, _, id) => who.post(`/v1/cases/${id}/goals`, { text: 'Seule.' }),
  corrections: (who, _, id) => who.post(`/v1/cases/${id}/corrections`, { resident: { birthYear: 1971 } }),
  objections: (who, _, id) => who.post(`/v1/cases/${id}/objections`, { against: 'all', on: today(), how: 'oral' }),
  assignments: (who, _, id) => who.post(`/v1/cases/${id}/assignments`, { counsellorId: who.id }),
  close: (who, _, id) =>
    who.post(`/v1/cases/${id}/close`, { reason: 'need_met', cancelReferrals: true, cancelHandover: true }),
  leave: (who, _, id) => who.post(`/v1/cases/${id}/leave`, {}),
  keep: (who, _, id) => who.post(`/v1/cases/${id}/keep`, { reason: 'Sert encore.' }),
  reopen: (who, _, id) => who.post(`/v1/cases/${id}/reopen`, { reason: 'Revenue.' }),
  referrals: async (who, _, id) => {
    const [parent] = (await as('lead').get(`/v1/cases/${id}`)).referrals;
    const onward = who === as('recipient') && parent ? { parentReferralId: parent.id } : {};
    return who.post(
      `/v1/cases/${id}/referrals`,
      newReferral(as(who === as('next') ? 'recipient' : 'next').structureId, { needs: ['email'], ...onward }),
    );
  },
  handovers: (who, name, id) => {
    const kind = { lead: 'push', manager: 'internal', coordinator: 'administrative', administrator: 'administrative' };
    const to = as('recipient').structureId;
    const bodies: Record<string, object> = {
      push: { toStructureId: to, note: 'Suite.' },
      internal: { toCounsellorId: who.id },
      administrative: { toStructureId: to, reason: 'Décidé.' },
      pull: { note: 'Nous la suivons.' },
    };
    const how = name === 'next' && leadIsNext ? 'push' : (kind[name as keyof typeof kind] ?? 'pull');
    const formerManager = name === 'manager' && leadIsNext ? 'pull' : how;
    const chosen = name === 'lead' && leadIsNext ? 'pull' : formerManager;
    return who.post(`/v1/cases/${id}/handovers`, { kind: chosen, ...bodies[chosen] });
  },
  merge: async (who, _, id) =>
    who.post(`/v1/cases/${id}/merge`, { intoCaseId: await open(), reason: 'Une seule personne.' }),
  erasure: (who, _, id) => who.post(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' }),
};
let leadIsNext = false;

/** What the reader is told, and what is done when tried: each action on a case of its own, the refused ones on one, which they leave as it is. */
const compare = async (
  stage: () => Promise<string>,
  name: string,
  after = { days: 0 },
): Promise<[told: string[], done: string[]]> => {
  const who = as(name);
  const reach = async (): Promise<[string, string[]]> => {
    const id = await stage();
    if (after.days > 0) system.clock.advance(after);
    const read = await who.try('GET', `/v1/cases/${id}`);
    return [id, read.status === 200 ? [...read.body.actions].sort() : []];
  };
  const [shared, told] = await reach();
  const done: string[] = [];
  for (const [action, attempt] of Object.entries(tries)) {
    const [id, again] = told.includes(action) ? await reach() : [shared, told];
    expect(again).toEqual(told);
    const answer = await attempt(who, name, id);
    if (answer.status < 300) done.push(action);
    else expect([403, 404, 409, 422]).toContain(answer.status);
  }
  return [told, done.sort()];
};

describe.each(Object.entries(stages))('%s', (name, stage) => {
  it.each(readers)('as %s', async (reader) => {
    leadIsNext = name === 'handed over';
    const [told, done] = await compare(stage, reader);
    expect(done).toEqual(told);
  });
});

it('a month and a day later nothing is added any more to what has ended', async () => {
  leadIsNext = false;
  expect(await compare(stages['closed']!, 'lead', { days: 31 })).toEqual([
    ['keep', 'reopen'],
    ['keep', 'reopen'],
  ]);
  const [told, done] = await compare(stages['referred, completed']!, 'recipient', { days: 31 });
  expect([told, done]).toEqual([['handovers'], ['handovers']]);
});
