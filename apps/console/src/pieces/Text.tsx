import type { InputHTMLAttributes } from 'react';
import { Field } from './Field';

type Props = { label: string; hint?: string; wrong?: string; value: string; onChange: (text: string) => void } & Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'onChange' | 'value'
>;

/** One line: a word, a date, a number, a telephone. */
export const Text = ({ label, hint, wrong, value, onChange, ...rest }: Props) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => <input {...rest} {...given} value={value} onChange={({ target }) => onChange(target.value)} />}
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
      <textarea {...given} maxLength={maxLength} value={value} onChange={({ target }) => onChange(target.value)} />
    )}
  </Field>
);
