import { definer } from './schema';

/** What an anchor is made of, and what it is compared with. */
export const anchoring = [
  // Heads of the records that were written to since; of all, when it is null.
  definer(
    'heads_since(p_since timestamptz, p_after uuid, p_limit integer) returns table (id uuid, version integer, hash text) language plpgsql stable',
    ['worker'],
    /* sql */ `
begin
  if p_since is null then
    return query select s.id, s.version, s.hash from stream s where p_after is null or s.id > p_after order by s.id limit p_limit;
  else
    return query select s.id, s.version, s.hash from stream s
    where s.id in (select e.stream_id from event e where e.recorded_at >= p_since) and (p_after is null or s.id > p_after) order by s.id limit p_limit;
  end if;
end `,
  ),

  // Of [[id, version, hash], …] the records whose log says something else at that number.
  definer(
    'records_off(p_heads jsonb) returns uuid[] language sql stable',
    ['worker'],
    /* sql */ `
  select array(select (h->>0)::uuid from jsonb_array_elements(p_heads) h
    left join event e on e.stream_id = (h->>0)::uuid and e.seq = (h->>1)::integer where e.hash is distinct from h->>2)
`,
  ),

  // An erasure takes comments away, and nothing else: they do not count.
  definer(
    'digest_of_journal(p_from timestamptz, p_until timestamptz) returns jsonb language sql stable',
    ['worker'],
    /* sql */ `
  select jsonb_build_object('entries', count(*), 'digest', encode(sha256(coalesce(string_agg(
    sha256(convert_to((to_jsonb(a) - 'comment')::text, 'UTF8')), ''::bytea order by a.id), ''::bytea)), 'hex'))
  from audit_entry a where a.at < p_until and (p_from is null or a.at >= p_from)
`,
  ),

  // As anchors were made until the version that backs up: with a hash of which two entries can be made to agree.
  definer(
    'journal_digest(p_from timestamptz, p_until timestamptz) returns jsonb language sql stable',
    ['worker'],
    /* sql */ `
  select jsonb_build_object('entries', count(*), 'digest', encode(sha256(convert_to(coalesce(string_agg(
    md5((to_jsonb(a) - 'comment')::text), '' order by a.id), ''), 'UTF8')), 'hex'))
  from audit_entry a where a.at < p_until and (p_from is null or a.at >= p_from)
`,
  ),
];
