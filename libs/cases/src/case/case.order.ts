/** The cases of a list by name. The database has sealed boxes and cannot sort them, so the names are opened, of so many at most that it is always little work. */
import { invalid, Problem, type Uuid } from '@fil-rouge/kernel';
import type { Sealing } from '@fil-rouge/platform';
import { showName, type NamedRow } from './case.view';

/** Beyond, somebody looks for one person, not through all of them. */
export const mostByName = 500;

export interface NameRow extends NamedRow {
  /** Whether the list holds it: the row that a page ended with may have left it since. */
  readonly fits: boolean;
}

const french = new Intl.Collator('fr');

/** Who has no name to this reader comes last; two of one name in the order in which they were opened. */
const byName = (one: Ordered, other: Ordered): number =>
  Number(one.name === '') - Number(other.name === '') ||
  french.compare(one.name, other.name) ||
  (one.id < other.id ? -1 : 1);

interface Ordered {
  readonly id: Uuid;
  readonly name: string;
}

/**
 * @param last the case with which the page before ended, null before the first page
 * @returns what comes after it. Problems: 422 when there are more than may be put in order, or when `last` is not known to this reader any more
 */
export function idsByName(rows: readonly NameRow[], last: Uuid | null, sealing: Sealing): Uuid[] {
  const fitting = new Set(rows.filter(({ fits }) => fits).map(({ id }) => id));
  if (fitting.size > mostByName)
    throw invalid(
      '?sort',
      'too-many',
      `No more than ${mostByName} follow-ups are put in order by name: narrow the list first, by who leads, state, theme or commune.`,
    );
  const ordered = [...new Map(rows.map((row) => [row.id, row])).values()]
    .map((row) => ({ id: row.id, name: nameOf(row, sealing) }))
    .sort(byName)
    .map(({ id }) => id);
  const at = last === null ? -1 : ordered.indexOf(last);
  if (last !== null && at < 0)
    throw invalid(
      '?cursor',
      'cursor',
      'The follow-up that the page before ended with is not in your list any more. Start again from the first page.',
    );
  return ordered.slice(at + 1).filter((id) => fitting.has(id));
}

function nameOf(row: NameRow, sealing: Sealing): string {
  try {
    const { lastName, firstName } = showName(row, sealing);
    return [lastName, firstName].filter((part) => part !== undefined).join(' ');
  } catch (error) {
    if (error instanceof Problem && error.code === 'unreadable') return '';
    throw error;
  }
}
