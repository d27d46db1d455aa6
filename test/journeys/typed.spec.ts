import { randomUUID } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newSession, Person, sable, type Answer } from './driver';

describe('what is typed and pasted', () => {
  let system: TestSystem;
  let counsellor: Person;
  let elsewhere: Person;

  beforeAll(async () => {
    system = await startSystem();
    [counsellor, elsewhere] = (await Promise.all(
      ['conseiller@departement-sarthe', 'conseiller@afpa'].map((account) =>
        Person.signIn(system.baseUrl, `${account}.demo`, system.password),
      ),
    )) as [Person, Person];
  });
  afterAll(() => system.stop());

  const surname = (): string => `Essai${randomUUID().replace(/[^a-f]/g, '')}`;
  const opening = (resident: object) => ({
    ...newCase(),
    confirmNotDuplicate: false,
    resident: { firstName: 'Zoé', lastName: surname(), commune: sable, ...resident },
  });
  const open = (who: Person, resident: object): Promise<Answer> => who.post('/v1/cases', opening(resident));
  const found = async (by: object): Promise<string[]> =>
    (await counsellor.do('/v1/cases/search', by)).items.map(({ id }) => id);

  it.each([
    [
      '0692126045',
      [
        'tel:+262692126045',
        '+262 0692 12 60 45',
        '00262692126045',
        '+33692126045',
        '\u202a0692126045\u202c',
        '0692\u00a012\u200b60 45',
      ],
    ],
    ['+590690301234', ['0690301234', '+590 0690 30 12 34', '+33 690 30 12 34']],
    ['0596301234', ['+596 596 30 12 34', '00596 0596301234']],
  ])('the subscriber of %s is one person, however the number is written', async (phone, others) => {
    const opened = (await open(counsellor, { phone })).body;
    expect((opened.resident as { phone?: string }).phone).toBe(phone);
    for (const other of [phone, ...others]) {
      expect([other, (await open(elsewhere, { phone: other })).body.code]).toEqual([other, 'possible-duplicate']);
      expect([other, await found({ phone: other })]).toEqual([other, [opened.id]]);
    }
  });

  it.each(['123', '+999 12 34 56 78', '+44 12', '06 12 34', '612345678'])(
    '%s is not a telephone number',
    async (phone) => {
      expect((await open(counsellor, { phone })).body.errors).toMatchObject([{ pointer: '/resident/phone' }]);
    },
  );

  it('a number that was taken before stands in no correction’s way', async () => {
    const { body } = await open(counsellor, { phone: '+32 470 12 34 56' });
    await counsellor.do(`/v1/cases/${body.id}/corrections`, {
      resident: { status: 'retraite', phone: '+32 470 12 34 56' },
    });
  });

  it('a name, a number and an address are the same with what was pasted around them', async () => {
    const lastName = surname();
    const opened = (
      await open(counsellor, {
        firstName: 'Rene\u0301e',
        lastName,
        birthYear: 1950,
        phone: '\u202a0612345678\u202c',
        email: 'Renee@EXEMPLE.fr\u200b',
      })
    ).body;
    expect(opened.resident).toMatchObject({
      firstName: 'Renée',
      lastName,
      phone: '0612345678',
      email: 'Renee@exemple.fr',
    });
    const pasted = `${lastName.slice(0, 5)}\u00ad${lastName.slice(5)}`;
    expect((await open(elsewhere, { firstName: ' Ren\u200bée ', lastName: pasted, birthYear: 1950 })).body.code).toBe(
      'possible-duplicate',
    );
    expect(await found({ name: pasted })).toEqual([opened.id]);
    expect(await found({ email: '\u2066renee@exemple.fr\u2069' })).toEqual([opened.id]);
  });

  it('a text keeps its lines and its emoji, and loses what nobody sees', async () => {
    const { id } = (await open(counsellor, {})).body;
    const session = await counsellor.do(
      `/v1/cases/${id}/sessions`,
      newSession({ summary: ' Première\u202e ligne\r\nDeuxième 👩‍👩‍👧\u200b ' }),
    );
    expect(session).toMatchObject({ summary: 'Première ligne\nDeuxième 👩‍👩‍👧' });
  });

  it('a name of which nothing is seen is missing', async () => {
    expect((await open(counsellor, { lastName: '\u200b\u00ad \u3164' })).body.errors).toMatchObject([
      { pointer: '/resident/lastName', code: 'required' },
    ]);
  });

  it('an account is signed in to by its address, pasted with whatever', async () => {
    await Person.signIn(system.baseUrl, '\ufeffConseiller@AFPA.demo\u200b', system.password);
  });

  describe('a commune', () => {
    it('is named beside its code, wherever it is shown', async () => {
      const { id } = (await open(counsellor, {})).body;
      await counsellor.do(`/v1/cases/${id}/sessions`, newSession());
      const seen = await Promise.all(
        [
          `/v1/cases/${id}`,
          '/v1/cases',
          `/v1/cases/${id}/timeline`,
          '/v1/structures',
          `/v1/structures/${counsellor.structureId}`,
        ].map((path) => counsellor.get(path)),
      );
      const codes: [string, object][] = [];
      JSON.stringify(seen, (key, value: unknown) => {
        if (typeof value === 'object' && value !== null)
          for (const member of ['commune', 'communes'] as const) if (member in value) codes.push([member, value]);
        return value;
      });
      expect(codes.length).toBeGreaterThan(5);
      for (const [member, value] of codes)
        expect(value).toHaveProperty(member === 'commune' ? 'communeName' : 'communeNames');
    });

    it('is found by what is typed', async () => {
      const [first] = (await counsellor.get('/v1/communes?q=la%20fleche&limit=1')).items;
      expect(first).toMatchObject({ code: '72154', name: 'La Flèche', kind: 'commune', postalCodes: ['72200'] });
      expect((await counsellor.get('/v1/communes?q=72063')).items[0]).toMatchObject({
        kind: 'former',
        successor: { code: '72262', name: 'Loir en Vallée' },
      });
      expect((await counsellor.try('GET', '/v1/communes')).body.errors).toMatchObject([{ pointer: '?q' }]);
    });

    it('whose code is the postal code of another is asked back, and taken with its name', async () => {
      const { body } = await open(counsellor, { commune: '72200' });
      expect(body.errors).toMatchObject([
        {
          pointer: '/resident/commune',
          code: 'ambiguous-commune',
          detail: expect.stringMatching(/Moncé-en-Belin.*La Flèche \(72154\)/),
        },
      ]);
      const opened = (await open(counsellor, { commune: '72200', communeName: 'monce en belin' })).body;
      expect(opened.resident).toMatchObject({ commune: '72200', communeName: 'Moncé-en-Belin' });
      expect((await open(counsellor, { commune: '72200', communeName: 'La Flèche' })).status).toBe(422);
      const correct = (resident: object): Promise<Answer> =>
        counsellor.post(`/v1/cases/${opened.id}/corrections`, { resident });
      expect((await correct({ commune: '72310' })).body.errors).toMatchObject([
        { pointer: '/resident/commune', code: 'ambiguous-commune' },
      ]);
      expect((await correct({ commune: '72154', communeName: 'La Flèche' })).body.resident).toMatchObject({
        commune: '72154',
      });
      expect(
        (await counsellor.post(`/v1/cases/${opened.id}/sessions`, newSession({ commune: '72200' }))).body.errors,
      ).toMatchObject([{ pointer: '/commune', code: 'ambiguous-commune' }]);
    });

    it('far away is asked back too; a postal code and a former commune are told what they are', async () => {
      expect((await open(counsellor, { commune: '75056' })).body.errors).toMatchObject([
        { pointer: '/resident/commune', code: 'far-commune' },
      ]);
      expect((await open(counsellor, { commune: '98818' })).status).toBe(422);
      expect((await open(counsellor, { commune: '98818', communeName: 'Nouméa' })).status).toBe(201);
      expect((await open(counsellor, { commune: '72000' })).body.errors).toMatchObject([
        { detail: expect.stringContaining('Le Mans (72181)') },
      ]);
      expect((await open(counsellor, { commune: '72063' })).body.errors).toMatchObject([
        { detail: expect.stringContaining('Loir en Vallée (72262)') },
      ]);
    });
  });
});
