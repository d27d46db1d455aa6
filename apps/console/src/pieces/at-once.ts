import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { paths } from '../api/contract';
import { useToasts } from './toasts';

type Read<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Data } } } };
}
  ? Data
  : never;

/** What was read from an address, as it is once the act is done. */
export interface Then {
  readonly path: string;
  readonly as: (data: unknown) => unknown;
}

const isPaged = (data: unknown): data is InfiniteData<unknown> => Array.isArray((data as { pages?: unknown }).pages);

/** Of a list, each page. */
export const then = <P extends keyof paths>(path: P, as: (data: Read<P>) => Read<P>): Then => ({
  path,
  as: (data) =>
    isPaged(data) ? { ...data, pages: data.pages.map((page) => as(page as Read<P>)) } : as(data as Read<P>),
});

const key = ['at once'];

/**
 * A small act that is hardly ever refused, and that hurts nobody when it is: shown before it is answered, and taken back when the answer is no, which is then in
 * `error`. What is recorded about somebody is never shown so.
 * @param said when it is done
 */
export function useAtOnce<Sent>(
  act: (sent: Sent) => Promise<unknown>,
  shows: (sent: Sent) => readonly Then[],
  said?: string,
) {
  const queries = useQueryClient();
  const { done } = useToasts();
  const { error, mutate } = useMutation({
    mutationKey: key,
    // One after the other: what was pressed last is what stands.
    scope: { id: key[0]! },
    mutationFn: act,
    onMutate: async (sent: Sent) => {
      const all = shows(sent).map(({ path, as }) => ({ as, filter: { queryKey: ['get', path] } }));
      // An answer that is on its way would show what was.
      await Promise.all(all.map(({ filter }) => queries.cancelQueries(filter)));
      const before = all.flatMap(({ filter }) => queries.getQueriesData(filter));
      for (const { filter, as } of all) queries.setQueriesData(filter, (data: unknown) => data && as(data));
      return before;
    },
    onError: (_, __, before) => before?.forEach(([of, data]) => queries.setQueryData(of, data)),
    onSuccess: () => said && done(said),
    // While another one waits, what is read would show it undone.
    onSettled: () => queries.isMutating({ mutationKey: key }) === 1 && void queries.invalidateQueries(),
  });
  return { error, send: (sent: Sent) => mutate(sent) };
}
