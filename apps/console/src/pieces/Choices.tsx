import { useId } from 'preact/compat';
import { Group } from './Field';

export interface Choice<Value extends string> {
  readonly code: Value;
  readonly label: string;
  readonly hint?: string;
}

interface Common<Value extends string> {
  legend: string;
  hint?: string;
  wrong?: string;
  choices: readonly Choice<Value>[];
}

/** One of several, all of them in sight. */
export function OneOf<Value extends string>({
  choices,
  value,
  onChange,
  ...group
}: Common<Value> & { value: Value | undefined; onChange: (value: Value) => void }) {
  const name = useId();
  return (
    <Group {...group}>
      {choices.map(({ code, label, hint }) => (
        <label className="choice" key={code}>
          <input type="radio" name={name} checked={value === code} onChange={() => onChange(code)} />
          <span>
            {label}
            {hint && <span className="hint"> {hint}</span>}
          </span>
        </label>
      ))}
    </Group>
  );
}

/** Any of several, all of them in sight. */
export function AnyOf<Value extends string>({
  choices,
  value,
  onChange,
  ...group
}: Common<Value> & { value: readonly Value[]; onChange: (value: Value[]) => void }) {
  return (
    <Group {...group}>
      {choices.map(({ code, label, hint }) => (
        <label className="choice" key={code}>
          <input
            type="checkbox"
            checked={value.includes(code)}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.checked ? [...value, code] : value.filter((one) => one !== code))
            }
          />
          <span>
            {label}
            {hint && <span className="hint"> {hint}</span>}
          </span>
        </label>
      ))}
    </Group>
  );
}
