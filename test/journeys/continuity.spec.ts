/** Whether the thread holds, in numbers: counted once more over what each referral and handover shows of itself, equal to the unit; and nothing that is told of several structures is about fewer than five. */
import { addBusinessDays, addCalendarDays, atParis, localDateOf } from '@fil-rouge/kernel';
import { Publications, Recount } from '@fil-rouge/statistics';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { cellsOf, recounted, shown, type Answer, type Told } from './continuity-recount';
import { expectProblem, newCase, newReferral, Person } from './driver';

let system: TestSystem;
let lead: Person;
let post: Person;
let fal: Person;
let coordinator: Person;
let administrator: Person;
let auditor: Person;
const communes = new Map<string, string>();
const referrals: string[] = [];

/** The same history each time: this one found something once. */
let seed = 11;
const below = (n: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * n);
};
const one = <T>(all: readonly T[]): T => all[below(all.length)]!;
const today = () => localDateOf(system.clock.now());

/** To the morning of that day; sessions have run out by then. */
async function passTo(day: string): Promise<void> {
  system.clock.set(atParis(day, '09:30'));
  await system.settle();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  lead = await enter('responsable');
  post = await enter('responsable', 'la-poste');
  fal = await enter('responsable', 'fal-72');
  coordinator = await enter('coordinateur');
  administrator = await enter('administrateur');
  auditor = await enter('auditeur');
}

const informed = () => ({ on: today(), how: 'oral' });

async function refer(by: Person, to: Person): Promise<string> {
  const commune = one(['72264', '72154', '72181']);
  const { id } = await by.do('/v1/cases', newCase(commune));
  communes.set(id, commune);
  const needs = one([['email'], ['sante', 'email'], ['bureautique']]);
  const sent = await by.do(`/v1/cases/${id}/referrals`, newReferral(to.structureId, { needs, informed: informed() }));
  referrals.push(sent.id);
  return sent.id;
}

async function answer(id: string, by: Person): Promise<void> {
  const path = `/v1/referrals/${id}`;
  const way = below(6);
  if (way < 3) await by.do(`${path}/accept`, {});
  if (way < 1) await by.do(`${path}/complete`, { outcome: one(['helped', 'no_longer_needed']) });
  if (way === 1) await by.do(`${path}/return`, { reason: 'no_capacity' });
  if (way === 3 || way === 4) await by.do(`${path}/decline`, { reason: one(['no_capacity', 'out_of_area']) });
}

/** Three waves, each answered after a while; the last one waits, and what nobody answered has run out by the end of the year. */
async function tellAStory(): Promise<void> {
  for (let wave = 0; wave < 3; wave++) {
    const asked: [string, Person][] = [];
    for (let n = 0; n < 20; n++) {
      const to = n % 3 === 0 ? 'fal' : 'post';
      asked.push([await refer(lead, to === 'fal' ? fal : post), to === 'fal' ? fal : post]);
    }
    await passTo(addBusinessDays(today(), 1 + wave));
    for (const [id, to] of asked) await answer(id, to === fal || to.structureId === fal.structureId ? fal : post);
    await system.settle();
  }
  for (let n = 0; n < 6; n++) {
    const { id } = await lead.do('/v1/cases', newCase());
    const { id: handover } = await lead.do(`/v1/cases/${id}/handovers`, {
      ...{ kind: 'push', toStructureId: post.structureId, note: 'Habite plus près de chez vous.' },
    });
    if (n < 3) await post.do(`/v1/handovers/${handover}/accept`, {});
    else if (n < 5) await post.do(`/v1/handovers/${handover}/decline`, { reason: 'Nous n’avons plus de place.' });
  }
  await refer(post, fal);
  await coordinator.do(`/v1/referrals/${await refer(lead, post)}/void`, { reason: 'Saisie dans le mauvais dossier.' });
  await system.settle();
}

const ask = async (by: Person, query = '') => (await by.get(`/v1/statistics/continuity?${query}`)) as unknown as Answer;
/** Each referral as the coordinator may read it, its needs as the structure that sent it. */
async function toldOnes(): Promise<Told[]> {
  const found: Told[] = [];
  for (const id of referrals) {
    const whole = (await coordinator.get(`/v1/referrals/${id}`)) as unknown as Told & { caseId: string };
    if (whole.status === 'entered_in_error') continue;
    const sender = whole.fromStructure.id === post.structureId ? post : lead;
    const { needs } = (await sender.get(`/v1/referrals/${id}`)) as unknown as Told;
    found.push({ ...whole, needs, commune: communes.get(whole.caseId)! });
  }
  return found;
}

async function publish(): Promise<void> {
  for (let n = 0; n < 100; n++) {
    await system.worker.get(Recount).run();
    await system.worker.get(Publications).run();
  }
}

const quarter = 'from=2026-10-01&to=2026-12-31';
const days = ['2026-10-01', '2026-12-31'] as const;

beforeAll(async () => {
  system = await startSystem();
  await passTo(today());
  await tellAStory();
}, 120_000);
afterAll(() => system.stop());

it('says what is open now and whom it waits for, to each what it may know of', async () => {
  const told = await toldOnes();
  const open = told.filter(({ endedAt }) => endedAt === undefined);
  const waiting = open.filter(({ status }) => status === 'sent');
  for (const by of [coordinator, administrator, auditor]) {
    const { now } = await ask(by);
    expect(now).toMatchObject({
      withoutLead: 0,
      total: {
        ...{ open: open.length, waiting: waiting.length, unstarted: open.length - waiting.length, handovers: 1 },
        oldest: localDateOf(open.map(({ sentAt }) => sentAt).toSorted()[0]!),
      },
    });
    expect(
      now!.byStructure.map(({ structure, open, handovers }) => [structure.name, open, handovers]).toSorted(),
    ).toEqual(
      [post, fal]
        .map((who) => [
          who === post
            ? 'La Poste'
            : now!.byStructure.find(({ structure }) => structure.id === fal.structureId)!.structure.name,
          open.filter(({ toStructure }) => toStructure.id === who.structureId).length,
          who === post ? 1 : 0,
        ])
        .toSorted(),
    );
  }
  const atFal = (await ask(fal)).now!;
  expect(atFal.byStructure.map(({ structure }) => structure.id)).toEqual([fal.structureId]);
  expect(atFal).not.toHaveProperty('withoutLead');
  expect((await ask(lead)).now!.total.open).toBe(
    open.filter(({ fromStructure }) => fromStructure.id === lead.structureId).length,
  );
});

it('counts of a structure what it asked and was asked, as its referrals show it; also when they are counted anew', async () => {
  const told = await toldOnes();
  const check = async () => {
    for (const by of [lead, post]) {
      const own = told.filter(({ fromStructure }) => fromStructure.id === by.structureId);
      expect(shown(await ask(by, quarter))).toEqual(recounted(own, ...days));
      const half = [addCalendarDays(today(), -6), addCalendarDays(today(), -2)] as const;
      expect(shown(await ask(by, `from=${half[0]}&to=${half[1]}`))).toEqual(recounted(own, ...half));
    }
    const asked = told.filter(({ toStructure }) => toStructure.id === post.structureId);
    const { gaps: _, ...seen } = shown(await ask(post, `side=received&${quarter}`));
    const { gaps: __, ...all } = recounted(asked, ...days);
    // What people need is no longer its own to read where it does not help.
    expect(seen).toEqual({ ...all, sent: { ...all.sent, theme: {} }, unhelped: { ...all.unhelped, theme: {} } });
    expect(cellsOf((await ask(lead, quarter)).handovers, 'handover_status')).toEqual({
      ...{ 'push.effective': 3, 'push.declined': 2 },
    });
  };
  await check();
  const kept = 'select * from statistics_flow order by id, step, side';
  const before = await system.database.query(kept);
  await system.database.query('delete from statistics_flow');
  expect(await rebuild(system.database)).toEqual([]);
  expect(await system.database.query(kept)).toEqual(before);
  await check();
});

it('tells the territory of a quarter that is over, each cell five or more and equal to the unit; and who is counted there in fives', async () => {
  expect(await ask(coordinator)).toMatchObject({ missingQuarters: 1, sent: { count: 0 } });
  await passTo('2027-01-01');
  await publish();
  const expected = recounted(await toldOnes(), ...days);
  for (const by of [coordinator, administrator]) {
    const figures = await ask(by);
    expect(figures).not.toHaveProperty('missingQuarters');
    const seen = shown(figures);
    expect([seen.sent.count, seen.answered.median, seen.answered.ninety]).toEqual([
      expected.sent.count,
      expected.answered.median,
      expected.answered.ninety,
    ]);
    expect(expected.unhelped.count).toBeGreaterThanOrEqual(5);
    expect(seen.unhelped.count).toBe(expected.unhelped.count);
    let told = 0;
    const compare = (these: object, all: object): void => {
      for (const [name, value] of Object.entries(these) as [string, unknown][]) {
        const other = (all as Record<string, unknown>)[name];
        if (typeof value === 'object' && value !== null) compare(value, other as object);
        else if (value !== undefined && !['median', 'ninety'].includes(name)) {
          expect([name, value]).toEqual([name, other]);
          expect([name, Number(value) >= 5]).toEqual([name, true]);
          told++;
        }
      }
    };
    compare(seen, expected);
    expect(told).toBeGreaterThan(10);
  }
  const peers = await ask(lead, 'scope=network');
  expect(peers).toMatchObject({ inFives: true, sent: { count: expected.sent.count - (expected.sent.count % 5) } });
  expect(peers).not.toHaveProperty('now');
  expect(cellsOf(peers.sent, 'pair')).toEqual({});
  const numbers = JSON.stringify(peers).matchAll(/"count":(\d+)/g);
  expect([...numbers].filter(([, n]) => Number(n) % 5 !== 0)).toEqual([]);
  // Told once: what comes afterwards says nothing of that quarter.
  const before = await ask(coordinator, quarter);
  await administrator.do(`/v1/cases/${[...communes.keys()][0]}/erasure`, { reason: 'request_of_resident' });
  system.clock.set('2027-02-01T03:00:00.000Z');
  await passTo('2027-02-01');
  await publish();
  const { now: _, ...same } = await ask(coordinator, quarter);
  const { now: __, ...was } = before;
  expect(same).toEqual(was);
});

it('keeps of somebody who was erased that it was counted, and nothing that leads there', async () => {
  const [erased] = [...communes.keys()];
  const gone = await system.database.query<Record<string, unknown>>('select * from statistics_flow where erased');
  expect(gone.length).toBeGreaterThan(1);
  const dump = JSON.stringify(await system.database.query('select * from statistics_flow'));
  expect([dump.includes(erased!), dump.includes(referrals[0]!)]).toEqual([false, false]);
  expect((await ask(lead, quarter)).sent.count).toBe(60);
});

it('lets a structure count no more than it may know: not what came after its part, nor whose case it asked for', async () => {
  const before = await ask(lead);
  const known = await refer(lead, fal);
  const { caseId } = await lead.get(`/v1/referrals/${known}`);
  const { id: handover } = await lead.do(`/v1/cases/${caseId}/handovers`, {
    ...{ kind: 'push', toStructureId: post.structureId, note: 'Habite plus près de chez vous.' },
  });
  await post.do(`/v1/handovers/${handover}/accept`, {});
  await fal.do(`/v1/referrals/${known}/decline`, { reason: 'no_capacity' });
  await system.settle();
  const left = await ask(lead);
  expect([left.sent.count, left.answered.count, left.ended.count]).toEqual([
    ...[before.sent.count! + 1, before.answered.count, before.ended.count],
  ]);
  expect((await ask(fal, 'side=received')).answered.count).toBe(1);
  // Asked without knowing whose it is: the other side, and the record, stand in no row of whoever asked.
  const twin = newCase();
  const { id: theirs } = await post.do('/v1/cases', twin);
  const refused = await fal.try('POST', '/v1/cases', { body: { ...twin, confirmNotDuplicate: false } });
  expectProblem(refused, 409, 'possible-duplicate');
  const { matchToken } = refused.body as unknown as { matchToken: string };
  const { id: asked } = await fal.do('/v1/join-requests', { matchToken, reason: 'Suit déjà cette personne ici.' });
  await post.do(`/v1/handovers/${asked}/decline`, { reason: 'Nous continuons.' });
  await system.settle();
  const rows = await system.database.query('select * from statistics_flow where structure_id = $1 and id = $2', [
    ...[fal.structureId, asked],
  ]);
  expect(rows).toMatchObject([{ step: 'handover', side: 'sent', person: null, from_structure_id: null }]);
  expect(JSON.stringify(await ask(fal))).not.toContain(theirs);
  // The night finds nothing that was otherwise.
  const kept = 'select * from statistics_flow order by id, step, side';
  const all = await system.database.query(kept);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await system.database.query(kept)).toEqual(all);
});

it('is each role’s own, for days that can be told', async () => {
  const refused = async (by: Person, query: string) => {
    const answer = await by.try('GET', `/v1/statistics/continuity?${query}`);
    expectProblem(answer, 422, 'invalid');
    return answer.body.errors.map(({ pointer, code }) => [pointer, code]);
  };
  expect(await refused(lead, 'scope=territory')).toEqual([['?scope', 'not-for-your-role']]);
  expect(await refused(coordinator, 'scope=network')).toEqual([['?scope', 'not-for-your-role']]);
  expect(await refused(coordinator, 'side=sent')).toEqual([['?side', 'not-for-this-scope']]);
  expect(await refused(lead, 'scope=network&side=sent')).toEqual([['?side', 'not-for-this-scope']]);
  expect(await refused(administrator, 'from=2026-10-01&to=2026-11-30')).toEqual([['?to', 'whole-quarters']]);
  expect(await refused(administrator, 'from=2027-01-01&to=2027-03-31')).toEqual([['?to', 'whole-quarters']]);
  expect(await refused(lead, 'from=2026-11-02&to=2026-11-01')).toEqual([['?from', 'after-to']]);
  expect(await refused(lead, 'from=2024-11-01&to=2026-11-01')).toEqual([['?to', 'too-long']]);
});
