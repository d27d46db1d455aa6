import type { Shape } from '../../api/client';
import { lookOf, shapeOf } from '../../pieces/Mark';
import { drawingOf, width, type Knot } from './strip';

interface Props {
  of: Shape<'CaseShown'>;
  entries: readonly Shape<'TimelineEntry'>[];
  coming: readonly string[];
}

/** The thread of a follow-up at one glance. What it draws stands in words in the list below. */
export function Strip({ of, entries, coming }: Props) {
  const drawing = drawingOf(of, entries, coming, new Date().toISOString());
  if (!drawing) return null;
  const { height, lanes, ticks, lead, whole, loops, knots, needle, coming: later, today } = drawing;
  return (
    <figure className="strip scrolled" tabIndex={0} role="group" aria-label="Le fil du suivi, dessiné">
      {!whole && (
        <p className="notice">Le fil est interrompu : deux périodes ne se suivent pas. Prévenez un administrateur.</p>
      )}
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={told(of, lanes.length)}>
        {ticks.map(({ x, label, year }) => (
          <g key={x}>
            <line x1={x} x2={x} y1="18" y2={height} stroke="var(--rule)" strokeDasharray={year ? undefined : '2 4'} />
            <text x={x + 3} y="13" className="tick">
              {label}
            </text>
          </g>
        ))}
        {lanes.map(({ structure, y }) => (
          <g key={structure.id}>
            <line x1="190" x2={width} y1={y} y2={y} stroke="var(--rule)" />
            <g transform={`translate(0 ${y - 7})`} style={{ fill: lookOf(structure.id).dye }}>
              {shapeOf(lookOf(structure.id).shape)}
            </g>
            <text x="20" y={y + 5} className="lane">
              {shortened(structure.name)}
            </text>
          </g>
        ))}
        <g fill="none" stroke="var(--thread)" strokeLinecap="round" strokeLinejoin="round">
          {loops.map(({ id, awaited, taken }) => (
            <g key={id} strokeWidth="2.5">
              <path d={awaited} strokeDasharray="1.5 5.5" />
              {taken && <path d={taken} />}
            </g>
          ))}
          <path d={lead} strokeWidth="3.5" />
          {loops.map(({ id, ring }) =>
            ring ? <circle key={id} cx={ring[0]} cy={ring[1]} r="6" fill="var(--sheet)" strokeWidth="2.5" /> : null,
          )}
        </g>
        {knots.map((knot) => (
          <Worked knot={knot} key={`${knot.x} ${knot.y}`} />
        ))}
        {of.status === 'open' && (
          <>
            <line x1={today} x2={today} y1="18" y2={height} stroke="var(--edge)" />
            <text x={today + 4} y="13" className="tick">
              aujourd’hui
            </text>
            <path d={`M${needle[0]} ${needle[1] - 3}c10-1 20 0 26 3-6 3-16 4-26 3Z`} fill="var(--ink)" />
            <line
              x1={today + 28}
              x2={width}
              y1={needle[1]}
              y2={needle[1]}
              stroke="var(--thread)"
              strokeWidth="2.5"
              strokeDasharray="1.5 5.5"
              strokeLinecap="round"
            />
            {later.map((x) => (
              <circle key={x} cx={x} cy={needle[1]} r="6" fill="var(--sheet)" stroke="var(--dye-0)" strokeWidth="2" />
            ))}
          </>
        )}
      </svg>
    </figure>
  );
}

function Worked({ knot: { x, y, structureId, count } }: { knot: Knot }) {
  const { dye, shape } = lookOf(structureId);
  return (
    <g
      transform={`translate(${x - 7} ${y - 7})`}
      style={{ fill: dye }}
      stroke="var(--sheet)"
      strokeWidth="2"
      paintOrder="stroke"
    >
      {shapeOf(shape)}
      {count > 1 && (
        <text x="7" y="26" textAnchor="middle" className="tick" stroke="none">
          {count}
        </text>
      )}
    </g>
  );
}

const shortened = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);

const told = ({ leads, referrals }: Shape<'CaseShown'>, structures: number): string =>
  `${structures} structure${structures > 1 ? 's' : ''}, ${leads.length - 1} changement${leads.length > 2 ? 's' : ''} de mains, ` +
  `${referrals.length} orientation${referrals.length > 1 ? 's' : ''}. La liste ci-dessous dit la même chose.`;
