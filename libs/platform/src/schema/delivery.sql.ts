import { invoker, written } from './schema';

/** The table is almost empty at most times, and is not to be read whole when it is not. */
const byIndex =
  'set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan';

/** What waits for its effect. */
export const deliveries = [
  written('delivery', 'select, insert, update, delete', {
    rights: { api: 'select', worker: 'select, insert, update, delete' },
    policies: {
      api_watches: 'for select to api using (true)',
      worker_works: 'to worker using (true) with check (true)',
    },
  }),

  // In which partitions something is due, by consumer: one step through the index for each, however many rows wait there.
  invoker(
    'lines_due(p_now timestamptz) returns table (consumer text, partitions smallint[]) language plpgsql stable',
    ['worker'],
    /* sql */ `
begin
  return query with recursive line as (
    (select d.consumer, d.partition from delivery d where d.parked_at is null order by d.consumer, d.partition limit 1)
    union all
    select n.consumer, n.partition from line l, lateral (
      select d.consumer, d.partition from delivery d where d.parked_at is null and (d.consumer, d.partition) > (l.consumer, l.partition)
      order by d.consumer, d.partition limit 1) n
  )
  select l.consumer, array_agg(l.partition order by l.partition) from line l
  where exists (select from delivery d where d.consumer = l.consumer and d.partition = l.partition and d.parked_at is null and d.next_at <= p_now)
  group by l.consumer;
end `,
    byIndex,
  ),

  // The next of some partitions of one consumer, in the order they were written: a record's own order. What failed and waits, or is parked, holds whatever
  // stands behind it in its record's line. One worker at a time looks at a partition: a second one, without the first's lock, would take what stands behind a
  // row that is just being put off. It does not wait for the first, which may be at it for long, but leaves it what is there. VOLATILE, so that the select sees
  // everything as it is once the locks are held.
  invoker(
    'next_in_lines(p_consumer text, p_partitions smallint[], p_now timestamptz, p_limit integer) returns table (id bigint, target uuid, attempts integer, kind text, event jsonb) language plpgsql',
    ['worker'],
    /* sql */ `
declare
  v_held smallint[] := '{}';
  v_partition smallint;
begin
  foreach v_partition in array p_partitions loop
    if pg_try_advisory_xact_lock(hashtext(p_consumer), v_partition) then v_held := v_held || v_partition; end if;
  end loop;
  return query
    select d.id, d.stream_id, d.attempts, record_kind(e.stream_id), to_jsonb(e) || '{"sealed": []}'
    from unnest(v_held) p(held), lateral (
      select * from delivery n
      where n.consumer = p_consumer and n.partition = p.held and n.parked_at is null and n.next_at <= p_now
        and not exists (
          select from delivery o where o.consumer = n.consumer and o.stream_id = n.stream_id and o.attempts > 0 and o.id < n.id
            and (o.parked_at is not null or o.next_at > p_now))
      order by n.id limit p_limit for update of n) d join event e on e.id = d.event_id
    order by d.id;
end `,
    byIndex,
  ),
];
