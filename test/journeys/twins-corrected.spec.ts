/** One resident, two records: a correction that makes two records alike is asked about, too. */
import { randomUUID } from 'node:crypto';
import type { Answer } from './driver';
import { correct, elsewhere, lead, nextDay, open, opened, phone, said, surname, threePeople } from './twins-story';

threePeople();

describe('a correction', () => {
  beforeAll(nextDay);
  it.each<[string, (lastName: string) => [there: object, before: object, after: object]]>([
    [
      'a phone',
      () => {
        const number = phone();
        return [{ phone: number }, {}, { phone: number }];
      },
    ],
    [
      'an e-mail',
      () => {
        const email = `${randomUUID()}@exemple.fr`;
        return [{ email }, {}, { email }];
      },
    ],
    ['a surname', (lastName) => [{ lastName, birthYear: 1950 }, { birthYear: 1950 }, { lastName }]],
    ['a name at birth', (lastName) => [{ lastName, birthYear: 1950 }, { birthYear: 1950 }, { birthName: lastName }]],
    [
      'a given name',
      (lastName) => [
        { lastName, birthYear: 1950 },
        { firstName: 'Zoé', lastName, birthYear: 1950 },
        { firstName: 'Anne Marie' },
      ],
    ],
    ['a year', (lastName) => [{ lastName, birthYear: 1950 }, { lastName, birthYear: 1970 }, { birthYear: 1951 }]],
    [
      'a single name',
      (lastName) => [
        { firstName: undefined, lastName, birthYear: 1950 },
        { firstName: 'Anne', lastName, birthYear: 1950 },
        { firstName: null },
      ],
    ],
  ])('that makes two the same asks like an opening: by %s', async (_, ways) => {
    const [there, before, after] = ways(surname());
    const known = { firstName: 'Anne', lastName: surname(), ...there };
    const id = await opened(lead, known);
    const mine = await opened(elsewhere, { firstName: 'Anne', lastName: surname(), ...before });
    const seen = await elsewhere.get(`/v1/cases/${mine}`);
    const asked = await correct(elsewhere, mine, after);
    expect([said(asked), asked.text.includes(id)]).toEqual(['possible-duplicate', false]);
    const shape = ({ body }: Answer) => ({
      ...body,
      matchToken: Object.keys(body).includes('matchToken'),
      traceId: undefined,
    });
    expect(shape(asked)).toEqual(shape(await open(elsewhere, known)));
    expect(await elsewhere.get(`/v1/cases/${mine}`)).toEqual(seen);
    const done = await correct(elsewhere, mine, after, { confirmNotDuplicate: true });
    expect([done.status, done.body.version]).toEqual([200, seen.version + 1]);
    // What it says already is not asked again, whatever else is corrected.
    expect((await correct(elsewhere, mine, { ...after, phone: phone() })).status).toBe(200);
  });

  it('of anything else does not ask', async () => {
    const lastName = surname();
    await opened(lead, { firstName: 'Anne', lastName, birthYear: 1950 });
    const mine = await opened(
      elsewhere,
      { firstName: 'Anne', lastName, birthYear: 1950 },
      { confirmNotDuplicate: true },
    );
    for (const resident of [
      { status: 'retraite' },
      { commune: '72181' },
      { phone: phone() },
      { phone: null },
      { email: `${randomUUID()}@exemple.fr` },
    ]) {
      expect((await correct(elsewhere, mine, resident)).status).toBe(200);
    }
  });

  it('that takes the year away asks in the own structure', async () => {
    const lastName = surname();
    const id = await opened(lead, { firstName: 'Anne', lastName, birthYear: 1950 });
    const mine = await opened(lead, { firstName: 'Anne', lastName, birthYear: 1970 });
    expect(await correct(lead, mine, { birthYear: null })).toMatchObject({
      status: 409,
      body: { code: 'possible-duplicate', caseId: id },
    });
  });

  it('is refused for what it may not do before it is told anything', async () => {
    const number = phone();
    const id = await opened(lead, { firstName: 'Anne', lastName: surname(), phone: number });
    const mine = await opened(elsewhere, { firstName: 'Anne', lastName: surname() });
    expect([
      said(await correct(elsewhere, id, { phone: number })),
      said(await correct(elsewhere, mine, { phone: number }, {}, { 'if-match': '"99"' })),
    ]).toEqual([404, 412]);
    expect((await correct(elsewhere, mine, { phone: 'pas un numéro' })).status).toBe(422);
  });

  it('meets an opening at the same moment: one of the two is asked', async () => {
    for (let round = 0; round < 6; round++) {
      const number = phone();
      const mine = await opened(elsewhere, { firstName: 'Anne', lastName: surname() });
      const answers = await Promise.all([
        correct(elsewhere, mine, { phone: number }),
        open(lead, { firstName: 'Zoé', lastName: surname(), phone: number }),
      ]);
      expect(answers.filter((answer) => said(answer) === 'possible-duplicate')).toHaveLength(1);
    }
  });
});

it('the name at birth is shown and searched like the surname, corrected, and taken away', async () => {
  const [lastName, birthName] = [surname(), surname()];
  const id = await opened(lead, { firstName: 'Anne', lastName, birthName, birthYear: 1950 });
  expect((await lead.get(`/v1/cases/${id}`)).resident).toMatchObject({ lastName, birthName });
  for (const name of [lastName, birthName, `Anne ${birthName}`])
    expect((await lead.do('/v1/cases/search', { name })).items.map((item) => item.id)).toEqual([id]);
  const other = surname();
  expect((await lead.do(`/v1/cases/${id}/corrections`, { resident: { birthName: other } })).resident).toMatchObject({
    birthName: other,
  });
  expect([
    (await lead.do('/v1/cases/search', { name: birthName })).items,
    (await lead.do('/v1/cases/search', { name: other })).items.length,
  ]).toEqual([[], 1]);
  expect((await lead.do(`/v1/cases/${id}/corrections`, { resident: { birthName: null } })).resident).not.toHaveProperty(
    'birthName',
  );
  expect((await lead.do('/v1/cases/search', { name: other })).items).toEqual([]);
  expect((await correct(lead, id, { birthName: '???' })).body.errors[0]).toMatchObject({
    pointer: '/resident/birthName',
  });
});
