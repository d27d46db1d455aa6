import { useId, useLayoutEffect, useRef, type ReactNode } from 'preact/compat';

interface Props {
  /** A question, or what is about to be done. */
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside, Escape closes it, and the focus goes back to where it came from. */
export function Dialog({ title, onClose, children }: Props) {
  const shown = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it still stands there: afterwards the browser has nothing to bring the focus back from.
  useLayoutEffect(() => {
    const dialog = shown.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={shown} aria-labelledby={id} onCancel={onClose}>
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
