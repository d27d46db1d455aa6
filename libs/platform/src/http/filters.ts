import { applyDecorators } from '@nestjs/common';
import { invalid } from '@fil-rouge/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsIn } from 'class-validator';
import { Optional } from './page';

/** Several values of a filter: `a,b`. Empty ones, as forms send them, are not there; a filter of nothing but these asks for nothing and is refused. */
const csv = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value,
  );

/** What is common to the filters of lists that take several values; the rule for each value stands beside it. */
export const Several = (most: number) =>
  applyDecorators(Optional(), csv(), IsArray(), ArrayNotEmpty(), ArrayMaxSize(most));

/** Values of a vocabulary, separated by commas. An unknown one is refused: a filter that fits nothing would pass for an empty list. */
export const AnyOf = (values: readonly string[]) =>
  applyDecorators(
    Several(values.length),
    IsIn(values, { each: true }),
    ApiProperty({ enum: values, isArray: true, maxItems: values.length }),
  );

/** `true` or `false`. */
export const Flag = () =>
  applyDecorators(
    Optional(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );

/**
 * Filters that cannot be answered for whoever asks, because the role does not see what they look at: refused by name. An answer without them would pass
 * for one with them, and an empty one for the truth.
 */
export function refuseFilters(query: object, refused: Readonly<Record<string, string>>): void {
  for (const [name, why] of Object.entries(refused)) {
    if ((query as Record<string, unknown>)[name] !== undefined)
      throw invalid(`?${name}`, 'not-for-your-role', `${why} Leave \`${name}\` out.`);
  }
}
