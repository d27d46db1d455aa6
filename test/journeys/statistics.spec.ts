/** Figures of a small random history, counted once more over what each record shows of itself: equal, to the unit; and nothing that is told of several structures is about fewer than five. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { Publications, Recount } from '@fil-rouge/statistics';
import { start, today } from '../support/clock';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, newCase, newReferral, newSession, Person } from './driver';
import { counted, factsOf, shown, type Cases, type Fact, type Figures } from './statistics-recount';

let system: TestSystem;
let people: Person[];
let lead: Person;
let laPoste: Person;
let coordinator: Person;
let administrator: Person;
const cases: Cases = new Map();
const firstDay = addCalendarDays(localDateOf(start), -53);
const communes = ['72264', '72154', '72181'];

/** The same history each time: this one found something once. */
let seed = 7;
const below = (n: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * n);
};
const one = <T>(all: readonly T[]): T => all[below(all.length)]!;
const anyDay = (): string => addCalendarDays(firstDay, below(53));
const aSession = () =>
  newSession({
    date: anyDay(),
    minutes: one([15, 30, 60]),
    place: one(['lieu_activite', 'domicile', 'a_distance']),
    commune: one(communes),
    themes: one([['email'], ['sante', 'email'], ['bureautique']]),
    equipment: one([['ordinateur'], ['telephone', 'ordinateur']]),
    ...(below(2) ? { autonomy: one(['autonome', 'entierement_accompagne']) } : {}),
  });

async function tellAStory(): Promise<void> {
  for (const by of people) {
    const mine: string[] = [];
    for (let n = 0; n < 5; n++) {
      const commune = one(communes);
      const { id } = await by.do('/v1/cases', newCase(commune));
      cases.set(id, { by, commune });
      mine.push(id);
      for (let session = below(4); session > 0; session--) {
        const { id: sessionId } = await by.do(`/v1/cases/${id}/sessions`, aSession());
        const path = `/v1/cases/${id}/sessions/${sessionId}`;
        if (below(4) === 0) await by.do(`${path}/corrections`, { date: anyDay(), place: 'autre', themes: ['sante'] });
        if (below(5) === 0) await by.do(`${path}/cancel`, { reason: 'duplicate' });
      }
    }
    for (let n = 0; n < 5; n++) {
      const walkIn = { ...aSession(), ...(below(2) ? { gender: 'feminin', ageBracket: 'soixante_dix_plus' } : {}) };
      const { id } = await by.do('/v1/anonymous-sessions', walkIn);
      if (n === 0) await by.do(`/v1/anonymous-sessions/${id}/cancel`, { reason: 'duplicate' });
    }
    const workshop = await by.do('/v1/workshops', {
      ...{ title: 'Premiers pas', date: anyDay(), minutes: 90, place: 'autre', commune: one(communes) },
      ...{ themes: ['email'], level: 'debutant', participants: mine.slice(0, 3).map((caseId) => ({ caseId })) },
      anonymous: { total: 6, byAge: { soixante_dix_plus: 4 }, byGender: { feminin: 5, masculin: 1 } },
    });
    await by.do(`/v1/workshops/${workshop.id}/corrections`, {
      participants: mine.slice(1, 5).map((caseId) => ({ caseId })),
    });
  }
  // One resident of two structures, one on two records.
  const [shared, kept, twin] = [...cases.keys()];
  const referral = await lead.do(`/v1/cases/${shared}/referrals`, newReferral(laPoste.structureId));
  await laPoste.do(`/v1/referrals/${referral.id}/accept`);
  await laPoste.do(`/v1/cases/${shared}/sessions`, { ...aSession(), date: today() });
  for (const id of [kept, twin]) await lead.do(`/v1/cases/${id}/sessions`, { ...aSession(), date: today() });
  await coordinator.do(`/v1/cases/${twin}/merge`, { intoCaseId: kept, reason: 'Doublon.' });
  cases.delete(twin!);
  await system.settle();
}

const ask = async (by: Person, query: string) => (await by.get(`/v1/statistics?${query}`)) as unknown as Figures;
const period = (from: string, to: string): string => `from=${from}&to=${to}`;
const whole = period(firstDay, localDateOf(start));
const within = (from: string, to: string) => (fact: Fact) => from <= fact.day && fact.day <= to;

/** The first night after the months of the story. */
async function publish(): Promise<void> {
  for (let n = 0; n < 100; n++) {
    await system.worker.get(Recount).run();
    await system.worker.get(Publications).run();
  }
}

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  people = await Promise.all([enter('conseiller'), enter('conseiller', 'la-poste'), enter('conseiller', 'afpa')]);
  [lead, laPoste] = people as [Person, Person, Person];
  coordinator = await enter('coordinateur');
  administrator = await enter('administrateur');
  await tellAStory();
});
afterAll(() => system.stop());

it('count of a structure, and of somebody in it, what its records show; also when they are counted anew', async () => {
  const facts = await factsOf(cases, people);
  const check = async () => {
    for (const by of people) {
      const own = (fact: Fact): boolean => fact.structure === by.structureId;
      expect(shown(await ask(by, `scope=structure&${whole}`))).toEqual(counted(facts, cases, own));
      const half = [addCalendarDays(firstDay, 20), addCalendarDays(firstDay, 40)] as const;
      expect(shown(await ask(by, `scope=mine&${period(...half)}`))).toMatchObject(
        counted(facts, cases, (fact) => own(fact) && fact.by === by.id && within(...half)(fact)),
      );
    }
  };
  await check();
  const crowd = (await ask(lead, `scope=structure&${whole}`))['anonymousParticipations']!;
  expect(crowd).toMatchObject({ count: 6 });
  expect(crowd.tables.map(({ dimension, cells }) => [dimension, cells.map(({ count }) => count)])).toEqual([
    ['age_bracket', [4, 2]],
    ['gender', [5, 1]],
    ['resident_status', [6]],
  ]);
  const kept = 'select * from statistics_fact order by id, part';
  const before = await system.database.query(kept);
  await system.database.query('delete from statistics_fact');
  expect(await rebuild(system.database)).toEqual([]);
  expect(await system.database.query(kept)).toEqual(before);
  await check();
});

it('tell of the network what months say, each of its cells five or more, and equal to the unit', async () => {
  const facts = await factsOf(cases, people);
  system.clock.set('2026-12-01T03:00:00.000Z');
  await publish();
  for (const by of [coordinator, administrator]) {
    for (const [from, to] of [
      ['2026-10-01', '2026-10-31'],
      ['2026-11-01', '2026-11-30'],
    ] as const) {
      const figures = await ask(by, period(from, to));
      const expected = counted(facts, cases, within(from, to)) as Record<string, Record<string, unknown>>;
      for (const [kind, { count, tables }] of Object.entries(figures).filter(([name]) => name in expected)) {
        const all = expected[kind]!;
        if (count !== undefined) expect([kind, count]).toEqual([kind, all['count']]);
        else expect([kind, (all['count'] as number) < 5 || kind !== 'people']).toEqual([kind, true]);
        for (const { dimension, cells } of tables)
          for (const { code, count: told } of cells.filter((cell) => cell.count !== undefined)) {
            expect([kind, dimension, code, told! >= 5]).toEqual([kind, dimension, code, true]);
            if (dimension !== 'epci')
              expect([code, told]).toEqual([code, (all[dimension] as Record<string, number>)[code]]);
          }
      }
    }
    // People do not add up; sessions do, as far as their months say so.
    const both = await ask(by, period('2026-10-01', '2026-11-30'));
    expect(both['people']).not.toHaveProperty('count');
    expect(both['sessions']!.count).toBe(
      (await ask(by, period('2026-10-01', '2026-10-31')))['sessions']!.count! +
        (await ask(by, period('2026-11-01', '2026-11-30')))['sessions']!.count!,
    );
  }
});

it('keep of somebody who was erased the month and the sums, and nothing that leads there', async () => {
  const facts = await factsOf(cases, people);
  const erased = [...cases.keys()].find(
    (id) => cases.get(id)!.by === lead && facts.some(({ person, kind }) => person === id && kind === 'sessions'),
  )!;
  const wholeMonths = `scope=structure&${period('2026-10-01', '2026-11-30')}`;
  const [before, afterwards] = [
    await ask(lead, wholeMonths),
    (await administrator.do(`/v1/cases/${erased}/erasure`, { reason: 'request_of_resident' }),
    await system.settle(),
    await ask(lead, wholeMonths)),
  ];
  expect(shown(afterwards)).toMatchObject({ ...shown(before), people: { count: before['people']!.count } });
  const left = facts.filter(({ person, structure }) => person !== erased && structure === lead.structureId);
  const days = ['2026-10-02', '2026-10-31'] as const;
  expect(shown(await ask(lead, `scope=structure&${period(...days)}`))).toMatchObject(
    Object.fromEntries(Object.entries(counted(left, cases, within(...days))).filter(([kind]) => kind !== 'people')),
  );
  const dump = JSON.stringify(await system.database.query('select * from statistics_fact'));
  expect([dump.includes(erased), facts.some(({ id, person }) => person === erased && dump.includes(id))]).toEqual([
    false,
    false,
  ]);
  system.clock.advance({ days: 1 });
  await publish();
  expect(await ask(lead, wholeMonths)).toEqual(afterwards);
});

it('are each role’s own, for days that can be told', async () => {
  expectProblem(await lead.try('GET', '/v1/statistics?scope=network'), 422, 'invalid');
  expectProblem(await coordinator.try('GET', '/v1/statistics?scope=structure'), 422, 'invalid');
  const refused = async (by: Person, query: string) =>
    (await by.try('GET', `/v1/statistics?${query}`)).body.errors.map(({ pointer, code }) => [pointer, code]);
  expect(await refused(administrator, period('2026-10-01', '2026-10-30'))).toEqual([['?to', 'whole-months']]);
  expect(await refused(administrator, period('2026-12-01', '2026-12-31'))).toEqual([['?to', 'whole-months']]);
  expect(await refused(lead, period('2026-11-02', '2026-11-01'))).toEqual([['?from', 'after-to']]);
  expect(await refused(lead, period('2024-11-01', '2026-11-01'))).toEqual([['?to', 'too-long']]);
  // A territory of its own has its own figures, and until they are counted none.
  await system.database.query(
    `update employment set territory = '{72154}' where user_id = $1 and role = 'coordinator'`,
    [coordinator.id],
  );
  const month = period('2026-11-01', '2026-11-30');
  expect(await ask(coordinator, month)).toMatchObject({ missingMonths: 1, sessions: { count: 0 } });
  system.clock.advance({ hours: 1 });
  await publish();
  const here = await ask(coordinator, month);
  expect(here).not.toHaveProperty('missingMonths');
  expect(here['sessions']!.count ?? 0).toBeLessThan((await ask(administrator, month))['sessions']!.count!);
});
