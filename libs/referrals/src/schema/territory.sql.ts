import { definer } from '@fil-rouge/platform';

/** Asked, and not answered yet. */
const waiting = `status in ('sent', 'under_review')`;
const late = `${waiting} and late_from < (p->>'now')::timestamptz`;

const image = 'r.id, r.case_id, r.status, r.to_structure_id, r.late_from, r.sent_at, r.needs';
/** What is open and what ended lately, each by an index that holds nothing else: never the history, and no more than is said. */
const watched = (when: string): string =>
  `(select ${image}, true as readable from referral r where me_role() = 'coordinator' and ${when} and watches(r.case_id) limit (p->>'mostRead')::integer)`;
const own = (when: string): string =>
  `(select ${image}, r.sheet_open as readable from referral_access r where me_role() = 'manager' and r.structure_id = me_structure() and r.box in ('received', 'sent') and ${when} limit (p->>'mostRead')::integer)`;
const lately = `r.ended_at >= (p->>'since')::timestamptz`;

/** Residents for whom help was asked by then, once each. Fewer than \`atLeast\` are not counted, and others by so many at a time. */
const residents = (column: string, from: string): string => /* sql */ `
  (select coalesce(jsonb_agg(jsonb_build_object('${column}', ${column}, 'residents', n - n % (p->>'atLeast')::integer) order by n - n % (p->>'atLeast')::integer desc, ${column}), '[]')
   from (select ${column}, count(distinct person)::integer as n from ${from} group by ${column} having count(distinct person) >= (p->>'atLeast')::integer
     order by n desc, ${column} limit (p->>'most')::integer) c)`;

/**
 * The referrals of a coordinator's territory, or of a manager's own structure, as numbers. A definer, since needs and communes may not be read by who watches: they leave
 * it as numbers of many. Who else asks is answered with nothing.
 */
export const territory = [
  definer(
    'territory_glance(p jsonb) returns jsonb language sql stable',
    ['reader'],
    /* sql */ `
  with known as materialized (
    ${watched('r.ended_at is null')}
    union all ${watched(lately)}
    union all ${own('r.until_seq is null and r.ended_at is null')}
    union all ${own(`r.until_seq is null and ${lately}`)}
    union all ${own(`r.until_seq is not null and ${lately}`)}
  ),
  counted as (
    select to_structure_id as id, count(*) filter (where ${waiting} or status in ('accepted', 'in_progress', 'on_hold'))::integer as open,
      count(*) filter (where ${waiting})::integer as waiting, count(*) filter (where ${late})::integer as late, count(*) filter (where status = 'held')::integer as held,
      count(*) filter (where status = 'declined')::integer as declined, count(*) filter (where status = 'expired')::integer as expired
    from known where to_structure_id is not null group by to_structure_id
  ),
  asked as (
    select present_record(case_id) as person, needs from known
    where readable and status <> 'entered_in_error' and sent_at >= (p->>'since')::timestamptz and sent_at < (p->>'until')::timestamptz
  ),
  themed as (select person, unnest(needs) as theme from asked),
  living as (select person, f.commune from asked join case_file f on f.id = asked.person)
  select jsonb_build_object(
    'more', (select count(*) >= (p->>'mostRead')::integer from known),
    'total', (select to_jsonb(t) from (select coalesce(sum(open), 0) as open, coalesce(sum(waiting), 0) as waiting, coalesce(sum(late), 0) as late, coalesce(sum(held), 0) as held,
      coalesce(sum(declined), 0) as declined, coalesce(sum(expired), 0) as expired from counted) t),
    'byStructure', (select coalesce(jsonb_agg(to_jsonb(c) - 'id' - 'name' || jsonb_build_object('structure', jsonb_build_object('id', c.id, 'name', c.name))
        order by c.late desc, c.held desc, c.expired desc, c.declined desc, c.open desc, c.name, c.id), '[]')
      from (select c.*, s.name from counted c join structure s on s.id = c.id where c.open + c.held + c.declined + c.expired > 0
        order by c.late desc, c.held desc, c.expired desc, c.declined desc, c.open desc, s.name, c.id limit (p->>'most')::integer) c),
    'byCommune', ${residents('commune', 'living')},
    'byTheme', ${residents('theme', 'themed')},
    'late', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'structure', jsonb_build_object('id', s.id, 'name', s.name), 'lateSince', l.late_from) order by l.late_from, l.id), '[]')
      from (select * from known where ${late} order by late_from, id limit 10) l join structure s on s.id = l.to_structure_id))
`,
  ),
];
