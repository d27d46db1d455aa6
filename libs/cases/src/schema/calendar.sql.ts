import { definer, written } from '@fil-rouge/platform';
import { lives } from '@fil-rouge/users';

/** Nobody selects them: an address is one's own to make and to revoke, and whoever holds its secret asks for a calendar and for nothing else. */
export const calendars = [
  written('calendar_address', 'select, insert, update, delete'),

  definer(
    'renew_calendar(p_secret_hash bytea, p_now timestamptz) returns void language sql',
    ['reader'],
    /* sql */ `
  insert into calendar_address (user_id, secret_hash, made_at) values (me_user(), p_secret_hash, p_now)
  on conflict (user_id) do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at
`,
  ),

  definer(
    'revoke_calendar() returns void language sql',
    ['reader'],
    /* sql */ `
  delete from calendar_address where user_id = me_user()
`,
  ),

  // What is planned with somebody, where that person works today. Null: nobody's secret, or of somebody who works nowhere any more.
  definer(
    'calendar_of(p_secret_hash bytea, p_now timestamptz) returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select (
    select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'at', p.at, 'minutes', p.minutes, 'place', p.place, 'placeName', p.place_name, 'version', p.version, 'madeAt', p.made_at) order by p.at, p.id)
      filter (where p.id is not null), case when bool_or(true) then '[]'::jsonb end)
    from (
      select distinct e.structure_id from employment e join structure s on s.id = e.structure_id
      where e.user_id = c.user_id and acts_for_structure(e.role) and ${lives('e', 's', `(p_now at time zone 'Europe/Paris')::date`)}
    ) works left join lateral (
      select a.*, l.name as place_name from appointment a left join place l on l.id = a.place_id
      where a.structure_id = works.structure_id and a.counsellor_id = c.user_id and a.status = 'planned'
        and a.at >= p_now - interval '30 days' and a.at < p_now + interval '180 days' order by a.at, a.id limit 500
    ) p on true)
  from calendar_address c where c.secret_hash = p_secret_hash
`,
  ),
];
