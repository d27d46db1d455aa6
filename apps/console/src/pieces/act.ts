import { useRef, useState } from 'preact/compat';
import { useCommand, useReplacement, type PostPath, type PutPath } from '../api/client';
import type { Draft } from './draft';
import { useToasts } from './toasts';

type Command<P extends PostPath> = ReturnType<typeof useCommand<P>>;
type Sent<P extends PostPath> = Parameters<Command<P>['mutateAsync']>[0];
type Answer<P extends PostPath> = NonNullable<Command<P>['data']>;

type Replacement<P extends PutPath> = ReturnType<typeof useReplacement<P>>;
type Replaced<P extends PutPath> = Parameters<Replacement<P>['mutateAsync']>[0];
type NewState<P extends PutPath> = NonNullable<Replacement<P>['data']>;

/**
 * One act of one form: done once however often its button is pressed or its answer is lost, said when it is done, and its refusal kept to be shown.
 * @param said when it is done, for instance `Note enregistrée`
 * @param after what then happens on the page; it is given the answer
 * @param keptKey of a draft: sent again after a reload it is still the same act
 */
export function useAct<P extends PostPath>(
  path: P,
  said: string,
  after?: (answer: Answer<P>) => void,
  keptKey?: string,
) {
  return useOnce<Sent<P>, Answer<P>>(useCommand(path), said, after, keptKey);
}

/** What is written in a draft: sent again after a reload it is the same act, and the draft is gone before what comes after. */
export const useDraftedAct = <P extends PostPath>(
  { key, drop }: Pick<Draft<object>, 'key' | 'drop'>,
  path: P,
  said: string,
  after: (answer: Answer<P>) => void,
) => useAct(path, said, (answer) => void drop().then(() => after(answer)), key);

/** The same for what replaces a whole: capacity, leaflet, delays. */
export function useReplacing<P extends PutPath>(
  path: P,
  said: string,
  after?: (answer: NewState<P>) => void,
  keptKey?: string,
) {
  return useOnce<Replaced<P>, NewState<P>>(useReplacement(path), said, after, keptKey);
}

/** What replaces a whole, from a draft. */
export const useDraftedReplacing = <P extends PutPath>(
  { key, drop }: Pick<Draft<object>, 'key' | 'drop'>,
  path: P,
  said: string,
  after: (answer: NewState<P>) => void,
) => useReplacing(path, said, (answer) => void drop().then(() => after(answer)), key);

interface Mutation {
  isPending: boolean;
  error: unknown;
  mutateAsync: unknown;
}

function useOnce<What, Given>(command: Mutation, said: string, after?: (answer: Given) => void, keptKey?: string) {
  // Of one act: what is done next from the same place is another one, and so is the same thing done to the next row.
  const [ownKey, setOwnKey] = useState(() => crypto.randomUUID());
  const keysRef = useRef(new Map<string, string>());
  const { done } = useToasts();
  // A second press comes before the page knows of the first.
  const sendingRef = useRef(false);
  const mutate = command.mutateAsync as (sent: What) => Promise<Given>;

  function keyFor(what: What, which: string): string {
    const to = JSON.stringify([(what as { params?: unknown } | undefined)?.params ?? null, which]);
    if (!keysRef.current.has(to))
      keysRef.current.set(to, keysRef.current.size === 0 ? (keptKey ?? ownKey) : crypto.randomUUID());
    return keysRef.current.get(to)!;
  }

  return {
    busy: command.isPending,
    error: command.error,
    /** @param which tells acts apart that go to the same address: files that are joined to one entry */
    send: (what: What, which = ''): void => {
      if (sendingRef.current) return;
      sendingRef.current = true;
      void mutate({ ...what, headers: { 'Idempotency-Key': keyFor(what, which) } })
        .then(
          (answer) => {
            keysRef.current.clear();
            setOwnKey(crypto.randomUUID());
            done(said);
            after?.(answer);
          },
          // Shown beside the form, from `error`.
          () => undefined,
        )
        .finally(() => (sendingRef.current = false));
    },
  };
}
