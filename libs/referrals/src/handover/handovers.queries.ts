import { Injectable } from '@nestjs/common';
import {
  isStaff,
  notFound,
  type HandoverKind,
  type HandoverStatus,
  type JsonObject,
  type PieceKind,
  type Uuid,
} from '@fil-rouge/kernel';
import {
  asked,
  cursorOf,
  instantOf,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  refuseFilters,
  Sealing,
  type Caller,
  type Page,
  type Select,
  type Asking,
  type Rows,
} from '@fil-rouge/platform';
import { nameAt } from '@fil-rouge/users';
import { actionsOf } from './handover.policy';
import type { HandoverDto, HandoverLineDto, HandoversQuery, HandoverStepDto, NamedDto } from './handovers.dto';

export type LineRow = {
  id: Uuid;
  case_id: Uuid | null;
  box: 'received' | 'sent' | null;
  version: number;
  kind: HandoverKind;
  status: HandoverStatus;
  from_structure_id: Uuid | null;
  from_structure: string | null;
  to_structure_id: Uuid;
  to_structure: string;
  from_counsellor_id: Uuid | null;
  from_counsellor: string | null;
  to_counsellor_id: Uuid | null;
  to_counsellor: string | null;
  effective_at: string | null;
  created_at: string;
  due_at: string | null;
  ended_at: string | null;
  last_activity_at: string;
  /** The structure that would lead is active. */
  accepts: boolean;
};
type StepRow = {
  id: Uuid;
  at: string;
  type: string;
  structure_id: Uuid | null;
  structure: string | null;
  actor_id: Uuid | null;
  actor: string | null;
};
type PieceRow = { key: string; stream: Uuid; event: Uuid; kind: PieceKind; ciphertext: string };
type DetailRow = LineRow & { note_event: Uuid; history: StepRow[] | null; pieces: PieceRow[] | null };

const columns = `h.id, h.case_id, h.version, h.kind, h.status, h.from_structure_id, h.to_structure_id, h.from_counsellor_id, h.to_counsellor_id,
  h.effective_at, h.created_at, h.due_at, h.ended_at, h.note_event, h.last_activity_at`;

/** A side reads its own image; a later lead, and who watches the case from outside, the whole row. Whoever watches has no structure here. */
const own = `select ${columns}, h.box, h.sheet_open from handover_access h where h.structure_id = me_structure()`;
const whole = `select ${columns}, null::text as box, me_structure() is not null as sheet_open from handover h`;

const named = `
  select h.*, f.name as from_structure, t.name as to_structure, t.status = 'active' as accepts, fc.name as from_counsellor, tc.name as to_counsellor
  from h left join structure f on f.id = h.from_structure_id left join structure t on t.id = h.to_structure_id
    left join account fc on fc.id = h.from_counsellor_id left join account tc on tc.id = h.to_counsellor_id`;

const filters = {
  status: `h.status = any(array(select jsonb_array_elements_text($1->'status')))`,
  after: `(h.last_activity_at, h.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
};
const listOf =
  (source: string, where: (params: JsonObject) => string): Select =>
  (params) => `
  with h as (${source}${where(params)}
    order by h.last_activity_at desc, h.id desc limit ($1->>'limit')::int + 1)
  ${named} order by h.last_activity_at desc, h.id desc`;
const ownList = listOf(own, asked({ ...filters, box: `h.box = $1->>'box'` }));
const watchedList = listOf(`${whole} where true`, asked(filters));

const both = (condition: string) => `
  own as (${own} and ${condition}),
  h as (select * from own union all select * from (${whole} where ${condition} and not exists (select from own)) w limit 1)`;

/** Texts: who may read the sheet reads all of them; everybody what their own structure wrote. Row-level security decides again. */
const detail = `
  with ${both(`h.id = ($1->>'id')::uuid`)}
  select n.*,
    (select json_agg(json_build_object('id', e.id, 'at', e.at, 'type', e.type, 'structure_id', e.structure_id, 'structure', ${nameAt('s', 'e.at')},
       'actor_id', e.actor_id, 'actor', a.name) order by e.seq)
     from event e left join structure s on s.id = e.structure_id left join account a on a.id = e.actor_id where e.about = n.id) as history,
    (select json_agg(json_build_object('key', key_of(p.stream_id), 'stream', p.stream_id, 'event', p.event_id, 'kind', p.kind,
       'ciphertext', encode(p.ciphertext, 'hex')))
     from event e join piece p on p.event_id = e.id
     where e.about = n.id and p.shared_by = n.id and me_structure() is not null and (n.sheet_open or p.structure_id = me_structure())) as pieces
  from (${named}) n`;

/** JSON of the open handover of a case, as a line, when the caller is one of its sides or watches the case; null otherwise. @param record the column with the case's id */
export const openHandoverOf = (record: string): string => `(select to_json(n) from (
  with ${both(`h.case_id = ${record} and h.status in ('proposed', 'requested', 'accepted')`)} ${named}) n)`;

@Injectable()
export class HandoversQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  async list(caller: Caller, query: HandoversQuery): Promise<Page<HandoverLineDto>> {
    const limit = limitOf(query);
    const staff = isStaff(caller.session);
    if (!staff) refuseFilters(query, { box: 'Your role proposes and answers nothing.' });
    const params: JsonObject = { box: query.box, status: query.status, limit, after: cursorOf(query) };
    const rows = await this.reads.rows<LineRow>(caller, staff ? ownList : watchedList, params, {
      audit: { action: 'handover.list' },
    });
    return pageOf(
      rows,
      limit,
      (row) => [row.last_activity_at, row.id],
      (row) => lineOf(row, caller),
    );
  }

  asking(caller: Caller, id: Uuid): Asking {
    return this.reads.asking(caller, detail, { id }, { audit: { action: 'handover.read', recordIn: 'case_id' } });
  }

  /** Problems: 404 for what this caller may not see. */
  async one(caller: Caller, id: Uuid, rows?: Rows): Promise<HandoverDto> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, id)))) as DetailRow[];
    if (!row) throw notFound();
    const texts = new Map<Uuid, JsonObject>();
    for (const { key, stream, event, kind, ciphertext } of row.pieces ?? []) {
      texts.set(event, { ...texts.get(event), ...openPiece(this.sealing, key, stream, event, kind, ciphertext) });
    }
    const { note, reason, ...resident } = texts.get(row.note_event) ?? {};
    const { box: _box, lastActivityAt: _at, ...line } = lineOf(row, caller);
    return {
      ...line,
      note: (note as string | undefined) ?? null,
      ...(reason === undefined ? {} : { reason: reason as string }),
      ...(Object.keys(resident).length === 0 ? {} : { resident }),
      history: (row.history ?? []).map((step) =>
        stepOf(step, texts.get(step.id)?.['reason'] as string | undefined, caller),
      ),
    };
  }
}

const nameOf = (id: Uuid, name: string | null): NamedDto => ({ id, name: name ?? '' });

export function lineOf(row: LineRow, { session }: Caller): HandoverLineDto {
  const sides = { kind: row.kind, status: row.status, from: row.from_structure_id, to: row.to_structure_id };
  return {
    id: row.id,
    caseId: row.case_id,
    version: row.version,
    kind: row.kind,
    status: row.status,
    ...(row.box ? { box: row.box } : {}),
    fromStructure: row.from_structure_id ? nameOf(row.from_structure_id, row.from_structure) : null,
    toStructure: nameOf(row.to_structure_id, row.to_structure),
    ...(row.from_counsellor_id ? { fromCounsellor: nameOf(row.from_counsellor_id, row.from_counsellor) } : {}),
    ...(row.to_counsellor_id ? { toCounsellor: nameOf(row.to_counsellor_id, row.to_counsellor) } : {}),
    ...(row.effective_at ? { effectiveAt: instantOf(row.effective_at) } : {}),
    createdAt: instantOf(row.created_at),
    ...(row.due_at ? { dueAt: instantOf(row.due_at) } : {}),
    ...(row.ended_at ? { endedAt: instantOf(row.ended_at) } : {}),
    lastActivityAt: instantOf(row.last_activity_at),
    // Nobody moves the lead to a structure that takes on nothing new; it may become active again.
    actions: actionsOf(sides, session).filter((action) => action !== 'accept' || row.accepts),
  };
}

/** A coordinator sees structures, not people. */
const stepOf = (step: StepRow, reason: string | undefined, { session }: Caller): HandoverStepDto => ({
  at: instantOf(step.at),
  type: step.type,
  ...(step.structure_id ? { structure: nameOf(step.structure_id, step.structure) } : {}),
  ...(step.actor_id && session.role !== 'coordinator' ? { actor: nameOf(step.actor_id, step.actor) } : {}),
  ...(reason === undefined ? {} : { reason }),
});
