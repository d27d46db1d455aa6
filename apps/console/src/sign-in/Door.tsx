import { useEffect, type ReactNode } from 'react';
import { Thread } from '../app/Brand';

/** What is seen before anybody is known: one sheet, and the thread. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Fil Rouge`;
  }, [title]);
  return (
    <main className="door">
      <p className="brand-name">
        <strong>Fil Rouge</strong>
        <Thread />
      </p>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
