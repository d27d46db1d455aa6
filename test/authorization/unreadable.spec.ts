/** One record whose key no longer opens anything, among others: it takes nothing with it, and says so itself. */
import { randomBytes } from 'node:crypto';
import { newCase, newSession, request, type Answer, type Person } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';
import { buildWorld, readers, type World } from './world';
import { readEverything } from './world.reading';

type Row = { id: string; caseId?: string; unreadable?: boolean; resident?: object; title?: string };

let system: TestSystem;
let world: World;
/** Another case of the lead's, undamaged. */
let other: string;
const logged: string[] = [];

beforeAll(async () => {
  system = await startSystem({ log: { write: (line) => void logged.push(line) } });
  world = await buildWorld(system, 'declined');
  other = (await world.people.lead.do('/v1/cases', newCase())).id;
  for (const id of [world.caseId, world.workshopId])
    await system.database.query('update stream set key = $2 where id = $1', [id, randomBytes(60)]);
});
afterAll(() => system.stop());

const rowsAt = async (person: Person, path: string): Promise<Row[]> =>
  (await person.get(path)).items as unknown as Row[];

it.each(readers)('%s: reading anything is answered, and by no failure of ours', async (reader) => {
  const answers = await readEverything(world, reader, world.people[reader]);
  const failed = Object.entries(answers)
    .filter(([, { status }]) => status >= 500)
    .map(([name, { text }]) => [name, text]);
  expect(failed).toEqual([]);
  const refused = Object.values(answers).filter(({ status }) => status === 409);
  expect(refused.map(({ body }) => body.code)).toEqual(refused.map(() => 'unreadable'));
});

it('every list of the document is answered to whoever could read it before', async () => {
  const { paths } = (await request(system.baseUrl, 'GET', '/openapi.json')).body as unknown as {
    paths: Record<string, { get?: object }>;
  };
  // The communes are the nation's, and only answer a question.
  const lists = Object.keys(paths).filter(
    (path) => paths[path]!.get && path.startsWith('/v1/') && !path.includes('{') && path !== '/v1/communes',
  );
  expect(lists.length).toBeGreaterThan(7);
  for (const reader of readers)
    for (const path of lists)
      expect([reader, path, [200, 403]]).toEqual([
        reader,
        path,
        expect.arrayContaining([(await world.people[reader].try('GET', path)).status]),
      ]);
});

it('a list shows the damaged record without a name and marked, the others as ever', async () => {
  const { lead, contributor } = world.people;
  for (const rows of [
    await rowsAt(lead, '/v1/cases'),
    (await lead.do('/v1/cases/search', { name: 'Nomapres' })).items as unknown as Row[],
  ]) {
    expect(rows.find(({ id }) => id === world.caseId)).toMatchObject({ unreadable: true, resident: {} });
  }
  const whole = (await rowsAt(lead, '/v1/cases')).find(({ id }) => id === other)!;
  expect(whole).toMatchObject({ resident: { firstName: 'Eulalie' } });
  expect(whole).not.toHaveProperty('unreadable');
  expect(
    (await rowsAt(contributor, '/v1/referrals')).find(({ id }) => id === world.referrals.contributors),
  ).toMatchObject({ unreadable: true });
  expect((await rowsAt(contributor, '/v1/workshops')).find(({ id }) => id === world.workshopId)).toMatchObject({
    unreadable: true,
    title: '',
  });
  for (const path of ['/v1/tasks', '/v1/notifications']) {
    const rows = (await rowsAt(contributor, path)).filter(({ caseId }) => caseId === world.caseId);
    expect([path, rows.length > 0, rows.every(({ unreadable, resident }) => unreadable && !resident)]).toEqual([
      path,
      true,
      true,
    ]);
  }
  const timeline = await rowsAt(lead, `/v1/cases/${world.caseId}/timeline?limit=100`);
  expect(timeline.filter(({ unreadable }) => unreadable).length).toBeGreaterThan(3);
  expect(timeline.find(({ unreadable }) => !unreadable)).toBeDefined();
});

it('whoever asks for it alone, or writes to it, is told what is wrong', async () => {
  const { lead, contributor, auditor } = world.people;
  const refusals: Answer[] = [
    await lead.try('GET', `/v1/cases/${world.caseId}`),
    await lead.try('GET', `/v1/cases/${world.caseId}/sessions/${world.sessions.ofLead}`),
    await contributor.try('GET', `/v1/referrals/${world.referrals.contributors}`),
    await contributor.try('GET', `/v1/workshops/${world.workshopId}`),
    await lead.try('GET', `/v1/handovers/${world.handoverId}`),
    await lead.post(`/v1/cases/${world.caseId}/sessions`, newSession({ summary: 'Résumé.' })),
  ];
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(refusals.map(() => [409, 'unreadable']));
  // An auditor comes to see what happened: the entries are there, the resident is not.
  const reading = (await auditor.do(`/v1/audit/cases/${world.caseId}/readings`, {
    reasonCode: 'incident',
  })) as unknown as { resident: object; items: Row[] };
  expect(reading.resident).toEqual({ unreadable: true });
  expect(reading.items.length).toBeGreaterThan(3);
});

it('the log raises one alarm for each record, however often it is met, from each process that meets it', () => {
  const alarms = logged
    .map((line) => JSON.parse(line) as { msg: string; level: number; record?: string })
    .filter(({ msg }) => msg.includes('does not open'));
  const records = alarms.map(({ record }) => record!);
  expect([...new Set(records)].sort()).toEqual([world.caseId, world.workshopId].sort());
  // The api, and the worker, which makes exports.
  for (const id of new Set(records)) expect(records.filter((record) => record === id).length).toBeLessThanOrEqual(2);
  expect(alarms.every(({ level }) => level >= 50)).toBe(true);
});
