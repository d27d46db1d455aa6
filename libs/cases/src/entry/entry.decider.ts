/** What is asked of everything that somebody wrote on a record and that is corrected or taken back: a session, a note. Pure. */
import { forbidden, notFound, stale, wrongState, type Context, type Uuid } from '@fil-rouge/kernel';
import type { CaseState } from '../case/case';
import { allow } from '../case/case.decider';
import type { Verb } from '../case/case.policy';

/** The row of an entry as a decision reads it. */
export interface EntryRow {
  readonly id: Uuid;
  readonly case_id: Uuid;
  readonly structure_id: Uuid;
  readonly status: 'recorded' | 'entered_in_error';
  readonly text_event: Uuid;
  readonly corrections: number;
}

/** What the entry said when the handler read it, and the event that says so. */
export interface Present<F> {
  readonly event: Uuid;
  readonly fields: F;
  readonly privateNote?: string;
}

export interface OnEntry<F> {
  readonly caseId: Uuid;
  readonly entryId: Uuid;
  /** Null: the actor does not see it. */
  readonly present: Present<F> | null;
  readonly ifMatch?: number;
}

/** `row`: the name under which the handler addressed it. Throws `stale` when something came after `present` was read. */
export function ownEntry<R extends EntryRow, F>(
  state: CaseState,
  row: R | undefined,
  { caseId, present, ifMatch }: OnEntry<F>,
  verb: Verb,
  context: Context,
): { row: R; present: Present<F> } {
  // What was written on a record that has ended in this one is read here, and changed here: the log of that one is closed.
  const here = row !== undefined && [caseId, ...state.mergedFrom].includes(row.case_id);
  const own = here && row.structure_id === context.actor.structureId;
  if (!here || (!own && present === null)) throw notFound();
  allow(state, verb, context, ifMatch);
  if (!own) throw forbidden('Only the structure that recorded an entry changes it.');
  if (row.status !== 'recorded') throw wrongState(row.status);
  if (present?.event !== row.text_event) throw stale();
  return { row, present };
}

/** Absent: as it was. Null: taken away. */
export type Changes<F> = { readonly [field in keyof F]?: F[field] | null };

/** The whole image after a correction, and the names of what is different now. */
export function corrected<F extends object>(present: F, changes: Changes<F>): { fields: F; changed: string[] } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const fields = Object.fromEntries(
    Object.entries({ ...present, ...Object.fromEntries(given) }).filter(([, value]) => value !== null),
  ) as unknown as F;
  const said = (of: F, field: string): string => JSON.stringify(of[field as keyof F] ?? null);
  return {
    fields,
    changed: given.map(([field]) => field).filter((field) => said(fields, field) !== said(present, field)),
  };
}
