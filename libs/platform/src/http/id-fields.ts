import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, ValidateBy, type ValidationOptions } from 'class-validator';
import { isUuid } from '../ids';

/** Ids are written in lower case here and compared as texts; capitals are the same id (RFC 9562 §4), so one form is made of them at the edge. */
const lowered = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
const lowerCase = Transform(({ value }: { value: unknown }) =>
  Array.isArray(value) ? value.map(lowered) : lowered(value),
);

const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);
const lowerCaseId = Transform(({ value }: { value: unknown }) => (isId(lowered(value)) ? lowered(value) : value));
const check = (validate: (value: unknown) => boolean, message: string, options?: ValidationOptions) =>
  ValidateBy({ name: 'id', validator: { validate, defaultMessage: () => message } }, options);

/** The id of something. The only way a body or a query names one. */
export const Id = () =>
  applyDecorators(lowerCase, check(isId, 'must be an id of this system'), ApiProperty({ format: 'uuid' }));

/** `ALL` is neither: nobody is to object to everybody by a slip of the keyboard. */
export const IdOrAll = () =>
  applyDecorators(
    lowerCaseId,
    check((value) => value === 'all' || isId(value), 'must be "all" or the id of a structure'),
  );

/** Of a list: one's own, or somebody's. */
export const IdOrMine = () =>
  applyDecorators(
    lowerCaseId,
    check((value) => value === 'mine' || isId(value), 'must be "mine" or the id of a person'),
  );

/** Several ids, each once. */
export const Ids = (least: number, most: number) =>
  applyDecorators(
    lowerCase,
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    ArrayUnique(),
    check(isId, 'must be ids of this system', { each: true }),
    ApiProperty({
      type: 'array',
      items: { type: 'string', format: 'uuid' },
      minItems: least,
      maxItems: most,
      uniqueItems: true,
    }),
  );
