/**
 * Who watches a case from outside, and the changes that are more than a whole image. As everywhere, no policy contains a clock.
 */
export const casesAccessSql = /* sql */ `
-- A coordinator's communes; '*' is the whole network.
create function in_territory(p_commune text) returns boolean language sql stable parallel safe
  return current_setting('fil.territory', true) = '*' or p_commune = any(string_to_array(current_setting('fil.territory', true), ','));

grant execute on function in_territory(text) to api, writer;

create function watches(p_stream uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select case me_role()
    when 'administrator' then true
    when 'auditor' then true
    when 'coordinator' then exists (select from case_file where id = p_stream and in_territory(commune))
    else false
  end
$$;
revoke execute on function watches(uuid) from public;
grant execute on function watches(uuid) to api;
alter function watches(uuid) owner to writer;

-- How many open cases somebody leads for a structure, before the employment ends.
create function open_cases_led_by(p_user uuid, p_structure uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from case_file where lead_structure_id = p_structure and lead_user_id = p_user and status = 'open'
$$;
revoke execute on function open_cases_led_by(uuid, uuid) from public;
grant execute on function open_cases_led_by(uuid, uuid) to api, worker;
alter function open_cases_led_by(uuid, uuid) owner to writer;

-- Events carry states, dates and structures in clear, nothing of what was done: that is what a coordinator sees of its territory.
create policy event_for_coordination on event for select to api using (me_role() = 'coordinator' and watches(stream_id));

-- Who read the record: its lead and its coordinator see the entries about that one case.
create policy audit_of_a_case on audit_entry for select to api using (
  stream_id is not null and (action like 'case.%' or action in ('referral.read', 'handover.read')) and outcome = 'ok' and (lead_horizon(stream_id) = 2147483647 or (me_role() = 'coordinator' and watches(stream_id)))
);

-- A correction keeps who recorded the session, for which referral, and its note unless it brings another.
create function put_session_correction(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  update session_entry s set date = r.date, minutes = r.minutes, place = r.place, commune = r.commune, themes = r.themes, equipment = r.equipment,
    autonomy = r.autonomy, seq = r.seq, text_event = r.text_event, note_event = coalesce(r.note_event, s.note_event), corrections = r.corrections
  from jsonb_populate_recordset(null::session_entry, rows) r where s.id = r.id
$$;
create function remove_search_token(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  delete from search_token t using jsonb_populate_recordset(null::search_token, rows) r where t.case_id = r.case_id and t.structure_id = r.structure_id
$$;
create function copy_search_token(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into search_token (structure_id, token, case_id)
  select r.to_structure_id, t.token, t.case_id
  from jsonb_to_recordset(rows) as r(case_id uuid, from_structure_id uuid, to_structure_id uuid)
  join search_token t on t.case_id = r.case_id and t.structure_id = r.from_structure_id
  on conflict do nothing
$$;
revoke execute on function put_session_correction(jsonb), remove_search_token(jsonb), copy_search_token(jsonb) from public;
alter function put_session_correction(jsonb) owner to writer;
alter function remove_search_token(jsonb) owner to writer;
alter function copy_search_token(jsonb) owner to writer;
`;
