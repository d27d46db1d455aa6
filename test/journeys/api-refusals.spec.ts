import { randomUUID } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, newCase, newReferral, newSession, Person, request } from './driver';
import { assemble, build, type People } from './referral-states';

/** Somebody who has read the contract and nothing else holds the server to it. */
describe('the HTTP contract of refusals', () => {
  let system: TestSystem;
  let people: People;
  const anybody = (method: string, path: string, sending = {}) => request(system.baseUrl, method, path, sending);
  const nowhere = { id: '', commune: '' };

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
  });
  afterAll(() => system.stop());

  describe('what is refused, and in which order', () => {
    it('401 without a token, with a made-up one, and with one that was signed out', async () => {
      for (const authorization of [
        undefined,
        'Bearer',
        'Bearer nonsense',
        'Basic Y29uc2VpbGxlcjpzZWNyZXQ=',
        `Bearer ${'x'.repeat(4000)}`,
      ]) {
        expectProblem(
          await anybody('GET', '/v1/cases', { headers: authorization === undefined ? {} : { authorization } }),
          401,
          'unauthenticated',
        );
      }
      const { baseUrl, password } = system;
      const leaving = await Person.signIn(baseUrl, 'auditeur@departement-sarthe.demo', password);
      const headers = { authorization: leaving.authorization };
      expect((await anybody('POST', '/v1/auth/logout', { headers })).status).toBe(204);
      expectProblem(await anybody('GET', '/v1/me', { headers }), 401, 'unauthenticated');
    });

    it('a wrong pair is 401, whether the account exists or not, and a good one says who it is', async () => {
      const login = (email: string, password: string) =>
        anybody('POST', '/v1/auth/login', { body: { email, password } });
      const [known, unknown] = [
        await login('conseiller@afpa.demo', 'wrong'),
        await login('nobody@nowhere.demo', 'wrong'),
      ];
      expectProblem(known, 401, 'unauthenticated');
      expectProblem(unknown, 401, 'unauthenticated');
      const strip = ({ traceId: _, ...rest }: Record<string, unknown>) => rest;
      expect(strip(known.body as never)).toEqual(strip(unknown.body as never));
      const good = await login('conseiller@afpa.demo', system.password);
      expect(good.body).toMatchObject({
        accessToken: expect.any(String) as string,
        expiresIn: expect.any(Number) as number,
        role: 'counsellor',
      });
      expect(good.body).toMatchObject({
        user: { id: people.contributor.id },
        structure: { id: people.contributor.structureId },
      });
    });

    it('400 for what is not JSON, also before 401; 415 for another type; 413 for too much', async () => {
      const { authorization } = people.sender;
      for (const raw of ['{', '{"a":1,}', '', 'nonsense', '{"resident":']) {
        expectProblem(await anybody('POST', '/v1/cases', { raw, headers: { authorization } }), 400, 'malformed-json');
      }
      expectProblem(await anybody('POST', '/v1/cases', { raw: '{' }), 400, 'malformed-json');
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/xml',
        'multipart/form-data; boundary=x',
      ]) {
        expectProblem(
          await anybody('POST', '/v1/cases', { raw: 'a=1', headers: { authorization, 'content-type': type } }),
          415,
          'unsupported-type',
        );
      }
      const { status, type, body } = await tooLarge(authorization);
      expect([status, type]).toEqual([413, 'application/problem+json']);
      expect(JSON.parse(body)).toMatchObject({ code: 'too-large' });
    });

    it('401 before 403 and 422; 403 of the role before 422; 422 before 404', async () => {
      expectProblem(await anybody('POST', '/v1/structures', { body: { nonsense: true } }), 401, 'unauthenticated');
      expectProblem(await people.sender.post('/v1/structures', { nonsense: true }), 403, 'forbidden');
      expectProblem(await people.auditor.post('/v1/cases', { nonsense: true }), 403, 'forbidden');
      expectProblem(
        await people.sender.post(`/v1/referrals/${randomUUID()}/decline`, { nonsense: true }),
        422,
        'invalid',
      );
      expectProblem(
        await people.sender.post(`/v1/referrals/${randomUUID()}/decline`, { reason: 'no_capacity' }),
        404,
        'not-found',
      );
    });

    it('409 of the state before the 422 of a rule', async () => {
      const { sender, recipient } = people;
      const { id } = await sender.do('/v1/cases', newCase());
      await sender.do(`/v1/cases/${id}/objections`, { against: recipient.structureId, on: '2026-11-20', how: 'oral' });
      expectProblem(
        await sender.post(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId)),
        422,
        'objection',
      );
      await sender.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
      expectProblem(
        await sender.post(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId)),
        409,
        'wrong-state',
      );
    });

    it('a wrong state tells the present one and what may be done instead', async () => {
      const { id } = await build(people, 'sent', nowhere);
      await people.sender.do(`/v1/referrals/${id}/withdraw`, { reason: 'changed_mind' });
      const late = await people.recipient.post(`/v1/referrals/${id}/accept`);
      expect(late.status).toBe(409);
      expect(late.body).toMatchObject({ code: 'wrong-state', actions: [] });
      expect(late.text).toContain('withdrawn');
    });

    it('unknown fields and wrong shapes are 422, each with a pointer to what is wrong', async () => {
      const { sender } = people;
      const good = newCase() as { resident: Record<string, unknown> };
      const wrong: [string, object][] = [
        ['/nonsense', { ...good, nonsense: 1 }],
        ['/resident/nonsense', { ...good, resident: { ...good.resident, nonsense: 1 } }],
        ['/resident/commune', { ...good, resident: { ...good.resident, commune: '99999' } }],
        ['/resident/birthYear', { ...good, resident: { ...good.resident, birthYear: '1970' } }],
        ['/resident/lastName', { ...good, resident: { ...good.resident, lastName: '' } }],
        ['/themes/0', { ...good, themes: ['nosuch'] }],
        ['/informed', { ...good, informed: undefined }],
        ['/informed/how', { ...good, informed: { on: '2026-01-15', how: 'telepathy' } }],
        ['/informed/on', { ...good, informed: { on: '2026-02-30', how: 'oral' } }],
      ];
      for (const [pointer, body] of wrong) {
        const answer = await sender.post('/v1/cases', body);
        expectProblem(answer, 422, 'invalid');
        expect(answer.body.errors.map((error) => error.pointer)).toContainEqual(
          expect.stringContaining(pointer.replace(/\/0$/, '')),
        );
      }
    });

    it('what is not an object is refused as a shape, not as an accident', async () => {
      for (const body of [null, [], 'text', 1, true])
        expectProblem(await people.sender.post('/v1/cases', body), 422, 'invalid');
    });

    it.each([
      ['cases', ''],
      ['cases', '/timeline'],
      ['referrals', ''],
      ['handovers', ''],
      ['structures', ''],
      ['workshops', ''],
    ])('/v1/%s/{id}%s: an id that is not a uuid, or nobody has, is 404', async (noun, rest) => {
      for (const id of [
        '1',
        'abc',
        '%00',
        '..%2f..',
        "'%20or%201=1",
        randomUUID(),
        '00000000-0000-0000-0000-000000000000',
      ]) {
        expectProblem(await people.sender.try('GET', `/v1/${noun}/${id}${rest}`), 404, 'not-found');
      }
    });

    it('an action on an id that is not a uuid is 404, and so is a route that does not exist', async () => {
      expectProblem(await people.sender.post('/v1/referrals/abc/send'), 404, 'not-found');
      expectProblem(await people.sender.post('/v1/cases/abc/sessions', newSession()), 404, 'not-found');
      expectProblem(await people.sender.try('GET', '/v1/nosuch'), 404, 'not-found');
      expectProblem(await anybody('GET', '/nosuch'), 404, 'not-found');
    });

    /** A client that keeps sending after the answer sees a broken pipe; only the answer counts. */
    function tooLarge(
      authorization: string,
    ): Promise<{ status: number | undefined; type: string | undefined; body: string }> {
      const body = JSON.stringify({ summary: 'x'.repeat(4 * 1024 * 1024) });
      return new Promise((resolve, reject) => {
        const sending = rawRequest(new URL('/v1/cases', system.baseUrl), {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'content-length': body.length },
        });
        sending.on('response', (response) => {
          sending.removeAllListeners('error').on('error', () => undefined);
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode, type: response.headers['content-type']?.split(';')[0], body: text }),
          );
        });
        sending.on('error', reject);
        sending.end(body);
      });
    }
  });
});
