/** Figures once more, by somebody who knows no table of ours: over the timelines as they are shown, and what stands on none from the lists of who did it. */
import type { Person, View } from './driver';

export interface Fact {
  kind: string;
  id: string;
  structure: string;
  by: string;
  day: string;
  person?: string;
  minutes: number;
  codes: Record<string, string[]>;
}
interface Figure {
  count?: number;
  minutes?: number;
  maskedMonths?: number;
  tables: { dimension: string; cells: { code: string; count?: number }[]; maskedMonths?: number }[];
}
export type Figures = Record<string, Figure>;
type Entry = View & {
  cancelled?: boolean;
  actor: { id: string };
  structure: { id: string };
  data: Record<string, unknown> & { sessionId: string; workshopId: string };
};

/** Who follows it, and where the resident lives. */
export type Cases = Map<string, { by: Person; commune: string }>;

/** What a dimension is called in what was recorded, where that is not its own name. */
const members: Record<string, string> = {
  theme: 'themes',
  age_bracket: 'ageBracket',
  resident_status: 'residentStatus',
};
const kinds = ['sessions', 'anonymousSessions', 'workshops', 'participations'];

/** From each timeline, as its lead reads it; what is on none from the lists of who did it. */
export async function factsOf(cases: Cases, people: readonly Person[]): Promise<Fact[]> {
  const facts = new Map<string, Fact>();
  const codesOf = (said: Record<string, unknown>): Record<string, string[]> =>
    Object.fromEntries(
      ['theme', 'place', 'equipment', 'autonomy', 'commune', 'level', 'age_bracket', 'gender', 'resident_status'].map(
        (name) => {
          const value = said[members[name] ?? name] ?? 'unknown';
          return [name, Array.isArray(value) ? (value as string[]) : [value as string]];
        },
      ),
    );
  const put = (kind: string, id: string, entry: Entry, said: Record<string, unknown>, person?: string): void => {
    const before = facts.get(id);
    facts.set(id, {
      ...{ kind, id, person, structure: before?.structure ?? entry.structure.id, by: before?.by ?? entry.actor.id },
      ...{ day: said['date'] as string, minutes: said['minutes'] as number, codes: codesOf(said) },
    });
  };
  for (const [person, { by }] of cases)
    for (const entry of (await by.all(`/v1/cases/${person}/timeline?order=asc`)) as Entry[]) {
      const { type, data } = entry;
      const attended = `${data.workshopId}/${entry.caseId ?? person}`;
      if (type === 'SessionRecorded' || type === 'SessionCorrected')
        put('sessions', data.sessionId, entry, data, person);
      if (type === 'SessionCancelled') facts.delete(data.sessionId);
      if (type === 'WorkshopAttended' || type === 'AttendanceCorrected')
        put('participations', attended, entry, data, person);
      if (type === 'AttendanceCancelled') facts.delete(attended);
    }
  for (const by of people) {
    const own = { structure: { id: by.structureId }, actor: { id: by.id } } as Entry;
    for (const said of await by.all('/v1/anonymous-sessions'))
      put('anonymousSessions', said.id, own, said as unknown as Record<string, unknown>);
    for (const said of await by.all('/v1/workshops'))
      put('workshops', said.id, own, said as unknown as Record<string, unknown>);
  }
  return [...facts.values()];
}

const tally = (codes: readonly string[]): Record<string, number> =>
  codes.reduce<Record<string, number>>((sums, code) => ({ ...sums, [code]: (sums[code] ?? 0) + 1 }), {});

/** What each figure must say, and each of its tables but the EPCI's. */
export function counted(facts: readonly Fact[], cases: Cases, of: (fact: Fact) => boolean): Record<string, object> {
  const chosen = facts.filter(of);
  const followed = [...new Set(chosen.flatMap(({ person }) => person ?? []))];
  const byHome = tally(followed.map((person) => cases.get(person)?.commune ?? 'unknown'));
  return {
    people: { count: followed.length, ...(followed.length > 0 ? { commune: byHome } : {}) },
    ...Object.fromEntries(
      kinds.map((kind) => {
        const own = chosen.filter((fact) => fact.kind === kind);
        const tables = tablesOf[kind]!.map((name) => [name, tally(own.flatMap(({ codes }) => codes[name]!))]);
        return [kind, { count: own.length, ...(own.length > 0 ? Object.fromEntries(tables) : {}) }];
      }),
    ),
  };
}
const session = ['theme', 'place', 'equipment', 'autonomy', 'commune'];
const tablesOf: Record<string, string[]> = {
  sessions: session,
  anonymousSessions: [...session, 'age_bracket', 'gender', 'resident_status'],
  workshops: ['theme', 'place', 'level', 'commune'],
  participations: [],
};

export const shown = (figures: Figures): Record<string, object> =>
  Object.fromEntries(
    ['people', ...kinds].map((kind) => {
      const { count, tables } = figures[kind]!;
      const plain = tables
        .filter(({ dimension }) => dimension !== 'epci')
        .map(({ dimension, cells }) => [dimension, Object.fromEntries(cells.map((cell) => [cell.code, cell.count]))]);
      return [kind, { count, ...(Object.fromEntries(plain) as object) }];
    }),
  );
