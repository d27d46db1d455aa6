/** What is kept for as long as it may be: records, and the parts of structures in them, by the day they end; looked at by an administrator, erased by nobody. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { onThe } from '../support/days';
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, newCase, newReferral, newSession, Person } from './driver';

interface Line {
  caseId: string;
  status: string;
  structure: { id: string };
  lastActivityOn: string;
  endsOn: string;
  waits: boolean;
}

let system: TestSystem;
let lead: Person;
let post: Person;
let administrator: Person;
let first: string;

const today = () => localDateOf(system.clock.now());
async function passTo(day: string): Promise<void> {
  const enter = onThe(system, day);
  lead = await enter('conseiller');
  post = await enter('responsable', 'la-poste');
  administrator = await enter('administrateur');
}
/** Line by line: a page is the first rows of its index. */
async function list(query = ''): Promise<Line[]> {
  const found: Line[] = [];
  for (let cursor = ''; ;) {
    const page = (await administrator.get(`/v1/retention?limit=1${query}${cursor}`)) as unknown as {
      items: Line[];
      nextCursor: string | null;
    };
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
const idsOf = (lines: readonly Line[]): string[] => lines.map(({ caseId }) => caseId);

beforeAll(async () => {
  system = await startSystem();
  first = today();
  await passTo(first);
});
afterAll(() => system.stop());

it('are the records on which nothing was done for 730 days, the oldest first, on the very day and not before', async () => {
  const opened = async () => (await lead.do('/v1/cases', newCase())).id;
  const silent = await opened();
  const waited = await opened();
  const { id: referral } = await lead.do(`/v1/cases/${waited}/referrals`, newReferral(post.structureId));
  await post.do(`/v1/referrals/${referral}/accept`, {});
  await post.do(`/v1/cases/${waited}/sessions`, newSession({ date: first }));
  const closed = await opened();
  await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met' });
  const left = await opened();
  const { id: handover } = await lead.do(`/v1/cases/${left}/handovers`, {
    ...{ kind: 'push', toStructureId: post.structureId, note: 'Habite plus près de chez vous.' },
  });
  await post.do(`/v1/handovers/${handover}/accept`, {});
  const busy = await opened();
  const erased = await opened();
  await administrator.do(`/v1/cases/${erased}/erasure`, { reason: 'request_of_resident' });
  const [loser, kept] = [await opened(), await opened()];
  const coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: kept, reason: 'Doublon.' });
  await passTo(addCalendarDays(first, 30));
  await lead.do(`/v1/cases/${busy}/sessions`, newSession({ date: today() }));
  await post.do(`/v1/cases/${left}/sessions`, newSession({ date: today() }));

  await passTo(addCalendarDays(first, 729));
  expect(await list()).toEqual([]);
  await passTo(addCalendarDays(first, 730));
  const due = await list();
  expect(idsOf(due)).toEqual([silent, waited, closed, kept]);
  for (const line of due)
    expect(line).toMatchObject({
      ...{ lastActivityOn: first, endsOn: today(), structure: { id: lead.structureId } },
      ...{ status: line.caseId === closed ? 'closed' : 'open', waits: line.caseId === waited },
    });
  // What will have its end by then: the dry run of another day.
  const later = addCalendarDays(first, 760);
  expect(idsOf(await list(`&by=${later}`))).toEqual([silent, waited, closed, kept, busy, left]);
  // A part that is over ends by itself, whatever goes on in the record.
  expect(await list('&what=part')).toMatchObject([
    { caseId: left, structure: { id: lead.structureId }, lastActivityOn: first, endsOn: today() },
  ]);
  // Something done moves it away; looked at, nothing was erased.
  await lead.do(`/v1/cases/${silent}/sessions`, newSession({ date: today() }));
  expect(idsOf(await list())).toEqual([waited, closed, kept]);
  expect((await lead.get(`/v1/cases/${waited}`)).status).toBe('open');
  const { items } = (await administrator.get('/v1/audit/entries?action=retention.list&limit=1')) as unknown as {
    items: { action: string }[];
  };
  expect(items).toHaveLength(1);
});

it('are shown to who may erase, without a name, a year ahead at most', async () => {
  for (const role of ['conseiller', 'responsable', 'coordinateur', 'auditeur']) {
    const who = await Person.signIn(system.baseUrl, system.account(role), system.password);
    expect((await who.try('GET', '/v1/retention')).status).toBe(403);
  }
  const far = await administrator.try('GET', `/v1/retention?by=${addCalendarDays(today(), 366)}`);
  expectProblem(far, 422, 'invalid');
  expect(far.body.errors.map(({ pointer, code }) => [pointer, code])).toEqual([['?by', 'too-far']]);
  expect(JSON.stringify(await administrator.get('/v1/retention'))).not.toMatch(/Eulalie|Essai/);
});
