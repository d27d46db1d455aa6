import type { InputHTMLAttributes } from 'preact/compat';
import { Field } from './Field';

interface Props {
  label: string;
  hint?: string;
  wrong?: string;
  value: string;
  onChange: (text: string) => void;
  type?: 'text' | 'search' | 'email' | 'tel' | 'date' | 'time' | 'number' | 'password';
  required?: boolean;
  min?: string | number;
  max?: string | number;
  minLength?: number;
  maxLength?: number;
  step?: number;
  inputMode?: 'numeric' | 'text';
  readOnly?: boolean;
  onFocus?: (event: { readonly currentTarget: HTMLInputElement }) => void;
  autoComplete?: string;
  placeholder?: string;
}

/** One line: a word, a date, a number, a telephone. */
export const Text = ({ label, hint, wrong, value, onChange, type = 'text', ...rest }: Props) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => (
      <input
        // Its types know one kind of input at a time.
        {...({ ...rest, ...given, type } as InputHTMLAttributes)}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )}
  </Field>
);

type LongProps = {
  label: string;
  hint?: string;
  wrong?: string;
  value: string;
  onChange: (text: string) => void;
  maxLength?: number;
};

/** Several lines. */
export const LongText = ({ label, hint, wrong, value, onChange, maxLength }: LongProps) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => (
      <textarea
        {...given}
        maxLength={maxLength}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )}
  </Field>
);
