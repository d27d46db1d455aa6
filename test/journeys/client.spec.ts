import { randomUUID } from 'node:crypto';
import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from '../../apps/console/src/api/contract';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';

type Problem = components['schemas']['Problem'];

/** What came, or the sentence that the refusal was told with. */
function told<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error(error?.detail ?? 'Nothing was answered.');
  return data;
}

/**
 * Somebody who has the OpenAPI document and nothing else writes a client: its types are made of the document, and the compiler checks every address, body
 * and answer below. That it compiles is half of the test.
 */
describe('a client made of the OpenAPI document', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  async function enter(account: string) {
    const client = createClient<paths>({ baseUrl: system.baseUrl });
    const { accessToken, user, structure } = told(
      await client.POST('/v1/auth/login', { body: { email: `${account}.demo`, password: system.password } }),
    );
    const asMe: Middleware = {
      onRequest: ({ request }) => request.headers.set('authorization', `Bearer ${accessToken}`),
    };
    client.use(asMe);
    return { ...client, user, structure };
  }

  it('plays the story of the demo: a case, a session, a referral that is accepted, and who reads what of it', async () => {
    const counsellor = await enter('conseiller@departement-sarthe');
    const post = await enter('conseiller@la-poste');
    const informed = { on: today(), how: 'oral' as const };

    const opened = told(
      await counsellor.POST('/v1/cases', {
        params: { header: { 'Idempotency-Key': randomUUID() } },
        body: {
          resident: { firstName: 'Nadia', lastName: 'Besnard', birthYear: 1968, commune: '72264' },
          themes: ['email', 'insertion_professionnelle', 'aide_aux_demarches_administratives'],
          informed,
        },
      }),
    );
    expect(opened).toMatchObject({ status: 'open', participation: 'lead', referrals: [] });
    const path = { id: opened.id };

    const session = told(
      await counsellor.POST('/v1/cases/{id}/sessions', {
        params: { path },
        body: {
          date: today(),
          minutes: 60,
          place: 'lieu_activite',
          commune: '72264',
          themes: ['email'],
          equipment: ['ordinateur'],
          autonomy: 'partiellement_autonome',
        },
      }),
    );
    expect(session.autonomy).toBe('partiellement_autonome');

    const [laPoste] = told(
      await counsellor.GET('/v1/structures', { params: { query: { q: 'poste', acceptsReferrals: true } } }),
    ).items;
    const referred = told(
      await counsellor.POST('/v1/cases/{id}/referrals', {
        params: { path },
        body: {
          toStructureId: laPoste!.id,
          needs: ['banque_et_achats_en_ligne'],
          urgency: 'normal',
          contact: 'in_person',
          informed,
          send: true,
        },
      }),
    );
    if (!('id' in referred)) throw new Error('One structure was asked, not several.');

    const waiting = told(await post.GET('/v1/tasks', { params: { query: { limit: 5 } } }));
    expect(waiting.items.find(({ referralId }) => referralId === referred.id)?.kind).toBe('answer_referral');
    const read = await post.GET('/v1/referrals/{id}', { params: { path: { id: referred.id } } });
    expect(told(read).actions).toContain('accept');
    const accepted = told(
      await post.POST('/v1/referrals/{id}/accept', {
        params: { path: { id: referred.id }, header: { 'If-Match': read.response.headers.get('etag') ?? '' } },
        body: { contactUserId: post.user.id },
      }),
    );
    expect([accepted.status, accepted.contactPerson?.name]).toEqual(['accepted', post.user.name]);

    const timeline = told(await post.GET('/v1/cases/{id}/timeline', { params: { path, query: { order: 'asc' } } }));
    expect(timeline.items.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['CaseOpened', 'SessionRecorded', 'ReferralAccepted']),
    );
    expect(timeline.nextCursor).toBeNull();
  });

  it('reads a refusal as it is told: its code is one of those the document has, its status the present one', async () => {
    const counsellor = await enter('conseiller@departement-sarthe');
    const refused = await counsellor.POST('/v1/cases', {
      body: { resident: { commune: '72264' }, themes: [], informed: { on: today(), how: 'oral' } },
    });
    expect(refused.error).toMatchObject({ code: 'invalid', status: 422 });
    const pointers = refused.error?.errors?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/resident/firstName', '/themes']));
  });
});
