/** Rows of a convention: its line, and of each post what it is and was. Pure. */
import type { Change, LocalDate, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { fillBy, isConventionEvent, type ConventionRecord, type ConventionState, type Post } from './convention';

export interface ConventionRow {
  id: Uuid;
  /** Equal to `id`. */
  case_id: Uuid;
  structure_id: Uuid;
  reference: string;
  envelope: number;
  from_date: LocalDate;
  until_date: LocalDate;
  amount: number;
  version: number;
  /** Why it ended on another day than was agreed on. */
  end_reason: string | null;
}

/** A while of a post, with one holder or none. */
export interface PostPeriodRow {
  /** The event that began it; the post's own id for the first one. */
  id: Uuid;
  /** The convention. */
  case_id: Uuid;
  structure_id: Uuid;
  post_id: Uuid;
  status: string;
  user_id: Uuid | null;
  from_date: LocalDate;
  /** null: until now. */
  until_date: LocalDate | null;
  /** Of what is vacant now: the last day on which it may be filled. */
  fill_by: LocalDate | null;
}

export function projectConvention(
  before: ConventionRecord,
  { convention: state }: ConventionRecord,
  event: RecordEvent,
): Change[] {
  if (!isConventionEvent(event)) return [];
  const { stream: id } = event;
  const row: ConventionRow = {
    id,
    case_id: id,
    structure_id: state.structureId,
    reference: state.reference,
    envelope: state.envelope,
    from_date: state.from,
    until_date: state.until,
    amount: state.amount,
    version: state.version,
    end_reason: state.endReason ?? null,
  };
  const periods = periodsOf(id, before.convention, state, event);
  return [
    { call: 'put_convention', rows: [row] },
    ...(periods.length > 0 ? [{ call: 'put_post_period', rows: periods }] : []),
  ];
}

function periodsOf(id: Uuid, before: ConventionState, state: ConventionState, event: RecordEvent): PostPeriodRow[] {
  if (!isConventionEvent(event)) return [];
  switch (event.type) {
    case 'ConventionSigned':
      return state.posts.map((post) => periodOf(id, state, post));
    case 'PostOccupied':
    case 'PostVacated':
    case 'PostReturned': {
      const { postId } = event.data;
      const [was, is] = [before, state].map(({ posts }) => posts.find((post) => post.id === postId)!) as [Post, Post];
      return [{ ...periodOf(id, before, was), until_date: is.since, fill_by: null }, periodOf(id, state, is)];
    }
    case 'ConventionEnded':
      return before.posts
        .filter(({ status }) => status !== 'returned')
        .map((post) => ({ ...periodOf(id, before, post), until_date: event.data.on, fill_by: null }));
    case 'EndNears':
      return [];
  }
}

const periodOf = (
  convention: Uuid,
  state: ConventionState,
  { id, period, status, userId, since }: Post,
): PostPeriodRow => ({
  id: period,
  case_id: convention,
  structure_id: state.structureId,
  post_id: id,
  status,
  user_id: userId,
  from_date: since,
  until_date: null,
  fill_by: status === 'vacant' ? fillBy(state, { since }) : null,
});
