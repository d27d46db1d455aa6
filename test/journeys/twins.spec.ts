/** One resident, two records: asked about before there are two, whoever opens and however it is written. */
import { loadSettings } from '@fil-rouge/platform';
import { newReferral, type Answer } from './driver';
import {
  correct,
  elsewhere,
  enter,
  lead,
  nextDay,
  open,
  opened,
  phone,
  said,
  surname,
  system,
  threePeople,
} from './twins-story';

threePeople();

describe('opening', () => {
  beforeAll(nextDay);
  const name = surname();
  type Written = {
    firstName?: string;
    lastName?: string;
    birthName?: string;
    birthYear?: number;
    phone?: string;
    email?: string;
  };
  const ways: [string, Written, Written][] = [
    [
      'the same phone',
      { firstName: 'Anne', lastName: surname(), phone: '06 39 98 41 41' },
      { firstName: 'Zoé', lastName: surname(), phone: '+33 6 39 98 41 41' },
    ],
    [
      'the same e-mail',
      { firstName: 'Anne', lastName: surname(), email: 'Anne.Essai@exemple.fr' },
      { firstName: 'Zoé', lastName: surname(), email: 'anne.essai@EXEMPLE.fr' },
    ],
    [
      'a year off by one',
      { firstName: 'Anne', lastName: `${name}a`, birthYear: 1950 },
      { firstName: 'Anne', lastName: `${name}a`, birthYear: 1951 },
    ],
    [
      'one of two given names',
      { firstName: 'Jean Paul', lastName: `${name}e`, birthYear: 1950 },
      { firstName: 'Jean', lastName: `${name}e`, birthYear: 1950 },
    ],
    [
      'two given names, of which one was there',
      { firstName: 'Jean', lastName: `${name}i`, birthYear: 1950 },
      { firstName: 'Jean-Paul', lastName: `${name}i`, birthYear: 1950 },
    ],
    [
      'an apostrophe',
      { firstName: 'Ann', lastName: `O'${name}`, birthYear: 1950 },
      { firstName: 'Ann', lastName: `O${name.toLowerCase()}`, birthYear: 1950 },
    ],
    [
      'a hyphen',
      { firstName: 'Jean-Claude', lastName: `${name}o`, birthYear: 1950 },
      { firstName: 'Jeanclaude', lastName: `${name}o`, birthYear: 1950 },
    ],
    [
      'a saint in short',
      { firstName: 'Anne', lastName: `St ${name}`, birthYear: 1950 },
      { firstName: 'Anne', lastName: `Saint-${name}`, birthYear: 1950 },
    ],
    [
      'a part of a double surname',
      { firstName: 'Anne', lastName: `${name}u-Dupré`, birthYear: 1950 },
      { firstName: 'Anne', lastName: `${name}u`, birthYear: 1950 },
    ],
    [
      'the other way round',
      { firstName: 'Anne', lastName: `${name}ou`, birthYear: 1950 },
      { firstName: `${name}ou`, lastName: 'Anne', birthYear: 1950 },
    ],
    [
      'the name at birth',
      { firstName: 'Anne', lastName: surname(), birthName: `${name}an`, birthYear: 1950 },
      { firstName: 'Anne', lastName: `${name}an`, birthYear: 1950 },
    ],
    [
      'both names at birth',
      { firstName: 'Anne', lastName: surname(), birthName: `${name}on`, birthYear: 1950 },
      { firstName: 'Anne', lastName: surname(), birthName: `${name}on`, birthYear: 1950 },
    ],
  ];
  it.each(ways)('asks about %s, in another structure too, and says nothing of the other', async (_, one, other) => {
    const id = await opened(lead, one);
    const answer = await open(elsewhere, other);
    expect([said(answer), answer.text.includes(id), Object.keys(answer.body).includes('caseId')]).toEqual([
      'possible-duplicate',
      false,
      false,
    ]);
    expect(await open(lead, other)).toMatchObject({ status: 409, body: { caseId: id } });
    expect((await open(elsewhere, other, { confirmNotDuplicate: true })).status).toBe(201);
  });

  it.each<[string, Written, Written]>([
    [
      'a surname',
      { firstName: 'Jean', lastName: `${name}m`, birthYear: 1950 },
      { firstName: 'Marie', lastName: `${name}m`, birthYear: 1950 },
    ],
    [
      'a surname and a part of the given names each',
      { firstName: 'Jean-Paul', lastName: `${name}l`, birthYear: 1950 },
      { firstName: 'Jean-Pierre', lastName: `${name}l`, birthYear: 1950 },
    ],
    [
      'a name, two years apart',
      { firstName: 'Jean', lastName: `${name}k`, birthYear: 1950 },
      { firstName: 'Jean', lastName: `${name}k`, birthYear: 1952 },
    ],
  ])('does not ask about %s', async (_, one, other) => {
    await opened(lead, one);
    expect([
      said(await open(lead, other)),
      said(await open(elsewhere, { ...other, birthYear: other.birthYear! + 5 })),
    ]).toEqual([201, 201]);
  });

  it('asks about the same name without a year in the own structure, and nowhere else', async () => {
    const [dated, undated] = [surname(), surname()];
    const first = await opened(lead, { firstName: 'Anne', lastName: dated, birthYear: 1950 });
    const second = await opened(lead, { firstName: 'Anne', lastName: undated });
    expect(await open(lead, { firstName: 'Anne', lastName: dated })).toMatchObject({
      status: 409,
      body: { caseId: first },
    });
    expect(await open(lead, { firstName: 'Anne', lastName: undated, birthYear: 1950 })).toMatchObject({
      status: 409,
      body: { caseId: second },
    });
    expect(await open(lead, { firstName: 'Anne', lastName: undated })).toMatchObject({
      status: 409,
      body: { caseId: second },
    });
    expect([
      said(await open(elsewhere, { firstName: 'Anne', lastName: dated })),
      said(await open(elsewhere, { firstName: 'Anne', lastName: undated, birthYear: 1950 })),
    ]).toEqual([201, 201]);
  });

  it('the own structure is whoever follows the resident now', async () => {
    const lastName = surname();
    const id = await opened(lead, { firstName: 'Anne', lastName, birthYear: 1950 });
    const referral = await lead.do(`/v1/cases/${id}/referrals`, newReferral(elsewhere.structureId));
    expect(said(await open(elsewhere, { firstName: 'Anne', lastName }))).toBe(201);
    await elsewhere.do(`/v1/referrals/${referral.id}/accept`);
    expect(await open(elsewhere, { firstName: 'Anne', lastName })).toMatchObject({ status: 409 });
    const handover = await lead.do(`/v1/cases/${id}/handovers`, {
      kind: 'push',
      toStructureId: elsewhere.structureId,
      note: 'Note de passation.',
    });
    await elsewhere.do(`/v1/handovers/${handover.id}/accept`);
    expect(said(await open(lead, { firstName: 'Anne', lastName }))).toBe(201);
  });

  it.each<[string, (lastName: string) => [Written, Written]]>([
    [
      'by a part of the name',
      (lastName) => [
        { firstName: 'Jean Paul', lastName, birthYear: 1950 },
        { firstName: 'Jean', lastName, birthYear: 1950 },
      ],
    ],
    [
      'by a year off by one',
      (lastName) => [
        { firstName: 'Anne', lastName, birthYear: 1951 },
        { firstName: 'Anne', lastName, birthYear: 1950 },
      ],
    ],
    [
      'without a year',
      (lastName) => [
        { firstName: 'Anne', lastName },
        { firstName: 'Anne', lastName, birthYear: 1950 },
      ],
    ],
  ])('of two at the same moment one is asked: %s', async (_, twins) => {
    for (let round = 0; round < 6; round++) {
      const [one, other] = twins(surname());
      const answers = await Promise.all([open(lead, one), open(lead, other)]);
      expect(answers.map(said).map(String).toSorted()).toEqual(['201', 'possible-duplicate']);
    }
  });
});

describe('answers that tell of somebody', () => {
  beforeAll(nextDay);
  const most = loadSettings({}).duplicateHintsPerDay;
  const shape = ({ status, body }: Answer) => ({ http: status, ...body, traceId: undefined });

  it('are as many a day by corrections and openings together; then neither tells a hit from a miss', async () => {
    const prober = await enter(system.account('conseiller', 'fal-72'));
    const number = phone();
    await opened(lead, { firstName: 'Anne', lastName: surname(), phone: number });
    const mine = await opened(prober, { firstName: 'Anne', lastName: surname() });
    for (let n = 0; n < most; n++) {
      expect(
        said(
          n % 2 === 0
            ? await correct(prober, mine, { phone: number })
            : await open(prober, { firstName: 'Zoé', lastName: surname(), phone: number }),
        ),
      ).toBe('possible-duplicate');
    }
    const [hit, miss] = [
      await correct(prober, mine, { phone: number }),
      await correct(prober, mine, { phone: phone() }),
    ];
    expect([hit.status, shape(hit)]).toEqual([429, shape(miss)]);
    expect(shape(await open(prober, { firstName: 'Zoé', lastName: surname(), phone: number }))).toEqual(shape(hit));
    // Nothing of what is not asked, and what is said with confirmNotDuplicate, waits for tomorrow.
    expect((await correct(prober, mine, { status: 'retraite' })).status).toBe(200);
    expect((await correct(prober, mine, { phone: number }, { confirmNotDuplicate: true })).status).toBe(200);
  });

  it('and whoever tries many numbers without a hit is noticed', async () => {
    const prober = await enter(system.account('conseiller', 'croix-rouge'));
    const administrator = await enter(system.account('administrateur'));
    const mine = await opened(prober, { firstName: 'Anne', lastName: surname() });
    for (let n = 0; n < 40; n++) expect((await correct(prober, mine, { phone: phone() })).status).toBe(200);
    await system.settle();
    expect((await administrator.all('/v1/notifications')).map(({ type }) => type)).toContain('ManyResidentsCorrected');
  });
});
