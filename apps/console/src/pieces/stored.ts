import { useState } from 'preact/compat';
import { Refusal } from '../api/refusal';

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * A form over something that others change too, and that is sent as a whole. What somebody else saves meanwhile comes into the fields that were not
 * touched; what was typed stays. It is sent for the version it was shown with, so that nobody's change is undone unseen.
 * @param stored as the form shows it
 */
export function useStored<Value extends object>(stored: Value, version: number) {
  const [from, setFrom] = useState({ stored, version });
  const [value, setValue] = useState(stored);
  const [met, setMet] = useState(false);
  if (version !== from.version) {
    const members = [...new Set([...Object.keys(stored), ...Object.keys(value)])] as (keyof Value)[];
    const typed = members.filter((member) => !same(value[member], from.stored[member]));
    const others = members.filter((member) => !same(stored[member], from.stored[member]));
    setFrom({ stored, version });
    setValue({ ...stored, ...Object.fromEntries(typed.map((member) => [member, value[member]])) });
    // One's own saving comes back as well.
    setMet(others.some((member) => !same(stored[member], value[member])));
  }
  return {
    value,
    change: (part: Partial<Value>) => setValue({ ...value, ...part }),
    /** Somebody else has saved something while this was open. */
    met,
    header: { 'If-Match': `"${from.version}"` },
  };
}

/** Refused because somebody else was quicker: that is said in other words, and what is stored now comes by itself. */
export const overtaken = (error: unknown): boolean => error instanceof Refusal && error.code === 'stale';
