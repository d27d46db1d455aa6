/** A person's day in one answer, and the numbers beside its screens: the same as the lists say each for itself. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type View } from './driver';

type Day = {
  date: string;
  badges: Record<'tasks' | 'late' | 'unread', { count: number; more?: true }>;
  tasks: (View & { kind: string; late: boolean; resident?: { firstName?: string; lastName?: string } })[];
  news: View[];
  asOf?: string;
  appointments: (View & { resident?: { lastName?: string } })[];
  quietCases: View[];
};

let system: TestSystem;
let lead: Person;
let manager: Person;
let recipient: Person;
let coordinator: Person;
let auditor: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  lead = await enter('conseiller');
  manager = await enter('responsable');
  recipient = await enter('responsable', 'la-poste');
  coordinator = await enter('coordinateur');
  auditor = await enter('auditeur');
});
afterAll(() => system.stop());

const dayOf = async (who: Person): Promise<Day> => (await who.get('/v1/today')) as unknown as Day;
const ids = (items: View[]): string[] => items.map(({ id }) => id);

/** Each part against the list that it is the beginning of. */
async function compare(who: Person): Promise<Day> {
  const day = await dayOf(who);
  const [tasks, unread] = [await who.all('/v1/tasks?mine=true'), await who.all('/v1/notifications?unread=true')];
  expect(ids(day.tasks)).toEqual(ids(tasks).slice(0, 10));
  expect(ids(day.news)).toEqual(ids(unread).slice(0, 10));
  const late = tasks.filter((task) => (task as Day['tasks'][number]).late);
  const badges = { tasks: { count: tasks.length }, late: { count: late.length }, unread: { count: unread.length } };
  expect(day.badges).toEqual(badges);
  expect(await who.get('/v1/today/badges')).toEqual(badges);
  return day;
}

it('is empty for who has just begun, in every role, and says which day it is', async () => {
  for (const who of [lead, recipient, coordinator, auditor]) {
    const day = await compare(who);
    expect(day).toMatchObject({
      date: system.clock.now().slice(0, 10),
      tasks: [],
      news: [],
      appointments: [],
      quietCases: [],
    });
    expect(day.asOf).toBeUndefined();
  }
});

it('names who is due and what is new for whoever takes part, the urgent first; read, it is new no more', async () => {
  const { id: caseId } = await lead.do('/v1/cases', newCase());
  const send = (urgency: string, needs: string[]) =>
    lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId, { urgency, needs }));
  await send('normal', ['email']);
  const { id: urgent } = await send('urgent', ['sante']);
  await system.settle();
  const day = await compare(recipient);
  expect(day.tasks.map(({ kind }) => kind)).toEqual(['answer_referral', 'answer_referral']);
  expect(day.tasks[0]).toMatchObject({ referralId: urgent, urgent: true, resident: { firstName: 'Eulalie' } });
  // Before an answer the first name alone, here as everywhere.
  expect(JSON.stringify(day)).not.toContain('Essai');
  expect(day.news).toHaveLength(2);
  await recipient.do('/v1/notifications/read', { asOf: day.asOf });
  expect(await compare(recipient)).toMatchObject({ news: [], badges: { unread: { count: 0 } } });
  system.clock.advance({ days: 12 });
  expect((await compare(recipient)).badges.late.count).toBe(2);
  // Nothing of it is anybody else's.
  expect((await compare(coordinator)).tasks).toEqual([]);
});

it('lists the cases I lead in which nothing has been entered for thirty days, the longest first', async () => {
  const first = await lead.do('/v1/cases', newCase());
  system.clock.advance({ days: 2 });
  const second = await lead.do('/v1/cases', newCase());
  system.clock.advance({ days: 27 });
  const quiet = async (who: Person) =>
    ids((await dayOf(who)).quietCases).filter((id) => [first.id, second.id].includes(id));
  expect(await quiet(lead)).toEqual([]);
  system.clock.advance({ days: 1 });
  expect(await quiet(lead)).toEqual([first.id]);
  system.clock.advance({ days: 3 });
  expect(await quiet(lead)).toEqual([first.id, second.id]);
  await lead.do(`/v1/cases/${first.id}/sessions`, newSession());
  await lead.do(`/v1/cases/${second.id}/close`, { reason: 'need_met' });
  expect(await quiet(lead)).toEqual([]);
  expect((await dayOf(recipient)).quietCases).toEqual([]);
});

it('shows whom I meet today, the soonest first, and nobody else’s appointments', async () => {
  const { id: caseId } = await lead.do('/v1/cases', newCase());
  const meet = (at: string, counsellorId = lead.id) =>
    lead.do(`/v1/cases/${caseId}/appointments`, { at, minutes: 30, place: 'domicile', counsellorId });
  const { date } = await dayOf(lead);
  const next = new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const [evening, noon, tomorrow] = [
    await meet(`${next}T23:59`),
    await meet(`${next}T12:00`),
    await meet(`${next}T00:00`),
  ];
  await meet(`${next}T13:00`, manager.id);
  expect(ids((await dayOf(lead)).appointments)).toEqual([]);
  system.clock.advance({ days: 1 });
  const shown = (await dayOf(lead)).appointments;
  expect(ids(shown)).toEqual([tomorrow.id, noon.id, evening.id]);
  expect(shown[0]!.resident!.lastName).toMatch(/^Essai/);
  expect((await dayOf(recipient)).appointments).toEqual([]);
});

it('counts to a hundred and says that there are more', async () => {
  const { id: caseId } = await lead.do('/v1/cases', newCase());
  for (let nth = 0; nth < 101; nth++)
    for (const { id: counsellorId } of [manager, lead])
      await manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId });
  await system.settle();
  expect((await dayOf(lead)).badges.unread).toEqual({ count: 100, more: true });
});
