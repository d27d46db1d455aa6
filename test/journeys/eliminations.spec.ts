/** Records whose grace is over are erased under a slip that an administrator signs: one by one, once each, and never one on which something was done since. */
import { createHash } from 'node:crypto';
import { addCalendarDays, canonicalJson, localDateOf } from '@fil-rouge/kernel';
import { onThe } from '../support/days';
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, newCase, newReferral, newSession, Person } from './driver';
import { verifyAll } from './verify-all';

interface Slip {
  id: string;
  number: number;
  state: string;
  hash: string;
  total: number;
  open: number;
  closed: number;
  firstMonth: string;
  lastMonth: string;
  erased: number;
  leftOut: number;
  visa?: string;
  signedBy?: { id: string };
  producers: { structure: { id: string }; records: number }[];
  records: { caseId: string; state: string; because?: string }[];
}

let system: TestSystem;
let lead: Person, post: Person, administrator: Person, colleague: Person;
let first: string;

const today = () => localDateOf(system.clock.now());
async function passTo(day: string): Promise<void> {
  const enter = onThe(system, day);
  [lead, post, administrator] = [
    await enter('conseiller'),
    await enter('responsable', 'la-poste'),
    await enter('administrateur'),
  ];
  colleague = await enter('administrateur');
  await system.settle();
}
const opened = async () => (await lead.do('/v1/cases', newCase())).id;
const drawUp = () => administrator.do('/v1/eliminations') as unknown as Promise<Slip>;
const read = (id: string) => administrator.get(`/v1/eliminations/${id}`) as unknown as Promise<Slip>;
const sign = (slip: Slip, who = administrator, visa = 'AD72-2029-114') =>
  who.post(`/v1/eliminations/${slip.id}/signature`, { hash: slip.hash, visa });
const statusOf = async (id: string) => (await administrator.get(`/v1/cases/${id}`)).status;
const whatBecame = ({ records }: Slip) =>
  Object.fromEntries(records.map(({ caseId, state, because }) => [caseId, because ?? state]));

beforeAll(async () => {
  system = await startSystem();
  first = today();
  await passTo(first);
});
afterAll(() => system.stop());

it('nothing is erased without announcement, grace and signature; with them what is due is, once, and says so; what moved, or is waited for, stays', async () => {
  const [silent, closed, moved, waited, busy] = [
    await opened(),
    await opened(),
    await opened(),
    await opened(),
    await opened(),
  ];
  await lead.do(`/v1/cases/${silent}/sessions`, newSession({ date: first }));
  await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met' });
  const { id: referral } = await lead.do(`/v1/cases/${waited}/referrals`, newReferral(post.structureId));
  await post.do(`/v1/referrals/${referral}/accept`, {});
  await post.do(`/v1/cases/${waited}/sessions`, newSession({ date: first }));
  const [loser, kept] = [await opened(), await opened()];
  const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: kept, reason: 'Doublon.' });
  const figures = async () => {
    const who = await Person.signIn(system.baseUrl, system.account('responsable'), system.password);
    const year = `from=${first.slice(0, 4)}-01-01&to=${first.slice(0, 4)}-12-31`;
    const told = await who.get(`/v1/statistics?scope=structure&${year}`);
    // Where somebody who was erased lived is not known any more; all else is.
    return JSON.parse(JSON.stringify(told), (_key, value: unknown) =>
      Array.isArray(value)
        ? value.filter((one: { definition?: string }) => !one.definition?.startsWith('Commune où habite'))
        : value,
    ) as object;
  };

  await passTo(addCalendarDays(first, 730));
  expectProblem(await administrator.post('/v1/eliminations'), 409, 'wrong-state');
  await passTo(addCalendarDays(first, 759));
  expectProblem(await administrator.post('/v1/eliminations'), 409, 'wrong-state');
  const before = await figures();
  await lead.do(`/v1/cases/${busy}/sessions`, newSession({ date: today() }));
  await passTo(addCalendarDays(first, 760));

  const slip = await drawUp();
  expect(whatBecame(slip)).toEqual(Object.fromEntries([silent, closed, moved, kept].map((id) => [id, 'waiting'])));
  expect(slip).toMatchObject({
    ...{ number: 1, state: 'drawn_up', total: 4, open: 3, closed: 1, erased: 0, leftOut: 0 },
    ...{ firstMonth: first.slice(0, 7), lastMonth: first.slice(0, 7) },
    producers: [{ structure: { id: lead.structureId }, records: 4 }],
  });
  const content = {
    ...{ slipId: slip.id, number: 1, caseIds: slip.records.map(({ caseId }) => caseId), open: 3, closed: 1 },
    ...{ producers: [{ structureId: lead.structureId, records: 4 }] },
    ...{ firstMonth: slip.firstMonth, lastMonth: slip.lastMonth },
  };
  expect(slip.hash).toBe(createHash('sha256').update(canonicalJson(content)).digest('hex'));
  expect(JSON.stringify(slip)).not.toMatch(/Eulalie|Essai/);
  // One at a time; drawn up is not signed, whatever time passes.
  expectProblem(await administrator.post('/v1/eliminations'), 409, 'wrong-state');
  await system.settle();
  for (const id of [silent, closed, moved, kept]) expect(await statusOf(id)).not.toBe('erased');

  // Another list than the one that was read, and nobody else.
  expectProblem(await sign({ ...slip, hash: '0'.repeat(64) }), 412, 'stale');
  for (const role of ['conseiller', 'responsable', 'coordinateur', 'auditeur']) {
    const who = await Person.signIn(system.baseUrl, system.account(role), system.password);
    for (const answer of [
      await who.try('GET', '/v1/eliminations'),
      await who.try('GET', `/v1/eliminations/${slip.id}`),
      await who.post('/v1/eliminations'),
      await sign(slip, who),
      await who.post(`/v1/eliminations/${slip.id}/withdrawal`),
    ])
      expect(answer.status).toBe(403);
  }

  // Something is done between the list and the run; two sign at once.
  await lead.do(`/v1/cases/${moved}/notes`, { date: today(), text: 'A rappelé.' });
  const signed = await Promise.all([sign(slip), sign(slip, colleague)]);
  expect(signed.map(({ status }) => status).sort()).toEqual([200, 409]);
  await system.settle();
  const after = await read(slip.id);
  expect(after).toMatchObject({ state: 'done', erased: 3, leftOut: 1, visa: 'AD72-2029-114' });
  expect(after.signedBy?.id).toBe(administrator.id);
  expect(whatBecame(after)).toEqual({ [silent]: 'erased', [closed]: 'erased', [moved]: 'moved', [kept]: 'erased' });
  for (const id of [silent, closed, kept]) expect(await statusOf(id)).toBe('erased');
  for (const id of [moved, waited, busy]) expect(await statusOf(id)).toBe('open');
  // In the name of who signed, once each, with what was merged into it.
  const log = await system.database.query(
    `select stream_id, data->>'slip' as slip, actor_id from event where type = 'CaseErased' order by 1`,
  );
  expect(log).toEqual(
    [silent, closed, kept, loser].sort().map((id) => ({ stream_id: id, slip: '1', actor_id: administrator.id })),
  );
  expect(await figures()).toEqual(before);
  expect(await verifyAll(system, administrator)).toMatchObject({ broken: 0, gaps: 0, differing: 0, offenders: [] });
});

it('a slip that is withdrawn erases nothing more; the next one has the next number', async () => {
  const one = await opened();
  await passTo(addCalendarDays(today(), 730));
  await passTo(addCalendarDays(today(), 30));
  const slip = await drawUp();
  expect(slip.number).toBe(2);
  expect(Object.keys(whatBecame(slip))).toContain(one);
  await administrator.do(`/v1/eliminations/${slip.id}/withdrawal`);
  expectProblem(await sign(slip), 409, 'wrong-state');
  expectProblem(await administrator.post(`/v1/eliminations/${slip.id}/withdrawal`), 409, 'wrong-state');
  await system.settle();
  expect(await statusOf(one)).toBe('open');
  expect(whatBecame(await read(slip.id))[one]).toBe('withdrawn');
  const next = await drawUp();
  expect(next.number).toBe(3);
  // Erased by somebody in between: nothing is left to erase, and the slip goes on.
  await administrator.do(`/v1/cases/${one}/erasure`, { reason: 'request_of_resident' });
  await sign(next);
  await system.settle();
  expect(await read(next.id)).toMatchObject({ state: 'done', leftOut: 1, erased: next.total - 1 });
  expect(whatBecame(await read(next.id))[one]).toBe('gone');
  expectProblem(await sign(slip), 409, 'wrong-state');
  const { items } = (await administrator.get('/v1/eliminations?limit=2')) as unknown as { items: Slip[] };
  expect(items.map(({ number }) => number)).toEqual([3, 2]);
  expect(await verifyAll(system, administrator)).toMatchObject({ broken: 0, gaps: 0, differing: 0, offenders: [] });
});

it('what is recorded while it runs wins or comes too late: no acknowledged entry is erased, and no record that has one', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, opened));
  await passTo(addCalendarDays(today(), 730));
  await passTo(addCalendarDays(today(), 30));
  const slip = await drawUp();
  const note = { date: today(), text: 'Est passée ce matin.' };
  const [signed, ...notes] = await Promise.all([
    sign(slip),
    ...ids.map((id) => lead.post(`/v1/cases/${id}/notes`, note)),
    system.settle(),
  ]);
  expect(signed.status).toBe(200);
  await system.settle();
  const became = whatBecame(await read(slip.id));
  const told = await Promise.all(ids.map(async (id) => [became[id], await statusOf(id)]));
  expect(told).toEqual(ids.map((_id, at) => (notes[at]!.status === 201 ? ['moved', 'open'] : ['erased', 'erased'])));
  expect(await verifyAll(system, administrator)).toMatchObject({ broken: 0, differing: 0, offenders: [] });
});

it('nobody erases a record because its time is over, but under a slip', async () => {
  const id = await opened();
  const { status, body } = await administrator.post(`/v1/cases/${id}/erasure`, { reason: 'retention_ended' });
  expect([status, body.errors[0]?.pointer]).toEqual([422, '/reason']);
  expect(await statusOf(id)).toBe('open');
});
