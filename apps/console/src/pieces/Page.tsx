import { createContext, useEffect, useLayoutEffect, useRef, type ReactNode } from 'preact/compat';

/** Whether a title stands above already. */
export const InPage = createContext(false);

interface Props {
  /** What stands above; it may name a resident. */
  title: ReactNode;
  /** What the browser's tab and its history say: never a name. */
  tab: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A page: its title takes the focus when somebody comes from another one, so that it is read aloud. */
export function Page({ title, tab, aside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tab} · Fil Rouge`;
  }, [tab]);
  // Before the page is painted: what keeps the focus (app/focus.ts) would find it lost, and give it back without scrolling.
  useLayoutEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.closest('nav, a')) heading.current?.focus();
  }, []);
  return (
    <>
      <div className="titled">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      <InPage value={true}>{children}</InPage>
    </>
  );
}
