import { useQueryClient } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import createClient from 'openapi-react-query';
import type { components, paths } from './contract';
import { refusalOf, Unreachable } from './refusal';
import { asksByItself } from '../app/attention';

/** Any shape of the contract by its name there: `Shape<'CaseShown'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

/** `Fil-Rouge-Page` says that our own page asks: the cookie of the session opens nothing without it. */
export const http = createFetchClient<paths>({
  baseUrl: location.origin,
  headers: { 'Fil-Rouge-Page': 'console', 'Accept-Language': 'fr' },
});

http.use({
  onRequest: ({ request }) => {
    if (asksByItself() && request.method === 'GET') request.headers.set('X-Fil-Rouge-Background', '1');
  },
  onResponse: async ({ response }) => {
    if (!response.ok) throw await refusalOf(response);
  },
  onError: () => new Unreachable(),
});

/** Reads: `api.useQuery('get', '/v1/today')`. What is refused is thrown as a `Refusal`. */
export const api = createClient(http);

export type PostPath = { [P in keyof paths]: paths[P] extends { post: object } ? P : never }[keyof paths];
export type PutPath = { [P in keyof paths]: paths[P] extends { put: object } ? P : never }[keyof paths];

/** A command. Whatever is shown is read again after it: one act changes tasks, lists and pages at once. */
export function useCommand<P extends PostPath>(path: P) {
  const queries = useQueryClient();
  return api.useMutation('post', path, { onSuccess: () => void queries.invalidateQueries() });
}

/** A command that replaces. */
export function useReplacement<P extends PutPath>(path: P) {
  const queries = useQueryClient();
  return api.useMutation('put', path, { onSuccess: () => void queries.invalidateQueries() });
}

/** How a page of a list leads to the next: for `api.useInfiniteQuery`. */
export const pages = {
  pageParamName: 'cursor',
  // Left out of the first request; `undefined` would be made 0.
  initialPageParam: null,
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor ?? undefined,
} as const;
