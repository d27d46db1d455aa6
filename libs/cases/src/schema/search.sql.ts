import { internal, readTable } from '@fil-rouge/platform';
import { SearchToken } from '../case/case.entity';

/** By which words a structure finds its cases. */
export const search = [
  ...readTable(SearchToken, { of: 'case_id', api: 'structure_id = me_structure()' }),

  internal(
    'remove_search_token(rows jsonb) returns void language sql',
    /* sql */ `
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
];
