/**
 * What becomes of referrals when the record they are on is merged into another one. Open ones go on there: same id, same version, same
 * delays; ended ones stay with the record they ended on. Pure.
 */
import {
  invalid,
  pieceOf,
  type Decided,
  type EventOf,
  type JsonObject,
  type MergeShare,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { isCaseEvent, objectsTo, type CaseEventData, type CaseRecord } from '@fil-rouge/cases';
import {
  initialReferrals,
  mostOpenReferrals,
  type Referral,
  type ReferralRecord,
  type ReferralsState,
} from './referral';
import { cancelled } from './referral.events';

/** What is about the resident, and so sealed in the event that takes a referral over. */
type Told = Pick<Referral, 'needs' | 'contact' | 'informedOn'>;
/** The number it was drafted under belongs to the other record; here it begins with the event that takes it over. */
type Workflow = Omit<Referral, keyof Told | 'seq'>;

export const referralsMerging: MergeShare<ReferralRecord> = {
  endings(loser, survivor) {
    checkRoom(loser, survivor);
    return { ofLoser: endForOther(loser, survivor), ofSurvivor: endForOther(survivor, loser) };
  },
  carried: carriedOf,
};

function checkRoom(loser: ReferralRecord, survivor: ReferralRecord): void {
  if (loser.referrals.open.length + survivor.referrals.open.length <= mostOpenReferrals) return;
  throw invalid(
    '',
    'too-many-open',
    `Together the two would have more than ${mostOpenReferrals} open referrals. Have some withdrawn first.`,
  );
}

/** Objections on either record stand on both: whom they are against leaves its own record before the two become one, and learns nothing of the other. */
const endForOther = (record: ReferralRecord, { case: other }: CaseRecord): Decided[] =>
  record.referrals.open
    .filter(({ to }) => objectsTo(other, to))
    .map((referral) => cancelled(record, referral, 'objection'));

/** Members of `RecordsMerged`: in clear ids and workflow codes, sealed what the resident needs. */
function carriedOf(
  { referrals }: ReferralRecord,
  { case: survivor }: CaseRecord,
): { takenOver: JsonObject; sealed: JsonObject } {
  const open = referrals.open.filter(({ to }) => !objectsTo(survivor, to));
  const told = open.map(({ id, needs, contact, informedOn }) => [id, { needs, contact, informedOn } satisfies Told]);
  return {
    takenOver: { referrals: open.map(workflowOf) },
    sealed: { referrals: Object.fromEntries(told) as JsonObject },
  };
}

function workflowOf({
  needs: _needs,
  contact: _contact,
  informedOn: _informedOn,
  seq: _seq,
  ...workflow
}: Referral): JsonObject {
  return workflow satisfies Workflow;
}

export function evolveMerge(state: ReferralsState, event: RecordEvent): ReferralsState {
  if (!isCaseEvent(event)) return state;
  if (event.type === 'MergedInto') return initialReferrals;
  return event.type === 'RecordsMerged' ? { ...state, open: [...state.open, ...takenOver(event)] } : state;
}

/** Once the pieces are erased the codes are gone too, as with a draft. */
function takenOver(event: EventOf<Pick<CaseEventData, 'RecordsMerged'>>): Referral[] {
  const referrals = (event.data.takenOver['referrals'] ?? []) as Workflow[];
  const sealed = pieceOf(event, 'shared_text')?.['sealed'] as { referrals?: Record<Uuid, Told> } | undefined;
  return referrals.map((workflow) => ({
    needs: [],
    contact: '',
    ...workflow,
    ...sealed?.referrals?.[workflow.id],
    seq: event.seq,
  }));
}
