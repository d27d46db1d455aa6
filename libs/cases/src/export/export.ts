/**
 * READ FIRST: files of what was done, to go on working with elsewhere. One holds what the list on the screen shows, in the columns that were chosen and for the same choices; no text that was written
 * of somebody is in that list, and so none is here. A counsellor takes away what they did themself, a manager what the structure did. Pure.
 */
import {
  autonomies,
  checkDay,
  equipments,
  exportColumns,
  invalid,
  places,
  sessionStatuses,
  themes,
  type ExportColumn,
  type ExportRow,
  type JsonObject,
  type LocalDate,
  type Role,
  type Uuid,
  type Vocabulary,
} from '@fil-rouge/kernel';

/** Milliseconds: a day, to fetch it; then it is gone. */
export const keptFor = 24 * 3_600_000;
/** Of one person at a time: the oldest goes when another one is asked for. */
export const mostOfOne = 5;
/** What a sheet holds, and far more than anybody reads. */
export const mostRows = 1_000_000;

/** What the list is narrowed to. */
export interface ExportFilters {
  readonly status?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly counsellor?: Uuid;
  readonly theme?: string[];
  readonly tag?: Uuid;
  readonly place?: string[];
  readonly placeId?: Uuid;
  readonly commune?: string[];
}

/**
 * What is really asked for. Problems: 422 for a counsellor who asks for what others did, for what no workshop has, and for days that nobody means.
 * @param filters as they were sent
 */
export function askedFor(
  row: ExportRow,
  filters: ExportFilters,
  { role, userId }: { readonly role: Role; readonly userId: Uuid },
  today: LocalDate,
): JsonObject {
  for (const name of ['from', 'to'] as const)
    if (filters[name] !== undefined) checkDay('exported', filters[name], today, `/${name}`);
  if (role !== 'manager' && (filters.counsellor ?? userId) !== userId)
    throw invalid(
      '/counsellor',
      'not-for-your-role',
      'You export what you did yourself; what others did is for a manager of your structure.',
    );
  for (const name of ['tag', 'placeId'] as const)
    if (row === 'participation' && filters[name] !== undefined)
      throw invalid(
        `/${name}`,
        'no-workshop-has-it',
        'No workshop has that: ask for one row per session, or leave it out.',
      );
  const chosen = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  return { status: 'recorded', ...chosen, ...(role === 'manager' ? {} : { counsellor: userId }) };
}

/** One thing that was done, as a line tells it. */
export interface Line {
  readonly kind: keyof typeof activityKinds;
  readonly id: Uuid;
  readonly case: Uuid;
  readonly date: LocalDate;
  readonly minutes: number;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly themes: readonly string[];
  readonly place: string;
  readonly placeName?: string | null;
  readonly commune?: string | null;
  readonly communeName?: string;
  readonly equipment: readonly string[];
  readonly autonomy?: string | null;
  readonly counsellor?: string;
  readonly tags: readonly string[];
  readonly referred: boolean;
  readonly corrected: boolean;
  readonly status: string;
}

const activityKinds = { session: 'Accompagnement individuel', workshop: 'Atelier collectif' } as const;

/** A day is a day where the file knows days. */
export type Cell = string | number | { readonly day: LocalDate };

const label = (words: Vocabulary, code: string | null | undefined): string => (code ? (words[code] ?? code) : '');
const labels = (words: Vocabulary, codes: readonly string[]): string =>
  codes.map((code) => label(words, code)).join(', ');
const yes = (is: boolean): string => (is ? 'Oui' : '');

const cells: Readonly<Record<ExportColumn, (line: Line) => Cell>> = {
  date: ({ date }) => ({ day: date }),
  kind: ({ kind }) => activityKinds[kind],
  minutes: ({ minutes }) => minutes,
  first_name: ({ firstName }) => firstName ?? '',
  last_name: ({ lastName }) => lastName ?? '',
  themes: (line) => labels(themes, line.themes),
  place: ({ place }) => label(places, place),
  place_name: ({ placeName }) => placeName ?? '',
  commune: ({ commune }) => commune ?? '',
  commune_name: ({ communeName }) => communeName ?? '',
  equipment: ({ equipment }) => labels(equipments, equipment),
  autonomy: ({ autonomy }) => label(autonomies, autonomy),
  counsellor: ({ counsellor }) => counsellor ?? '',
  tags: ({ tags }) => tags.join(', '),
  referred: ({ referred }) => yes(referred),
  corrected: ({ corrected }) => yes(corrected),
  status: ({ status }) => label(sessionStatuses, status),
  case: (line) => line.case,
  activity: ({ id }) => id,
};

export const headOf = (columns: readonly ExportColumn[]): string[] => columns.map((column) => exportColumns[column]);
export const cellsOf = (columns: readonly ExportColumn[], line: Line): Cell[] =>
  columns.map((column) => cells[column](line));
