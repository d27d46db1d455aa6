import { useEffect, useRef, useState } from 'react';
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
  readonly value: Value;
  readonly change: (part: Partial<Value>) => void;
  /** True when it was found here from an earlier time. */
  readonly found: boolean;
  /** Whether what was written here before has been looked for. */
  readonly ready: boolean;
  /** It is recorded elsewhere now, or given up. */
  readonly drop: () => Promise<void>;
}

/**
 * @param name of the draft: whose it is and what for, ids alone
 * @param initial what the form begins with
 */
export function useDraft<Value extends object>(name: string, initial: Value): Draft<Value> {
  const [value, setValue] = useState(initial);
  const [found, setFound] = useState(false);
  const [ready, setReady] = useState(false);
  const dropped = useRef(false);
  const touched = useRef(false);

  useEffect(() => {
    let gone = false;
    void kept<Value>(name)
      .catch(() => undefined)
      .then((earlier) => {
        if (gone) return;
        if (earlier) {
          setValue((now) => ({ ...now, ...earlier }));
          setFound(true);
        }
        setReady(true);
      });
    return () => {
      gone = true;
    };
  }, [name]);

  useEffect(() => {
    if (!touched.current || dropped.current) return;
    const soon = setTimeout(() => void keep(name, value).catch(() => undefined), 300);
    return () => clearTimeout(soon);
  }, [name, value]);

  return {
    value,
    found,
    ready,
    change: (part) => {
      touched.current = true;
      setValue((now) => ({ ...now, ...part }));
    },
    drop: async () => {
      dropped.current = true;
      await del(name, store).catch(() => undefined);
    },
  };
}
