import { Problem, type FieldError } from '@fil-rouge/kernel';
import { ShapePipe } from '@fil-rouge/platform';
import { plainToInstance } from 'class-transformer';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { routes, rulesOf, type Shape } from '../support/routes';

// Every body and every query of every route, found in the controllers: what a shape refuses is told alike everywhere.
type Kind = 'body' | 'query';
type Named = [name: string, kind: Kind, shape: Shape];

const pipe = new ShapePipe();
async function errorsOf(kind: Kind, shape: Shape, value: unknown): Promise<readonly FieldError[]> {
  try {
    await pipe.transform(value, { type: kind, metatype: shape });
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') return error.members.errors ?? [];
    throw error;
  }
  return [];
}

const root = { body: '/', query: '?' };
const isConditional = ({ type }: ValidationMetadata): boolean => type === 'conditionalValidation';
const isList = (rules: ValidationMetadata[]): boolean =>
  rules.some(({ each, name, type }) => name?.startsWith('array') === true || (each && type !== 'nestedValidation'));
/** The conditions a member stands under, asked about a body in which it is not. */
const mayBeLeftOut = (rules: ValidationMetadata[]): boolean =>
  rules
    .filter(isConditional)
    .some(({ constraints }) => !(constraints[0] as (body: object, value: unknown) => boolean)({}, undefined));

const inner = (shape: Shape): Shape[] =>
  [...rulesOf(shape)]
    .filter(([, rules]) => rules.some(({ type }) => type === 'nestedValidation'))
    .map(([member, rules]) => {
      const made = (
        plainToInstance(shape, { [member]: isList(rules) ? [{}] : {} }) as Record<string, object | object[]>
      )[member]!;
      return (Array.isArray(made) ? made[0]! : made).constructor as Shape;
    });
const withInner = (shape: Shape): Shape[] => [shape, ...inner(shape).flatMap(withInner)];

const unique = (kind: Kind): Named[] => {
  const found = new Set(
    routes()
      .flatMap((route) => route[kind] ?? [])
      .flatMap(withInner),
  );
  return [...found].map((shape) => [shape.name, kind, shape]);
};
const bodies = unique('body');
const queries = unique('query');

it('finds the shapes of every route', () => {
  expect(bodies.length).toBeGreaterThan(35);
  expect(bodies.map(([name]) => name)).toEqual(
    expect.arrayContaining(['LoginRequest', 'OpenCaseBody', 'ResidentBody', 'ParticipantBody', 'BatchDecisionDto']),
  );
  expect(queries.map(([name]) => name)).toEqual(
    expect.arrayContaining(['PageQuery', 'CasesQuery', 'AuditEntriesQuery']),
  );
});

describe.each([...bodies, ...queries])('%s', (_, kind, shape) => {
  const members = [...rulesOf(shape)];
  const pointerOf = (member: string): string => `${root[kind]}${member}`;

  it('names each member that is missing, says that it is required and what it is', async () => {
    const errors = await errorsOf(kind, shape, {});
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(
      members
        .filter(([, rules]) => !mayBeLeftOut(rules))
        .map(([member]) => pointerOf(member))
        .toSorted(),
    );
    for (const { code, detail } of errors) {
      expect(code).toBe('required');
      expect(detail).toMatch(/^This is required: it must .+\.$/);
    }
  });

  it('does not know what no rule names', async () => {
    expect(await errorsOf(kind, shape, { 'a/b~c': 1 })).toContainEqual({
      pointer: `${root[kind]}a~1b~0c`,
      code: 'unknown',
      detail: 'Nothing of this name is expected here.',
    });
  });

  it('takes nothing but a list for a list, and says so', async () => {
    for (const [member, rules] of members.filter(([, of]) => isList(of))) {
      expect([
        member,
        rules.some(({ name }) => name === 'isArray'),
        rules.some(({ name }) => name === 'arrayMaxSize'),
      ]).toEqual([member, true, true]);
      for (const scalar of kind === 'query' ? [] : ['72154', 1, true, { 0: 'email' }]) {
        const [error] = (await errorsOf(kind, shape, { [member]: scalar })).filter(
          ({ pointer }) => pointer === pointerOf(member),
        );
        expect(error).toMatchObject({
          code: 'array',
          detail: expect.stringMatching(/^This must be a list(, of which each value must .+)?\.$/) as string,
        });
      }
    }
  });

  it('refuses what no rule allows at the member itself, with a code and a sentence, whatever it is', async () => {
    const strange = [
      null,
      {},
      [],
      [[]],
      [null],
      ['a', 'a'],
      '\u2603',
      -1,
      1e308,
      Number.NaN,
      -0,
      true,
      '+275760-09-13',
      '0000-00-00',
    ];
    for (const [member] of members) {
      for (const value of strange) {
        for (const { pointer, code, detail } of await errorsOf(kind, shape, { [member]: value })) {
          expect([pointer, code]).toEqual([pointer, expect.stringMatching(/^[a-z]+(-[a-z]+)*$/)]);
          expect(detail).toMatch(/^(?!must|should|each|This each|All ).+\.$/);
          expect(detail).not.toMatch(/undefined|\[object|must be (a|an) must|regular expression/);
        }
      }
    }
  });

  it.each([...Object.getOwnPropertyNames(Object.prototype), 'prototype'])(
    'does not know %s, which every object inherits or Nest takes out',
    async (name) => {
      const given = JSON.parse(`{${JSON.stringify(name)}: {"x": 1}}`) as object;
      expect(await errorsOf(kind, shape, given)).toEqual([
        { pointer: `${root[kind]}${name}`, code: 'unknown', detail: 'Nothing of this name is expected here.' },
      ]);
      const [member] = members[0]!;
      expect(await errorsOf(kind, shape, { [member]: [{ deep: given }] })).toContainEqual(
        expect.objectContaining({ pointer: `${root[kind]}${member}/0/deep/${name}`, code: 'unknown' }),
      );
    },
  );
});

describe.each(queries)('the filters of %s', (_, kind, shape) => {
  it.each([...rulesOf(shape)])(
    '%s names itself when it is refused, and takes no value of a vocabulary that it does not know',
    async (filter, rules) => {
      const vocabulary = rules.find(({ name }) => name === 'isIn')?.constraints[0] as string[] | undefined;
      const isText = rules.some(({ name }) => name === 'isString');
      for (const value of [
        'inconnu',
        'null',
        '-1',
        '1e400',
        '0000-01-01',
        'toString',
        ...(vocabulary ? [vocabulary[0]!.toUpperCase(), `${vocabulary[0]},inconnu`] : []),
      ]) {
        if (vocabulary?.includes(value)) continue;
        const errors = (await errorsOf(kind, shape, { [filter]: value })).filter(({ code }) => code !== 'required');
        expect([value, errors.map(({ pointer }) => pointer)]).toEqual([value, isText ? [] : [`?${filter}`]]);
      }
      for (const value of vocabulary ?? [])
        expect([
          value,
          (await errorsOf(kind, shape, { [filter]: value })).filter(({ code }) => code !== 'required'),
        ]).toEqual([value, []]);
    },
  );
});

describe('a name', () => {
  const named = bodies
    .filter(([, , shape]) => rulesOf(shape).has('name'))
    .filter(([name]) => name !== 'SearchBody' && name !== 'FindingBody');

  it.each(named)('in %s holds a letter or a digit: a dot or a smile names nobody', async (_, kind, shape) => {
    for (const name of ['.', '-', '\u{1f642}', '’', '\u0301']) {
      expect((await errorsOf(kind, shape, { name })).filter(({ pointer }) => pointer === '/name')).toEqual([
        { pointer: '/name', code: 'letters', detail: 'This must hold a letter or a digit.' },
      ]);
    }
    for (const name of ['Ab', '42', '李', 'Şule'])
      expect((await errorsOf(kind, shape, { name })).filter(({ pointer }) => pointer === '/name')).toEqual([]);
  });
});

it.each(bodies.filter(([, , shape]) => rulesOf(shape).has('siret')))(
  'the SIRET of %s may come in groups, as it is printed',
  async (_, kind, shape) => {
    const ofSiret = async (siret: string) =>
      (await errorsOf(kind, shape, { siret })).filter(({ pointer }) => pointer === '/siret');
    expect(await ofSiret('732 829 320\u00a000074')).toEqual([]);
    expect(await ofSiret('732829320')).toEqual([
      { pointer: '/siret', code: 'matches', detail: 'This must be the 14 digits of a SIRET.' },
    ]);
  },
);
