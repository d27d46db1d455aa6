import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person, request, type Answer } from '../journeys/driver';

describe('refusals by Accept-Language', () => {
  let system: TestSystem;
  let person: Person;
  beforeAll(async () => {
    system = await startSystem();
    person = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  });
  afterAll(() => system.stop());

  /** The same request by somebody who reads French and by somebody who says nothing of it. */
  async function inBoth(method: string, path: string, body?: object): Promise<[french: Answer, english: Answer]> {
    const asked = (headers: Record<string, string>) => person.try(method, path, { ...(body && { body }), headers });
    return [await asked({ 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' }), await asked({})];
  }

  /** All but the words. */
  const withoutWords = ({ status, body }: Answer) => ({
    ...body,
    ...{ http: status, title: '', detail: '', traceId: '' },
    ...(body.errors && { errors: body.errors.map(({ pointer, code }) => ({ pointer, code })) }),
  });

  it('tells the same in both, the words apart: a body to correct, with a sentence for each value', async () => {
    const [french, english] = await inBoth('POST', '/v1/cases', {
      resident: { commune: '75056x', birthYear: 'hier' },
      themes: ['inconnu'],
      informed: { on: '2026-02-30', how: 'oral' },
      autre: 1,
    });
    expect([french.headers.get('content-language'), english.headers.get('content-language')]).toEqual(['fr', 'en']);
    expect([french.headers.get('vary'), english.headers.get('vary')]).toEqual(['Accept-Language', 'Accept-Language']);
    expect(withoutWords(french)).toEqual(withoutWords(english));
    expect(french.body).toMatchObject({
      title: 'Saisie à corriger',
      detail: 'Certaines valeurs manquent ou ne conviennent pas : voyez `errors`.',
      errors: expect.arrayContaining([
        { pointer: '/autre', code: 'unknown', detail: 'Aucun champ de ce nom n’est attendu ici.' },
        expect.objectContaining({ pointer: '/resident/firstName', detail: expect.stringMatching(/^À renseigner : /) }),
        expect.objectContaining({
          pointer: '/informed/on',
          detail: 'Cette valeur doit être un jour qui existe, AAAA-MM-JJ, du 01/01/1900 au 31/12/2199.',
        }),
      ]) as unknown,
    });
    expect(english.body).toMatchObject({ title: 'Invalid' });
  });

  it('names the present state as people call it', async () => {
    const { id } = await person.do('/v1/cases', newCase());
    await person.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
    const [french, english] = await inBoth('POST', `/v1/cases/${id}/close`, { reason: 'need_met' });
    expect(french.body).toMatchObject({ code: 'wrong-state', status: 'closed' });
    expect((french.body as unknown as { detail: string }).detail).toBe(
      'Ce n’est pas possible dans l’état actuel (Clos).',
    );
    expect(withoutWords(french)).toEqual(withoutWords(english));
  });

  it('does not tell what is not there from what may not be seen', async () => {
    const stranger = await Person.signIn(system.baseUrl, system.account('conseiller', 'afpa'), system.password);
    const { id } = await person.do('/v1/cases', newCase());
    const headers = { 'accept-language': 'fr' };
    const [hidden, absent] = await Promise.all(
      [id, '01999999-0000-7000-8000-000000000001'].map((one) => stranger.try('GET', `/v1/cases/${one}`, { headers })),
    );
    expect(withoutWords(hidden!)).toEqual(withoutWords(absent!));
    const words = [hidden!, absent!].map(({ body }) => (body as unknown as { detail: string }).detail);
    expect(words).toEqual(Array(2).fill('Ceci n’existe pas, ou vous n’y avez pas accès.'));
  });

  it('says what a rule refuses, and before anybody is known', async () => {
    const { id } = await person.do('/v1/cases', newCase());
    const [own] = await inBoth('POST', `/v1/cases/${id}/referrals`, newReferral(person.structureId));
    expect(own.text).toContain('C’est votre propre structure. Confiez plutôt le suivi à un collègue.');
    const unknown = await request(system.baseUrl, 'GET', '/v1/me', { headers: { 'accept-language': 'fr' } });
    expect(unknown.body).toMatchObject({ code: 'unauthenticated', title: 'Connexion nécessaire' });
  });
});
