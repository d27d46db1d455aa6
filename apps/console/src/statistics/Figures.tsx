import { useId } from 'preact/compat';
import type { Shape } from '../api/client';
import { duration } from '../api/dates';

type Figure = Shape<'StatisticFigure'>;
type Table = Shape<'StatisticTable'>;
type Counted = Pick<Figure, 'count' | 'maskedMonths' | 'medianDays' | 'ninetyDays'>;

const number = new Intl.NumberFormat('fr-FR');

/** A number as it may be told. */
export const told = ({ count, maskedMonths }: Counted): string => {
  if (count === undefined) return 'non communiqué';
  return maskedMonths ? `au moins ${number.format(count)}` : number.format(count);
};

const days = (n: number): string => (n === 0 ? 'le jour même' : n === 1 ? 'en 1 jour' : `en ${n} jours`);

/** How long answers took, where that may be told. */
const delay = ({ medianDays, ninetyDays }: Counted): string =>
  medianDays === undefined || ninetyDays === undefined
    ? ''
    : ` : la moitié ${days(medianDays)}, 9 sur 10 ${days(ninetyDays)}`;

export const Masked = () => (
  <p className="small soft">
    « Non communiqué » : moins de cinq personnes, ou un nombre dont on pourrait déduire moins de cinq. Personne ne doit
    pouvoir être reconnu dans un tableau.
  </p>
);

export const isMasked = ({ count, maskedMonths }: Counted): boolean => count === undefined || Boolean(maskedMonths);

const names = (labels: readonly string[]): string => new Intl.ListFormat('fr').format(labels);

/** What was counted, what that means, and by what it divides. */
export function FigureShown({ of }: { of: Figure }) {
  const id = useId();
  const tables = of.tables.filter(({ cells }) => cells.some(({ count }) => count !== undefined));
  const silent = of.tables.filter((table) => !tables.includes(table)).map(({ label }) => label.toLowerCase());
  return (
    <section className="sheet stack" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{of.label}</h2>
        <p>
          <strong>{told(of)}</strong>
          {of.minutes !== undefined && `, ${duration(of.minutes)}`}
          {delay(of)}
        </p>
      </div>
      <p className="small soft">{of.definition}</p>
      {tables.length > 0 && (
        <div className="columns halves">
          {tables.map((table) => (
            <TableShown of={table} key={table.dimension} />
          ))}
        </div>
      )}
      {silent.length > 0 && <p className="small soft">Non communiqué : par {names(silent)}.</p>}
    </section>
  );
}

/** The bars say at a glance what the numbers beside them say exactly. */
function TableShown({ of: { label, definition, cells, maskedMonths } }: { of: Table }) {
  const id = useId();
  const shown = cells.filter(({ count }) => count !== undefined);
  const silent = cells.filter((cell) => !shown.includes(cell)).map((cell) => cell.label);
  const most = Math.max(1, ...shown.map(({ count = 0 }) => count));
  return (
    <div>
      <h3 id={id}>{label}</h3>
      {definition && <p className="small soft">{definition}</p>}
      <div className="scrolled" tabIndex={0} role="group" aria-labelledby={id}>
        <table className="bars small">
          <thead className="only-heard">
            <tr>
              <th scope="col">{label}</th>
              <th scope="col">Nombre</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((cell) => (
              <tr key={cell.code}>
                <th scope="row">{cell.label}</th>
                <td>
                  <div className="counted">
                    <span>
                      {told(cell)}
                      {delay(cell)}
                    </span>
                    <svg width="100%" height="8" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                      <rect width={((cell.count ?? 0) / most) * 100} height="8" fill="var(--dye-0)" />
                    </svg>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {silent.length > 0 && <p className="small soft">Non communiqué : {names(silent)}.</p>}
      {maskedMonths !== undefined && silent.length === 0 && (
        <p className="small soft">Une partie de ce tableau n’est pas communiquée.</p>
      )}
    </div>
  );
}
