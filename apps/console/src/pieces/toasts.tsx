import { createContext, useContext, useMemo, useState, type ReactNode } from 'preact/compat';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly awaited: boolean;
}

interface Toaster {
  /** Something is done: `Enregistré`. */
  readonly done: (text: string) => void;
  /** Something waits: it says for what. */
  readonly awaited: (text: string) => void;
}

const Toasting = createContext<Toaster>({ done: () => undefined, awaited: () => undefined });
export const useToasts = () => useContext(Toasting);

/** What was done is said where everybody hears it, and stays until it is read: whoever needs longer closes it. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const toaster = useMemo<Toaster>(() => {
    const close = (id: number) => setToasts((all) => all.filter((one) => one.id !== id));
    const say = (text: string, awaited: boolean) => {
      const id = Date.now() + Math.random();
      setToasts((all) => [...all.slice(-2), { id, text, awaited }]);
      if (!awaited) setTimeout(() => close(id), 12_000);
    };
    return { done: (text) => say(text, false), awaited: (text) => say(text, true) };
  }, []);
  return (
    <Toasting value={toaster}>
      {children}
      <div className="toasts" role="status">
        {toasts.map(({ id, text, awaited }) => (
          <p className={awaited ? 'toast awaited' : 'toast'} key={id}>
            <span>{text}</span>
            <button type="button" onClick={() => setToasts((all) => all.filter((one) => one.id !== id))}>
              Fermer
            </button>
          </p>
        ))}
      </div>
    </Toasting>
  );
}
