import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import { canonicalTexts, textKindOf } from '@fil-rouge/platform';

type Shape = new () => object;
const libs = join(__dirname, '../../libs');

/** The classes of every body and query, from the files their documentation is made from. */
const files = readdirSync(libs, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dto.ts'))
  .concat('platform/src/http/page.ts');
// eslint-disable-next-line @typescript-eslint/no-require-imports -- found by name: a list of imports would be one that somebody keeps
const loaded = (file: string): unknown[] => Object.values(require(join(libs, file)) as object);
const shapes = new Set(
  files.flatMap(loaded).filter((one): one is Shape => typeof one === 'function' && /^class /.test(String(one))),
);

/** Words of somebody's own: looked at as a text, not against a list or a form. */
const fields = [...shapes].flatMap((shape) => {
  const rules = getMetadataStorage()
    .getTargetValidationMetadatas(shape, '', false, false)
    .filter(({ each }) => !each);
  const texts = rules.filter(({ name }) => ['isString', 'maxLength', 'minLength', 'isEmail'].includes(name ?? ''));
  return [...new Set(texts.map(({ propertyName }) => propertyName))].map((field) => ({
    name: `${shape.name}.${field}`,
    shape,
    field,
  }));
});

const unseen = [
  '\u0001\u0008\u001b\u007f\u009f',
  '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
  '\u200b\u2060\ufeff\u180e',
  '\u200c\u200d\u034f',
  '\u00ad',
  '\u115f\u1160\u3164\uffa0\u2800',
  '\ufe00\ufe0f\u{e0100}',
  '\u{e0001}\u{e0041}\u{e007f}',
  '\ufff9\ufffb\u{1d173}',
  '\ue000\u{f0000}\uffff',
].flatMap((family) => [...family]);
const pasted = fc
  .tuple(
    fc.constantFrom(...unseen),
    fc.array(
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...unseen) },
        { weight: 3, arbitrary: fc.constantFrom('e\u0301', 'a', ' ', '\r\n', '\u00a0', '\t') },
      ),
      { maxLength: 8 },
    ),
  )
  .map(([first, rest]) => `Ver${first}gnaud ${rest.join('')} dit`);

const asRead = (shape: Shape, field: string, value: string): unknown =>
  (plainToInstance(shape, canonicalTexts({ [field]: value }, shape)) as Record<string, unknown>)[field];

describe('every text of every body and query', () => {
  it('is found', () => {
    expect(fields.length).toBeGreaterThan(30);
    expect(fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'ResidentBody.firstName',
        'DeclareStructureRequest.name',
        'LoginRequest.password',
        'HoldWorkshopBody.title',
        'PageQuery.cursor',
      ]),
    );
  });

  it.each(fields)('$name says what kind of text it is', ({ shape, field }) =>
    expect(textKindOf(shape, field)).toBeDefined(),
  );

  it.each(fields.filter(({ shape, field }) => textKindOf(shape, field) !== 'secret'))(
    '$name is the same however it was pasted',
    ({ shape, field }) => {
      const lines = textKindOf(shape, field) === 'lines';
      fc.assert(
        fc.property(pasted, (typed) => {
          const read = asRead(shape, field, typed) as string;
          expect([...read].filter((character) => unseen.includes(character))).toEqual([]);
          expect(read).toMatch(/^Vergnaud/i);
          expect(read).toBe(read.trim());
          expect(read).toBe(read.normalize('NFC'));
          expect(read).not.toMatch(lines ? /[\r\t]/ : /[\r\t\n\u00a0]| {2}/);
          expect(asRead(shape, field, read)).toBe(read);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(fields.filter(({ shape, field }) => textKindOf(shape, field) === 'secret'))(
    '$name is what was typed',
    ({ shape, field }) => expect(asRead(shape, field, ' a\u200bb\r\n ')).toBe(' a\u200bb\r\n '),
  );
});
