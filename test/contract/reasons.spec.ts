import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';

type Shape = new () => object;
const libs = join(__dirname, '../../libs');

/** The classes of every body, from the files their documentation is made from. */
const files = readdirSync(libs, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.dto.ts'));
// eslint-disable-next-line @typescript-eslint/no-require-imports -- found by name: a list of imports would be one that somebody keeps
const loaded = (file: string): unknown[] => Object.values(require(join(libs, file)) as object);
const shapes = new Set(
  files.flatMap(loaded).filter((one): one is Shape => typeof one === 'function' && /^class /.test(String(one))),
);

/** Whatever may be answered with `other`. */
const reasons = [...shapes].flatMap((shape) =>
  getMetadataStorage()
    .getTargetValidationMetadatas(shape, '', false, false)
    .filter(
      ({ name, constraints, each }) => name === 'isIn' && !each && (constraints?.[0] as unknown[]).includes('other'),
    )
    .map(({ propertyName }) => ({ name: `${shape.name}.${propertyName}`, shape, field: propertyName })),
);

const refused = (shape: Shape, body: object): string[] =>
  validateSync(plainToInstance(shape, body)).map(
    ({ property, constraints }) => `${property} ${Object.keys(constraints ?? {}).join()}`,
  );

it('are found: refusal, withdrawal, pause, return, an auditor’s reading', () => {
  expect(reasons.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining([
      'DeclineReferralBody.reason',
      'HoldReferralBody.reason',
      'ReadingBody.reasonCode',
      'ReturnReferralBody.reason',
      'WithdrawReferralBody.reason',
    ]),
  );
});

it.each(reasons)('$name: `other` says nothing without a comment, any other reason does', ({ shape, field }) => {
  expect(refused(shape, { [field]: 'other' })).toContainEqual(expect.stringMatching(/^comment /));
  expect(refused(shape, { [field]: 'other', comment: '' })).toContainEqual(expect.stringMatching(/^comment /));
  expect(
    refused(shape, { [field]: 'other', comment: 'Un motif.' }).filter((error) => error.startsWith('comment')),
  ).toEqual([]);
  expect(refused(shape, {}).filter((error) => error.startsWith('comment'))).toEqual([]);
});
