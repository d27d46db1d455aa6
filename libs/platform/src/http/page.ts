import { invalid, type Json } from '@fil-rouge/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { Line } from './text';

const defaultLimit = 20;

/** A sort key holds a name at most. */
export const longestCursor = 2000;

/** May be left out; null is not a way of leaving it out. (class-validator's own IsOptional lets null through to the rules.) */
export const Optional = () => ValidateIf((_, value) => value !== undefined);

export class PageQuery {
  /** How many items at most, 1 to 100; 20 by default. */
  @ApiProperty({ required: false, minimum: 1, maximum: 100 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  /** `nextCursor` of the page before, asked for with the same filters. */
  @ApiProperty({ required: false, maxLength: longestCursor })
  @Optional()
  @Line(longestCursor)
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const limitOf = ({ limit }: PageQuery): number => limit ?? defaultLimit;

/** Where the page before ended: the sort key of its last row; null for the first page. It was ours, and this list's, before it came here (`BoundCursors`). */
export function cursorOf({ cursor }: PageQuery): Json[] | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length > 0 &&
      key.length <= 4 &&
      key.every((part) => typeof part === 'string' || Number.isFinite(part))
    )
      return key as Json[];
  } catch {
    // Fall through to the refusal.
  }
  throw invalid('?cursor', 'cursor', 'This cursor is not one of ours. Start again from the first page.');
}

/** The cursor of a page that goes on after that key. */
export const cursorAt = (key: readonly Json[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @param rows one more than the page's limit when there is a next page */
export function pageOf<R, T = R>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => Json[],
  show: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(show),
    nextCursor: rows.length > limit && last !== undefined ? cursorAt(keyOf(last)) : null,
  };
}
