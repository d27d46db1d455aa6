/**
 * READ FIRST: what is counted, and by what. A *fact* is one thing that was done (a session, an anonymous session, a workshop, somebody's part in it), in codes; a *cell* is how many of them
 * have one code. Facts are never joined into people: only who is followed under a name is counted once, and what is known of a crowd stays a margin. Pure.
 */
import type { StatisticDimension } from '@fil-rouge/kernel';

export const measureValues = [
  'people',
  'sessions',
  'anonymousSessions',
  'workshops',
  'participations',
  'anonymousParticipations',
] as const;
export type Measure = (typeof measureValues)[number];

/** What went from one structure to another (`../flow/flow.ts`); of each theme that nobody took, a measure of its own. */
export const flowMeasureValues = ['sent', 'answered', 'ended', 'unhelped', 'handovers'] as const;
export type FlowMeasure = (typeof flowMeasureValues)[number];
export type Measured = Measure | FlowMeasure | `unhelped/${string}`;

/** What has no code of its own: it was not said. */
export const unknown = 'unknown';

export interface Cell {
  readonly measure: Measured;
  /** Empty: the total. */
  readonly dimension: StatisticDimension | '';
  readonly code: string;
  readonly count: number;
  readonly minutes: number;
  /** How many people it is about at least: eight sessions may be one person's. */
  readonly people: number;
  /** Of answers: after how many days half of them, and nine of ten, were there. */
  readonly median?: number | null;
  readonly ninety?: number | null;
}

/** By what each measure is counted; one line of a table each, never two at once. */
export const dimensionsOf: Readonly<Record<Measure, readonly StatisticDimension[]>> = {
  people: ['epci', 'commune'],
  sessions: ['theme', 'place', 'equipment', 'autonomy', 'epci', 'commune'],
  anonymousSessions: [
    'theme',
    'place',
    'equipment',
    'autonomy',
    'epci',
    'commune',
    'age_bracket',
    'gender',
    'resident_status',
  ],
  workshops: ['theme', 'place', 'level', 'epci', 'commune'],
  participations: [],
  anonymousParticipations: ['age_bracket', 'gender', 'resident_status'],
};

/** Of these one fact may have several codes, so that they add up to more than the total. */
export const severalCodes: readonly StatisticDimension[] = ['theme', 'equipment'];

/** The communes of each measure once more, by the EPCI they belong to. */
export function withEpci(cells: readonly Cell[], epciOf: (commune: string) => string | undefined): Cell[] {
  const groups = new Map<string, Cell>();
  for (const cell of cells.filter(({ dimension }) => dimension === 'commune')) {
    const code = epciOf(cell.code) ?? unknown;
    const key = `${cell.measure}/${code}`;
    const { count = 0, minutes = 0, people = 0 } = groups.get(key) ?? {};
    groups.set(key, {
      ...cell,
      dimension: 'epci',
      code,
      count: count + cell.count,
      minutes: minutes + cell.minutes,
      // Somebody may have been received in two communes of it.
      people: Math.max(people, cell.people),
    });
  }
  return [...cells, ...groups.values()];
}
