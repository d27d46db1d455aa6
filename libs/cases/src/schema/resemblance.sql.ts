import { likenesses, type Likeness } from '@fil-rouge/kernel';
import { definer, inlined, internal, readTable } from '@fil-rouge/platform';
import { Resemblance } from '../case/case.entity';

/** Of a word that was written before kinds were told apart it is known that it is a whole name, or a telephone. */
const rows: readonly (readonly [string, string, Likeness])[] = [
  ...likenesses.map(({ kinds: [a, b], as }) => [a, b, as] as const),
  ...likenesses
    .filter(({ kinds: [a] }) => a === 'name' || a === 'phone')
    .map(({ kinds: [, b], as }) => ['?', b, as] as const),
  ['?', '?', 'name_or_phone'],
];
const whens = [
  ...new Set(rows.flatMap(([a, b, as]) => [`when '${a} ${b}' then '${as}'`, `when '${b} ${a}' then '${as}'`])),
].join(' ');

/** Above that many of one word, it says little of a resident: the telephone of a home, the mailbox of a town hall. The nearest, and the newest, are looked at. */
const most = 10;
const mostAsked = 100;

/**
 * Which records look like one resident's, by the words they claim. Whoever is about to write is told of any. A coordinator sees pairs, each under
 * its younger record. `resemblance` keeps the records that looked like an older one when their resident was last described: a page reads these rows
 * instead of comparing every record with all others.
 */
export const resemblances = [
  ...readTable(Resemblance, { of: 'case_id', shared: true }),

  // How two records are alike that claim the same word as such; null: they are not.
  inlined(
    'likeness(p_kind text, p_other text) returns text language sql immutable parallel safe',
    ['writer'],
    `
  return case coalesce(p_kind, '?') || ' ' || coalesce(p_other, '?') ${whens} end`,
  ),

  // Under the locks of a commit: what is asked for anywhere, and by names in the cases that the own structure follows.
  internal(
    'claimed_elsewhere(p_stream uuid, p_asks jsonb) returns jsonb language sql',
    /* sql */ `
  select jsonb_agg(distinct o.id) from (
    select n.stream_id as id from jsonb_to_recordset(p_asks->'words') as a(token text, kind text), lateral (
      select c.stream_id from claim c
      where c.token = decode(a.token, 'hex') and c.stream_id <> p_stream and likeness(a.kind, c.kind) is not null order by c.stream_id desc limit ${mostAsked}) n
    union all
    select t.case_id from jsonb_array_elements_text(p_asks->'names') n
    join search_token t on t.structure_id = (p_asks->>'structure')::uuid and t.token = decode(n.value, 'hex') and t.case_id <> p_stream
    where exists (select from access_grant g where g.stream_id = t.case_id and g.structure_id = t.structure_id and g.kind <> 'candidate' and g.to_seq is null)
  ) o
`,
  ),

  // The older records that one looks like, the nearest of each word.
  internal(
    'older_alike(p_case uuid) returns table (id uuid, likeness text) language sql stable',
    /* sql */ `
  select o.stream_id, o.likeness from claim c, lateral (
    select d.stream_id, likeness(c.kind, d.kind) as likeness from claim d
    where d.token = c.token and d.stream_id < c.stream_id and likeness(c.kind, d.kind) is not null order by d.stream_id desc limit ${most}) o
  where c.stream_id = p_case
`,
  ),

  internal(
    'note_resemblance(p_case uuid) returns void language sql',
    /* sql */ `
  insert into resemblance (case_id)
  select p_case where exists (select from older_alike(p_case))
  union
  select y.stream_id from claim c, lateral (
    select d.stream_id from claim d
    where d.token = c.token and d.stream_id > c.stream_id and likeness(c.kind, d.kind) is not null order by d.stream_id limit ${most}) y
  where c.stream_id = p_case
  on conflict do nothing
`,
  ),

  // Only its own: what a record that ended in this one said of itself is corrected by nobody any more. `any(array(…))`: joined to JSON, which counts as a
  // hundred rows to the planner, all claims were read.
  internal(
    'remove_claim(rows jsonb) returns void language sql',
    /* sql */ `
  delete from claim where stream_id = any(array(select (value->>'id')::uuid from jsonb_array_elements(rows))) and origin = stream_id;
  delete from resemblance where case_id = any(array(select (value->>'id')::uuid from jsonb_array_elements(rows)))
`,
  ),

  internal(
    'put_claim(rows jsonb) returns void language sql',
    /* sql */ `
  insert into claim (token, stream_id, origin, kind)
  select token, stream_id, stream_id, kind from jsonb_to_recordset(rows) as r(token bytea, stream_id uuid, kind text)
  on conflict (token, stream_id, origin) do update set kind = excluded.kind;
  select note_resemblance(r.stream_id) from (select distinct stream_id from jsonb_to_recordset(rows) as r(stream_id uuid)) r
`,
  ),

  // A record that ended leaves its words to the one that goes on: a second opening of the same resident is noticed there.
  internal(
    'copy_claim(rows jsonb) returns void language sql',
    /* sql */ `
  insert into claim (token, stream_id, origin, kind)
  select c.token, r.to_stream, c.origin, c.kind from jsonb_to_recordset(rows) as r(from_stream uuid, to_stream uuid) join claim c on c.stream_id = r.from_stream
  on conflict do nothing;
  delete from claim c using jsonb_to_recordset(rows) as r(from_stream uuid) where c.stream_id = r.from_stream;
  delete from resemblance x using jsonb_to_recordset(rows) as r(from_stream uuid, to_stream uuid) where x.case_id in (r.from_stream, r.to_stream);
  select note_resemblance(r.to_stream) from jsonb_to_recordset(rows) as r(to_stream uuid)
`,
  ),

  // For who merges, and only of what that one watches: both records. Nothing is said of what the word is. Each is looked up by itself (`offset 0`): a function
  // counts as a thousand rows to the planner, and for so many it would read every case there is.
  definer(
    'alike_in_territory(p_after jsonb, p_limit integer) returns table (one uuid, other uuid, likenesses text[]) language sql stable',
    ['reader'],
    /* sql */ `
  select r.case_id, o.id, o.likenesses
  from resemblance r
  cross join lateral (select from case_file a where a.id = r.case_id and a.status in ('open', 'closed') and in_territory(a.commune) offset 0) a
  cross join lateral (
    select n.id, array_agg(distinct n.likeness order by n.likeness) as likenesses from older_alike(r.case_id) n
    cross join lateral (select from case_file b where b.id = n.id and b.status in ('open', 'closed') and in_territory(b.commune) offset 0) b
    where n.id < coalesce(case when r.case_id = (p_after->>0)::uuid then (p_after->>1)::uuid end, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    group by n.id) o
  where me_role() = 'coordinator' and r.case_id <= coalesce((p_after->>0)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  order by r.case_id desc, o.id desc limit p_limit
`,
    'set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off',
  ),
];
