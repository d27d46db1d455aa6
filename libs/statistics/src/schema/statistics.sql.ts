import { access, columnsOf, definer, internal, written } from '@fil-rouge/platform';
import { StatisticsFact } from '../fact/fact.entity';
import { flows } from './flow.sql';

const columns = columnsOf(StatisticsFact);
const kept = columns.filter((column) => column !== 'id' && column !== 'part');
const listed = (prefix: string): string => kept.map((column) => `${prefix}.${column}`).join(', ');

/**
 * Facts follow from the read tables of what was done, by the consumer's hand and once more at night by the recount's, through the same function. They are no read tables themselves: what was done with
 * somebody who was erased is still counted, so it must not go with the record.
 */
export const statistics = [
  ...flows,
  written('statistics_fact', 'select, insert, update, delete', {
    rights: { reader: 'select', worker: 'select' },
    policies: {
      own_work: 'for select to reader using (structure_id = me_structure())',
      worker_reads: 'for select to worker using (true)',
    },
  }),
  access('statistics_recount', {
    rights: { worker: 'select, update' },
    policies: { worker_works: 'to worker using (true) with check (true)' },
  }),
  // What may be told stands here and nothing else: the api could not read more by mistake.
  access('statistics_publication', {
    rights: { reader: 'select', worker: 'select, insert, update' },
    policies: {
      // Who follows residents sees the sums of the network, in fives.
      peers_read: `for select to reader using (me_role() in ('counsellor', 'manager') and scope = md5('peers'))`,
      watchers_read: `for select to reader using (me_role() in ('coordinator', 'administrator', 'auditor') and scope = md5(current_setting('fil.scope', true)))`,
      worker_works: 'to worker using (true) with check (true)',
    },
  }),

  // What counts of some sessions, anonymous sessions and workshops, as they stand now. Nothing of who is erased: that was kept when it happened.
  internal(
    'facts_of(p_ids uuid[]) returns setof statistics_fact language sql stable',
    /* sql */ `
  select s.id, s.id, 'sessions', s.structure_id, s.author_id, s.date, present_record(s.case_id), s.minutes, s.place, s.commune, s.themes, s.equipment, s.autonomy, null::text, null::text, null::text, null::text, null::jsonb, false
  from session_entry s where s.id = any(p_ids) and s.status = 'recorded'
  union all
  select a.id, a.id, 'anonymousSessions', a.structure_id, a.author_id, a.date, null, a.minutes, a.place, a.commune, a.themes, a.equipment, a.autonomy, null, a.age_bracket, a.gender, a.resident_status, null, false
  from anonymous_session a where a.id = any(p_ids) and a.status = 'recorded'
  union all
  select w.id, w.id, 'workshops', w.structure_id, w.author_id, w.date, null, w.minutes, w.place, w.commune, w.themes, '{}', null, w.level, null, null, null, w.anonymous, false
  from workshop w where w.id = any(p_ids) and w.status = 'held'
  union all
  select w.id, p.id, 'participations', w.structure_id, w.author_id, w.date, present_record(p.id), 0, w.place, w.commune, '{}', '{}', null, null, null, null, null, null, false
  from workshop w, unnest(w.participants) p(id) join stream r on r.id = p.id and r.key is not null where w.id = any(p_ids) and w.status = 'held'
`,
  ),

  // What the recount has read must not be overtaken by an erasure, and come after it.
  internal(
    'one_at_a_time() returns void language sql',
    /* sql */ `
  select pg_advisory_xact_lock(hashtextextended('statistics', 13))
`,
  ),

  // Brings the facts of these up to what stands now; how many were otherwise. Those of somebody whose erasure has not been heard of yet are left to it.
  definer(
    'count_facts(p_ids uuid[]) returns integer language plpgsql',
    ['worker'],
    /* sql */ `
declare
  v_gone integer;
  v_changed integer;
begin
  perform one_at_a_time();
  delete from statistics_fact f where f.id = any(p_ids) and not exists (select from facts_of(p_ids) n where n.id = f.id and n.part = f.part)
    and (f.person is null or exists (select from stream s where s.id = f.person and s.key is not null));
  get diagnostics v_gone = row_count;
  insert into statistics_fact as f (${columns.join(', ')}) select ${columns.join(', ')} from facts_of(p_ids)
  on conflict (id, part) do update set ${kept.map((column) => `${column} = excluded.${column}`).join(', ')}
    where (${listed('f')}) is distinct from (${listed('excluded')});
  get diagnostics v_changed = row_count;
  return v_gone + v_changed;
end `,
  ),

  // The next facts in the order of their ids, counted anew: {after: the last of them, null at the end; changed}.
  definer(
    'recount_facts(p_after uuid, p_limit integer) returns jsonb language plpgsql',
    ['worker'],
    /* sql */ `
declare
  v_ids uuid[] := array(select id from (
    (select id from session_entry where p_after is null or id > p_after order by id limit p_limit)
    union (select id from anonymous_session where p_after is null or id > p_after order by id limit p_limit)
    union (select id from workshop where p_after is null or id > p_after order by id limit p_limit)
    union (select id from referral where p_after is null or id > p_after order by id limit p_limit)
    union (select id from handover where p_after is null or id > p_after order by id limit p_limit)
    union (select distinct id from (select id from statistics_fact where p_after is null or id > p_after order by id limit p_limit) f)
    union (select distinct id from (select id from statistics_flow where p_after is null or id > p_after order by id limit p_limit) f)
  ) all_of_them order by id limit p_limit);
begin
  return jsonb_build_object('after', v_ids[cardinality(v_ids)], 'changed', count_facts(array(select i.id from unnest(v_ids) i(id)
    where not exists (select from statistics_fact f where f.id = i.id and f.erased))) + count_flows(v_ids));
end `,
  ),

  // Two records are one resident's: whoever was counted twice is counted once.
  definer(
    'merge_facts(p_loser uuid, p_survivor uuid) returns void language sql',
    ['worker'],
    /* sql */ `
  select one_at_a_time();
  update statistics_fact set person = present_record(p_survivor) where person = p_loser;
  update statistics_flow set person = present_record(p_survivor) where person = p_loser and side = 'whole'
`,
  ),

  // Somebody was erased. That somebody was followed, by whom and in which month stays to be counted once; what was done stays in the sums of its month. Nothing leads from one to the other, or back.
  definer(
    'erase_facts(p_person uuid) returns void language sql',
    ['worker'],
    /* sql */ `
  select one_at_a_time();
  with nobody as materialized (select gen_random_uuid() as id),
  was as (
    update statistics_fact set id = gen_random_uuid(), part = gen_random_uuid(), person = null, day = date_trunc('month', day)::date, erased = true
    where person = p_person and not erased returning structure_id, counsellor_id, day
  )
  insert into statistics_fact (id, part, kind, structure_id, counsellor_id, day, person, minutes, themes, equipment, erased)
  select gen_random_uuid(), gen_random_uuid(), 'people', w.structure_id, w.counsellor_id, w.day, nobody.id, 0, '{}', '{}', true
  from nobody, (select distinct structure_id, counsellor_id, day from was) w;
  update statistics_flow set id = gen_random_uuid(), person = null, day = date_trunc('month', day)::date, erased = true
    where id in (select id from statistics_flow where person = p_person) and not erased
`,
  ),
];
