import { Field } from './Field';

interface Props {
  label: string;
  hint?: string;
  wrong?: string;
  value: string;
  onChange: (code: string) => void;
  choices: readonly { readonly code: string; readonly label: string }[];
  required?: boolean;
}

/** The browser's own list to choose from: every phone and every screen reader knows it. */
export const Select = ({ label, hint, wrong, value, onChange, choices, required }: Props) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => (
      <select
        {...given}
        value={value}
        required={required}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {choices.map((choice) => (
          <option value={choice.code} key={choice.code}>
            {choice.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);
