import { mayAsk, nameWords, type Permission } from '@fil-rouge/kernel';
import { newCase, newReferral, newSession, Person, type Answer } from '../journeys/driver';
import { routes, rulesOf } from '../support/routes';
import { startSystem, type TestSystem } from '../support/system';

/** Every list there is, found in the controllers: one whose query, or body, has a cursor. */
const lists = routes().flatMap(({ method, path, permission, query, body }) =>
  (
    [
      ['?', query],
      ['/', body],
    ] as const
  )
    .filter(([, shape]) => shape && rulesOf(shape).has('cursor'))
    .map(([root]) => ({ method, path, permission: permission as Permission, root })),
);

describe('a cursor', () => {
  let system: TestSystem;
  let people: Record<'counsellor' | 'recipient' | 'coordinator' | 'administrator', Person>;
  let caseId: string;

  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      counsellor: await enter('conseiller'),
      recipient: await enter('conseiller', 'la-poste'),
      coordinator: await enter('coordinateur'),
      administrator: await enter('administrateur'),
    };
    const { counsellor, recipient } = people;
    for (let count = 0; count < 3; count++) {
      caseId = (await counsellor.do('/v1/cases', newCase())).id;
      await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession());
      await counsellor.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
    }
    await system.settle();
  });
  afterAll(() => system.stop());

  const whoReads = (path: string): Person => {
    const { permission } = lists.find((list) => list.path === path)!;
    return people[(['counsellor', 'coordinator', 'administrator'] as const).find((role) => mayAsk(role, permission))!];
  };
  const addressOf = (path: string, who: Person): string =>
    path.replace('/structures/{id}', `/structures/${who.structureId}`).replace('{id}', caseId);
  const refusalOf = ({ status, body }: Answer) => [status, body.errors?.map(({ pointer, code }) => [pointer, code])];
  /** With what a list needs besides. */
  const ask = (who: Person, { method, path, root }: (typeof lists)[number], cursor: string): Promise<Answer> => {
    const query = root === '?' ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const body = {
      ...(root === '/' ? { cursor, name: 'Eulalie' } : {}),
      ...(path.endsWith('/readings') ? { reasonCode: 'control' } : {}),
    };
    return who.try(method, `${addressOf(path, who)}${query}`, method === 'GET' ? {} : { body });
  };

  it('is a member of every list of this test', () => {
    expect(lists.length).toBeGreaterThan(11);
    expect(lists.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/v1/cases',
        '/v1/cases/search',
        '/v1/tasks',
        '/v1/audit/entries',
        '/v1/audit/cases/{id}/readings',
      ]),
    );
  });

  it.each(lists)(
    '$method $path: one of another list, a forged one and one of the older kind are refused where they stand',
    async (list) => {
      const who = whoReads(list.path);
      const others = await Promise.all(
        ['/v1/structures?limit=1', '/v1/structures?limit=1&status=active'].map((path) => people.counsellor.get(path)),
      );
      const old = Buffer.from(JSON.stringify(['2026-11-23T09:00:00.000Z', caseId])).toString('base64url');
      for (const cursor of [
        others[list.path === '/v1/structures' ? 1 : 0]!.nextCursor!,
        old,
        'x',
        `${others[0]!.nextCursor!}x`,
      ]) {
        expect(refusalOf(await ask(who, list, cursor))).toEqual([422, [[`${list.root}cursor`, 'cursor']]]);
      }
    },
  );

  it.each([
    ['/v1/cases', 'status=open', 'status=closed'],
    ['/v1/cases/{id}/timeline', '', 'limit=1'],
    ['/v1/structures', 'acceptsReferrals=true', 'acceptsReferrals=false'],
    ['/v1/referrals', 'box=sent', 'box=received'],
    ['/v1/referrals', 'box=sent&status=sent', 'box=sent'],
    ['/v1/audit/entries', 'outcome=ok', ''],
    ['/v1/tasks', '', 'mine=true'],
  ])(
    '%s?%s: goes on with the same filters, in any order and at any length; with others (%s) it is refused',
    async (path, filters, others) => {
      const who = path === '/v1/tasks' ? people.recipient : whoReads(path);
      const at = (query: string) => `${addressOf(path, who)}?${query}`;
      const {
        nextCursor,
        items: [first],
      } = await who.get(at(`limit=1&${filters}`));
      const cursor = `cursor=${encodeURIComponent(nextCursor!)}`;
      const next = await who.get(at(`${cursor}&limit=100&${filters.split('&').toReversed().join('&')}`));
      expect(next.items.length).toBeGreaterThan(0);
      expect(next.items.map(({ id }) => id)).not.toContain(first!.id);
      const refused = refusalOf(await who.try('GET', at(`${cursor}&${others}`)));
      if (!others.startsWith('limit')) expect(refused).toEqual([422, [['?cursor', 'cursor']]]);
    },
  );

  it('of one record’s list is not another record’s, and of a search not another search’s', async () => {
    const { counsellor } = people;
    const { nextCursor } = await counsellor.get(`/v1/cases/${caseId}/timeline?limit=1`);
    const { id: another } = await counsellor.do('/v1/cases', newCase());
    expect(refusalOf(await counsellor.try('GET', `/v1/cases/${another}/timeline?cursor=${nextCursor!}`))).toEqual([
      422,
      [['?cursor', 'cursor']],
    ]);
    const search = await counsellor.do('/v1/cases/search', { name: 'Eulalie', limit: 1 });
    expect(
      (await counsellor.do('/v1/cases/search', { name: 'Eulalie', limit: 2, cursor: search.nextCursor })).items.map(
        ({ id }) => id,
      ),
    ).not.toContain(search.items[0]!.id);
    expect(refusalOf(await counsellor.post('/v1/cases/search', { name: 'Essai', cursor: search.nextCursor }))).toEqual([
      422,
      [['/cursor', 'cursor']],
    ]);
  });

  it('shows nothing of the row it stands at', async () => {
    const { items, nextCursor } = await people.counsellor.get('/v1/structures?limit=1');
    const bytes = Buffer.from(nextCursor!, 'base64url');
    const { id, name } = items[0] as unknown as { id: string; name: string };
    const forms = [
      Buffer.from(id.replaceAll('-', ''), 'hex'),
      ...[id, name, name.toLowerCase(), nameWords(name).join(' ')].map((said) => Buffer.from(said)),
    ];
    expect(forms.filter((form) => bytes.includes(form))).toEqual([]);
    expect(bytes.toString('latin1')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });
});
