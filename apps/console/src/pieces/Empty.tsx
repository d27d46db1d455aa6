import type { ReactNode } from 'preact/compat';

/** Nothing here yet: what will come, and the one thing to do about it. */
export const Empty = ({ children }: { children: ReactNode }) => (
  <div className="empty">
    <svg width="150" height="34" viewBox="0 0 150 34" fill="none" aria-hidden="true">
      <path
        d="M2 20c22 14 38-14 60-6s26 18 52 6"
        stroke="var(--thread)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray="1.5 5.5"
      />
      <path d="M112 19c10-4 24-8 36-10-9 6-22 11-34 14a2 2 0 0 1-2-4Z" fill="var(--ink)" />
    </svg>
    {children}
  </div>
);
