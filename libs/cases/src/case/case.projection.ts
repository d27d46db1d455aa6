/** The read rows of a case as data: its file, each structure's access to it, grants and lead periods. Pure. */
import type { Change, LocalDate, RecordEvent, Uuid } from '@fil-rouge/kernel';
import {
  isCaseEvent,
  participationOf,
  type CaseRecord,
  type CaseState,
  type Former,
  type Objection,
  type Sheet,
} from './case';
import { lastDayOf } from './case.policy';
import { projectClaims } from './claims.projection';
import { projectSearchWords } from './search.projection';
import { projectNote } from '../note/note.projection';
import { projectSession } from '../session/session.projection';

/** One row per case, for those who watch from outside: codes and dates, nothing of the resident but the commune. */
export interface FileRow {
  id: Uuid;
  case_id: Uuid;
  status: CaseState['status'];
  version: number;
  commune: string;
  lead_structure_id: Uuid | null;
  lead_user_id: Uuid | null;
  lead_since: string | null;
  opened_at: string;
  closed_at: string | null;
  last_activity_at: string;
  /** Also once it is closed. */
  led_structure_id: Uuid | null;
}

/**
 * The case as one structure sees it, so that its list is an equality on an index. Written again with each event that changes it while
 * the structure has access; frozen by the event that ends its last access, with what a former participant keeps.
 */
export interface AccessRow {
  $key: string;
  id: Uuid;
  case_id: Uuid;
  structure_id: Uuid;
  participation: 'lead' | 'contributor' | Former['kind'];
  status: CaseState['status'];
  version: number;
  commune: string | null;
  themes: string[];
  lead_structure_id: Uuid | null;
  lead_user_id: Uuid | null;
  lead_since: string | null;
  opened_at: string;
  last_activity_at: string;
  first_name_event: Uuid | null;
  identity_event: Uuid | null;
  profile_event: Uuid | null;
  objections: Objection[];
  until_seq: number | null;
  /** Whose case it is, of the own structure, or was when it was closed. */
  led_user_id: Uuid | null;
  /** Of a part, or of a follow-up, that has ended: up to which day it is still added to; null also where nothing is. */
  last_day: LocalDate | null;
}

export interface LeadPeriodRow {
  id: Uuid;
  case_id: Uuid;
  structure_id: Uuid;
  counsellor_id: Uuid | null;
  from_at: string;
  until_at: string | null;
  from_seq: number;
  until_seq: number | null;
}

export interface GrantImage {
  id: Uuid;
  stream_id: Uuid;
  structure_id: Uuid;
  kind: 'lead' | 'contributor' | 'candidate';
  source: Uuid;
  from_seq: number;
  to_seq: number | null;
}

export function projectCase({ case: before }: CaseRecord, { case: after }: CaseRecord, event: RecordEvent): Change[] {
  if (event.type === 'CaseErased') {
    return [
      { call: 'put_case_file', rows: [fileRow(event.stream, after)] },
      { call: 'erase_record', rows: [{ id: event.stream, erased_at: event.at }] },
    ];
  }
  return [
    { call: 'put_access_grant', rows: grantRows(before, after, event) },
    { call: 'put_lead_period', rows: leadPeriodRows(before, after, event) },
    { call: 'put_case_file', rows: [fileRow(event.stream, after)] },
    { call: 'put_case_access', rows: accessRows(before, after, event) },
    ...projectSearchWords(before, after, event),
    ...projectClaims(event),
    ...projectSession(event),
    ...projectNote(event),
    ...mergeRows(event),
  ].filter(({ rows }) => rows.length > 0);
}

/** Where the other record goes on; it stands in the survivor's log, so it is the survivor's row. */
function mergeRows(event: RecordEvent): Change[] {
  if (!isCaseEvent(event) || event.type !== 'RecordsMerged') return [];
  const {
    stream: case_id,
    seq,
    at,
    data: { loserId },
  } = event;
  return [
    { call: 'put_case_merge', rows: [{ id: loserId, case_id, seq, merged_at: at }] },
    // The words by which a second opening of the same resident is noticed: they now lead to this record.
    { call: 'copy_claim', rows: [{ $key: loserId, from_stream: loserId, to_stream: case_id }] },
  ];
}

const leadColumns = ({ lead }: CaseState) => ({
  lead_structure_id: lead?.structureId ?? null,
  lead_user_id: lead?.counsellorId ?? null,
  lead_since: lead?.since ?? null,
});

const fileRow = (caseId: Uuid, state: CaseState): FileRow => ({
  id: caseId,
  case_id: caseId,
  status: state.status,
  version: state.version,
  commune: state.commune,
  ...leadColumns(state),
  opened_at: state.openedAt,
  closed_at: state.closedAt,
  last_activity_at: state.lastActivityAt,
  led_structure_id: state.led?.structureId ?? null,
});

/** Ended grants first; those that stand are not written again. */
function grantRows(before: CaseState, after: CaseState, { stream: stream_id, seq }: RecordEvent): GrantImage[] {
  const image = (
    { id, structureId, kind, source, fromSeq }: CaseState['grants'][number],
    to_seq: number | null,
  ): GrantImage => ({ id, stream_id, structure_id: structureId, kind, source, from_seq: fromSeq, to_seq });
  const ended = before.grants.filter(({ id }) => !after.grants.some((grant) => grant.id === id));
  const opened = after.grants.filter(({ id }) => !before.grants.some((grant) => grant.id === id));
  return [...ended.map((grant) => image(grant, seq)), ...opened.map((grant) => image(grant, null))];
}

/** The closed period stands before the opened one: the table allows no overlap, row by row. */
function leadPeriodRows(
  before: CaseState,
  after: CaseState,
  { stream: case_id, seq, at }: RecordEvent,
): LeadPeriodRow[] {
  if (before.lead?.periodId === after.lead?.periodId) return [];
  const row = (
    lead: NonNullable<CaseState['lead']>,
    end: Pick<LeadPeriodRow, 'until_at' | 'until_seq'>,
  ): LeadPeriodRow => ({
    id: lead.periodId,
    case_id,
    structure_id: lead.structureId,
    counsellor_id: lead.counsellorId,
    from_at: lead.since,
    from_seq: lead.fromSeq,
    ...end,
  });
  return [
    ...(before.lead ? [row(before.lead, { until_at: at, until_seq: seq })] : []),
    ...(after.lead ? [row(after.lead, { until_at: null, until_seq: null })] : []),
  ];
}

/** Structures that read the shared thread now. */
export const readersOf = (state: CaseState): Uuid[] => [
  ...new Set(state.grants.filter(({ kind }) => kind !== 'candidate').map(({ structureId }) => structureId)),
];

function accessRows(before: CaseState, after: CaseState, event: RecordEvent): AccessRow[] {
  const readers = readersOf(after);
  const left = readersOf(before).filter((structureId) => !readers.includes(structureId));
  const changed = readers
    .map((structureId) => openRow(event.stream, after, structureId))
    // Most events of a referral's own conversation change nothing for a contributor who is not in it.
    .filter(
      (row) =>
        !readersOf(before).includes(row.structure_id) || !same(row, openRow(event.stream, before, row.structure_id)),
    );
  return [...changed, ...left.map((structureId) => frozenRow(event.stream, after, structureId, event.at))];
}

const same = (a: AccessRow, b: AccessRow): boolean => JSON.stringify(a) === JSON.stringify(b);

/** While lead or contributor. What only leads read does not move a contributor's last activity. */
export function openRow(caseId: Uuid, state: CaseState, structureId: Uuid): AccessRow {
  const participation = participationOf(state, structureId) === 'lead' ? 'lead' : 'contributor';
  return {
    ...identityOf(caseId, structureId),
    participation,
    status: state.status,
    version: state.version,
    commune: state.commune,
    themes: state.themes,
    ...leadColumns(state),
    opened_at: state.openedAt,
    last_activity_at: participation === 'lead' ? state.lastActivityAt : state.sharedActivityAt,
    ...pieceColumns(state),
    objections: state.objections,
    until_seq: null,
    led_user_id: state.led?.structureId === structureId ? state.led.counsellorId : null,
    last_day: lastDayOf(state, structureId) ?? null,
  };
}

/** `state` after the event that ended the access: the case as of the end, with the name of the lead that follows. */
export function frozenRow(caseId: Uuid, state: CaseState, structureId: Uuid, endedAt: string): AccessRow {
  const former = state.formers[structureId]!;
  const keeps = former.kind === 'former_lead';
  return {
    ...openRow(caseId, state, structureId),
    participation: former.kind,
    commune: keeps ? (former.sheet?.commune ?? null) : null,
    themes: keeps ? state.themes : [],
    ...(keeps ? {} : { lead_structure_id: null, lead_user_id: null, lead_since: null }),
    last_activity_at: endedAt,
    ...pieceColumns(keeps ? former.sheet : undefined),
    objections: keeps ? state.objections : [],
    until_seq: former.seq,
    led_user_id: null,
  };
}

const identityOf = (caseId: Uuid, structureId: Uuid) => ({
  $key: `${structureId}/${caseId}`,
  id: caseId,
  case_id: caseId,
  structure_id: structureId,
});

/** Of an erased record's log no event holds any. */
const pieceColumns = (sheet: Pick<Sheet, 'pieces'> | undefined) => ({
  first_name_event: sheet?.pieces.firstName || null,
  identity_event: sheet?.pieces.identity || null,
  profile_event: sheet?.pieces.profile || null,
});
