import { definer, internal, readTable, written } from '@fil-rouge/platform';
import { employedOn } from '@fil-rouge/users';
import { BatchEntity, BatchItemEntity } from '../batch/handover-batch.entity';

/** What waits for its turn, or for a decision. */
const open = `('undecided', 'decided')`;

/** Whose a batch is, with the condition on its items where a coordinator sees it by those of the territory. */
const mine = (table: string, ofTerritory: string): string =>
  `me_role() = 'administrator' or (me_role() = 'manager' and ${table}.structure_id = me_structure()) or (me_role() = 'coordinator' and ${ofTerritory})`;
const batchIsMine = (table: string): string =>
  mine(table, `exists (select from batch_item i where i.batch_id = ${table}.id and watches(i.case_id))`);

const led = (visible: string): string => /* sql */ `
  select f.id as case_id, f.lead_structure_id as structure_id, f.lead_user_id as counsellor_id, f.commune, a.themes, a.objections
  from case_file f join case_access a on a.case_id = f.id and a.structure_id = f.lead_structure_id
  where f.status = 'open' and (p_structure is null or f.lead_structure_id = p_structure) and (p_user is null or f.lead_user_id = p_user)
    and not exists (select from batch_item i where i.case_id = f.id and i.state in ${open})${visible}`;

const leds =
  '(p_structure uuid, p_user uuid) returns table (case_id uuid, structure_id uuid, counsellor_id uuid, commune text, themes text[], objections jsonb)';

/** Batches of handovers: the batch follows from its own record, each item from its case's. Ids and codes; the reason is a sealed piece of the batch. */
export const batches = [
  ...readTable(BatchEntity, { of: 'id', person: batchIsMine('batch'), worker: true }),
  // That a case was in a batch says nothing of its resident, and the batch goes on being as large as it was.
  ...readTable(BatchItemEntity, {
    of: 'case_id',
    outlives: true,
    person: mine('batch_item', 'watches(case_id)'),
    worker: true,
  }),

  // When the last of its items stopped waiting, whoever may see it; null while one waits.
  definer(
    'emptied_at(p_batch uuid) returns timestamptz language sql stable',
    ['reader'],
    /* sql */ `
  select case when not bool_or(state in ${open}) then max(ended_at) end from batch_item where batch_id = p_batch
`,
  ),

  definer(
    'reason_of_batch(p_batch uuid) returns jsonb language sql stable',
    ['reader'],
    /* sql */ `
  select jsonb_build_object('event', p.event_id, 'key', key_of(b.id), 'ciphertext', p.ciphertext)
  from batch b join piece p on p.event_id = b.drawn_up and p.kind = 'shared_text' where b.id = p_batch and (${batchIsMine('b')})
`,
  ),

  // What somebody wrote about a case of the batch goes with the case; the others keep the reason by default.
  internal(
    'erase_batch_reason(rows jsonb) returns void language sql',
    /* sql */ `
  delete from piece p using batch b, batch_item i, jsonb_to_recordset(rows) as r(id uuid)
  where i.case_id = r.id and b.id = i.batch_id and p.event_id = b.drawn_up
`,
  ),

  definer(
    'pieces_released(p_event uuid) returns boolean language sql stable',
    [],
    /* sql */ `
  select file_removed(p_event)
    or exists (select from batch b join batch_item i on i.batch_id = b.id join stream s on s.id = i.case_id where b.drawn_up = p_event and s.key is null)
`,
  ),

  // Open cases that wait for a new lead and are in no batch. Themes and objections serve the proposal alone and are shown to nobody by it.
  definer(`cases_to_hand_over${leds} language sql stable`, ['worker'], led('')),

  definer(
    `cases_i_may_hand_over${leds} language sql stable`,
    ['reader'],
    led(`
    and (me_role() = 'administrator' or (me_role() = 'manager' and f.lead_structure_id = me_structure()) or (me_role() = 'coordinator' and in_territory(f.commune)))`),
  ),

  definer(
    'open_case_loads() returns table (structure_id uuid, user_id uuid, open_cases bigint) language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select lead_structure_id, lead_user_id, count(*) from case_file where status = 'open' group by 1, 2
`,
  ),

  // Of the open cases somebody leads for a structure, those whose future is in somebody's hands: in a batch, or proposed by one and not answered yet. What a
  // case waits in, and what is open on it, are each found by the case.
  definer(
    'open_cases_in_batches(p_user uuid, p_structure uuid) returns integer language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select count(*)::integer from case_file f
  where f.lead_structure_id = p_structure and f.lead_user_id = p_user and f.status = 'open' and (
    exists (select from batch_item i join batch b on b.id = i.batch_id where i.case_id = f.id and i.state in ${open}
      and i.structure_id = p_structure and (b.user_id is null or b.user_id = p_user))
    or exists (select from handover h join batch_item i on i.handover_id = h.id and i.state = 'done' and i.outcome = 'proposed'
      where h.case_id = f.id and h.status in ('proposed', 'accepted')))
`,
  ),

  // What stands against the end of an employment, as the commit that ends it asks: open cases somebody leads for the structure without a batch that covers
  // them, and cases that a handover agreed on will bring. Volatile, so that it sees what was committed while the commit waited for its locks.
  definer(
    'check_led_cases(p jsonb) returns jsonb language plpgsql',
    [],
    /* sql */ `
declare
  v_user uuid := (p->>'userId')::uuid;
  v_structure uuid := (p->>'structureId')::uuid;
  v_count integer := open_cases_led_by(v_user, v_structure) - open_cases_in_batches(v_user, v_structure)
    + (select count(*) from handover where to_counsellor_id = v_user and to_structure_id = v_structure and status = 'accepted');
begin
  return case when v_count > 0 then to_jsonb(v_count) end;
end `,
  ),

  // Whoever leads the batch's cases, still there? For the commit that gives it up or, once it has started, undoes it. Locks the people and the structures, as
  // who ends them does: the two do not cross.
  definer(
    'check_leavers_there(p jsonb) returns jsonb language plpgsql',
    [],
    /* sql */ `
declare
  v_batch uuid := (p->>'batchId')::uuid;
  v_cases uuid[] := array(
    select i.case_id from batch_item i left join handover h on h.id = i.handover_id
    where i.batch_id = v_batch and (i.state in ${open} or ((p->>'undo')::boolean and (i.state = 'failed' or h.status in ('proposed', 'accepted')))));
begin
  perform from stream where id in (
    select unnest(array[f.lead_structure_id, f.lead_user_id]) from case_file f where f.id = any(v_cases)
  ) order by id for share;
  return (select 'true'::jsonb where exists (
    select from case_file f
    where f.id = any(v_cases) and f.status = 'open' and (
      exists (select from structure s where s.id = f.lead_structure_id and s.status in ('closed', 'refused'))
      or (f.lead_user_id is not null and not exists (select from employment e where e.user_id = f.lead_user_id and e.structure_id = f.lead_structure_id
        and ${employedOn('e', `(p->>'day')::date`)})))));
end `,
  ),
];

/**
 * The tables of batches before they stood in the log. Nobody reads them; but the version before, until it is stopped, still looks for a row to mark with every
 * lead that moves and every handover that ends, and its commits shall not fail by that.
 */
export const formerBatches = ['handover_batch', 'handover_batch_item'].map((table) => written(table, 'select, update'));
