import { useMe } from '../sign-in/me';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/compat';
import { clear, createStore, del, get, set } from 'idb-keyval';

/**
 * What somebody is writing outlives a reload, a lost connection and an expired sign-in. It lies in this browser only, sealed with a key that no script can
 * take out, under the person's own id; signing out wipes drafts and key.
 */
const store = createStore('fil-rouge', 'drafts');

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly box: ArrayBuffer;
}

async function keyOfDesk(): Promise<CryptoKey> {
  const kept = await get<CryptoKey>('key', store);
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await set('key', made, store);
  return made;
}

async function keep(name: string, value: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOfDesk(), bytes);
  await set(name, { iv, box } satisfies Sealed, store);
}

async function kept<Value>(name: string): Promise<Value | undefined> {
  const sealed = await get<Sealed>(name, store);
  if (!sealed) return undefined;
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await keyOfDesk(), sealed.box);
  return JSON.parse(new TextDecoder().decode(bytes)) as Value;
}

export const eraseDrafts = (): Promise<void> => clear(store);

export interface Draft<Value> {
  /** Of the act that will record it, for `useDraftedAct`: kept with it. */
  readonly key: string;
  readonly value: Value;
  readonly change: (part: Partial<Value>) => void;
  /** True when it was found here from an earlier time. */
  readonly found: boolean;
  /** It is recorded elsewhere now, or given up. */
  readonly drop: () => Promise<void>;
}

/**
 * @param what it is for, ids alone; whose it is, and for which structure, is added: a note of one structure is never found at another's desk
 * @param initial what the form begins with
 */
export function useDraft<Value extends object>(what: string, initial: Value): Draft<Value> {
  const me = useMe();
  const name = `${me.user.id} ${me.structure.id} ${what}`;
  const [value, setValue] = useState(initial);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [found, setFound] = useState(false);
  const droppedRef = useRef(false);
  const touchedRef = useRef(false);

  useEffect(() => {
    let gone = false;
    void kept<{ value: Value; key: ReturnType<typeof crypto.randomUUID> }>(name)
      .catch(() => undefined)
      .then((earlier) => {
        if (gone) return;
        if (earlier) {
          setValue((now) => ({ ...now, ...earlier.value }));
          setKey(earlier.key);
          setFound(true);
        }
      });
    return () => {
      gone = true;
    };
  }, [name]);

  useEffect(() => {
    if (!touchedRef.current || droppedRef.current) return;
    const soon = setTimeout(() => void keep(name, { value, key }).catch(() => undefined), 300);
    return () => clearTimeout(soon);
  }, [name, value, key]);

  // Whoever leaves within those moments loses no word: noted with each letter, not when the browser has painted it.
  const lastRef = useRef({ value, key });
  useLayoutEffect(() => {
    lastRef.current = { value, key };
  }, [value, key]);
  useEffect(
    () => () => {
      if (touchedRef.current && !droppedRef.current) void keep(name, lastRef.current).catch(() => undefined);
    },
    [name],
  );

  return {
    key,
    value,
    found,
    change: (part) => {
      touchedRef.current = true;
      setValue((now) => ({ ...now, ...part }));
    },
    drop: async () => {
      droppedRef.current = true;
      await del(name, store).catch(() => undefined);
    },
  };
}
