import { useId, type ReactNode } from 'preact/compat';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, as a sentence that says what to write. */
  wrong?: string;
  children: (given: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A label above, a hint, the input itself, and what is wrong with it: said, and linked to it. */
export function Field({ label, hint, wrong, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({ id, ...(described && { 'aria-describedby': described }), ...(wrong && { 'aria-invalid': true }) })}
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}

interface GroupProps {
  legend: string;
  hint?: ReactNode;
  wrong?: string;
  children: ReactNode;
}

/** Several boxes that answer one question. */
export function Group({ legend, hint, wrong, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset
      className="field"
      aria-describedby={[hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')}
    >
      <legend>{legend}</legend>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <div className="choices">{children}</div>
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </fieldset>
  );
}

/** Brings what is to be corrected first into sight, once it is said. */
export const toFirstWrong = (form: Element): number =>
  requestAnimationFrame(() => form.querySelector('.wrong')?.scrollIntoView({ block: 'center' }));

export const Wrong = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p className="wrong" id={id} role={id ? undefined : 'alert'}>
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M9 1.5 17 16H1Z" strokeLinejoin="round" />
      <path d="M9 7v4M9 13v1" strokeLinecap="round" />
    </svg>
    <span>{children}</span>
  </p>
);
