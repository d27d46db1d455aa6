import { Injectable } from '@nestjs/common';
import { localDateOf, type BatchDecision, type BatchOutcome, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import {
  asked,
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  Sealing,
  type Caller,
  type Page,
  type Select,
} from '@fil-rouge/platform';
import { nameOf, personNamed, residentNamed, structureNamed, type Named, type SealedName } from '@fil-rouge/cases';
import type { Leaving } from './handover-batch';
import { batchNotFound, type NewItem } from './handover-batch.drawing.decider';
import { countsOf, hasTakenEffect, type ItemState } from './handover-batch.item';
import type {
  BatchItemDto,
  HandoverBatchDto,
  HandoverBatchesQuery,
  HandoverBatchLineDto,
} from './handover-batches.dto';
import { scopeForTheCaller, scopeParams, type Scope } from './handover-batches.scope';

interface LineRow {
  id: Uuid;
  kind: Leaving['kind'];
  status: Exclude<HandoverBatchLineDto['status'], 'preview'>;
  structure_id: Uuid;
  user_id: Uuid | null;
  to_structure_id: Uuid | null;
  structure: Named;
  counsellor: Named | null;
  to_structure: Named | null;
  created_by: Named | null;
  /** Of those the reader may not see as well. */
  total: number;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  counts: Partial<Record<ItemState, number>>;
}

export interface ItemRow {
  case_id: Uuid;
  state: ItemState;
  proposed_structure_id: Uuid | null;
  proposed_user_id: Uuid | null;
  proposed_structure: Named | null;
  proposed_user: Named | null;
  proposed_because: string[];
  decision: BatchDecision | null;
  to_structure: Named | null;
  to_user: Named | null;
  close_reason: string | null;
  outcome: BatchOutcome | null;
  handover_id: Uuid;
  failure: string | null;
  ended_at: string | null;
}

/** The sealed piece of the event that drew the batch up. */
interface SealedReason {
  key: string;
  event: Uuid;
  ciphertext: string;
}

/** A batch as its caller may see it, with the rows its decisions are checked against. */
export interface BatchSeen {
  readonly line: LineRow & { reason: SealedReason | null };
  readonly items: readonly ItemRow[];
}

/** Done: none of its items waits any more, those included that the reader may not see. */
const status = `case when b.status in ('prepared', 'running') and l.left_at is not null then 'done' else b.status end`;
const from = 'batch b cross join lateral (select emptied_at(b.id) as left_at) l';
/** What is decided in a batch that has started waits for its turn. */
const state = `case when i.state = 'decided' and b.status = 'running' then 'pending' else i.state end`;

const line = /* sql */ `
  b.id, b.kind, ${status} as status, b.structure_id, b.user_id, b.to_structure_id, ${structureNamed('b.structure_id')} as structure, ${personNamed('b.user_id')} as counsellor,
  ${structureNamed('b.to_structure_id')} as to_structure, ${personNamed('b.created_by')} as created_by, b.total, b.created_at, b.started_at,
  coalesce(b.ended_at, l.left_at) as ended_at,
  (select coalesce(json_object_agg(c.state, c.n), '{}') from (select ${state} as state, count(*) as n from batch_item i where i.batch_id = b.id group by 1) c) as counts`;

const filters = asked({
  status: `${status} = any(array(select jsonb_array_elements_text($1->'status')))`,
  after: `(b.created_at, b.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
});
const listSql: Select = (params) => /* sql */ `
  select ${line} from ${from} where true${filters(params)}
  order by b.created_at desc, b.id desc limit ($1->>'limit')::int + 1`;

const items = /* sql */ `(
  select coalesce(json_agg(r order by r.case_id), '[]') from (
    select i.case_id, ${state} as state, i.proposed_structure_id, i.proposed_user_id, ${structureNamed('i.proposed_structure_id')} as proposed_structure,
      ${personNamed('i.proposed_user_id')} as proposed_user, i.proposed_because, i.decision, ${structureNamed('i.to_structure_id')} as to_structure,
      ${personNamed('i.to_user_id')} as to_user, i.close_reason, i.outcome, i.handover_id, i.failure, i.ended_at
    from batch_item i where i.batch_id = b.id) r)`;

const oneSql = `select ${line}, ${items} as items, reason_of_batch(b.id) as reason from ${from} where b.id = ($1->>'id')::uuid`;

/** Names for a preview, whose rows stand nowhere. */
const namesSql = /* sql */ `
  select s.id, s.name from structure s where s.id = any(array(select jsonb_array_elements_text($1->'ids')::uuid))
  union all select a.id, a.name from account a where a.id = any(array(select jsonb_array_elements_text($1->'ids')::uuid))`;

/** Whom the cases are about, where the reader takes part in them: read beside the batch, which says nothing about anybody. */
const residentsSql = /* sql */ `
  select c.id, c.resident, c.resident->>'record' as named,
    (select a.commune from case_access a where a.structure_id = me_structure() and a.case_id = (c.resident->>'record')::uuid) as commune
  from (select i.id, ${residentNamed('i.id')} as resident from (select id::uuid from jsonb_array_elements_text($1->'caseIds') n(id) offset 0) i offset 0) c
  where c.resident is not null`;

interface ResidentRow {
  id: Uuid;
  resident: SealedName | null;
  commune: string | null;
}

@Injectable()
export class HandoverBatchesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** What a proposal for these cases is made from, under the caller's rights. */
  async scope(caller: Caller, leaving: Leaving): Promise<Scope> {
    const [scope] = await this.reads.rows<Scope>(
      caller,
      scopeForTheCaller,
      scopeParams(leaving, localDateOf(this.clock.now())),
    );
    return scope!;
  }

  /** Structures for which somebody leads cases that the caller may hand over. */
  async structuresLedBy(caller: Caller, userId: Uuid): Promise<Uuid[]> {
    const rows = await this.reads.rows<{ structure_id: Uuid }>(
      caller,
      `select distinct structure_id from cases_i_may_hand_over(null, ($1->>'userId')::uuid) order by 1`,
      { userId },
    );
    return rows.map(({ structure_id }) => structure_id);
  }

  async statusOf(caller: Caller, structureId: Uuid): Promise<string | undefined> {
    const [row] = await this.reads.rows<{ status: string }>(
      caller,
      `select status from structure where id = ($1->>'structureId')::uuid`,
      { structureId },
    );
    return row?.status;
  }

  /** Newest first. */
  async list(caller: Caller, query: HandoverBatchesQuery): Promise<Page<HandoverBatchLineDto>> {
    const limit = limitOf(query);
    const params: JsonObject = { status: query.status, limit, after: cursorOf(query) };
    const rows = await this.reads.rows<LineRow>(caller, listSql, params, { audit: { action: 'handover-batch.list' } });
    return pageOf(rows, limit, (row) => [instantOf(row.created_at), row.id], lineOf);
  }

  /** Problems: 404 for what this caller may not see. */
  async seen(caller: Caller, id: Uuid): Promise<BatchSeen> {
    const [row] = await this.reads.rows<BatchSeen['line'] & { items: ItemRow[] }>(
      caller,
      oneSql,
      { id },
      { audit: { action: 'handover-batch.read' } },
    );
    if (!row) throw batchNotFound();
    return { line: row, items: row.items };
  }

  async one(caller: Caller, id: Uuid): Promise<HandoverBatchDto> {
    const { line: row, items: rows } = await this.seen(caller, id);
    const { key, event, ciphertext } = row.reason ?? {};
    const reason =
      key && event && ciphertext
        ? openPiece(this.sealing, key, row.id, event, 'shared_text', ciphertext)['reason']
        : undefined;
    return {
      ...lineOf(row),
      ...(reason === undefined ? {} : { reason: reason as string }),
      ...(row.status === 'undone'
        ? { alreadyEffective: rows.filter(hasTakenEffect).map(({ case_id }) => case_id) }
        : {}),
      items: await this.withResidents(caller, rows.map(itemOf)),
    };
  }

  async preview(
    caller: Caller,
    { kind, structureId, userId, toStructureId }: Leaving,
    proposed: readonly NewItem[],
  ): Promise<HandoverBatchDto> {
    const ids = [
      structureId,
      userId,
      toStructureId,
      ...proposed.flatMap(({ proposal }) => (proposal ? [proposal.structureId, proposal.counsellorId] : [])),
    ].filter((id) => id !== null);
    const names = new Map(
      (await this.reads.rows<Named>(caller, namesSql, { ids: [...new Set(ids)] })).map((named) => [named.id, named]),
    );
    const named = (id: Uuid | null): Named | null => (id === null ? null : (names.get(id) ?? { id, name: '' }));
    const [counsellor, toStructure] = [named(userId), named(toStructureId)];
    return {
      kind,
      status: 'preview',
      structure: named(structureId)!,
      ...(counsellor ? { counsellor } : {}),
      ...(toStructure ? { toStructure } : {}),
      ...countsOf({ undecided: proposed.length }),
      items: await this.withResidents(
        caller,
        proposed.map(({ caseId, proposal }) => ({
          caseId,
          status: 'undecided',
          ...(proposal ? proposalOf(named(proposal.structureId), named(proposal.counsellorId), proposal.because) : {}),
        })),
      ),
    };
  }

  private async withResidents(caller: Caller, items: readonly BatchItemDto[]): Promise<BatchItemDto[]> {
    const rows = await this.reads.rows<ResidentRow>(
      caller,
      residentsSql,
      { caseIds: items.map(({ caseId }) => caseId) },
      { audit: { action: 'handover-batch.read', shownIn: 'named' } },
    );
    const show = evenUnreadable(
      ({ resident, commune }: ResidentRow): Pick<BatchItemDto, 'resident'> => {
        const { resident: name } = nameOf(resident, this.sealing);
        return name ? { resident: { ...name, ...(commune ? { commune } : {}) } } : {};
      },
      (row) => ({ ...row, resident: null }),
    );
    const shown = new Map(rows.map((row) => [row.id, show(row)]));
    return items.map(({ caseId, ...item }) => ({ caseId, ...shown.get(caseId), ...item }));
  }
}

const lineOf = (row: LineRow): HandoverBatchLineDto => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  structure: row.structure,
  ...(row.counsellor ? { counsellor: row.counsellor } : {}),
  ...(row.to_structure ? { toStructure: row.to_structure } : {}),
  ...(row.created_by ? { createdBy: row.created_by } : {}),
  createdAt: instantOf(row.created_at),
  ...(row.started_at ? { startedAt: instantOf(row.started_at) } : {}),
  ...(row.ended_at ? { endedAt: instantOf(row.ended_at) } : {}),
  ...countsOf(row.counts),
});

const itemOf = (row: ItemRow): BatchItemDto => ({
  caseId: row.case_id,
  status: row.state,
  ...proposalOf(row.proposed_structure, row.proposed_user, row.proposed_because),
  ...(row.decision ? { decision: row.decision } : {}),
  ...(row.to_structure ? { toStructure: row.to_structure } : {}),
  ...(row.to_user ? { toCounsellor: row.to_user } : {}),
  ...(row.close_reason ? { reason: row.close_reason } : {}),
  ...(row.outcome ? { outcome: row.outcome } : {}),
  ...(row.outcome && ['reassigned', 'moved', 'proposed'].includes(row.outcome) ? { handoverId: row.handover_id } : {}),
  ...(row.failure ? { failure: row.failure } : {}),
  ...(row.ended_at ? { endedAt: instantOf(row.ended_at) } : {}),
});

function proposalOf(
  structure: Named | null,
  counsellor: Named | null,
  because: readonly string[],
): Pick<BatchItemDto, 'proposal'> {
  if (!structure) return {};
  const inside = because.includes('same_structure');
  return {
    proposal: {
      decision: inside ? 'colleague' : 'structure',
      structure,
      ...(counsellor ? { counsellor } : {}),
      because: [...because],
    },
  };
}
