import { useEffect } from 'preact/compat';
import { useQueryClient } from '@tanstack/react-query';
import { api, http, type Shape } from '../api/client';
import { useToasts } from '../pieces/toasts';
import { may, type Me } from '../sign-in/me';
import { onceAtRest } from './attention';

type Badges = Shape<'BadgesResponse'>;

const everyMinute = 60_000;

/** What others may have changed, and what it costs to look is worth: not what was asked for once, with a reason or for a period. */
const alive = [
  'today',
  'tasks',
  'notifications',
  'cases',
  'referrals',
  'handovers',
  'handover-batches',
  'appointments',
  'territory',
];
const isAlive = (path: unknown): boolean => typeof path === 'string' && alive.includes(path.split('/')[2] ?? '');

/**
 * Nobody presses a key to learn that somebody was sent to them. Once a minute, while the window is seen, the counts are asked for: they read nothing personal, so that
 * no reading stands in the journal that nobody made. Only when they say something else is what is shown read again, and what came is said.
 */
export function useArrivals(me: Me): void {
  const queries = useQueryClient();
  const { done } = useToasts();
  const watches = may(me, 'task.read');
  useEffect(() => {
    if (!watches) return;
    const of = api.queryOptions('get', '/v1/today/badges', {}).queryKey;
    let giveUp = () => {};
    const look = async () => {
      if (document.visibilityState === 'hidden') return;
      const before = queries.getQueryData<Badges>(of);
      await queries.refetchQueries({ queryKey: of });
      const now = queries.getQueryData<Badges>(of);
      // The same object: the same counts.
      if (!before || !now || now === before) return;
      giveUp();
      giveUp = onceAtRest(
        () => void queries.refetchQueries({ type: 'active', predicate: ({ queryKey }) => isAlive(queryKey[1]) }),
      );
      const said = await saying(before, now).catch(() => undefined);
      if (said) done(said);
    };
    const every = setInterval(() => void look(), everyMinute);
    const seen = () => void look();
    document.addEventListener('visibilitychange', seen);
    return () => {
      giveUp();
      clearInterval(every);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [queries, done, watches]);
}

/** By the title of a notice, which names nobody; several are counted. */
async function saying(before: Badges, now: Badges): Promise<string | undefined> {
  const came = now.unread.count - before.unread.count;
  if (came > 1) return `${came} nouvelles sont arrivées`;
  if (came < 1) return now.tasks.count > before.tasks.count ? 'Il y a du nouveau dans ce qui est à faire' : undefined;
  const { data } = await http.GET('/v1/notifications', { params: { query: { limit: 1, unread: 'true' } } });
  return data?.items[0] && `Vient d’arriver. ${data.items[0].title}`;
}
