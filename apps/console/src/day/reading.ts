import { http, type Shape } from '../api/client';
import { then, useAtOnce } from '../pieces/at-once';

type Badges = Shape<'BadgesResponse'>;

/** One less; of more than are counted nobody knows. */
const oneLess = (badges: Badges): Badges =>
  badges.unread.more ? badges : { ...badges, unread: { count: Math.max(0, badges.unread.count - 1) } };
const none = (badges: Badges): Badges => ({ ...badges, unread: { count: 0 } });

/** One notice has been read. */
export const useRead = () =>
  useAtOnce(
    ({ id }: Shape<'NotificationDto'>) => http.POST('/v1/notifications/{id}/read', { params: { path: { id } } }),
    ({ id }) => [
      then('/v1/today', (day) => ({
        ...day,
        news: day.news.filter((one) => one.id !== id),
        badges: oneLess(day.badges),
      })),
      then('/v1/today/badges', oneLess),
      then('/v1/notifications', (page) => ({
        ...page,
        items: page.items.map((one) => (one.id === id ? { ...one, readAt: one.at } : one)),
      })),
    ],
  );

/** All that was there when the page was shown. */
export const useReadAll = () =>
  useAtOnce(
    (asOf: string) => http.POST('/v1/notifications/read', { body: { asOf } }),
    () => [
      then('/v1/today', (day) => ({ ...day, news: [], badges: none(day.badges) })),
      then('/v1/today/badges', none),
      then('/v1/notifications', (page) => ({
        ...page,
        items: page.items.map((one) => ({ ...one, readAt: one.readAt ?? one.at })),
      })),
    ],
  );
