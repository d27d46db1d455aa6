import { definer, internal, PartyEntity, readTable, written } from '@fil-rouge/platform';

/**
 * How far a structure reads a record: from grants and parties alone, and never by a clock (access ends by an event). The helpers are SECURITY DEFINER so
 * that a policy on one table does not need a policy on the next. A number of an event, or 2147483647 for all there will ever be; null for nothing.
 *
 * They are asked per row of a page. In plpgsql, and the frequent answer first: a function in SQL sets its whole plan up for each row, also for what almost no
 * record has (measured on a list: 95 µs a row against 5).
 */
export const accesses = [
  written('access_grant', 'select, insert, update, delete', {
    of: 'stream_id',
    rights: { reader: 'select', worker: 'select' },
    policies: {
      own_grants: 'for select to reader using (structure_id = me_structure())',
      worker_reads: 'for select to worker using (true)',
    },
  }),
  // A grant is opened and ended, never changed; but one that somebody else changed is found, and put right by a rebuild.
  internal(
    'put_access_grant(rows jsonb) returns void language sql',
    /* sql */ `
  insert into access_grant select * from jsonb_populate_recordset(null::access_grant, rows)
  on conflict (id) do update set stream_id = excluded.stream_id, structure_id = excluded.structure_id, kind = excluded.kind, source = excluded.source,
    from_seq = excluded.from_seq, to_seq = excluded.to_seq
`,
  ),

  ...readTable(PartyEntity, {
    of: 'stream_id',
    person: 'structure_id = me_structure()',
    worker: true,
    triggers: {
      party_stays_moved: `before update on party for each row when (old.stream_id is distinct from new.stream_id) execute function stays_moved('stream_id')`,
    },
  }),

  // Last event of the record's shared thread that this structure may read: everything while lead or contributor, up to its end for a former lead. In a
  // record that ended in another one: everything for who still took part in that one when the two became one.
  definer(
    'record_horizon(p_stream uuid) returns integer language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
declare v_own integer;
begin
  select max(coalesce(to_seq, 2147483647)) into v_own from access_grant
  where stream_id = p_stream and structure_id = me_structure() and (kind = 'lead' or (kind = 'contributor' and to_seq is null));
  if v_own = 2147483647 then return v_own; end if;
  return greatest(v_own, (select 2147483647 from ended_in(p_stream) e where record_horizon(e.id) >= e.seq));
end `,
  ),

  definer(
    'lead_horizon(p_stream uuid) returns integer language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
declare v_own integer;
begin
  select max(coalesce(to_seq, 2147483647)) into v_own from access_grant
  where stream_id = p_stream and structure_id = me_structure() and kind = 'lead';
  if v_own = 2147483647 then return v_own; end if;
  return greatest(v_own, (select 2147483647 from ended_in(p_stream) e where lead_horizon(e.id) >= e.seq));
end `,
  ),

  // Events about one thing that has its own parties: from the one with which the part begins up to the one that ended it. Of the records before the one where
  // it ended, all; of those before the one where it begins, nothing.
  definer(
    'party_reads(p_stream uuid, p_about uuid, p_seq integer) returns boolean language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
declare v_part record;
begin
  select stream_id, from_event, coalesce(until_seq, 2147483647) as until_seq into v_part from party where about = p_about and structure_id = me_structure();
  if not found then return false; end if;
  if v_part.stream_id = p_stream then
    if p_seq > v_part.until_seq then return false; end if;
  elsif not goes_on_in(p_stream, v_part.stream_id) then
    return false;
  end if;
  return v_part.from_event is null
    or coalesce((select case when b.stream_id = p_stream then p_seq >= b.seq else goes_on_in(b.stream_id, p_stream) end from event b where b.id = v_part.from_event), false);
end `,
  ),

  definer(
    'party_sheet(p_about uuid) returns boolean language plpgsql stable',
    ['reader', 'worker'],
    /* sql */ `
begin
  return coalesce((select reads_sheet from party where about = p_about and structure_id = me_structure()), false);
end `,
  ),

  // No resident's record, or one that the person watches, or in which the structure has or had a part; or in another one that became one with it.
  internal(
    'acts_on(p_stream uuid, p_session jsonb) returns boolean language plpgsql stable',
    /* sql */ `
declare v_structure uuid := (p_session->>'structureId')::uuid;
begin
  return not acts_for_structure(p_session->>'role')
    or exists (select from access_grant where stream_id = p_stream and structure_id = v_structure)
    or exists (select from party where stream_id = p_stream and structure_id = v_structure)
    or record_kind(p_stream) is distinct from 'case'
    or exists (select from access_grant where stream_id = any(records_of(present_record(p_stream))) and structure_id = v_structure);
end `,
  ),

  // A replay of a record's log does not take back what went on in another record: those rows are that one's now. Its argument: the column with the record.
  definer(
    'stays_moved() returns trigger language plpgsql',
    ['owner'],
    /* sql */ `
begin
  if exists (select from ended_in((to_jsonb(new)->>tg_argv[0])::uuid)) then return null; end if;
  return new;
end `,
  ),
];
