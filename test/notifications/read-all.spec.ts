/** All read at once: exactly what was there when the page was read. */
import { newCase, newReferral, newSession, Person } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let lead: Person;
let recipient: Person;
let caseId: string;

beforeAll(async () => {
  system = await startSystem();
  lead = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  recipient = await Person.signIn(system.baseUrl, system.account('responsable', 'la-poste'), system.password);
});
afterAll(() => system.stop());

interface Inbox {
  items: { id: string; type: string; count?: number; readAt?: string }[];
  asOf?: string;
}
const inbox = async (who: Person, query = ''): Promise<Inbox> => await who.get(`/v1/notifications${query}`);
const unread = async (who: Person) =>
  ((await who.get('/v1/notifications/unread')) as unknown as { unread: object }).unread;
const readAll = (who: Person, asOf: unknown) => who.post('/v1/notifications/read', { asOf });
async function refer(): Promise<string> {
  caseId = (await lead.do('/v1/cases', newCase())).id;
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  await system.settle();
  return id;
}

it('what arrives meanwhile stays unread, also what adds to a digest that was shown, and what happened before', async () => {
  expect([await inbox(recipient), await unread(recipient)]).toEqual([{ items: [], nextCursor: null }, { count: 0 }]);
  const id = await refer();
  await recipient.do(`/v1/referrals/${id}/accept`);
  await recipient.do(`/v1/cases/${caseId}/sessions`, newSession());
  await system.settle();
  const shown = await inbox(lead);
  expect(shown.items.map(({ type }) => type)).toContain('EntriesAdded');
  expect(await unread(lead)).toEqual({ count: shown.items.length });

  await recipient.do(`/v1/cases/${caseId}/sessions`, newSession());
  await system.settle();
  // Told late, of what happened long before.
  await system.database.query(
    `insert into notification (id, user_id, structure_id, event_id, seq, type, at, entries)
     select gen_random_uuid(), user_id, structure_id, gen_random_uuid(), 1, 'CaseFellSilent', at - interval '1 year', 1 from notification where user_id = $1 limit 1`,
    [lead.id],
  );
  expect((await readAll(lead, shown.asOf)).body).toEqual({ unread: { count: 2 } });
  const left = (await inbox(lead, '?unread=true')).items;
  expect(left.map(({ type, count }) => [type, count])).toEqual([
    ['EntriesAdded', 2],
    ['CaseFellSilent', undefined],
  ]);
  expect((await readAll(lead, shown.asOf)).body).toEqual({ unread: { count: 2 } });
  expect((await readAll(lead, (await inbox(lead)).asOf)).body).toEqual({ unread: { count: 0 } });
});

it('what is told in a transaction that had begun and not ended stays unread, and what came with a moved database does not', async () => {
  await refer();
  const { asOf, items } = await inbox(recipient);
  // Its number is that of one which the page could not see, whatever its id and its instants say.
  await system.database.query(
    `update notification set told_in = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text where id = $1`,
    [items[0]!.id],
  );
  expect((await readAll(recipient, asOf)).body).toEqual({ unread: { count: 1 } });
  await system.database.query(`update notification set told_in = '9000000000' where id = $1`, [items[0]!.id]);
  expect((await readAll(recipient, asOf)).body).toEqual({ unread: { count: 0 } });
});

it('is one person’s, in one structure: another’s page, or what is none, is refused where it stands', async () => {
  await refer();
  const { asOf } = await inbox(lead);
  const before = await unread(recipient);
  for (const given of [asOf, 'x', '', 3, undefined]) {
    const { status, body } = await readAll(recipient, given);
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/asOf' }]]);
  }
  expect(await unread(recipient)).toEqual(before);
  const { asOf: own } = await inbox(recipient);
  await Promise.all([readAll(recipient, own), readAll(recipient, own)]);
  expect(await unread(recipient)).toEqual({ count: 0 });
});

it('is counted up to a hundred', async () => {
  await system.database.query(
    `insert into notification (id, user_id, structure_id, event_id, seq, type, at, entries)
     select gen_random_uuid(), user_id, structure_id, gen_random_uuid(), 1, 'CaseFellSilent', at, 1 from (select * from notification where user_id = $1 limit 1) n, generate_series(1, 120)`,
    [lead.id],
  );
  expect(await unread(lead)).toEqual({ count: 100, more: true });
});
