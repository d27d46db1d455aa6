import { randomUUID } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, newCase, newReferral, newSession, succeeded, type View } from './driver';
import { assemble, build, type People } from './referral-states';

/** Somebody who has read the contract and nothing else holds the server to it. */
describe('the HTTP contract', () => {
  let system: TestSystem;
  let people: People;
  const nowhere = { id: '', commune: '' };

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
  });
  afterAll(() => system.stop());

  describe('creating', () => {
    it('answers 201 with a Location that can be read, and the resource there is the one answered', async () => {
      const { sender, recipient, contributor, administrator } = people;
      const opened = await sender.post('/v1/cases', newCase());
      const base = `/v1/cases/${opened.body.id}`;
      const session = await sender.post(`${base}/sessions`, newSession());
      const referral = await sender.post(`${base}/referrals`, newReferral(recipient.structureId));
      const handover = await sender.post(`${base}/handovers`, {
        kind: 'push',
        toStructureId: contributor.structureId,
        note: 'Entre en formation.',
      });
      const structure = await administrator.post('/v1/structures', {
        name: 'Les Amis du Numérique',
        typology: 'ASSO',
        communes: ['72264'],
        services: [],
      });
      for (const [person, created] of [
        [sender, opened],
        [sender, session],
        [sender, referral],
        [sender, handover],
        [administrator, structure],
      ] as const) {
        expect([created.path, created.status]).toEqual([created.path, 201]);
        expect((await person.get(created.headers.get('location') ?? 'no Location')).id).toBe(created.body.id);
      }
    });

    it('makes ids that are UUIDv7, instants with Z and dates without time', async () => {
      const opened = await people.sender.do('/v1/cases', newCase());
      expect(opened.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(opened.openedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    });
  });

  describe('Idempotency-Key', () => {
    it('same key and body: one effect, the same outcome, and the repetition says so', async () => {
      const { sender } = people;
      const [key, body] = [randomUUID(), newCase()];
      const first = succeeded(await sender.post('/v1/cases', body, { 'idempotency-key': key }));
      const again = await sender.post('/v1/cases', body, { 'idempotency-key': key });
      expect(first.headers.get('idempotency-replayed')).toBeNull();
      expect([again.status, again.body.id, again.headers.get('idempotency-replayed')]).toEqual([
        201,
        first.body.id,
        'true',
      ]);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
    });

    it('the same members in another order are the same body', async () => {
      const [key, body] = [randomUUID(), newCase()];
      const first = await people.sender
        .do('/v1/cases', body)
        .then(() => people.sender.post('/v1/cases', body, { 'idempotency-key': key }));
      const reversed = Object.fromEntries(Object.entries(body).reverse());
      const again = await people.sender.post('/v1/cases', reversed, { 'idempotency-key': key });
      expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
    });

    it('same key, other body: 422, and nothing happened', async () => {
      const { sender } = people;
      const { id } = await sender.do('/v1/cases', newCase());
      const headers = { 'idempotency-key': randomUUID() };
      succeeded(await sender.post(`/v1/cases/${id}/sessions`, newSession(), headers));
      expectProblem(
        await sender.post(`/v1/cases/${id}/sessions`, newSession({ minutes: 15 }), headers),
        422,
        'idempotency-key-reused',
      );
      expect((await sessionsOf(id)).length).toBe(1);
    });

    it('same key and body for another route is not the same request', async () => {
      const { sender, recipient } = people;
      const headers = { 'idempotency-key': randomUUID() };
      const [one, two] = [await build(people, 'draft', nowhere), await build(people, 'draft', nowhere)];
      succeeded(await sender.post(`/v1/referrals/${one.id}/send`, {}, headers));
      const other = await sender.post(`/v1/referrals/${two.id}/send`, {}, headers);
      expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
      expect((await recipient.try('GET', `/v1/referrals/${two.id}`)).status).toBe(404);
    });

    it('two at once: one effect, and both get it', async () => {
      const { sender } = people;
      for (let round = 0; round < 5; round++) {
        const { id } = await sender.do('/v1/cases', newCase());
        const headers = { 'idempotency-key': randomUUID() };
        const answers = await Promise.all(
          [1, 2, 3, 4].map(() => sender.post(`/v1/cases/${id}/sessions`, newSession(), headers)),
        );
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
        expect(answers.filter(({ headers: seen }) => seen.get('idempotency-replayed') === 'true')).toHaveLength(3);
        expect((await sessionsOf(id)).length).toBe(1);
      }
    });

    it('a command repeated after the state moved on answers as it did, not with a conflict', async () => {
      const { recipient } = people;
      const { id } = await build(people, 'sent', nowhere);
      const headers = { 'idempotency-key': randomUUID() };
      succeeded(await recipient.post(`/v1/referrals/${id}/accept`, {}, headers));
      const again = await recipient.post(`/v1/referrals/${id}/accept`, {}, headers);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    });

    it('is kept per person: somebody else with the same key does something of their own', async () => {
      const [headers, body] = [{ 'idempotency-key': randomUUID() }, newCase()];
      const mine = succeeded(await people.sender.post('/v1/cases', body, headers));
      const theirs = succeeded(await people.unrelated.post('/v1/cases', body, headers));
      expect(theirs.body.id).not.toBe(mine.body.id);
      expect(theirs.headers.get('idempotency-replayed')).toBeNull();
    });

    it('is read again with present rights: what is hidden now is not told a second time', async () => {
      const { sender, recipient } = people;
      const { caseId, id } = await build(people, 'under_review', nowhere);
      const headers = { 'idempotency-key': randomUUID() };
      const first = succeeded(await recipient.post(`/v1/referrals/${id}/accept`, {}, headers));
      expect(first.text).toContain('Eulalie');
      await sender.do(`/v1/cases/${caseId}/objections`, {
        against: recipient.structureId,
        on: '2026-11-20',
        how: 'oral',
      });
      const again = await recipient.post(`/v1/referrals/${id}/accept`, {}, headers);
      expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([id, 'true']);
      expect(again.body.status).toBe('cancelled');
      expect(again.text).not.toContain('Eulalie');
    });

    it.each([
      ['65 characters', 'k'.repeat(65)],
      ['a space and a tab', 'a\tb'],
    ])('refuses a key of %s', async (_, key) => {
      const answer = await people.sender.post('/v1/cases', newCase(), { 'idempotency-key': key });
      expectProblem(answer, 422, 'invalid');
    });

    it('takes 64 printable characters', async () => {
      succeeded(await people.sender.post('/v1/cases', newCase(), { 'idempotency-key': '!"#$%&/()=~'.padEnd(64, 'z') }));
    });

    async function sessionsOf(caseId: string): Promise<View[]> {
      return (await people.sender.all(`/v1/cases/${caseId}/timeline`)).filter(({ type }) => type === 'SessionRecorded');
    }
  });

  describe('ETag and If-Match', () => {
    it('a command with the present version goes through, one with a stale version gets 412 and changes nothing', async () => {
      const { sender } = people;
      const { id } = await sender.do('/v1/cases', newCase());
      const read = await sender.try('GET', `/v1/cases/${id}`);
      const etag = read.headers.get('etag')!;
      expect(etag).toBe(`"${read.body.version}"`);
      const correct = (commune: string) =>
        sender.post(`/v1/cases/${id}/corrections`, { resident: { commune } }, { 'if-match': etag });
      const changed = succeeded(await correct('72154'));
      expect(changed.headers.get('etag')).toBe(`"${changed.body.version}"`);
      expect(changed.body.version).toBeGreaterThan(read.body.version);
      expectProblem(await correct('72003'), 412, 'stale');
      expect((await sender.get(`/v1/cases/${id}`)).resident?.commune).toBe('72154');
    });

    it('sessions and referrals leave the version of the case alone', async () => {
      const { sender, recipient } = people;
      const { id, version } = await sender.do('/v1/cases', newCase());
      await sender.do(`/v1/cases/${id}/sessions`, newSession());
      await sender.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId));
      expect((await sender.get(`/v1/cases/${id}`)).version).toBe(version);
    });

    it('stale comes before wrong-state, forbidden before stale', async () => {
      const { sender, recipient } = people;
      const { id } = await build(people, 'declined', nowhere);
      const stale = { 'if-match': '"1"' };
      expectProblem(await recipient.post(`/v1/referrals/${id}/accept`, {}, stale), 412, 'stale');
      expectProblem(await sender.post(`/v1/referrals/${id}/accept`, {}, stale), 403, 'forbidden');
      expectProblem(await people.unrelated.post(`/v1/referrals/${id}/accept`, {}, stale), 404, 'not-found');
    });
  });

  describe('lists', () => {
    it('hand over everything exactly once, newest activity first, while new things come in', async () => {
      const { unrelated } = people;
      const ids: string[] = [];
      for (let count = 0; count < 5; count++) ids.push((await unrelated.do('/v1/cases', newCase())).id);
      const first: View = await unrelated.get('/v1/cases?limit=2');
      expect(first.items).toHaveLength(2);
      await unrelated.do('/v1/cases', newCase());
      const rest: View[] = [];
      for (let cursor = first.nextCursor; cursor !== null;) {
        const page: View = await unrelated.get(`/v1/cases?limit=2&cursor=${encodeURIComponent(cursor)}`);
        rest.push(...page.items);
        cursor = page.nextCursor;
      }
      const seen = [...first.items, ...rest];
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      const times = seen.map(({ lastActivityAt }) => lastActivityAt);
      expect(times).toEqual([...times].sort().reverse());
    });

    it('the timeline goes the other way: oldest first, numbered without a hole for the lead', async () => {
      const { sender } = people;
      const { id } = await sender.do('/v1/cases', newCase());
      for (let count = 0; count < 4; count++) await sender.do(`/v1/cases/${id}/sessions`, newSession());
      const entries = await sender.all(`/v1/cases/${id}/timeline`, 2);
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
      expect(entries[0]?.type).toBe('CaseOpened');
      expect(entries.filter(({ type }) => type === 'SessionRecorded')).toHaveLength(4);
    });

    const lists = [
      '/v1/structures',
      '/v1/cases',
      '/v1/referrals?box=sent',
      '/v1/handovers?box=received',
      '/v1/notifications',
      '/v1/workshops',
      '/v1/sessions',
      '/v1/places',
    ];
    it.each(lists)('%s has items and a cursor, takes limit 1 to 100, and refuses everything else', async (path) => {
      const { sender } = people;
      const and = path.includes('?') ? '&' : '?';
      for (const limit of [1, 100]) {
        const page = await sender.get(`${path}${and}limit=${limit}`);
        expect(Array.isArray(page.items) && (page.nextCursor === null || typeof page.nextCursor === 'string')).toBe(
          true,
        );
        expect(page.items.length).toBeLessThanOrEqual(limit);
      }
      for (const wrong of [
        'limit=0',
        'limit=101',
        'limit=-1',
        'limit=1.5',
        'limit=many',
        'limit=',
        'cursor=garbage',
        'cursor=bnVsbA',
        'cursor=eyJhIjoxfQ',
        'offset=20',
        'nosuch=1',
        'limit=1&limit=2',
      ]) {
        expectProblem(await sender.try('GET', `${path}${and}${wrong}`), 422, 'invalid');
      }
    });

    it('20 rows unless told otherwise', async () => {
      const { sender } = people;
      const { id } = await sender.do('/v1/cases', newCase());
      for (let count = 0; count < 21; count++) await sender.do(`/v1/cases/${id}/sessions`, newSession());
      const page = await sender.get(`/v1/cases/${id}/timeline`);
      expect(page.items).toHaveLength(20);
      expect(page.nextCursor).not.toBeNull();
    });

    it("a cursor of one list is not another list's", async () => {
      const { sender } = people;
      const { nextCursor } = await sender.get('/v1/cases?limit=1');
      const answer = await sender.try('GET', `/v1/structures?cursor=${encodeURIComponent(nextCursor ?? '')}`);
      expect(answer.status).toBeLessThan(500);
    });

    it('several values of a filter are separated by commas, and an unknown value is refused', async () => {
      const { sender } = people;
      const { id } = await build(people, 'declined', nowhere);
      const both = await sender.all('/v1/referrals?box=sent&status=declined,withdrawn');
      expect(both.some((referral) => referral.id === id)).toBe(true);
      expect(both.every(({ status }) => ['declined', 'withdrawn'].includes(status))).toBe(true);
      expectProblem(await sender.try('GET', '/v1/referrals?box=sent&status=declined,nosuch'), 422, 'invalid');
      expectProblem(await sender.try('GET', '/v1/referrals?box=nosuch'), 422, 'invalid');
    });
  });
});
