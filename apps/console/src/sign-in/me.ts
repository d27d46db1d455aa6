import { useQueryClient } from '@tanstack/react-query';
import { api, http, type Shape } from '../api/client';
import { Refusal } from '../api/refusal';
import { eraseDrafts } from '../pieces/draft';

export type Me = Shape<'MeResponse'>;

/** Who is signed in; null when nobody is. */
export function useSignedIn() {
  return api.useQuery('get', '/v1/me', {}, { staleTime: 60_000, retry: false });
}

export const signedOut = (error: unknown): boolean => error instanceof Refusal && error.status === 401;

/** The person at this desk: only below a page that knows there is one. */
export function useMe(): Me {
  const { data } = useSignedIn();
  if (!data) throw new Error('useMe() above the door.');
  return data;
}

export const may = (me: Me, permission: Me['permissions'][number]): boolean => me.permissions.includes(permission);

/** Ends the session and wipes what this person was writing: the next one sits at the same desk. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await http.POST('/v1/auth/logout').catch((error: unknown) => {
      if (!signedOut(error)) throw error;
    });
    await eraseDrafts();
    queries.clear();
    location.hash = '#/';
    location.reload();
  };
}
