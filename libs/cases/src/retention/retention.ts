/**
 * READ FIRST: how long what is known of somebody is kept. A record ends 730 days after anything was last said or done on it by any structure; a structure whose part is over reads its own end of it for
 * 730 days after its part of it last moved. That a record falls due is announced (`notice.ts`). What follows is decided by a person. Pure.
 */
import {
  addCalendarDays,
  atParis,
  invalid,
  localDateOf,
  type Instant,
  type LocalDate,
  type RetentionStage,
} from '@fil-rouge/kernel';

export const keptDays = 730;

/** Calendar days between the announcement and the first day on which a record may be erased. */
export const graceDays = 30;

/** The day from which it is kept no longer. */
export const endsOn = (lastActivityAt: Instant): LocalDate => addCalendarDays(localDateOf(lastActivityAt), keptDays);

/** What has its end by that day began before this instant. */
export const before = (by: LocalDate): Instant => atParis(addCalendarDays(by, 1 - keptDays), '00:00');

/** A year ahead at most: what comes later will have moved. */
const furthest = 365;

/** Problems: 422 for a day too far ahead. */
export function askedBy(by: LocalDate | undefined, today: LocalDate): LocalDate {
  if (by === undefined) return today;
  if (by > addCalendarDays(today, furthest))
    throw invalid('?by', 'too-far', `Ask for ${furthest} days ahead at most: what ends later will have moved by then.`);
  return by;
}

/** How far it has come. @param from the first day on which it may be erased, once that has been announced */
export function stageOf(ends: LocalDate, from: LocalDate | null, today: LocalDate): RetentionStage {
  if (ends > today) return 'kept';
  if (from === null) return 'due';
  return today < from ? 'announced' : 'ready';
}
