import { queryTokens, searchTokens } from './names';
import { normalizePhone, phoneForms } from './phone';
import { claimsOf } from './resemblance';

describe('normalizePhone', () => {
  it.each([
    ['06 12 34 56 78', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['02-43-54-72-72', '+33243547272'],
    ['06\u00a012\u202f34 56 78', '+33612345678'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['+330612345678', '+33612345678'],
    ['0033 6 12 34 56 78', '+33612345678'],
    ['+262 692 12 34 56', '+262692123456'],
    ['00 32 470 12 34 56', '+32470123456'],
  ])('%s → %s', (written, phone) => {
    expect(normalizePhone(written)).toBe(phone);
    expect(normalizePhone(phone)).toBe(phone);
  });

  it.each([
    '',
    '3949',
    '612345678',
    '06 12 34 56 7',
    '06 12 34 56 78 9',
    '+33 06 12',
    '+0612345678',
    '06 12 34 56 78 poste 2',
    'inconnu',
    '+1234567890123456',
  ])('"%s" is no number', (written) => expect(normalizePhone(written)).toBeNull());
});

describe('overseas', () => {
  const blocks: [string, string][] = [
    ['0262', '262'],
    ['0263', '262'],
    ['0692', '262'],
    ['0693', '262'],
    ['0269', '262'],
    ['0639', '262'],
    ['0590', '590'],
    ['0690', '590'],
    ['0691', '590'],
    ['0594', '594'],
    ['0694', '594'],
    ['0596', '596'],
    ['0696', '596'],
    ['0697', '596'],
  ];

  it.each(blocks)('%s is dialled with a 0 from all of France and is reached at +%s', (block, code) => {
    const [, ...rest] = `${block}126045`;
    const national = rest.join('');
    const written = [
      `0${national}`,
      `+${code}${national}`,
      `+${code} 0${national}`,
      `00${code}${national}`,
      `00 ${code} ${national}`,
      `+33${national}`,
      `+33 (0)${national}`,
      `0033 ${national}`,
    ];
    expect(new Set(written.map(normalizePhone))).toEqual(new Set([`+${code}${national}`]));
  });

  it.each(['0695123456', '0698123456', '0261991234', '0591234567'])('%s is the mainland’s', (written) =>
    expect(normalizePhone(written)).toBe(`+33${written.slice(1)}`),
  );

  it('is found by a word written before, in whatever form, and finds it', () => {
    const formerly = ['t:+33692126045', 't:+262692126045', 't:+2620692126045'];
    const person = { firstName: 'Anne', lastName: 'Payet', phone: '0692 12 60 45' };
    for (const phone of ['0692126045', '+262692126045', '+262 0692126045'])
      expect(queryTokens({ phone })[0]).toEqual(expect.arrayContaining(formerly));
    expect(searchTokens(person)).toEqual(expect.arrayContaining(formerly));
    expect(claimsOf(person).map(({ word }) => word)).toEqual(expect.arrayContaining(formerly));
    expect(phoneForms('+33 6 12 34 56 78')).toEqual(['+33612345678']);
  });
});

describe('another country', () => {
  it.each([
    ['+32 470 12 34 56', '+32470123456'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['00212 6 12 34 56 78', '+212612345678'],
    ['+49 30 1234567', '+49301234567'],
    ['+1 202 555 0142', '+12025550142'],
  ])('%s → %s', (written, phone) => expect(normalizePhone(written)).toBe(phone));

  it.each(['+999 123 456 78', '+44 12', '+49 1', '+1 202 555 01', '+212 6 12'])('%s is no number there', (written) =>
    expect(normalizePhone(written)).toBeNull(),
  );
});
