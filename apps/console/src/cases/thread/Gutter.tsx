import { lookOf, shapeOf } from '../../pieces/Mark';
import type { Lane, Step } from './loops';

const lead = 12;
/** Loops beside the lead; from the third on they share one, and the words tell them apart. */
const laneAt = (index: number): number => [33, 50][Math.min(index, 1)]!;
const knotAt = 19;

const dash = (lane: Lane | undefined) => (lane?.stroke === 'awaited' ? '1.5 5.5' : undefined);

/** What the thread does beside one row, newest above: the line of the lead, the loops that are out, the knot of whoever did something. */
export function Gutter({ step, first, last }: { step: Step; first: boolean; last: boolean }) {
  const { entry, before, after, opens, closes, on } = step;
  const knotX = on === undefined ? lead : laneAt(on);
  const turned = closes?.lane ?? opens;
  return (
    <svg className="gutter" aria-hidden="true">
      <g stroke="var(--thread)" fill="none" strokeLinecap="round">
        <line x1={lead} x2={lead} y1={first ? knotAt : 0} y2={last ? knotAt : '100%'} strokeWidth="3.5" />
        {after.map((lane, index) =>
          lane && index !== opens ? (
            <line
              key={`after ${index}`}
              x1={laneAt(index)}
              x2={laneAt(index)}
              y1="0"
              y2={before[index] ? knotAt : 0}
              strokeWidth="2.5"
              strokeDasharray={dash(lane)}
            />
          ) : null,
        )}
        {before.map((lane, index) =>
          lane && index !== closes?.lane ? (
            <line
              key={`before ${index}`}
              x1={laneAt(index)}
              x2={laneAt(index)}
              y1={knotAt}
              y2="100%"
              strokeWidth="2.5"
              strokeDasharray={dash(lane)}
            />
          ) : null,
        )}
        {opens !== undefined && (
          <path
            d={`M${lead} ${knotAt}C${lead} 6 ${laneAt(opens)} 14 ${laneAt(opens)} 0`}
            strokeWidth="2.5"
            strokeDasharray="1.5 5.5"
          />
        )}
        {closes && (
          <>
            <path
              d={`M${laneAt(closes.lane)} 53C${laneAt(closes.lane)} 33 ${lead} 39 ${lead} ${knotAt}`}
              strokeWidth="2.5"
              strokeDasharray={dash(before[closes.lane])}
            />
            <line
              x1={laneAt(closes.lane)}
              x2={laneAt(closes.lane)}
              y1="53"
              y2="100%"
              strokeWidth="2.5"
              strokeDasharray={dash(before[closes.lane])}
            />
          </>
        )}
      </g>
      {turned !== undefined ? (
        <circle
          cx={lead}
          cy={knotAt}
          r={closes?.fulfilled ? 6 : 4}
          fill={closes?.fulfilled ? 'var(--sheet)' : 'var(--thread)'}
          stroke="var(--thread)"
          strokeWidth="2.5"
        />
      ) : (
        entry.structure && <KnotOf structureId={entry.structure.id} x={knotX} hollow={entry.cancelled === true} />
      )}
    </svg>
  );
}

function KnotOf({ structureId, x, hollow }: { structureId: string; x: number; hollow: boolean }) {
  const { dye, shape } = lookOf(structureId);
  return (
    <g
      transform={`translate(${x - 7} ${knotAt - 7})`}
      fill={hollow ? 'var(--sheet)' : dye}
      stroke={hollow ? dye : 'var(--sheet)'}
      strokeWidth="2"
      paintOrder="stroke"
    >
      {shapeOf(shape)}
    </g>
  );
}
