import { Injectable } from '@nestjs/common';
import { forbidden, invalid, localDateOf, nameWords, notFound, type Json, type Uuid } from '@fil-rouge/kernel';
import { asked, Clock, limitOf, Reads, type Caller, type Select } from '@fil-rouge/platform';
import { mayReadPeople } from './person.policy';
import { foldEmail } from '../sign-in/sign-in.service';

export interface EmploymentSummaryRow {
  employment_id: Uuid;
  structure_id: Uuid;
  structure_name: string;
  role: string;
  from_date: string;
  until_date: string | null;
  ended: boolean;
  placed_at: string | null;
  territory: string[] | null;
}

export interface PersonRow {
  id: Uuid;
  name: string;
  email: string;
  employments: EmploymentSummaryRow[];
}

/** One employment of one person: somebody with two roles is there twice. */
export interface PersonInStructureRow {
  id: Uuid;
  name: string;
  sort_name: string;
  employment_id: Uuid;
  role: string;
  from_date: string;
  until_date: string | null;
  placed_at: string | null;
  absence: AbsenceShown | null;
}

/** The first that is not over. */
export interface AbsenceShown {
  id: Uuid;
  from: string;
  until: string;
  deputy: { id: Uuid; name: string } | null;
}

/** `status`: in the structure and the role that were asked for. */
export type AccountRow = PersonRow & { search_name: string; status: string };

export interface AccountsFilter {
  limit?: number;
  q?: string;
  structureId?: Uuid;
  role?: string[];
  status?: string[];
}

// Row-level security leaves the employments the caller may see; nobody else's person exists.
const employmentsJson = /* sql */ `json_agg(json_build_object('employment_id', e.id, 'structure_id', s.id, 'structure_name', s.name, 'role', e.role,
      'from_date', e.from_date, 'until_date', e.until_date, 'ended', e.ended, 'placed_at', e.placed_at, 'territory', e.territory) order by e.from_date desc, e.id desc)`;
const personSql = /* sql */ `
  select a.id, a.name, a.email, e.employments
  from account a, lateral (
    select ${employmentsJson} as employments
    from employment e join structure s on s.id = e.structure_id where e.user_id = a.id
  ) e
  where a.id = ($1->>'id')::uuid and e.employments is not null`;

/** An employment that goes on, or is to begin. */
const staying = `not e.ended and (e.until_date is null or e.until_date >= ($1->>'today')::date)`;
const accountStatus = `case when not e.stays then 'left' when accepted(a.id) then 'active' else 'invited' end`;

// A word of the search is the beginning of a word of the name; words may come in any order. What has no word is the beginning of an address, or nobody's.
const accountFilters = asked({
  q: `(starts_with(a.email, $1->>'q') or $1->'words' <> '[]' and (' ' || a.search_name) like all(array(select '% ' || w || '%' from jsonb_array_elements_text($1->'words') w)))`,
  status: `${accountStatus} = any(array(select jsonb_array_elements_text($1->'status')))`,
  after: `(a.search_name, a.id) > ($1->'after'->>0, ($1->'after'->>1)::uuid)`,
});
const asAsked = asked({
  structureId: `e.structure_id = ($1->>'structureId')::uuid`,
  role: `e.role = any(array(select jsonb_array_elements_text($1->'role')))`,
});
// Of one structure its people are read, of the network the accounts in their order.
const accountsSql: Select = (params) => /* sql */ `
  select a.id, a.name, a.email, a.search_name, e.employments, ${accountStatus} as status
  from ${params['structureId'] ? `(select distinct user_id as id from employment where structure_id = ($1->>'structureId')::uuid) w join account a using (id)` : 'account a'},
  lateral (
    select ${employmentsJson} as employments, bool_or(true${asAsked(params)}) as there,
      bool_or(${staying}${asAsked(params)}) as stays
    from employment e join structure s on s.id = e.structure_id where e.user_id = a.id
  ) e
  where e.there${accountFilters(params)}
  order by a.search_name, a.id
  limit ($1->>'limit')::integer + 1`;

const filters = asked({
  role: `e.role = any(array(select jsonb_array_elements_text($1->'role')))`,
  after: `(lower(a.name), e.id) > ($1->'after'->>0, ($1->'after'->>1)::uuid)`,
});
const peopleSql: Select = (params) => /* sql */ `
  select a.id, a.name, lower(a.name) as sort_name, e.id as employment_id, e.role, e.from_date, e.until_date, e.placed_at,
    (select json_build_object('id', b.id, 'from', b.from_date, 'until', b.until_date, 'deputy', (select json_build_object('id', d.id, 'name', d.name) from account d where d.id = b.deputy_id))
     from absence b where b.structure_id = e.structure_id and b.user_id = e.user_id and b.until_date >= ($1->>'today')::date and not b.ended
     order by b.until_date limit 1) as absence
  from employment e join account a on a.id = e.user_id
  where e.structure_id = ($1->>'structureId')::uuid and ${staying}${filters(params)}
  order by lower(a.name), e.id
  limit ($1->>'limit')::integer + 1`;

@Injectable()
export class PeopleQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** Problems: 404 also for somebody who works, and worked, elsewhere. */
  async person(caller: Caller, id: Uuid): Promise<PersonRow> {
    const [row] = await this.reads.rows<PersonRow>(caller, personSql, { id });
    if (!row) throw notFound();
    return row;
  }

  /** The structure of an employment. Problems: 404 also for one that the caller may not see. */
  async employer(caller: Caller, userId: Uuid, employmentId: Uuid): Promise<Uuid> {
    const [row] = await this.reads.rows<{ structure_id: Uuid }>(
      caller,
      `select structure_id from employment where id = ($1->>'employmentId')::uuid and user_id = ($1->>'userId')::uuid`,
      { userId, employmentId },
    );
    if (!row) throw notFound();
    return row.structure_id;
  }

  /**
   * Accounts with the employments that the caller may see, by name. One row more than the limit when there is a next page.
   * Problems: 422 for a manager who names another structure.
   */
  accounts(
    caller: Caller,
    { q, structureId, role, status, limit }: AccountsFilter,
    after: Json[] | null,
  ): Promise<AccountRow[]> {
    const { role: as, structureId: own } = caller.session;
    if (as === 'manager' && structureId !== undefined && structureId !== own)
      throw invalid(
        '?structureId',
        'not-for-your-role',
        'You manage your own structure: leave `structureId` out, or name it.',
      );
    return this.reads.rows<AccountRow>(caller, accountsSql, {
      q: q === undefined ? null : foldEmail(q),
      words: nameWords(q ?? ''),
      structureId: as === 'manager' ? own : structureId,
      role,
      status,
      today: localDateOf(this.clock.now()),
      limit: limitOf({ limit }),
      after,
    });
  }

  /** Who works there today or will, by name. Problems: 404 unknown structure, 403 another structure's people. */
  async ofStructure(
    caller: Caller,
    structureId: Uuid,
    { limit, role }: { limit?: number; role?: string[] },
    after: Json[] | null,
  ): Promise<PersonInStructureRow[]> {
    if (!mayReadPeople(caller.session, structureId)) {
      const [structure] = await this.reads.rows(
        caller,
        `select id from structure where id = ($1->>'structureId')::uuid`,
        { structureId },
      );
      throw structure
        ? forbidden('Only its own people, coordinators and administrators see who works in a structure.')
        : notFound('There is no structure of this id.');
    }
    const rows = await this.reads.rows<PersonInStructureRow>(caller, peopleSql, {
      structureId,
      role,
      today: localDateOf(this.clock.now()),
      limit: limitOf({ limit }),
      after,
    });
    if (
      rows.length === 0 &&
      (await this.reads.rows(caller, `select id from structure where id = ($1->>'structureId')::uuid`, { structureId }))
        .length === 0
    ) {
      throw notFound('There is no structure of this id.');
    }
    return rows;
  }
}

/** Where an account stands in the list's order. */
export const accountsKey = ({ search_name, id }: AccountRow): Json[] => [search_name, id];

/** Where a row stands in the list's order. */
export const peopleKey = ({ sort_name, employment_id }: PersonInStructureRow): Json[] => [sort_name, employment_id];
