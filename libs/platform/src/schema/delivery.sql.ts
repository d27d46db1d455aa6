import { invoker, written } from './schema';

/** What waits for its effect. */
export const deliveries = [
  written('delivery', 'select, insert, update, delete', {
    rights: { api: 'select', worker: 'select, insert, update, delete' },
    policies: {
      api_watches: 'for select to api using (true)',
      worker_works: 'to worker using (true) with check (true)',
    },
  }),

  // The next of one consumer and partition, in the order they were written: a record's own order. What failed and waits, or is parked, holds whatever stands
  // behind it in its record's line. One worker at a time looks at a line: a second one, without the first's lock, would take what stands behind a row that is
  // just being put off. VOLATILE, so that the select sees everything as it is once the lock is held.
  invoker(
    'next_in_line(p_consumer text, p_partition smallint, p_now timestamptz, p_limit integer) returns table (id bigint, target uuid, attempts integer, kind text, event jsonb) language plpgsql',
    ['worker'],
    /* sql */ `
begin
  perform pg_advisory_xact_lock(hashtext(p_consumer), p_partition);
  return query
    select d.id, d.stream_id, d.attempts, record_kind(e.stream_id), to_jsonb(e) || '{"sealed": []}'
    from delivery d join event e on e.id = d.event_id
    where d.consumer = p_consumer and d.partition = p_partition and d.parked_at is null and d.next_at <= p_now
      and not exists (
        select from delivery o where o.consumer = d.consumer and o.stream_id = d.stream_id and o.attempts > 0 and o.id < d.id
          and (o.parked_at is not null or o.next_at > p_now))
    order by d.id limit p_limit for update of d;
end `,
  ),
];
