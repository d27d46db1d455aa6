import { createContext, useContext } from 'react';
import { api, http, type Shape } from '../api/client';
import { Refusal } from '../api/refusal';
import { eraseDrafts } from '../pieces/draft';
import { useToasts } from '../pieces/toasts';

export type Me = Shape<'MeResponse'>;

/** Who is signed in; null when nobody is. */
export function useSignedIn() {
  return api.useQuery('get', '/v1/me', {}, { staleTime: 60_000, retry: false });
}

export const signedOut = (error: unknown): boolean => error instanceof Refusal && error.status === 401;

/** Set once somebody has come in, around all pages. */
export const Present = createContext<Me | undefined>(undefined);

/** The person at this desk. */
export function useMe(): Me {
  const me = useContext(Present);
  if (!me) throw new Error('useMe() above the door.');
  return me;
}

export const may = (me: Me, permission: Me['permissions'][number]): boolean => me.permissions.includes(permission);

/** Ends the session and wipes what this person was writing: the next one sits at the same desk. What cannot end now is said. */
export function useSignOut(): () => Promise<void> {
  const { awaited } = useToasts();
  return async () => {
    await eraseDrafts();
    try {
      await http.POST('/v1/auth/logout');
    } catch (error) {
      if (!signedOut(error))
        return awaited('Pas encore déconnecté : le réseau ne répond pas. Réessayez, ou fermez le navigateur.');
    }
    location.hash = '#/';
    location.reload();
  };
}
