import { useEffect, useRef, type ReactNode } from 'preact/compat';
import { Thread } from '../app/Brand';
import { NetworkLogo, NetworkName } from '../app/Network';

/** What is seen before anybody is known: one sheet, and the thread. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const firstRef = useRef(true);
  useEffect(() => {
    // What has changed is read aloud; the first time the page itself is.
    if (!firstRef.current) heading.current?.focus();
    firstRef.current = false;
    document.title = `${title} · Fil Rouge`;
  }, [title]);
  return (
    <main className="door">
      <p className="brand-name">
        <strong>Fil Rouge</strong>
        <Thread />
      </p>
      <p className="soft small">
        <NetworkLogo />
        <NetworkName />
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}
