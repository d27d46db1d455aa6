/**
 * What writes batches, and what asks them, as it stands now; a change of it comes with a migration that runs the text once more. Each function of the
 * api's returns {hash, result} of the same request done before, or {done: how many items it changed}. Refused, it is raised, so that nothing of it
 * stays, the request's key neither; the SQLSTATEs are read by `handover-batches.commands.ts`:
 *   FR007 whom the batch is about has left · FR008 the batch, or one of its items, is in another state by now (detail: the batch's)
 */
export const open = `('undecided', 'decided', 'pending')`;

export const definer = 'security definer set search_path = public, pg_temp';

/** What each writing function begins with: the request is remembered, or was done before. */
export const once = /* sql */ `
  v_replay := handover_batch_request(p);
  if v_replay is not null then return v_replay; end if;`;

/** May the caller see this item? As the policy says it: these functions are the writer's, whom the policy does not bind. */
const visible = `(me_role() = 'administrator' or (me_role() = 'manager' and i.structure_id = me_structure()) or (me_role() = 'coordinator' and watches(i.case_id)))`;

/** Whoever writes holds the batch's row: decisions, start and cancellation come one after the other, and each sees what the one before has left. */
const lock = `select status into v_status from handover_batch where id = (p->>'batchId')::uuid for update;`;
const refuse = `raise exception 'in another state by now' using errcode = 'FR008', detail = to_jsonb(v_status)::text;`;

/** Of `p_decisions` those whose case is in one of `p_from`, in the caller's name. How many: fewer than were asked for is for who calls it to refuse. */
export const takeBatchDecisions = /* sql */ `
create function take_batch_decisions(p_batch uuid, p_decisions jsonb, p_from text[], p_to text) returns integer language plpgsql set search_path = public, pg_temp as $$
declare v_done integer;
begin
  -- What failed is tried with a handover of its own: the former one may have ended, and once ended it opens no more.
  update handover_batch_item i set state = p_to, attempts = 0, outcome = null, failure = null, ended_at = null,
    handover_id = case when i.state = 'failed' then uuidv7() else i.handover_id end,
    decision = d.decision, to_structure_id = d.to_structure_id, to_user_id = d.to_user_id, close_reason = d.close_reason, cancel_referrals = d.cancel_referrals,
    decided_by = me_user(), decided_for = me_employer(), decided_as = me_role()
  from jsonb_to_recordset(p_decisions) as d(case_id uuid, decision text, to_structure_id uuid, to_user_id uuid, close_reason text, cancel_referrals boolean)
  where i.batch_id = p_batch and i.case_id = d.case_id and i.state = any(p_from) and ${visible};
  get diagnostics v_done = row_count;
  return v_done;
end $$;
`;

export const decideHandoverBatch = /* sql */ `
create or replace function decide_handover_batch(p jsonb) returns jsonb language plpgsql ${definer} as $$
declare v_replay jsonb; v_done integer; v_status text;
begin${once}
  ${lock}
  if v_status = 'cancelled' then ${refuse} end if;
  -- While a batch runs, whatever is decided is carried out; before it starts, it waits.
  v_done := take_batch_decisions((p->>'batchId')::uuid, p->'decisions', '{undecided,decided,failed}', case when v_status = 'prepared' then 'decided' else 'pending' end);
  if v_done < jsonb_array_length(p->'decisions') then ${refuse} end if;
  if v_status = 'done' then
    update handover_batch set status = 'running', ended_at = null where id = (p->>'batchId')::uuid;
  end if;
  return jsonb_build_object('done', v_done);
end $$;
`;

/** The version before decides with a call of its own and gives neither list. */
export const startHandoverBatch = /* sql */ `
create or replace function start_handover_batch(p jsonb) returns jsonb language plpgsql ${definer} as $$
declare v_replay jsonb; v_done integer; v_status text; v_batch uuid := (p->>'batchId')::uuid; v_decisions jsonb := coalesce(p->'decisions', '[]');
begin${once}
  ${lock}
  if v_status <> 'prepared' or not exists (select from handover_batch_item i where i.batch_id = v_batch and ${visible}) then ${refuse} end if;
  if take_batch_decisions(v_batch, v_decisions, '{undecided,decided}', 'decided') < jsonb_array_length(v_decisions) then ${refuse} end if;
  -- What somebody has decided on meanwhile stands: a proposal is taken only where nobody has.
  perform take_batch_decisions(v_batch, coalesce(p->'proposals', '[]'), '{undecided}', 'decided');
  update handover_batch set status = 'running', started_at = (p->>'now')::timestamptz where id = v_batch;
  update handover_batch_item set state = 'pending' where batch_id = v_batch and state = 'decided';
  get diagnostics v_done = row_count;
  return jsonb_build_object('done', v_done);
end $$;
`;

/** The records are held, so that no case moves, ends or is erased while it goes into a batch; then what may be handed over is looked at again. */
export const openHandoverBatch = /* sql */ `
create or replace function open_handover_batch(p jsonb) returns jsonb language plpgsql ${definer} as $$
declare v_replay jsonb; v_done integer;
begin${once}
  perform hold_records(array(select (value->>'case_id')::uuid from jsonb_array_elements(p->'items')));
  insert into handover_batch (id, kind, structure_id, user_id, to_structure_id, status, reason, created_by, created_at)
  values ((p->>'batchId')::uuid, p->>'kind', (p->>'structureId')::uuid, (p->>'userId')::uuid, (p->>'toStructureId')::uuid, 'prepared', p->>'reason', me_user(), (p->>'now')::timestamptz);
  -- A case that moved, or was put in another batch, since it was proposed stays out. In order: two batches of the same cases wait for each other once.
  insert into handover_batch_item (id, batch_id, case_id, structure_id, handover_id, state, proposed_structure_id, proposed_user_id, proposed_because)
  select i.id, (p->>'batchId')::uuid, i.case_id, c.structure_id, i.handover_id, 'undecided', i.proposed_structure_id, i.proposed_user_id, i.proposed_because
  from jsonb_to_recordset(p->'items') as i(id uuid, case_id uuid, handover_id uuid, proposed_structure_id uuid, proposed_user_id uuid, proposed_because text[])
  join cases_i_may_hand_over((p->>'structureId')::uuid, (p->>'userId')::uuid) c on c.case_id = i.case_id
  order by i.case_id
  on conflict do nothing;
  get diagnostics v_done = row_count;
  if v_done = 0 then raise exception 'every case is in another batch meanwhile' using errcode = 'no_data_found'; end if;
  return jsonb_build_object('done', v_done);
end $$;
`;

/** Whoever leads the batch's cases, still there? Locks the people and the structures, as who ends them does: the two do not cross. */
export const stillThere = /* sql */ `
create or replace function still_there(p_batch uuid, p_day date) returns boolean language plpgsql ${definer} as $$
begin
  perform from stream where id in (
    select unnest(array[f.lead_structure_id, f.lead_user_id]) from handover_batch_item i join case_file f on f.id = i.case_id where i.batch_id = p_batch and i.state in ${open}
  ) order by id for share;
  return not exists (
    select from handover_batch_item i join case_file f on f.id = i.case_id
    where i.batch_id = p_batch and i.state in ${open} and f.status = 'open' and (
      exists (select from structure s where s.id = f.lead_structure_id and s.status in ('closed', 'refused'))
      or (f.lead_user_id is not null and not exists (select from employment e where e.user_id = f.lead_user_id and e.structure_id = f.lead_structure_id
        and not e.ended and e.from_date <= p_day and (e.until_date is null or p_day <= e.until_date)))));
end $$;
`;

export const cancelHandoverBatch = /* sql */ `
create or replace function cancel_handover_batch(p jsonb) returns jsonb language plpgsql ${definer} as $$
declare v_replay jsonb; v_done integer; v_status text;
begin
  -- Not this caller's alone to give up: before the key is kept, which would say later that it was done.
  if exists (select from handover_batch_item i where i.batch_id = (p->>'batchId')::uuid and not ${visible}) then return '{"done": 0}'; end if;${once}
  ${lock}
  if v_status <> 'prepared' then ${refuse} end if;
  -- Their cases would be in nobody's hands.
  if not still_there((p->>'batchId')::uuid, ((p->>'now')::timestamptz at time zone 'Europe/Paris')::date) then raise exception 'has left already' using errcode = 'FR007'; end if;
  update handover_batch set status = 'cancelled', ended_at = (p->>'now')::timestamptz where id = (p->>'batchId')::uuid;
  update handover_batch_item set state = 'cancelled' where batch_id = (p->>'batchId')::uuid and state in ${open};
  get diagnostics v_done = row_count;
  return jsonb_build_object('done', v_done);
end $$;
`;

/**
 * Of the open cases somebody leads for a structure, those whose future is in somebody's hands: in a batch, or proposed by one and not answered yet. What a
 * case waits in, and what is open on it, are each found by the case.
 */
export const openCasesInBatches = /* sql */ `
create or replace function open_cases_in_batches(p_user uuid, p_structure uuid) returns integer language sql stable ${definer} as $$
  select count(*)::integer from case_file f
  where f.lead_structure_id = p_structure and f.lead_user_id = p_user and f.status = 'open' and (
    exists (select from handover_batch_item i join handover_batch b on b.id = i.batch_id where i.case_id = f.id and i.state in ${open}
      and i.structure_id = p_structure and (b.user_id is null or b.user_id = p_user))
    or exists (select from handover h join handover_batch_item i on i.handover_id = h.id and i.state = 'done' and i.outcome = 'proposed'
      where h.case_id = f.id and h.status in ('proposed', 'accepted')))
$$;
`;

/**
 * The commit that moves or closes a case marks its item, if it still waits for that very handover. None of these is named put_ and the table's name: a
 * rebuild empties such tables first, and what people decided stands in no log.
 */
export const putBatchOutcome = /* sql */ `
create or replace function put_handover_batch_outcome(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  update handover_batch_item i set state = 'done', outcome = r.outcome, ended_at = r.ended_at, failure = null
  from jsonb_to_recordset(rows) as r(id uuid, handover_id uuid, outcome text, ended_at timestamptz)
  where i.id = r.id and i.state = 'pending' and i.handover_id = coalesce(r.handover_id, i.handover_id)
$$;
`;

/** And the commit that ends what was only proposed brings the item back, or ends it for good when nothing is left to hand over (no failure). */
export const putBatchEnding = /* sql */ `
create function put_handover_batch_ending(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  update handover_batch_item i set state = case when r.failure is null then 'done' else 'failed' end,
    outcome = case when r.failure is null then 'superseded' else i.outcome end, failure = r.failure, ended_at = r.ended_at
  from jsonb_to_recordset(rows) as r(id uuid, failure text, ended_at timestamptz)
  where i.handover_id = r.id and i.state = 'done' and i.outcome = 'proposed'
$$;
`;

/** First the batches, then what waits in them, as whoever decides does: two that took them the other way round would wait for each other. */
const holdBatches = /* sql */ `select from handover_batch b
  where b.id in (
    select i.batch_id from handover_batch_item i join jsonb_to_recordset(rows) as r(id uuid) on r.id = i.case_id where i.state in ${open})
  order by b.id for update of b;`;

/** A batch that nobody has started and that has nothing left is done; of one that runs, whoever runs it says so. */
const emptied = /* sql */ `
  update handover_batch b set status = 'done', ended_at = l.ended_at from left_it l
  where b.id = l.batch_id and b.status = 'prepared'
    and not exists (select from handover_batch_item o where o.batch_id = b.id and o.state in ${open} and o.id not in (select id from left_it))`;

/** A record that was erased, or merged into another one, never opens again: nothing is left to decide, whoever could still see it. */
export const putBatchEndOfCase = /* sql */ `
create or replace function put_handover_batch_end_of_case(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  ${holdBatches}
  with left_it as (
    update handover_batch_item i set state = 'done', outcome = 'superseded', failure = null, ended_at = r.ended_at
    from jsonb_to_recordset(rows) as r(id uuid, ended_at timestamptz)
    where i.case_id = r.id and i.state in ${open}
    returning i.id, i.batch_id, r.ended_at
  )${emptied}
$$;
`;

/**
 * The case is led by somebody else, whom no batch about a counsellor, or about another structure, concerns: their own employment would look covered by it.
 */
export const putBatchGivenAway = /* sql */ `
create or replace function put_handover_batch_given_away(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  ${holdBatches}
  with left_it as (
    update handover_batch_item i set state = 'done', outcome = 'superseded', failure = null, ended_at = r.at
    from jsonb_to_recordset(rows) as r(id uuid, structure_id uuid, user_id uuid, at timestamptz), handover_batch b
    where i.case_id = r.id and i.state in ${open} and b.id = i.batch_id
      and (i.structure_id <> r.structure_id or (b.user_id is not null and b.user_id is distinct from r.user_id))
    returning i.id, i.batch_id, r.at as ended_at
  )${emptied}
$$;
`;

/** What somebody wrote about a case of the batch goes with the case; the others keep the reason by default. */
export const eraseBatchReason = /* sql */ `
create function erase_handover_batch_reason(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  update handover_batch b set reason = null from handover_batch_item i, jsonb_to_recordset(rows) as r(id uuid)
  where i.case_id = r.id and b.id = i.batch_id and b.reason is not null
$$;
`;

/** For the commit that carries an item out: does it still wait, for this very decision? Held until the commit ends; another worker's waits, and is refused. */
export const checkBatchItem = /* sql */ `
create function check_batch_item(p jsonb) returns jsonb language plpgsql set search_path = public, pg_temp as $$
begin
  perform from handover_batch_item where id = (p->>'id')::uuid and handover_id = (p->>'handoverId')::uuid and state = 'pending' for update;
  return case when not found then 'true'::jsonb end;
end $$;
`;
