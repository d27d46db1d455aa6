/** Shapes of request fields that this module's bodies share; each is one decorator, wrong values are 422 with a pointer. */
import { applyDecorators } from '@nestjs/common';
import { equipmentValues, themeValues } from '@fil-rouge/kernel';
import { Day, Email, Id, IdOrAll, IdOrMine, Ids, Line, Name, Optional, Text, Texts } from '@fil-rouge/platform';
import { IsCommune, IsMeant, IsNameOfCommune, IsNear } from '@fil-rouge/users';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, Max, Min, ValidateBy, ValidateIf } from 'class-validator';

/** May be left out, and null takes the value away. */
export const Removable = () => ValidateIf((_, value) => value !== undefined && value !== null);

const check = (
  name: string,
  message: string,
  validate: (value: unknown) => boolean,
  options: { each?: boolean } = {},
) => ValidateBy({ name, validator: { validate, defaultMessage: () => message } }, options);

/** INSEE code of where somebody lives or something took place. */
export const Commune = () => applyDecorators(IsCommune(), IsMeant(), IsNear());

/** The name beside it, for who wants the code to be checked; never kept. */
export const CommuneName = () => applyDecorators(Line(100), IsNameOfCommune());

/** Themes of the national list, each once. */
export const Themes = (most?: number) => Several(themeValues, most);

/** Several values of a vocabulary, each once. */
export const Several = (values: readonly string[], most = 30) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(most),
    ArrayUnique(),
    IsIn(values, { each: true }),
    ApiProperty({ enum: [...values], isArray: true, maxItems: most, uniqueItems: true }),
  );

/** What was used; nothing beside nothing. */
export const Equipment = () =>
  applyDecorators(
    Several(equipmentValues),
    check(
      'alone',
      'aucun stands alone: either nothing was used or something',
      (value) => !Array.isArray(value) || !value.includes('aucun') || value.length === 1,
    ),
  );

/** Up to 23 h 59. */
export const Minutes = () =>
  applyDecorators(IsInt(), Min(1), Max(1439), ApiProperty({ type: 'integer', minimum: 1, maximum: 1439 }));

/** Counts by the values of a vocabulary. */
export const Counts = (values: readonly string[]) =>
  check(
    'counts',
    'must map known values to whole numbers from 0 to 10000',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.entries(value).every(
        ([key, count]) =>
          values.includes(key) && Number.isInteger(count) && (count as number) >= 0 && (count as number) <= 10_000,
      ),
  );

export const longText = 4000;

/** Words beside a reason: needed where the reason says nothing by itself (`other`). One rule for every body that has such a reason. */
export const Comment = (reason: string, most = longText) =>
  applyDecorators(
    ValidateIf((body: Record<string, unknown>, value) => value !== undefined || body[reason] === 'other'),
    Text(most),
  );

/** The only name somebody has may stand in either member; a dash, as forms have it, says that there is none. */
export const NameUnless = (other: string) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '-' ? undefined : value)),
    ValidateIf(
      (body: Record<string, unknown>, value) => value !== undefined || body[other] === undefined || body[other] === '-',
    ),
    Line(100),
  );

/** The same when it changes: null, or a dash, takes the name away. */
export const ChangedName = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '-' ? null : value)),
    Removable(),
    Line(100),
  );

export { Day, Email, Id, IdOrAll, IdOrMine, Ids, Line, Name, Optional, Text, Texts };
