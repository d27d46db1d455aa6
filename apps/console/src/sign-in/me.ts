import { createContext, useContext } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { Refusal } from '../api/refusal';

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
