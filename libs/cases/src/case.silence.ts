/**
 * An open case to which nobody adds an entry: after a promised number of calendar days its lead is told, once per silence. Pure.
 * The days are copied from the settings when the case opens or reopens; a later change promises nothing anew.
 */
import { addCalendarDays, atParis, localDateOf, type Context, type Decided, type Instant, type RecordEvent } from '@fil-rouge/kernel';

/** `since`: the last entry; absent while nobody waits for one. */
export type Silence = { days: number; since?: Instant };

const begins = new Set(['CaseOpened', 'CaseReopened']);
const entries = new Set(['SessionRecorded', 'WorkshopAttended']);
const ends = new Set(['CaseClosed', 'CaseFellSilent']);

export function evolveSilence(silence: Silence, { type, at, data }: RecordEvent): Silence {
  if (begins.has(type)) return { days: (data as { silenceDays?: number }).silenceDays ?? silence.days, since: at };
  if (entries.has(type)) return { ...silence, since: at };
  return ends.has(type) ? { days: silence.days } : silence;
}

/** At nine in the morning of the day. */
export const silentAt = ({ days, since }: Silence): Instant | undefined =>
  since === undefined ? undefined : atParis(addCalendarDays(localDateOf(since), days), '09:00');

/** For leads only: a coordinator watches referrals and handovers, not how often somebody comes. */
export function fallSilent(silence: Silence, { now }: Context): Decided[] {
  const at = silentAt(silence);
  return at === undefined || at > now ? [] : [{ type: 'CaseFellSilent', data: { days: silence.days, since: silence.since }, audience: 'about' }];
}
