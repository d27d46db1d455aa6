import type { Shape } from '../../api/client';
import { dayOf } from '../../api/dates';
import { dayOfEntry } from './entries';

type Case = Shape<'CaseShown'>;
type Entry = Shape<'TimelineEntry'>;

export const width = 960;
const left = 190;
/** Kept ahead of the needle for what comes. */
const ahead = 108;
const top = 34;
const laneHeight = 46;
const bend = 26;
/** So that a closed loop can be seen at all, and an open one before today. */
const leastLoop = 66;
const leastOpen = 36;

export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly structureId: string;
  /** How many stand here, closer than eighth of a finger. */
  readonly count: number;
}

export interface Loop {
  readonly id: string;
  readonly awaited: string;
  readonly taken: string | undefined;
  /** Where it came back, and whether with what was asked. */
  readonly ring: readonly [number, number] | undefined;
}

export interface Drawing {
  readonly height: number;
  readonly today: number;
  readonly lanes: readonly { readonly structure: Shape<'NamedResponse'>; readonly y: number }[];
  readonly ticks: readonly { readonly x: number; readonly label: string; readonly year: boolean }[];
  /** One path from the first day to today. */
  readonly lead: string;
  /** Undefined: the periods of the lead do not meet, and nothing may be drawn over that. */
  readonly whole: boolean;
  readonly loops: readonly Loop[];
  readonly knots: readonly Knot[];
  readonly needle: readonly [number, number];
  readonly coming: readonly number[];
}

const ms = (value: string): number => Date.parse(value.length === 10 ? `${value}T12:00:00Z` : value);

/**
 * The follow-up as one line through all structures: a lane each, in the order in which they came in; time runs to the right, up to today.
 * @param entries what has been read of the thread, in any order
 * @param coming instants of appointments ahead
 */
export function drawingOf(
  one: Case,
  entries: readonly Entry[],
  coming: readonly string[],
  now: string,
): Drawing | undefined {
  if (one.leads.length === 0) return undefined;
  const begin = ms(one.openedAt);
  const span = Math.max(ms(now) - begin, 86_400_000);
  const today = width - ahead;
  const x = (at: string): number =>
    left + ((Math.min(Math.max(ms(at), begin), ms(now)) - begin) / span) * (today - left);
  const lanes = lanesOf(one, entries);
  const y = (structureId: string | undefined): number => {
    const index = lanes.findIndex(({ id }) => id === structureId);
    return top + Math.max(index, 0) * laneHeight;
  };
  const leadAt = (at: string): number =>
    y(one.leads.findLast(({ from }) => ms(from) <= ms(at))?.structure.id ?? one.leads[0]!.structure.id);
  return {
    height: top + (lanes.length - 1) * laneHeight + 26,
    today,
    lanes: lanes.map((structure) => ({ structure, y: y(structure.id) })),
    ticks: ticksOf(one.openedAt, now, x),
    lead: leadPath(one, x, y, today),
    whole: one.leads.every(({ until }, at) => at === one.leads.length - 1 || until === one.leads[at + 1]!.from),
    loops: loopsOf(entries, x, y, leadAt, today),
    knots: knotsOf(entries, x, y),
    needle: [today, leadAt(now)],
    coming: coming.map((_at, index) => today + 34 + index * 24).filter((at) => at < width - 8),
  };
}

function lanesOf({ leads, referrals }: Case, entries: readonly Entry[]): Shape<'NamedResponse'>[] {
  const named = [
    ...leads.map(({ structure }) => structure),
    ...referrals.flatMap(({ toStructure }) => toStructure ?? []),
    ...entries.flatMap(({ type, structure }) => (worked.has(type) && structure ? [structure] : [])),
  ];
  return [...new Map(named.map((structure) => [structure.id, structure])).values()];
}

function leadPath(
  { leads, closedAt }: Case,
  x: (at: string) => number,
  y: (id: string) => number,
  today: number,
): string {
  let path = '';
  let at = 0;
  for (const [index, { structure, from }] of leads.entries()) {
    const [fromX, fromY] = [Math.max(x(from), at), y(structure.id)];
    if (index === 0) path = `M${left} ${fromY}`;
    else
      path += `L${fromX} ${at === 0 ? fromY : y(leads[index - 1]!.structure.id)}${curve(fromX, y(leads[index - 1]!.structure.id), fromX + bend, fromY)}`;
    at = fromX + (index === 0 ? 0 : bend);
  }
  const end = closedAt ? Math.max(x(closedAt), at) : today;
  return `${path}L${Math.max(end, at)} ${y(leads.at(-1)!.structure.id)}`;
}

const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const half = (x2 - x1) / 2;
  return `C${x1 + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`;
};

const takes = new Set(['ReferralAccepted', 'ReferralStarted']);
const ends = /^Referral(Completed|Declined|Withdrawn|Expired|Returned|Cancelled)$/;

function loopsOf(
  entries: readonly Entry[],
  x: (at: string) => number,
  y: (id: string) => number,
  leadAt: (at: string) => number,
  today: number,
): Loop[] {
  const about = entries.filter(({ type }) => type.startsWith('Referral'));
  const ids = new Set(
    about.flatMap(({ data }) => (typeof data['referralId'] === 'string' ? [data['referralId']] : [])),
  );
  return [...ids].flatMap((id) => {
    const inOrder = about
      .filter(({ data }) => data['referralId'] === id)
      .sort((one, other) => ms(one.at) - ms(other.at));
    const sent = inOrder.find(({ type }) => type === 'ReferralSent') ?? inOrder[0]!;
    const to = sent.data['toStructureId'];
    if (typeof to !== 'string' || inOrder.some(({ type }) => type === 'ReferralVoided')) return [];
    const taken = inOrder.find(({ type }) => takes.has(type));
    const end = inOrder.find(({ type }) => ends.test(type));
    const lane = y(to);
    const out = end
      ? Math.min(x(sent.at), Math.max(x(end.at), left + leastLoop) - leastLoop)
      : Math.min(x(sent.at), today - leastOpen - bend);
    const back = end ? Math.max(x(end.at), out + leastLoop) : today;
    const half = taken ? Math.min(Math.max(x(taken.at), out + bend), back - (end ? bend : 0)) : undefined;
    const leaving = `M${out} ${leadAt(sent.at)}${curve(out, leadAt(sent.at), out + bend, lane)}`;
    const coming = end
      ? `L${back - bend} ${lane}${curve(back - bend, lane, back, leadAt(end.at))}`
      : `L${back} ${lane}`;
    return [
      {
        id,
        awaited: half === undefined ? `${leaving}${coming}` : `${leaving}L${half} ${lane}`,
        taken: half === undefined ? undefined : `M${half} ${lane}${coming}`,
        ring: end?.type === 'ReferralCompleted' ? ([back, leadAt(end.at)] as const) : undefined,
      },
    ];
  });
}

const worked = new Set(['SessionRecorded', 'WorkshopAttended']);

function knotsOf(entries: readonly Entry[], x: (at: string) => number, y: (id: string) => number): Knot[] {
  const knots: { x: number; y: number; structureId: string; count: number }[] = [];
  const done = entries.filter(({ type, cancelled, structure }) => worked.has(type) && !cancelled && structure);
  for (const entry of [...done].sort((one, other) => dayOfEntry(one).localeCompare(dayOfEntry(other)))) {
    const at = { x: x(dayOfEntry(entry)), y: y(entry.structure!.id) };
    const near = knots.find((knot) => knot.y === at.y && Math.abs(knot.x - at.x) < 13);
    if (near) near.count++;
    else knots.push({ ...at, structureId: entry.structure!.id, count: 1 });
  }
  return knots;
}

const monthNames = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];

/** Months where there is room for their names; the year with January and with the first. */
function ticksOf(from: string, to: string, x: (at: string) => number): Drawing['ticks'] {
  const [firstYear, firstMonth] = dayOf(from).split('-').map(Number) as [number, number];
  const [lastYear, lastMonth] = dayOf(to).split('-').map(Number) as [number, number];
  const months = (lastYear - firstYear) * 12 + lastMonth - firstMonth;
  const each = Math.max(1, Math.ceil(months / 9));
  const all = Array.from({ length: Math.floor(months / each) + 1 }, (_, index) => {
    const month = firstMonth - 1 + index * each;
    const [year, name] = [firstYear + Math.floor(month / 12), monthNames[month % 12]!];
    const whole = index === 0 || month % 12 < each;
    return {
      x: x(`${year}-${String((month % 12) + 1).padStart(2, '0')}-01`),
      label: whole ? `${name} ${year}` : name,
      year: whole,
    };
  });
  // A name that would stand under the next one, or under “today”, is left out.
  return all.filter(({ x: at }, index) => at < width - ahead - 50 && (index === 0 || at - all[index - 1]!.x > 60));
}
