/** The selects of cases. Row-level security decides a second time. */
import type { CaseSort, JsonObject } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, pieceOfEvent, structureNamed, structureNamedAt } from './names.sql';

const lead = `${structureNamed('a.lead_structure_id')} as lead_structure, ${personNamed('a.lead_user_id')} as lead_user, a.lead_since`;

/** Names are read, and later opened, for the rows of the page only. */
const resident = `key_of(a.case_id) as key,
  a.first_name_event, ${pieceOfEvent('a.first_name_event', 'first_name')} as first_name,
  a.identity_event, ${pieceOfEvent('a.identity_event', 'identity')} as identity,
  a.profile_event, ${pieceOfEvent('a.profile_event', 'profile')} as profile`;

const filters = {
  status: `a.status = any(array(select jsonb_array_elements_text($1->'status')))`,
  mine: 'a.led_user_id between me_user() and me_user()',
};

/** One column of an index and the way it is read; the newest activity first where nothing else was asked. */
const orders: Readonly<Record<Exclude<CaseSort, 'name'>, readonly [column: string, way: 'asc' | 'desc']>> = {
  newest_activity: ['last_activity_at', 'desc'],
  oldest_activity: ['last_activity_at', 'asc'],
  newest_opened: ['opened_at', 'desc'],
  oldest_opened: ['opened_at', 'asc'],
};
const orderOf = ({ sort }: JsonObject) => orders[(sort ?? 'newest_activity') as keyof typeof orders];

/** The filters that were asked for, and where the page before ended. */
const filtered =
  (conditions: Readonly<Record<string, string>>) =>
  (params: JsonObject): string => {
    const [column, way] = orderOf(params);
    const after = `(a.${column}, a.case_id) ${way === 'desc' ? '<' : '>'} (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`;
    return asked({ ...conditions, after })(params);
  };

const limited = (by: string): string => `order by ${by} limit ($1->>'limit')::integer`;
const inOrder = (params: JsonObject): string => {
  const [column, way] = orderOf(params);
  return `a.${column} ${way}, a.case_id ${way}`;
};
const ordered = (params: JsonObject): string => limited(inOrder(params));

/**
 * The first rows of one index or of another: by who leads, where that was asked. The filter is a `between` and the order begins with the same
 * column, to hold the planner to that index. With an equality the planner knows that the column changes no order. Where one person leads most cases
 * it then takes the other index, in which a colleague's few cases lie far apart.
 */
const firstRows = (params: JsonObject): string =>
  params['mine'] || params['counsellor']
    ? limited(`a.led_user_id ${orderOf(params)[1]}, ${inOrder(params)}`)
    : ordered(params);

// A record that ended in one the structure sees is found there. `coalesce`, because the planner takes a bare `is null` to be rare, and then reads and
// sorts everything the structure ever followed instead of the first rows of the index.
export const own = 'a.structure_id = me_structure() and coalesce(visible_survivor(a.case_id) is null, false)';
const ownFilters = filtered({
  ...filters,
  counsellor: `a.led_user_id between ($1->>'counsellor')::uuid and ($1->>'counsellor')::uuid`,
  commune: `a.commune = any(array(select jsonb_array_elements_text($1->'commune')))`,
  theme: `a.themes && array(select jsonb_array_elements_text($1->'theme'))`,
  ofStructure: `a.participation = 'lead'`,
});

const shownToParticipant = `a.case_id as id, a.participation, a.status, a.version, a.commune, a.themes, ${lead}, a.opened_at, a.last_activity_at, a.objections, ${resident}`;

export const ofParticipant: Select = (params) => `
select ${shownToParticipant}
from (select * from case_access a where ${own}${ownFilters(params)} ${firstRows(params)}) a ${ordered(params)}`;

/** What the names of a list's cases are known by, one more than may be put in order; beside them the one after which the page begins, wherever it is now. */
export const namesOfParticipant: Select = (params) => `
select a.case_id as id, a.fits, a.participation, ${resident}
from (
  (select a.*, true as fits from case_access a where ${own}${ownFilters(params)} ${firstRows(params)})
  union all
  (select a.*, false from case_access a where ${own} and a.case_id = ($1->>'last')::uuid)
) a`;

export const theseOfParticipant = `
select ${shownToParticipant}
from case_access a where ${own} and a.case_id = any(array(select (jsonb_array_elements_text($1->'ids'))::uuid))`;

/**
 * Every group of words must be met by one of its words. The rarest word decides how much is read: whose cases have all of them is found
 * in the tokens alone. A former contributor has no tokens left. Tokens are decoded before the join: beside a policy, an index is not asked for the
 * result of a function that PostgreSQL does not hold to be leakproof.
 */
export const searchOfParticipant: Select = (params) => `
select ${shownToParticipant}
from (
  select a.* from case_access a
  where ${own}${ownFilters(params)} and a.case_id in (
    select t.case_id
    from unnest(array(select decode(jsonb_array_elements_text($1->'words'), 'hex')), array(select jsonb_array_elements_text($1->'groups'))) g(token, n)
    join search_token t on t.structure_id = me_structure() and t.token = g.token
    group by t.case_id
    having count(distinct g.n) = ($1->>'groupCount')::integer
  ) ${ordered(params)}
) a ${ordered(params)}`;

/** For coordinators, administrators and auditors: states, dates, structures. */
const view = `case me_role() when 'coordinator' then 'coordinator' else 'auditor' end`;
const shownToWatcher = `a.case_id as id, ${view} as participation, a.status, a.version, a.commune, null as themes, ${lead}, a.opened_at, a.last_activity_at,
  null as objections, null as key`;

/** By what it does not see, and by `mine`, it has been refused (`notWatched`). */
const watchedFilters = filtered({ ...filters, ofStructure: 'a.led_structure_id = me_employer()' });

export const ofWatcher: Select = (params) => `
select ${shownToWatcher}
from (
  select * from case_file a
  where me_role() in ('coordinator', 'administrator', 'auditor') and a.status <> 'merged'${watchedFilters(params)} ${ordered(params)}
) a ${ordered(params)}`;

const leads = `(
  select coalesce(json_agg(json_build_object('structure', ${structureNamedAt('l.structure_id', 'l.until_at')}, 'counsellor', ${personNamed('l.counsellor_id')},
    'from_at', l.from_at, 'until_at', l.until_at, 'until_seq', l.until_seq) order by l.from_seq), '[]')
  from lead_period l where l.case_id = a.case_id`;

/** Where it goes on, and which records ended in it: each as far as who asks knows. */
const merges =
  'visible_survivor(a.case_id) as survivor, array_remove(records_seen_in(a.case_id), a.case_id) as merged_from';

/** What was announced and still holds. */
const noticeOf = (forWhom: string): string =>
  `(select n.from_day from erasure_notice n where n.case_id = a.case_id and n.last_activity_at = a.last_activity_at and ${forWhom}) as erased_from`;

export const wholeForParticipant = `
select ${shownToParticipant}, a.until_seq, a.last_day, null as closed_at, ${noticeOf("a.participation = 'lead'")}, ${merges}, ${leads} and l.from_seq <= coalesce(a.until_seq, 2147483647)) as leads
from case_access a where a.structure_id = me_structure() and a.case_id = ($1->>'caseId')::uuid`;

export const wholeForWatcher = `
select ${shownToWatcher}, null as until_seq, null as last_day, a.closed_at, ${noticeOf("me_role() = 'administrator'")}, ${merges}, ${leads}) as leads
from case_file a where me_role() in ('coordinator', 'administrator', 'auditor') and a.id = ($1->>'caseId')::uuid`;

/**
 * Both records of a pair, each as it is shown alone. `any(array[…])`: beside an `in` of two columns no index of theirs is looked into. Pair by pair
 * (`offset 0`): a function counts as a thousand rows to the planner, and for so many it would read every case there is.
 */
export const alikeForWatcher = `
select ${shownToWatcher}, p.one, p.other, p.likenesses
from alike_in_territory($1->'after', ($1->>'limit')::integer) p, lateral (select * from case_file f where f.id = any(array[p.one, p.other]) offset 0) a
order by p.one desc, p.other desc, a.id desc`;

/** Entries about this one case; a page of a list that showed it among others is in the journal by its ids. */
const readersFilters = asked({ after: `(e.at, e.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)` });
export const readersOfCase: Select = (params) => `
select e.id, e.at, e.action, e.reason, ${personNamed('e.user_id')} as user, ${structureNamedAt('e.structure_id', 'e.at')} as structure
from audit_entry e
where e.stream_id = any(records_of(($1->>'caseId')::uuid)) and (e.action like 'case.%' or e.action in ('referral.read', 'handover.read')) and e.outcome = 'ok'
  and (($1->>'watches')::boolean or exists (
    select from case_access a where a.case_id = ($1->>'caseId')::uuid and a.structure_id = me_structure() and a.participation = 'lead'))${readersFilters(params)}
order by e.at desc, e.id desc limit ($1->>'limit')::integer`;
