/** What is kept on a case in rows of its own, such as appointments and goals, and read as far as the thread is. Row-level security decides a second time. */
import { notFound, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import type { CaseState } from '../case/case';
import type { Part, Standing } from '../case/case.policy';
import { RecordMoved } from '../merge/merged-record';

/** A piece with what opens it. */
export interface Box {
  readonly stream: Uuid;
  readonly event: Uuid;
  readonly key: string | null;
  readonly ciphertext: string;
}

/** The piece of the event that the column names, as JSON of a `Box`; null when there is none, or it is hidden. */
export const boxOf = (column: string, kind: 'shared_text' | 'private_note' | 'file_name'): string => `(
  select json_build_object('stream', e.stream_id, 'event', e.event_id, 'key', key_of(e.stream_id), 'ciphertext', e.ciphertext) from piece e where e.event_id = ${column} and e.kind = '${kind}')`;

/** To whom a mail goes that is sent from a record: for its own structure alone. Until that was sealed so, it lay in the shared text. */
export interface AddressBox extends Box {
  readonly kind: 'private_note' | 'shared_text';
}

export const addressOf = (column: string): string => `(
  select json_build_object('stream', e.stream_id, 'event', e.event_id, 'key', key_of(e.stream_id), 'ciphertext', e.ciphertext, 'kind', e.kind)
  from piece e where e.event_id = ${column} and e.kind in ('private_note', 'shared_text') limit 1)`;

/** The case as its reader stands to it. */
export interface OnCase {
  readonly id: Uuid;
  readonly view: Part;
  readonly status: CaseState['status'];
  readonly last_day: LocalDate | null;
  readonly until_seq: number | null;
  readonly survivor: Uuid | null;
}

/**
 * The case `a` as the caller's structure stands to it, with one column per list.
 * @param lists selects, by the name under which their rows are answered
 * @param where what must hold besides for there to be an answer, and an entry in the journal
 */
export const onCase = (lists: Readonly<Record<string, string>>, where = 'true'): string => `
select a.case_id as id, a.participation as view, a.status, a.last_day, a.until_seq, visible_survivor(a.case_id) as survivor, ${Object.entries(
  lists,
)
  .map(([name, select]) => `(select coalesce(json_agg(x), '[]') from (${select}) x) as ${name}`)
  .join(', ')}
from case_access a where a.structure_id = me_structure() and a.case_id = ($1->>'caseId')::uuid and ${where}`;

/** Problems: 404 when the case is hidden; moved, when it went on in another record. */
export function standing<Read extends OnCase>([read]: readonly Read[]): Read {
  if (!read) throw notFound();
  if (read.survivor) throw new RecordMoved(read.survivor);
  return read;
}

/** How the caller's structure stands to the case by that row: what it may do now follows. */
export const standingIn = ({ view, status, last_day }: Pick<OnCase, 'view' | 'status' | 'last_day'>): Standing => ({
  participation: view,
  status,
  lastDay: last_day,
});

/** The second decision, beside row-level security's: the thread is read by who takes part, and by a former lead up to its end. */
export const isRead = ({ view, until_seq }: OnCase, { seq }: { readonly seq: number }): boolean =>
  view === 'lead' || view === 'contributor' || (view === 'former_lead' && seq <= (until_seq ?? 0));
