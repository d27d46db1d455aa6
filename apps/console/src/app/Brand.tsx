/** The thread that leaves the name as a loop. */
export const Thread = () => (
  <svg width="220" height="34" viewBox="0 0 220 34" fill="none" aria-hidden="true">
    <path
      d="M2 24h150c22 0 38-4 38-14 0-5-3-8-7-8s-8 3-8 8c0 9 12 14 24 14h19"
      stroke="var(--thread)"
      strokeWidth="3"
      strokeLinecap="round"
    />
  </svg>
);

/** The same above the margin: the loop runs down beside the pages. */
export const MarginThread = () => (
  <svg width="220" height="92" viewBox="0 0 220 92" fill="none" aria-hidden="true">
    <path
      d="M22 44h132c28 0 48-8 48-24 0-8-5-13-11-13s-12 5-12 13c0 16 40 18 40 52v20"
      stroke="var(--thread)"
      strokeWidth="2.5"
      strokeLinecap="round"
    />
  </svg>
);
