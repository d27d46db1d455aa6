/** Shapes of request fields that this module's bodies share; each is one decorator, wrong values are 422 with a pointer. */
import { applyDecorators } from '@nestjs/common';
import { themeValues } from '@fil-rouge/kernel';
import { isUuid, Optional } from '@fil-rouge/platform';
import { IsCommune, IsDay } from '@fil-rouge/users';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min, ValidateBy, ValidateIf } from 'class-validator';

/** May be left out, and null takes the value away. */
export const Removable = () => ValidateIf((_, value) => value !== undefined && value !== null);

const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** A text that says something; spaces around it are not kept. */
export const Text = (most: number) => applyDecorators(trimmed, IsString(), IsNotEmpty(), MaxLength(most));

const check = (name: string, message: string, validate: (value: unknown) => boolean, options: { each?: boolean } = {}) =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => message } }, options);

/** `YYYY-MM-DD`, a day that exists. */
export const Day = () => IsDay();

/** INSEE code. */
export const Commune = () => IsCommune();

/** As the database writes ids; of a list, each. */
const lowered = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
const lowerCase = Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lowered) : lowered(value)));
const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);

export const Id = () => applyDecorators(lowerCase, check('id', 'must be an id of this system', isId));
export const IdOrAll = () => applyDecorators(lowerCase, check('id', 'must be "all" or the id of a structure', (value) => value === 'all' || isId(value)));

/** Several ids, each once. */
export const Ids = (least: number, most: number) =>
  applyDecorators(lowerCase, IsArray(), ArrayMinSize(least), ArrayMaxSize(most), ArrayUnique(), check('id', 'must be ids of this system', isId, { each: true }));

const most = 30;

/** Themes of the national list, each once. */
export const Themes = () => applyDecorators(IsArray(), ArrayMaxSize(most), ArrayUnique(), IsIn(themeValues, { each: true }));

/** Several values of a vocabulary, each once. */
export const Several = (values: readonly string[]) => applyDecorators(IsArray(), ArrayMaxSize(most), ArrayUnique(), IsIn(values, { each: true }));

/** Up to 23 h 59. */
export const Minutes = () => applyDecorators(IsInt(), Min(1), Max(1439));

/** Counts by the values of a vocabulary. */
export const Counts = (values: readonly string[]) =>
  check('counts', 'must map known values to whole numbers from 0 to 10000', (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) &&
    Object.entries(value).every(([key, count]) => values.includes(key) && Number.isInteger(count) && (count as number) >= 0 && (count as number) <= 10_000));

export const longText = 4000;

export { Optional };
