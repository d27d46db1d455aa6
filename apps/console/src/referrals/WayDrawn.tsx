import type { ReactNode } from 'preact/compat';
import type { Shape } from '../api/client';
import { shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { lookOf, shapeOf } from '../pieces/Mark';
import { isOpen, waits } from './states';

type Referral = Shape<'ReferralResponse'>;

const down = 'M62 26C104 26 80 78 122 78';
const solid = (d: string) => <path className="way-solid" d={d} />;
const dotted = (d: string) => <path className="way-dotted" d={d} />;

/** The loop as far as it has come: dotted while it is awaited, solid once it is taken up; it comes back where it has ended. */
const loops: Record<Referral['status'], ReactNode> = {
  draft: dotted('M62 26C84 26 84 44 96 52'),
  held: (
    <>
      {dotted('M62 26C84 26 84 44 96 52')}
      {solid('M106 44v20')}
    </>
  ),
  sent: dotted(`${down}H142`),
  under_review: dotted(`${down}H226`),
  accepted: solid(`${down}H268`),
  in_progress: solid(`${down}H440`),
  on_hold: (
    <>
      {solid(`${down}H410`)}
      {solid('M422 68v20M434 68v20')}
    </>
  ),
  completed: solid(`${down}H440C482 78 458 26 500 26`),
  declined: dotted(`${down}H162C204 78 180 26 222 26`),
  withdrawn: dotted('M62 26C104 26 84 56 120 56S138 26 178 26'),
  expired: (
    <>
      {dotted(`${down}H226`)}
      {solid('M238 66v24')}
    </>
  ),
  returned: solid(`${down}H350C392 78 368 26 410 26`),
  cancelled: (
    <>
      {dotted(`${down}H226`)}
      {solid('M226 92L252 64')}
    </>
  ),
  entered_in_error: null,
};

/** The stations of the way, and from which states on each is reached. */
const reached = {
  accepted: ['accepted', 'in_progress', 'on_hold', 'completed', 'returned'],
  started: ['in_progress', 'completed'],
} as const satisfies Record<string, readonly Referral['status'][]>;

/** Where the word stands of a way that has ended before its end. */
const ends: Partial<Record<Referral['status'], readonly [x: number, y: number]>> = {
  declined: [234, 17],
  withdrawn: [204, 17],
  returned: [420, 17],
  expired: [256, 83],
  cancelled: [264, 83],
};

const has = (states: readonly Referral['status'][], { status }: Referral): boolean => states.includes(status);

/** How far a referral is, drawn; the sentence above and the list beside say the same. */
export function WayDrawn({ of }: { of: Referral }) {
  const words = useWords();
  const { status, fromStructure, toStructure, sentAt, endedAt } = of;
  const end = ends[status];
  if (status === 'draft' || status === 'entered_in_error') return null;
  const under = isOpen(of) && status !== 'held';
  const arrived = sentAt !== undefined && status !== 'withdrawn';
  const started = has(reached.started, of) || of.history?.some(({ type }) => type === 'ReferralStarted') === true;
  return (
    <svg className="way not-printed" viewBox="0 0 560 112" aria-hidden="true">
      <path className="way-lead" d="M4 26H556" />
      {under && <path className="way-ahead" d={`${down}H440C482 78 458 26 500 26`} />}
      {loops[status]}
      <circle cx="62" cy="26" r="4" fill="var(--thread)" />
      <Bead x={24} y={26} structureId={fromStructure.id} />
      {arrived && toStructure && (
        <Bead x={142} y={78} structureId={toStructure.id} hollow={!has(reached.accepted, of)} />
      )}
      {status === 'completed' && <circle className="way-ring" cx="500" cy="26" r="6" />}
      {started && toStructure && <Bead x={392} y={78} structureId={toStructure.id} />}
      {sentAt && (
        <text x="76" y="17">
          envoyée le {shortDay(sentAt)}
        </text>
      )}
      {waits(of) && (
        <text className="now" x="142" y="106" textAnchor="middle">
          {of.actions.includes('accept') ? 'à vous de répondre' : 'une réponse est attendue'}
        </text>
      )}
      {(under || has(reached.accepted, of)) && (
        <text x={waits(of) ? 278 : 262} y="106" textAnchor="middle">
          acceptée
        </text>
      )}
      {(under || started) && (
        <text x="392" y="106" textAnchor="middle">
          commencée
        </text>
      )}
      {end && endedAt && (
        <text x={end[0]} y={end[1]}>
          {words.say('referralStatuses', status).toLowerCase()} le {shortDay(endedAt)}
        </text>
      )}
      {(under || status === 'completed') && (
        <text x="486" y="17" textAnchor="end">
          terminée
        </text>
      )}
    </svg>
  );
}

function Bead({ x, y, structureId, hollow }: { x: number; y: number; structureId: string; hollow?: boolean }) {
  const { dye, shape } = lookOf(structureId);
  return (
    <g
      transform={`translate(${x - 8} ${y - 8}) scale(1.15)`}
      style={hollow ? { fill: 'var(--sheet)', stroke: dye, strokeWidth: 2 } : { fill: dye, stroke: 'var(--sheet)' }}
    >
      {shapeOf(shape)}
    </g>
  );
}
