import { definer, written } from './schema';

/** Which key opens what is here. Asked once, when a process starts. */
export const sealing = [
  written('sealing_key', 'select, insert'),

  // The fingerprint; while there is none, the oldest records' wrapped keys, which the right key opens.
  definer(
    'sealed_with() returns jsonb language sql stable',
    ['api', 'worker', 'owner'],
    /* sql */ `
  select jsonb_build_object(
    'fingerprint', (select fingerprint from sealing_key where purpose = 'records'),
    'oldest', (select coalesce(jsonb_agg(jsonb_build_object('stream', id, 'key', encode(key, 'hex'))), '[]')
      from (select id, key from stream where key is not null order by id limit 20) s))
`,
  ),

  // Kept once, and never changed: of two processes that come first, the second reads what the first one kept.
  definer(
    'seal_with(p_fingerprint text, p_now timestamptz) returns text language plpgsql',
    ['api', 'worker'],
    /* sql */ `
begin
  insert into sealing_key values ('records', p_fingerprint, p_now) on conflict do nothing;
  return (select fingerprint from sealing_key where purpose = 'records');
end `,
  ),
];
