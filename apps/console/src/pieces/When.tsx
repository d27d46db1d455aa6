import { dayOf, daysBetween, shortDay, today } from '../api/dates';

/** By when something is due: late ones in days, with a word; the others as a date. */
export function Due({ at, late }: { at: string; late?: boolean }) {
  const days = daysBetween(dayOf(at), today());
  if (late ?? days > 0)
    return (
      <span className="tag heed">{days > 0 ? `En retard de ${days} jour${days > 1 ? 's' : ''}` : 'En retard'}</span>
    );
  return <span className="tag">{days === 0 ? 'Aujourd’hui' : `Avant le ${shortDay(at)}`}</span>;
}
