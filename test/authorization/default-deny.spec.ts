import { randomUUID } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, request, type Answer } from '../journeys/driver';
import { walkIn } from '../journeys/fuzz.bodies';
import { noGround, type Ground } from '../journeys/fuzz.ground';
import { samplesFor } from '../journeys/fuzz.samples';
import type { People } from '../journeys/referral-states';
import { buildWorld, type Reader, type World } from './world';

type Method = 'get' | 'post' | 'put';
interface OpenApi {
  paths: Record<string, Partial<Record<Method, { 'x-permission'?: string }>>>;
}

/** The directory of structures and of their places is everybody's; accounts are a coordinator's to manage, whatever its territory. What is left is about residents. */
const directory = /^\/v1\/(structures|users|places|conventions)\//;
/** What a list holds, or one of several in one answer; of a number, that it is not zero. */
const listedIn = (body: object): unknown[] =>
  Object.entries(body).flatMap(([name, part]: [string, unknown]): unknown[] => {
    if (Array.isArray(part)) return part as unknown[];
    if (typeof part === 'object' && part !== null) return listedIn(part);
    return name === 'count' && part !== 0 ? [part] : [];
  });

/** What belongs to the caller or to everybody, not to a case. */
const own = new Set([
  '/v1/me',
  '/v1/me/sign-ins',
  '/v1/me/second-factor',
  '/v1/structures',
  // A coordinator's to manage, whatever its territory: of people who work in the network, and of what the State pays for.
  '/v1/users',
  '/v1/conventions',
  '/v1/communes',
  '/v1/vocabularies',
  '/v1/notifications/unread',
  '/v1/audit/entries',
  '/v1/sessions/preset',
]);

/** Says what every person may know, or ends what has ended. */
const everybodys = new Set(['/v1/communes', '/v1/vocabularies', '/v1/auth/logout']);

describe('default deny', () => {
  let system: TestSystem;
  let world: World;
  let api: OpenApi;
  let there: Ground;

  beforeAll(async () => {
    system = await startSystem();
    world = await buildWorld(system, 'declined');
    api = (await request(system.baseUrl, 'GET', '/openapi.json')).body as unknown as OpenApi;
    const { lead } = world.people;
    const objection = (await lead.get(`/v1/cases/${world.caseId}`)).objections[0]!.id;
    const [notification] = await system.database.query<{ id: string }>('select id from notification limit 1');
    const [employment] = await system.database.query<{ id: string }>('select id from employment where user_id = $1', [
      lead.id,
    ]);
    const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    const batch = await administrator.do('/v1/handover-batches', {
      kind: 'counsellor_leaves',
      userId: lead.id,
      structureId: lead.structureId,
      reason: 'Quitte la structure.',
    });
    const unnamed = await lead.do('/v1/anonymous-sessions', walkIn);
    there = {
      ...noGround,
      twin: randomUUID(),
      'handover-batches': batch.id,
      cases: world.caseId,
      sessions: world.sessions.ofLead,
      notes: world.noteId,
      appointments: world.appointmentId,
      goals: world.goalId,
      step: randomUUID(),
      'outside-referrals': world.outsideId,
      places: randomUUID(),
      conventions: randomUUID(),
      posts: randomUUID(),
      absences: randomUUID(),
      objections: objection,
      referrals: world.referrals.candidates,
      attachments: world.files.after.split('/').at(-1)!,
      handovers: world.handoverId,
      workshops: world.workshopId,
      'anonymous-sessions': unnamed.id,
      structures: lead.structureId,
      users: lead.id,
      employments: employment!.id,
      notifications: notification!.id,
      exports: (await lead.do('/v1/exports', { row: 'session', format: 'csv', columns: ['date'] })).id,
    };
  });
  afterAll(() => system.stop());

  const nowhere = (): Ground =>
    Object.fromEntries(Object.keys(noGround).map((name) => [name, randomUUID()])) as unknown as Ground;
  const fill = (path: string, ground: Ground): string =>
    path
      .replace('{sid}', ground.sessions)
      .replace('{fid}', ground.attachments)
      .replace('{nid}', ground.notes)
      .replace('{aid}', ground.appointments)
      .replace('{gid}', ground.goals)
      .replace('{xid}', ground['outside-referrals'])
      .replace('{oid}', ground.objections)
      .replace('{eid}', ground.employments)
      .replace('{pid}', ground.posts)
      .replace('{bid}', ground.absences)
      .replace(
        '{id}',
        ground[(path.startsWith('/v1/audit/cases') ? 'cases' : path.split('/')[2]) as keyof Ground] ??
          (ground === there ? world.workshopId : randomUUID()),
      );
  /** The whole body of a route, so that nothing is refused for its shape before it is refused for who asks. */
  const bodyOf = (path: string): unknown =>
    samplesFor(
      { recipient: world.people.candidate, sender: world.people.lead, contributor: world.people.contributor } as People,
      there,
    )[path]?.body ?? {};
  const comparable = ({ status, body }: Answer): object => ({ http: status, ...body, traceId: undefined });

  async function tried(
    person: Person,
    which: (path: string) => boolean,
  ): Promise<{ route: string; hidden: Answer; absent: Answer }[]> {
    const all: { route: string; hidden: Answer; absent: Answer }[] = [];
    for (const [path, operations] of Object.entries(api.paths)) {
      for (const method of Object.keys(operations) as Method[]) {
        if (!path.includes('{') || !which(path) || operations[method]!['x-permission'] === undefined) continue;
        const sending = method === 'get' ? {} : { body: bodyOf(path) };
        const missing = nowhere();
        all.push({
          route: `${method} ${path}`,
          hidden: await person.try(method.toUpperCase(), fill(path, there), sending),
          absent: await person.try(method.toUpperCase(), fill(path, missing), sending),
        });
      }
    }
    return all;
  }

  it.each<Reader>(['stranger', 'coordinatorElsewhere'])(
    '%s: every route that names a thing refuses, as it would if there were no such thing',
    async (reader) => {
      const before = await system.database.query('select count(*)::int as events from event where stream_id = $1', [
        world.caseId,
      ]);
      const hidden = await tried(world.people[reader], (path) => !directory.test(path));
      expect(hidden.length).toBeGreaterThan(30);
      expect(
        hidden
          .filter(({ hidden: { status } }) => ![403, 404].includes(status))
          .map(({ route, hidden: { status, text } }) => `${route} ${status} ${text}`),
      ).toEqual([]);
      expect(hidden.map(({ route, hidden: answer }) => [route, comparable(answer)])).toEqual(
        hidden.map(({ route, absent }) => [route, comparable(absent)]),
      );
      expect(
        await system.database.query('select count(*)::int as events from event where stream_id = $1', [world.caseId]),
      ).toEqual(before);
    },
  );

  it.each<Reader>(['candidate', 'refused'])('%s: the case does not exist, whatever is asked of it', async (reader) => {
    const answers = await tried(world.people[reader], (path) => path.startsWith('/v1/cases/'));
    expect(
      answers
        .filter(({ hidden: { status } }) => ![403, 404].includes(status))
        .map(({ route, hidden: { status } }) => [route, status]),
    ).toEqual([]);
    expect(answers.map(({ route, hidden }) => [route, comparable(hidden)])).toEqual(
      answers.map(({ route, absent }) => [route, comparable(absent)]),
    );
  });

  it.each<Reader>(['stranger', 'coordinatorElsewhere'])('%s: every list is empty', async (reader) => {
    const lists = Object.entries(api.paths)
      .filter(([path, { get }]) => get?.['x-permission'] !== undefined && !path.includes('{') && !own.has(path))
      .map(([path]) => path);
    expect(lists).toEqual(
      expect.arrayContaining([
        '/v1/cases',
        '/v1/referrals',
        '/v1/handovers',
        '/v1/workshops',
        '/v1/sessions',
        '/v1/outside-referrals',
        '/v1/notifications',
        '/v1/tasks',
      ]),
    );
    for (const path of lists) {
      const { status, body } = await world.people[reader].try('GET', path);
      expect([path, status === 403 ? [] : listedIn(body)]).toEqual([path, []]);
    }
  });

  it('a body that names a hidden thing learns no more than one that names nothing', async () => {
    const { stranger } = world.people;
    const { id } = await stranger.do('/v1/cases', newCase('72003'));
    const workshop = (caseId: string) => ({
      title: 'Atelier',
      date: '2026-11-20',
      minutes: 60,
      place: 'lieu_activite',
      themes: ['email'],
      participants: [{ caseId }],
      anonymous: { total: 0 },
    });
    const asked: [string, (thing: string) => object, string][] = [
      ['/v1/workshops', workshop, world.caseId],
      [
        `/v1/cases/${id}/sessions`,
        (referralId) => newSession({ date: '2026-11-23', referralId }),
        world.referrals.candidates,
      ],
      [
        `/v1/cases/${id}/referrals`,
        (previousReferralId) => newReferral(world.people.contributor.structureId, { previousReferralId }),
        world.referrals.refused,
      ],
      [
        `/v1/cases/${id}/referrals`,
        (parentReferralId) => newReferral(world.people.contributor.structureId, { parentReferralId }),
        world.referrals.contributors,
      ],
    ];
    for (const [path, body, thing] of asked) {
      const [hidden, absent] = [await stranger.post(path, body(thing)), await stranger.post(path, body(randomUUID()))];
      expect(hidden.status).toBeGreaterThanOrEqual(400);
      expect(comparable(hidden)).toEqual(comparable(absent));
    }
  });

  it.each(['conseiller', 'responsable', 'coordinateur', 'auditeur', 'administrateur'])(
    '%s, whose session ended a moment ago: nothing, though the guard remembers it',
    async (account) => {
      const person = await Person.signIn(system.baseUrl, system.account(account), system.password);
      const headers = { authorization: person.authorization };
      // What is answered may be a refusal, and something done all the same.
      const left = () =>
        system.database.query(
          'select (select count(*) from verification) as runs, (select count(*) from event) as events, password_hash from account where id = $1',
          [person.id],
        );
      const before = await left();
      const open: string[] = [];
      for (const [path, operations] of Object.entries(api.paths)) {
        for (const method of Object.keys(operations) as Method[]) {
          if (operations[method]!['x-permission'] === undefined || everybodys.has(path)) continue;
          await system.database.query('update access_token set ended_at = null where user_id = $1', [person.id]);
          expect((await request(system.baseUrl, 'GET', '/v1/me', { headers })).status).toBe(200);
          await system.database.query('update access_token set ended_at = $2 where user_id = $1', [
            person.id,
            system.clock.now(),
          ]);
          const body =
            path === '/v1/me/password' ? { current: system.password, password: 'trois chevaux verts' } : bodyOf(path);
          const sending = method === 'get' ? { headers } : { headers, body };
          const { status } = await request(system.baseUrl, method.toUpperCase(), fill(path, there), sending);
          if (status < 400) open.push(`${method} ${path} ${status}`);
        }
      }
      expect(open).toEqual([]);
      expect(await left()).toEqual(before);
    },
  );

  it('nobody at all: 401 on every route with a permission', async () => {
    for (const [path, operations] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation['x-permission'] === undefined) continue;
        const { status } = await request(
          system.baseUrl,
          method.toUpperCase(),
          fill(path, there),
          method === 'get' ? {} : { body: {} },
        );
        expect([method, path, status]).toEqual([method, path, 401]);
      }
    }
  });
});
