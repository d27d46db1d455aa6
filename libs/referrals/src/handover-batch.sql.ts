/**
 * Batches of handovers: ordinary tables of api and worker, not derived from the log. Ids and codes; the reason is sealed.
 * Reads are under row-level security as everywhere; the api writes through functions alone, which look at the same rights once more.
 */
import {
  cancelHandoverBatch, decideHandoverBatch, definer, open, openCasesInBatches, openHandoverBatch, putBatchOutcome, startHandoverBatch,
} from './handover-batch.writes.sql';

export { cancelHandoverBatch };

export const handoverBatchTables = /* sql */ `
create table handover_batch (
  id uuid not null,
  kind text not null,
  structure_id uuid not null,
  user_id uuid,
  to_structure_id uuid,
  status text not null,
  reason text,
  created_by uuid,
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  constraint handover_batch_pk primary key (id)
);
create index handover_batch_recent on handover_batch (created_at, id);
create index handover_batch_running on handover_batch (started_at) where status = 'running';

-- structure_id: the lead the case is to leave, as in its batch. decided_*: in whose name it is carried out.
create table handover_batch_item (
  id uuid not null,
  batch_id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  handover_id uuid not null,
  state text not null,
  proposed_structure_id uuid,
  proposed_user_id uuid,
  proposed_because text[] not null,
  decision text,
  to_structure_id uuid,
  to_user_id uuid,
  close_reason text,
  cancel_referrals boolean not null default false,
  decided_by uuid,
  decided_for uuid,
  decided_as text,
  attempts smallint not null default 0,
  outcome text,
  failure text,
  ended_at timestamptz(3),
  constraint handover_batch_item_pk primary key (id),
  constraint handover_batch_item_once unique (batch_id, case_id)
);
-- A case waits in one batch at a time: two of them would each decide for it.
create unique index handover_batch_item_one_open on handover_batch_item (case_id) where state in ${open};

alter table handover_batch enable row level security;
alter table handover_batch force row level security;
alter table handover_batch_item enable row level security;
alter table handover_batch_item force row level security;
create policy writer_all on handover_batch to writer using (true) with check (true);
create policy writer_all on handover_batch_item to writer using (true) with check (true);
create policy worker_works on handover_batch to worker using (true) with check (true);
create policy worker_works on handover_batch_item to worker using (true) with check (true);
create policy leavers_items on handover_batch_item for select to api using (
  me_role() = 'administrator' or (me_role() = 'manager' and structure_id = me_structure()) or (me_role() = 'coordinator' and watches(case_id))
);
-- A coordinator sees a batch by the cases of the territory in it.
create policy leavers_batches on handover_batch for select to api using (
  me_role() = 'administrator' or (me_role() = 'manager' and structure_id = me_structure())
  or (me_role() = 'coordinator' and exists (select from handover_batch_item i where i.batch_id = handover_batch.id))
);
grant select on handover_batch, handover_batch_item to api;
grant select, insert, update on handover_batch, handover_batch_item to worker, writer;
`;

const led = (visible: string): string => /* sql */ `
  select f.id as case_id, f.lead_structure_id as structure_id, f.commune, a.themes, a.objections
  from case_file f join case_access a on a.case_id = f.id and a.structure_id = f.lead_structure_id
  where f.status = 'open' and (p_structure is null or f.lead_structure_id = p_structure) and (p_user is null or f.lead_user_id = p_user)
    and not exists (select from handover_batch_item i where i.case_id = f.id and i.state in ${open})${visible}`;

const leds = '(p_structure uuid, p_user uuid) returns table (case_id uuid, structure_id uuid, commune text, themes text[], objections jsonb)';
const forTheApi = [
  'cases_i_may_hand_over(uuid, uuid)', 'handover_batch_done(jsonb)', 'open_handover_batch(jsonb)', 'decide_handover_batch(jsonb)', 'start_handover_batch(jsonb)',
  'cancel_handover_batch(jsonb)',
];
const forTheWorker = ['cases_to_hand_over(uuid, uuid)'];
const forBoth = ['open_case_loads()', 'open_cases_in_batches(uuid, uuid)'];
const internal = ['handover_batch_request(jsonb)', 'put_handover_batch_outcome(jsonb)'];

export const handoverBatchFunctions = /* sql */ `
-- Open cases that wait for a new lead and are in no batch. Themes and objections serve the proposal alone and are shown to nobody by it.
create function cases_to_hand_over${leds} language sql stable ${definer} as $$${led('')}
$$;
create function cases_i_may_hand_over${leds} language sql stable ${definer} as $$${led(`
    and (me_role() = 'administrator' or (me_role() = 'manager' and f.lead_structure_id = me_structure()) or (me_role() = 'coordinator' and in_territory(f.commune)))`)}
$$;

create function open_case_loads() returns table (structure_id uuid, user_id uuid, open_cases bigint) language sql stable ${definer} as $$
  select lead_structure_id, lead_user_id, count(*) from case_file where status = 'open' group by 1, 2
$$;
${openCasesInBatches}${putBatchOutcome}
create function handover_batch_done(p jsonb) returns jsonb language sql stable ${definer} as $$
  select jsonb_build_object('hash', hash, 'result', result) from idempotency
  where user_id = me_user() and key = p->>'key' and created_at > (p->>'now')::timestamptz - interval '48 hours'
$$;

-- As commit_record does it: a second request with the same key waits for the first to end. Null: nobody did this before.
create function handover_batch_request(p jsonb) returns jsonb language plpgsql set search_path = public, pg_temp as $$
begin
  if p->>'key' is null then return null; end if;
  insert into idempotency as i (user_id, key, hash, result, created_at)
  values (me_user(), p->>'key', p->>'hash', jsonb_build_object('batchId', p->>'batchId'), (p->>'now')::timestamptz)
  on conflict (user_id, key) do update set hash = excluded.hash, result = excluded.result, created_at = excluded.created_at
    where i.created_at <= (p->>'now')::timestamptz - interval '48 hours';
  if found then return null; end if;
  return handover_batch_done(p);
end $$;

${openHandoverBatch}${decideHandoverBatch}${startHandoverBatch}${cancelHandoverBatch}
revoke execute on function ${[...forTheApi, ...forTheWorker, ...forBoth, ...internal].join(', ')} from public;
grant execute on function ${[...forTheApi, ...forBoth].join(', ')} to api;
grant execute on function ${[...forTheWorker, ...forBoth].join(', ')} to worker;
${[...forTheApi, ...forTheWorker, ...forBoth, ...internal].map((name) => `alter function ${name} owner to writer;`).join('\n')}
`;
