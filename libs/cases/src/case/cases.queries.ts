import { Injectable } from '@nestjs/common';
import {
  forbidden,
  invalid,
  localDateOf,
  mayAsk,
  notFound,
  queryTokens,
  type CaseSort,
  type Json,
  type JsonObject,
  type Likeness,
  type Uuid,
} from '@fil-rouge/kernel';
import {
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  pageOf,
  Reads,
  refuseFilters,
  Sealing,
  type Caller,
  type Page,
  type PageQuery,
  type Asking,
  type ReadOptions,
  type Rows,
  type Select,
} from '@fil-rouge/platform';
import { CaseHooks, type Inserted, type WholeInsert } from './case.hooks';
import { maySee, viewOf } from './case.policy';
import { showCase, showCaseWhole, type CaseListRow, type CaseRow } from './case.view';
import { RecordMoved } from '../merge/merged-record';
import type { CaseShown, CaseSummary, ReaderResponse, ResemblanceResponse } from './cases.responses.dto';
import {
  alikeForWatcher,
  namesOfParticipant,
  ofParticipant,
  ofWatcher,
  readersOfCase,
  searchOfParticipant,
  theseOfParticipant,
  wholeForParticipant,
  wholeForWatcher,
} from './cases.sql';
import { idsByName, mostByName, type NameRow } from './case.order';
import type { Named } from './names.sql';

export interface CaseFilters extends PageQuery {
  readonly status?: readonly string[];
  readonly lead?: 'mine' | 'structure';
  readonly counsellor?: Uuid;
  readonly theme?: readonly string[];
  readonly commune?: readonly string[];
  readonly sort?: CaseSort;
}

export interface Search extends CaseFilters {
  readonly name?: string;
  readonly birthYear?: number;
  readonly phone?: string;
  readonly email?: string;
}

interface AlikeRow extends CaseListRow {
  /** The pair, the younger record first. */
  one: Uuid;
  other: Uuid;
  likenesses: Likeness[];
}

/** Who has the same year has one of both pairs of years in common, too. */
const alikeBy = ({ likenesses }: AlikeRow): Likeness[] =>
  likenesses.filter((likeness) => likeness !== 'birth_year_off_by_one' || !likenesses.includes('name_and_birth_year'));

interface ReaderRow {
  id: Uuid;
  at: string;
  action: string;
  reason: string | null;
  user: Named | null;
  structure: Named | null;
}

/** Cases as their reader may see them: two families of selects, for who takes part and for who watches. One round trip each. */
@Injectable()
export class CasesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly hooks: CaseHooks,
  ) {}

  /** Newest activity first, unless another order was asked for. */
  async list(caller: Caller, filters: CaseFilters, rows?: Rows): Promise<Page<CaseSummary>> {
    if (filters.sort === 'name') return this.listByName(caller, filters);
    const found = rows ?? (await this.reads.rows(caller, ...this.listing(caller, filters)));
    return this.page(caller, filters, found as (CaseListRow & Inserted)[]);
  }

  /** What `list` reads. */
  askingList(caller: Caller, filters: CaseFilters): Asking {
    return this.reads.asking(caller, ...this.listing(caller, filters));
  }

  /** Names are sealed: those of the whole list are opened to be put in order, and the page is read and journalled as any. Problems: 422 where there are too many. */
  private async listByName(caller: Caller, filters: CaseFilters): Promise<Page<CaseSummary>> {
    if (watches(caller)) refuseUnwatched(filters);
    const [last] = cursorOf(filters) ?? [];
    const among = { ...paramsOf(filters), sort: null, after: null, limit: mostByName + 1, last: last ?? null };
    const sealed = await this.reads.rows<NameRow>(caller, namesOfParticipant, among);
    const ids = idsByName(sealed, typeof last === 'string' ? last : null, this.sealing);
    const page = pageOf(
      ids,
      limitOf(filters),
      (id) => [id],
      (id) => id,
    );
    const select = this.hooks.select(caller, theseOfParticipant, 'ofEach');
    const audit = { action: 'case.list' };
    const rows = await this.reads.rows<CaseListRow & Inserted>(caller, select, { ids: page.items }, { audit });
    const inOrder = page.items.flatMap((id) => rows.filter((row) => row.id === id));
    return { ...page, items: inOrder.map(this.summary(caller)) };
  }

  private listing(caller: Caller, filters: CaseFilters): [Select, JsonObject, ReadOptions] {
    const sql = watches(caller) ? ofWatcher : ofParticipant;
    if (watches(caller)) refuseUnwatched(filters);
    return [this.hooks.select(caller, sql, 'ofEach'), paramsOf(filters), { audit: { action: 'case.list' } }];
  }

  /** By words of the name, birth year, phone or e-mail; in the own structure's cases only. Problems: 422 when nothing was asked. */
  async search(caller: Caller, search: Search): Promise<Page<CaseSummary>> {
    const groups = queryTokens(search);
    if (groups.length === 0) throw invalid('/name', 'required', 'Give at least one of name, birthYear, phone, email.');
    const words = groups.flatMap((group, n) => group.map((word) => ({ n, word: this.sealing.token('search', word) })));
    const params = {
      ...paramsOf(search),
      words: words.map(({ word }) => word),
      groups: words.map(({ n }) => n),
      groupCount: groups.length,
    };
    return this.page(
      caller,
      search,
      await this.reads.rows<CaseListRow & Inserted>(
        caller,
        this.hooks.select(caller, searchOfParticipant, 'ofEach'),
        params,
        { audit: { action: 'case.search' } },
      ),
    );
  }

  /** @param action what the journal calls the reading */
  asking(caller: Caller, caseId: Uuid, action: 'case.read' | 'case.sheet' = 'case.read'): Asking {
    const sql = this.hooks.select(caller, watches(caller) ? wholeForWatcher : wholeForParticipant, 'ofOne');
    return this.reads.asking(caller, sql, { caseId }, { audit: { action, record: caseId } });
  }

  /** The same, on paper for the resident. */
  async sheet(caller: Caller, caseId: Uuid): Promise<CaseShown> {
    return this.one(caller, caseId, await this.reads.read(this.asking(caller, caseId, 'case.sheet')));
  }

  /** Problems: 404 when the case does not exist for this caller. The reading is written down in the same call. */
  async one(caller: Caller, caseId: Uuid, rows?: Rows): Promise<CaseShown> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, caseId)))) as (CaseRow & Inserted)[];
    if (!row) throw notFound();
    if (row.survivor) throw new RecordMoved(row.survivor);
    const shown = showCaseWhole(row, this.sealing, localDateOf(this.clock.now()));
    const { actions: above = [], ...inserted }: Partial<WholeInsert> = this.hooks.shown(caller, row, 'ofOne', shown);
    return { ...shown, ...inserted, actions: [...shown.actions, ...above, ...ownActions(caller, row)] };
  }

  /** Pairs of records that look like one resident's. Problems: 403 for who merges nothing. */
  async duplicates(caller: Caller, query: PageQuery): Promise<Page<ResemblanceResponse>> {
    if (!maySee(viewOf(caller.session.role, null) ?? 'refused', 'duplicates')) throw forbidden();
    const rows = await this.reads.rows<AlikeRow>(caller, alikeForWatcher, pageParams(query), {
      audit: { action: 'case.duplicates' },
    });
    const today = localDateOf(this.clock.now());
    const pairs = rows.flatMap((row, at) =>
      rows[at + 1]?.one === row.one && rows[at + 1]?.other === row.other ? [[row, rows[at + 1]!] as const] : [],
    );
    return pageOf(
      pairs,
      limitOf(query),
      ([{ one, other }]) => [one, other],
      (pair) => ({ cases: pair.map((row) => showCase(row, this.sealing, today)), alike: alikeBy(pair[0]) }),
    );
  }

  /** Which of these cases the structure takes part in now. */
  async visible(caller: Caller, caseIds: readonly Uuid[]): Promise<Uuid[]> {
    const rows = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select case_id as id from case_access where structure_id = me_structure() and case_id = any(array(select jsonb_array_elements_text($1->'caseIds')::uuid))`,
      { caseIds: [...caseIds] },
    );
    return rows.map(({ id }) => id);
  }

  /** Who read the record, newest first: for its lead, coordinators and auditors. Problems: 403 for others who know the case, else 404. */
  async readings(caller: Caller, caseId: Uuid, query: PageQuery): Promise<Page<ReaderResponse>> {
    const rows = await this.reads.rows<ReaderRow>(caller, readersOfCase, {
      ...pageParams(query),
      caseId,
      watches: watches(caller),
    });
    if (rows.length === 0 && cursorOf(query) === null)
      throw (await this.visible(caller, [caseId])).length > 0
        ? forbidden('Who read the record is for its lead.')
        : notFound();
    return pageOf(
      rows,
      limitOf(query),
      ({ at, id }) => [at, id],
      ({ at, action, reason, user, structure }) => ({
        at: instantOf(at),
        action,
        user,
        structure,
        ...(reason ? { reason } : {}),
      }),
    );
  }

  private page(caller: Caller, query: CaseFilters, rows: readonly (CaseListRow & Inserted)[]): Page<CaseSummary> {
    return pageOf(
      rows,
      limitOf(query),
      (row) => [query.sort?.endsWith('opened') ? row.opened_at : row.last_activity_at, row.id],
      this.summary(caller),
    );
  }

  private summary(caller: Caller): (row: CaseListRow & Inserted) => CaseSummary {
    const today = localDateOf(this.clock.now());
    return evenUnreadable(
      (row) => {
        const shown = showCase(row, this.sealing, today);
        return { ...shown, ...this.hooks.shown(caller, row, 'ofEach', shown) };
      },
      (row) => ({ ...row, key: null }),
    );
  }
}

const watches = ({ session }: Caller): boolean => ['coordinator', 'auditor'].includes(viewOf(session.role, null) ?? '');

/** What the network's roles do to a case from outside. */
const ownActions = ({ session: { role } }: Caller, { status }: CaseRow): string[] =>
  status === 'merged' || status === 'erased'
    ? []
    : [...(mayAsk(role, 'case.merge') ? ['merge'] : []), ...(mayAsk(role, 'case.erase') ? ['erasure'] : [])];

/** What a list from outside cannot be narrowed by. */
const notWatched = {
  theme: 'What a resident needs is for the structures that follow it.',
  commune: 'Where a resident lives is for the structures that follow it; the list holds the cases of your territory.',
  lead: 'Nobody follows a case in your role.',
  sort: 'What a resident is called is for the structures that follow it.',
  counsellor: 'Who follows which case is for the structure that they do it for.',
};

/** Whose a case is by structure, and in which order by days, somebody who watches sees. */
const refuseUnwatched = ({ lead, sort, ...filters }: CaseFilters): void =>
  refuseFilters(
    { ...filters, lead: lead === 'mine' ? lead : undefined, sort: sort === 'name' ? sort : undefined },
    notWatched,
  );

const pageParams = (query: PageQuery): { limit: number; after: Json } => ({
  limit: limitOf(query) + 1,
  after: cursorOf(query),
});

const paramsOf = (filters: CaseFilters): JsonObject => ({
  ...pageParams(filters),
  sort: filters.sort ?? null,
  status: filters.status && [...filters.status],
  mine: filters.lead === 'mine' || null,
  ofStructure: filters.lead === 'structure' || null,
  counsellor: filters.counsellor,
  theme: filters.theme && [...filters.theme],
  commune: filters.commune && [...filters.commune],
});
