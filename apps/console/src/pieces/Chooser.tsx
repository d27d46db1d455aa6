import { useId, type ReactNode } from 'preact/compat';
import { Button } from './Button';
import { Wrong } from './Field';

interface Row {
  readonly key: string;
  readonly shown: ReactNode;
  readonly take: () => void;
}

interface Props {
  label: string;
  placeholder: string;
  /** What was chosen; then it can be changed, and nothing is searched. */
  chosen: ReactNode | undefined;
  onChange: () => void;
  /** What « Changer » changes, for whoever hears it without seeing what stands beside. */
  changes?: string;
  text: string;
  onText: (text: string) => void;
  rows: readonly Row[];
  /** What the list is called. */
  found: string;
  /** How many were found, or that nobody was. */
  heard: string | undefined;
  /** Whether `heard` is shown, too. */
  said?: boolean;
  /** Whether Enter may take the first: what is shown was found for what is written now. */
  fresh?: boolean;
  wrong?: string;
}

/** One of many, found while its name is written. Enter takes the first or does nothing: it never sends the form around it. */
export function Chooser({ label, placeholder, chosen, onChange, changes, text, onText, rows, found, ...rest }: Props) {
  const id = useId();
  const { heard, said, fresh, wrong } = rest;
  if (chosen !== undefined)
    return (
      <div className="field">
        <span className="label">{label}</span>
        <p className="acts">
          {chosen}
          <Button quiet dense onClick={onChange}>
            Changer{changes && <span className="only-heard"> {changes}</span>}
          </Button>
        </p>
      </div>
    );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        placeholder={placeholder}
        value={text}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (fresh) rows[0]?.take();
        }}
      />
      {rows.length > 0 && (
        <ul className="choices" aria-label={found}>
          {rows.map(({ key, shown, take }) => (
            <li key={key}>
              <button type="button" className="choice" onClick={take}>
                {shown}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className={said ? 'soft' : 'only-heard'} role="status">
        {heard}
      </p>
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}
