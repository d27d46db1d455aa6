/**
 * An open case in which nothing is done with the resident: after a promised number of calendar days its lead is told, once per silence. Pure.
 * What counts is the day on which something was done, not the day on which it was written down: an old session recorded late breaks no silence.
 * The days are copied from the settings when the case opens or reopens; a later change promises nothing anew.
 */
import {
  addCalendarDays,
  atParis,
  eventsOf,
  localDateOf,
  pieceOf,
  type Context,
  type Decided,
  type Instant,
  type LocalDate,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';

export type Silence = {
  days: number;
  /** When the follow-up began, or went on; absent while it is closed. */
  from?: LocalDate;
  /** What was done last: a few, so that one which turns out to be an error leaves the one before. */
  entries: { id: Uuid; on: LocalDate }[];
  told?: true;
};

const mostEntries = 5;

/** Copied from the settings when the follow-up begins; absent of one that began before there were settings. */
export type Begun = { silenceDays?: number };
const isBegin = eventsOf<{ CaseOpened: Begun; CaseReopened: Begun }>({ CaseOpened: 1, CaseReopened: 1 });
const records = new Set(['SessionRecorded', 'WorkshopAttended']);
const corrects = new Set(['SessionCorrected', 'AttendanceCorrected']);
const cancels = new Set(['SessionCancelled', 'AttendanceCancelled']);

export function evolveSilence(silence: Silence, event: RecordEvent): Silence {
  const { type, at } = event;
  if (isBegin(event))
    return { days: event.data.silenceDays ?? silence.days, from: localDateOf(at), entries: silence.entries };
  if (type === 'CaseClosed') return { days: silence.days, entries: silence.entries };
  if (type === 'CaseFellSilent') return { ...silence, told: true };
  if (!records.has(type) && !corrects.has(type) && !cancels.has(type)) return silence;
  const { told, ...next } = { ...silence, entries: entriesAfter(silence.entries, event) };
  // What was done so long ago that it would have to be told again belongs to the silence that has been told.
  return told && (silentAt(next) ?? '') <= at ? { ...next, told } : next;
}

function entriesAfter(entries: Silence['entries'], { type, at, about, pieces }: RecordEvent): Silence['entries'] {
  const others = entries.filter(({ id }) => id !== about);
  const said = pieceOf({ pieces }, 'shared_text')?.['date'] as LocalDate | undefined;
  const on = said ?? (records.has(type) ? localDateOf(at) : undefined);
  if (cancels.has(type)) return others;
  if (on === undefined || about === null) return entries;
  return [...others, { id: about, on }].sort((a, b) => (a.on < b.on ? 1 : -1)).slice(0, mostEntries);
}

const sinceOf = ({ from, entries }: Silence): LocalDate | undefined =>
  from && entries.reduce((latest, { on }) => (on > latest ? on : latest), from);

/** At nine in the morning of the day. */
export function silentAt(silence: Silence): Instant | undefined {
  const since = sinceOf(silence);
  return since === undefined || silence.told ? undefined : atParis(addCalendarDays(since, silence.days), '09:00');
}

/** For leads only: a coordinator watches referrals and handovers, not how often somebody comes. */
export function fallSilent(silence: Silence, { now }: Context): Decided[] {
  const at = silentAt(silence);
  return at === undefined || at > now
    ? []
    : [
        {
          type: 'CaseFellSilent',
          data: { days: silence.days, since: atParis(sinceOf(silence)!, '00:00') },
          audience: 'about',
        },
      ];
}
