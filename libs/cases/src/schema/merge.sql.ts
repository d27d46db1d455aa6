import { definer, inlined, internal, readTable } from '@fil-rouge/platform';
import { CaseMerge } from '../case/case.entity';

/**
 * Records that ended in another one: where they go on, and who may know. A merge is known to who takes part in the record that goes on, or still did when it
 * happened. Whoever had left before has its rows of both as they were: nothing leads from one to the other.
 *
 * Almost no record was ever merged, and most of these are asked per row: each looks at one index first.
 */
export const merges = [
  // Nobody selects it: what may be known of a merge is said by the functions.
  ...readTable(CaseMerge, { of: 'case_id', outlives: true }),

  inlined(
    'ended_in(p_stream uuid) returns table (id uuid, seq integer) language sql stable',
    ['writer'],
    /* sql */ `
  select m.case_id, m.seq from case_merge m where m.id = p_stream
`,
  ),

  // The way of a record through its merges: itself, the one it ended in, the one that ended in… A record that has ended takes nothing in: no circles.
  definer(
    'way_of(p_stream uuid) returns table (id uuid, step integer) language sql stable',
    [],
    /* sql */ `
  with recursive way(id, step) as (select p_stream, 0 union all select m.case_id, way.step + 1 from way join case_merge m on m.id = way.id)
  select id, step from way
`,
  ),

  definer(
    'present_record(p_stream uuid) returns uuid language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
begin
  if not exists (select from case_merge where id = p_stream) then return p_stream; end if;
  return (select id from way_of(p_stream) order by step desc limit 1);
end `,
  ),

  definer(
    'goes_on_in(p_stream uuid, p_record uuid) returns boolean language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
begin
  if not exists (select from case_merge where id = p_stream) then return false; end if;
  return exists (select from way_of(p_stream) where step > 0 and id = p_record);
end `,
  ),

  // How many merges a record is away from the present one: orders the history of a referral that lived on several.
  definer(
    'merges_after(p_stream uuid) returns integer language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select max(step) from way_of(p_stream)
`,
  ),

  // A record and all that ended in it.
  definer(
    'records_of(p_case uuid) returns uuid[] language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  with recursive whole(id) as (select p_case union all select m.id from whole join case_merge m on m.case_id = whole.id)
  select array_agg(id) from whole
`,
  ),

  internal(
    'with_those_ended(p_streams uuid[]) returns uuid[] language plpgsql stable',
    /* sql */ `
begin
  if not exists (select from case_merge where case_id = any(p_streams)) then return p_streams; end if;
  return array(select unnest(records_of(id)) from unnest(p_streams) s(id));
end `,
  ),

  // A grant that RecordsMerged itself ends (an objection) did not get to see the other record.
  definer(
    'knows_merge(p_into uuid, p_seq integer) returns boolean language sql stable',
    [],
    /* sql */ `
  select watches(p_into) or exists (select from access_grant
    where stream_id = p_into and structure_id = me_structure() and kind <> 'candidate' and (to_seq is null or to_seq > p_seq))
`,
  ),

  // A record and those that ended in it, as far as who asks knows. What had ended in one of those before is known with it.
  definer(
    'records_seen_in(p_case uuid) returns uuid[] language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
begin
  if not exists (select from case_merge where case_id = p_case) then return array[p_case]; end if;
  return p_case || array(select unnest(records_of(m.id)) from case_merge m where m.case_id = p_case and knows_merge(m.case_id, m.seq));
end `,
  ),

  definer(
    'merges_seen_in(p_case uuid) returns jsonb language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
begin
  if not exists (select from case_merge where case_id = p_case) then return '[]'; end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'into', m.case_id, 'seq', m.seq) order by m.merged_at, m.id), '[]')
    from case_merge m where m.id = any(records_seen_in(p_case)) and m.id <> p_case);
end `,
  ),

  // Where a merged record goes on for the structure that asks: the furthest record it may see. A structure that led the merged record may contribute
  // to the next one no more. It stays here, where it keeps the resident as of its end; there it would find nothing. Null also for a record that was
  // never merged: one look at an index.
  definer(
    'visible_survivor(p_case uuid) returns uuid language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
begin
  if not exists (select from case_merge where id = p_case) then return null; end if;
  return (
    select m.case_id from way_of(p_case) w join case_merge m on m.id = w.id
    where watches(m.case_id) or exists (select from access_grant g
      where g.stream_id = m.case_id and g.structure_id = me_structure() and g.kind <> 'candidate' and (g.to_seq is null or (g.to_seq > m.seq and (g.kind = 'lead'
        or not exists (select from access_grant o where o.stream_id = p_case and o.structure_id = me_structure() and o.kind = 'lead')))))
    order by w.step desc limit 1);
end `,
  ),
];
