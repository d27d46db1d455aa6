/**
 * Texts in requests. The pipe brings every text of a body or query into the one canonical form before anything looks at it. With these decorators a
 * field says what kind of text it holds. A password is nobody's to change and says so.
 */
import { applyDecorators } from '@nestjs/common';
import { canonicalEmail, canonicalLine, canonicalText } from '@fil-rouge/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsNotEmpty,
  IsString,
  MaxLength,
  ValidateBy,
} from 'class-validator';

const kind = Symbol('what kind of text the field is');
export type TextKind = 'line' | 'lines' | 'email' | 'secret';
const says =
  (what: TextKind): PropertyDecorator =>
  (target, field) =>
    Reflect.defineMetadata(kind, what, target, field);

/** What the field of that class was declared as. */
export const textKindOf = (type: { prototype: object }, field: string): TextKind | undefined =>
  Reflect.getMetadata(kind, type.prototype, field) as TextKind | undefined;

const canonical = (form: (text: string) => string) =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? form(value) : value));

/** A text that says something, in as many lines as it was written in. */
export const Text = (most: number) =>
  applyDecorators(
    says('lines'),
    IsString(),
    IsNotEmpty(),
    MaxLength(most),
    ApiProperty({ minLength: 1, maxLength: most }),
  );

/** Several of them, each once. */
export const Texts = (count: number, most: number) =>
  applyDecorators(
    says('lines'),
    IsArray(),
    ArrayMaxSize(count),
    ArrayUnique(),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    MaxLength(most, { each: true }),
    ApiProperty({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: most },
      maxItems: count,
      uniqueItems: true,
    }),
  );

/** A title, a reference: one line. */
export const Line = (most: number) => applyDecorators(OptionalLine(most), IsNotEmpty(), ApiProperty({ minLength: 1 }));

/** What somebody or a structure is called: a dot or a smile names nobody. */
export const Name = (most: number) =>
  applyDecorators(
    Line(most),
    ValidateBy({
      name: 'letters',
      validator: {
        validate: (value) => typeof value === 'string' && /[\p{L}\p{N}]/u.test(value),
        defaultMessage: () => 'must hold a letter or a digit',
      },
    }),
  );

/** The same, where nothing typed is nothing asked. */
export const OptionalLine = (most: number) =>
  applyDecorators(
    says('line'),
    canonical(canonicalLine),
    IsString(),
    MaxLength(most),
    ApiProperty({ maxLength: most }),
  );

/** An e-mail address; its domain in lower case. */
export const Email = (most = 254) =>
  applyDecorators(
    says('email'),
    canonical(canonicalEmail),
    IsString(),
    IsEmail(),
    MaxLength(most),
    ApiProperty({ format: 'email', maxLength: most }),
  );

/** Taken as it was typed: every character of a password counts. */
export const Secret = () => applyDecorators(says('secret'), IsString(), ApiProperty({ format: 'password' }));

/** The same value with every text in it canonical; secrets, which stand at the top of a body, are as they came. */
export function canonicalTexts(value: object, type?: { prototype: object }): object {
  return Object.fromEntries(
    Object.entries(value).map(([field, member]) => [
      field,
      type && textKindOf(type, field) === 'secret' ? member : canonicalMember(member),
    ]),
  );
}

function canonicalMember(value: unknown): unknown {
  if (typeof value === 'string') return canonicalText(value);
  if (Array.isArray(value)) return value.map(canonicalMember);
  return typeof value === 'object' && value !== null ? canonicalTexts(value) : value;
}
