import { duration } from '../api/dates';
import { Select } from '../pieces/Select';

const usual = ['15', '30', '45', '60', '90', '120', '180'];

interface Props {
  /** Minutes. */
  value: string;
  onChange: (minutes: string) => void;
  wrong?: string;
}

export function Duration({ value, onChange, wrong }: Props) {
  const known = usual.includes(value) ? usual : [...usual, value].sort((a, b) => +a - +b);
  return (
    <Select
      label="Durée"
      value={value}
      onChange={onChange}
      wrong={wrong}
      choices={known.map((minutes) => ({ code: minutes, label: duration(Number(minutes)) }))}
    />
  );
}
