/** Six dyes and six shapes: two structures rarely share both, and a name always stands beside. */
const shapes = [
  <circle key="round" cx="7" cy="7" r="6" />,
  <rect key="square" x="1.5" y="1.5" width="11" height="11" />,
  <path key="lozenge" d="M7 0.5 13.5 7 7 13.5 0.5 7Z" />,
  <path key="hexagon" d="M3.5 1h7L14 7l-3.5 6h-7L0 7Z" />,
  <path key="triangle" d="M7 1 13.5 13H.5Z" />,
  <path key="pentagon" d="M7 .5 13.8 5.5 11.2 13.5H2.8L.2 5.5Z" />,
];

/** The same structure looks the same on every page and every desk: it follows from its id. */
export function lookOf(structureId: string): { dye: string; shape: number } {
  let sum = 0;
  for (const letter of structureId) sum = (sum * 31 + letter.charCodeAt(0)) % 3_600_000;
  return { dye: `var(--dye-${sum % 6})`, shape: Math.floor(sum / 6) % 6 };
}

export const shapeOf = (index: number) => shapes[index];

/** The sign of a structure; its name stands beside it and says the same. */
export function Mark({ structureId }: { structureId: string }) {
  const { dye, shape } = lookOf(structureId);
  return (
    <svg className="mark" viewBox="0 0 14 14" aria-hidden="true" style={{ fill: dye }}>
      {shapes[shape]}
    </svg>
  );
}

export const Structure = ({ of }: { of: { id: string; name: string } }) => (
  <strong>
    <Mark structureId={of.id} />
    {of.name}
  </strong>
);
