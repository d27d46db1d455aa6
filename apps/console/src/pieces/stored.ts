import { useEffect, useRef, useState } from 'preact/compat';
import { Refusal } from '../api/refusal';
import { useDraft } from './draft';

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
    meet: () => setMet(true),
    header: { 'If-Match': `"${from.version}"` },
  };
}

/**
 * The same, and what was typed is found again after a reload, over what is stored by then.
 * @param what as of `useDraft`
 */
export function useStoredDraft<Value extends object>(what: string, stored: Value, version: number) {
  const form = useStored(stored, version);
  const draft = useDraft<{ typed: Partial<Value>; version: number }>(what, { typed: {}, version });
  const { found, value: kept } = draft;
  const laidRef = useRef(false);
  useEffect(() => {
    if (!found || laidRef.current) return;
    laidRef.current = true;
    form.change(kept.typed);
    if (kept.version !== version) form.meet();
  });
  return {
    ...form,
    found,
    key: draft.key,
    drop: draft.drop,
    change: (part: Partial<Value>) => {
      form.change(part);
      draft.change({ typed: { ...kept.typed, ...part }, version });
    },
  };
}

/** Refused because somebody else was quicker: that is said in other words, and what is stored now comes by itself. */
export const overtaken = (error: unknown): boolean => error instanceof Refusal && error.code === 'stale';
