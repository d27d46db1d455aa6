import { definer, internal, readTable, written } from '@fil-rouge/platform';
import { SearchToken } from '../case/case.entity';

/** Rows that are looked at for one search in the whole network. */
const most = 500;
const rowsOf = (group: string): string =>
  `select t.case_id from (select token from word where n = ${group} offset 0) w cross join (select id from structure offset 0) s
      join search_token t on t.structure_id = s.id and t.token = w.token`;

/** By which words a structure finds its cases. */
export const search = [
  ...readTable(SearchToken, { of: 'case_id', person: 'structure_id = me_structure()' }),

  internal(
    'remove_all_search_token(rows jsonb) returns void language sql',
    /* sql */ `
  delete from search_token t using jsonb_populate_recordset(null::search_token, rows) r where t.case_id = r.case_id and t.structure_id = r.structure_id
`,
  ),

  // As the version before calls it, which then puts words without beginnings of names: the worker adds those.
  internal(
    'remove_search_token(rows jsonb) returns void language sql',
    /* sql */ `
  insert into search_due (case_id) select distinct case_id from jsonb_populate_recordset(null::search_token, rows) on conflict do nothing;
  delete from search_token t using jsonb_populate_recordset(null::search_token, rows) r where t.case_id = r.case_id and t.structure_id = r.structure_id
`,
  ),

  internal(
    'copy_search_token(rows jsonb) returns void language sql',
    /* sql */ `
  insert into search_token (structure_id, token, case_id)
  select r.to_structure_id, t.token, t.case_id
  from jsonb_to_recordset(rows) as r(case_id uuid, from_structure_id uuid, to_structure_id uuid)
  join search_token t on t.case_id = r.case_id and t.structure_id = r.from_structure_id
  on conflict do nothing
`,
  ),

  // Whose cases have a word of each group, in the whole network, for somebody who audits: of the group with the fewest rows each case is asked for the other groups.
  // Of a record that ended in another one, that other one. A commoner name costs no more: beyond ${most} rows nobody looks, and a row without an id says so.
  // Structure by structure, since the index begins with it. p = {words: [{n, word}], count}.
  definer(
    'cases_found(p jsonb) returns table (id uuid) language sql stable',
    ['reader'],
    /* sql */ `
  with word as materialized (
    select (w->>'n')::integer as n, decode(w->>'word', 'hex') as token from jsonb_array_elements(p->'words') w where me_role() in ('administrator', 'auditor')
  ), rarest as materialized (
    select g.n, c.rows from generate_series(0, (p->>'count')::integer - 1) g(n), lateral (select count(*) as rows from (${rowsOf('g.n')} limit ${most + 1}) r) c
    order by c.rows, g.n limit 1
  ), candidate as materialized (
    select distinct c.case_id from rarest r, lateral (${rowsOf('r.n')} limit ${most}) c
  )
  select distinct coalesce(visible_survivor(f.case_id), f.case_id) from candidate f
  where (select count(distinct w.n) from search_token t join word w using (token) where t.case_id = f.case_id) = (p->>'count')::integer
  union all
  select null from rarest where rows > ${most}
`,
  ),

  // What was written by a version that made fewer words of a name.
  written('search_due', 'select, insert, update, delete'),

  // The next records to make up for, held until the words are added: whoever writes on them waits or has come before. Of each structure that finds the resident,
  // the sealed name as that structure has it; and what a record that ended in this one was called, until a correction says otherwise.
  definer(
    'search_words_due(p_limit integer) returns jsonb language plpgsql',
    ['worker'],
    /* sql */ `
declare
  v_due uuid[] := array(select case_id from search_due order by case_id limit p_limit for update skip locked);
begin
  perform from stream where id = any(v_due) order by id for share;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('caseId', s.id, 'key', encode(s.key, 'hex'), 'sheets', (
      select coalesce(jsonb_agg(jsonb_build_object('structureId', a.structure_id, 'pieces', (
        select coalesce(jsonb_agg(jsonb_build_object('event', p.event_id, 'kind', p.kind, 'ciphertext', encode(p.ciphertext, 'hex'))), '[]')
        from piece p where (p.event_id, p.kind) in ((o.first_name, 'first_name'), (o.identity, 'identity'), (o.profile, 'profile'))))), '[]')
      from case_access a, lateral (
        select a.first_name_event as first_name, a.identity_event as identity, a.profile_event as profile
        union all
        select e.id, e.id, e.id from event e
        where exists (select from case_merge m where m.case_id = s.id) and e.stream_id = s.id and e.type = 'RecordsMerged' and a.participation in ('lead', 'contributor')
          and e.seq > (select i.seq from event i where i.id = a.identity_event)
      ) o
      where a.case_id = s.id and exists (select from search_token t where t.case_id = s.id and t.structure_id = a.structure_id)))), '[]')
    from stream s where s.id = any(v_due));
end `,
  ),

  definer(
    'add_search_words(p_words jsonb, p_done uuid[]) returns void language sql',
    ['worker'],
    /* sql */ `
  select writes_to(array(select distinct record from jsonb_to_recordset(p_words) as w(record uuid)));
  insert into search_token (structure_id, token, case_id)
  select structure, decode(token, 'hex'), record from jsonb_to_recordset(p_words) as w(structure uuid, token text, record uuid)
  on conflict do nothing;
  delete from search_due where case_id = any(p_done);
`,
  ),
];
