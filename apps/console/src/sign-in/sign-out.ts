import { http } from '../api/client';
import { eraseDrafts } from '../pieces/draft';
import { useToasts } from '../pieces/toasts';
import { signedOut } from './me';

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
