/**
 * The read rows of referrals as data. `referral`: one whole image per referral, for coordinators, auditors and the worker. `referral_access`: the
 * image that one structure may see. One row per structure makes its lists and its row-level security an equality. The image is written anew while
 * the structure is concerned. The event that ends the access writes the last one, with `until_seq`. `party`: whose events these are.
 */
import type { Change, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { takesPart, type CaseState } from '@fil-rouge/cases';
import { evolveReferral, isReferralEvent } from './referral.fold';
import { isPressing, openReferral, type Referral, type ReferralRecord } from './referral';
import { lateFrom, nextDueAt, type ReferralDelays } from './referral.delays';
import { frozen, leads, structuresOf, viewOf, type Box, type View } from './referral.policy';

export function projectReferrals(
  before: ReferralRecord,
  after: ReferralRecord,
  event: RecordEvent,
  delays: ReferralDelays,
): Change[] {
  const own = isReferralEvent(event);
  const was = openReferral(before.referrals, event.about);
  const touched = own ? evolveReferral(was, event) : undefined;
  const moved = movedStructures(before.case, after.case);
  const taken =
    event.type === 'RecordsMerged' ? after.referrals.open.filter(({ id }) => !openReferral(before.referrals, id)) : [];
  const others =
    moved.length === 0
      ? []
      : after.referrals.open.filter((referral) => referral.id !== touched?.id && !taken.includes(referral));
  const sides = [
    ...(touched
      ? [...new Set([...structuresOf(touched, after.case), ...formerParent(was, touched), ...moved])].map((structure) =>
          side(structure, touched, was, before.case, after.case, event),
        )
      : []),
    ...taken.flatMap((referral) =>
      structuresOf(referral, after.case).map((structure) =>
        side(structure, referral, undefined, before.case, after.case, event),
      ),
    ),
    ...(event.type === 'MergedInto' ? before.referrals.open : []).flatMap((referral) =>
      structuresOf(referral, before.case).map((structure) => left(structure, referral, before.case, event)),
    ),
    ...others.flatMap((referral) =>
      moved.map((structure) => side(structure, referral, referral, before.case, after.case, event)),
    ),
  ].filter((one) => one !== null);
  return [
    {
      call: 'put_referral',
      rows: (touched ? [touched, ...taken] : taken).map((referral) => referralRow(referral, event.stream, delays)),
    },
    // An ended one is no longer in the state: its row is changed where it stands.
    {
      call: 'put_referral_void',
      rows: own && !touched && event.type === 'ReferralVoided' ? [{ id: event.about, at: event.at }] : [],
    },
    { call: 'put_referral_access', rows: sides.map((one) => accessRow(one, event.stream, delays)) },
    {
      call: 'put_party',
      rows: sides.filter(({ view }) => view.box !== 'lead').map((one) => partyRow(one, event.stream)),
    },
    ...askedByFormer(event, touched, after.case),
    ...accessEnds(before.case, after.case, event),
  ].filter(({ rows }) => rows.length > 0);
}

/** Whose referral a draft said to continue, and does not any more. */
const formerParent = (was: Referral | undefined, { parentFrom }: Referral): Uuid[] =>
  was?.parentFrom && was.parentFrom !== parentFrom ? [was.parentFrom] : [];

/** One structure's image of one referral after the event. */
type Side = { structure: Uuid; referral: Referral; view: View; until: number | null };

/** Null when the structure learns nothing: it never saw the referral, or sees it as it was when its access ended. */
function side(
  structure: Uuid,
  referral: Referral,
  was: Referral | undefined,
  before: CaseState,
  after: CaseState,
  event: RecordEvent,
): Side | null {
  const view = viewOf(referral, structure, after);
  if (view?.live) return { structure, referral, view, until: null };
  const last = was && viewOf(was, structure, before);
  if (last?.live) {
    const seen = frozen(last, leads(before, structure));
    // Whose referral it says to continue no more: it keeps the image from before, and is not told what came instead.
    return last.box === 'child' && !view
      ? { structure, referral: was!, view: seen, until: event.seq - 1 }
      : { structure, referral, view: seen, until: event.seq };
  }
  // What it does itself it may know of: a sender that has left takes back what it sent.
  const former = after.formers[structure];
  const tookBack =
    event.type === 'ReferralWithdrawn' &&
    event.about === referral.id &&
    event.structure === structure &&
    former !== undefined;
  return tookBack && view?.box === 'sent'
    ? { structure, referral, view: frozen({ ...view, sheet: true }, former.kind === 'former_lead'), until: former.seq }
    : null;
}

/** A sender that has left asks to cancel: its image shows that, and otherwise what it showed. */
function askedByFormer(event: RecordEvent, referral: Referral | undefined, after: CaseState): Change[] {
  const { type, structure, at } = event;
  if (
    type !== 'ReferralCancellationRequested' ||
    !referral ||
    structure !== referral.from ||
    takesPart(after, structure)
  )
    return [];
  return [{ call: 'put_referral_access_asked', rows: [{ structure_id: structure, id: referral.id, at }] }];
}

/**
 * An open referral leaves with its record for another one. A structure that still reads it there gets a new image from that record, in the same
 * commit and in the place of this one. A structure that does not (the old lead, of a referral between others) keeps the image it had.
 */
function left(structure: Uuid, referral: Referral, before: CaseState, { seq }: RecordEvent): Side | null {
  const last = viewOf(referral, structure, before);
  return last?.live ? { structure, referral, view: frozen(last, leads(before, structure)), until: seq } : null;
}

/** Structures whose part in the case changes with this event. */
function movedStructures(before: CaseState, after: CaseState): Uuid[] {
  const all = new Set([...before.grants, ...after.grants].map(({ structureId }) => structureId));
  return [...all].filter(
    (structure) =>
      leads(before, structure) !== leads(after, structure) ||
      takesPart(before, structure) !== takesPart(after, structure),
  );
}

/** Ended referrals are not in the state: a new lead gets their rows by copying, whoever leaves keeps them as they are. */
function accessEnds(before: CaseState, after: CaseState, { stream: case_id, seq }: RecordEvent): Change[] {
  if (before.status === 'none') return [];
  const moved = movedStructures(before, after);
  const gained = moved.filter((structure) => leads(after, structure) && !leads(before, structure));
  const left = moved.filter(
    (structure) =>
      !leads(after, structure) &&
      (leads(before, structure) || !takesPart(after, structure)) &&
      takesPart(before, structure),
  );
  return [
    {
      call: 'copy_referral_access',
      rows: gained.map((structure_id) => ({ $key: `${case_id}/${structure_id}`, case_id, structure_id })),
    },
    {
      call: 'put_referral_access_end',
      rows: left.map((structure_id) => ({
        $key: `${case_id}/${structure_id}`,
        case_id,
        structure_id,
        until_seq: seq,
        boxes: takesPart(after, structure_id) ? ['lead', 'received'] : ['lead', 'received', 'sent', 'child'],
        keeps_sheet: leads(before, structure_id),
      })),
    },
  ];
}

/** What both tables say of a referral. */
function image(referral: Referral, sheet: boolean, delays: ReferralDelays) {
  const {
    contactUserId,
    parentId,
    previousId,
    broadcastId,
    sentAt,
    endedAt,
    holdUntil,
    outcome,
    reason,
    endedBy,
    betterStructureId,
  } = referral;
  return {
    version: referral.version,
    seq: referral.seq,
    status: referral.status,
    from_structure_id: referral.from,
    to_structure_id: referral.to ?? null,
    needs: sheet ? referral.needs : null,
    contact: sheet ? referral.contact : null,
    urgency: referral.urgency,
    pressing: isPressing(referral),
    onward_allowed: referral.onwardAllowed,
    parent_referral_id: parentId ?? null,
    previous_referral_id: previousId ?? null,
    broadcast_id: broadcastId ?? null,
    contact_user_id: contactUserId ?? null,
    sent_at: sentAt ?? null,
    due_at: nextDueAt(referral, delays) ?? null,
    late_from: lateFrom(referral, delays) ?? null,
    hold_until: holdUntil ?? null,
    cancellation_requested_at: referral.cancellationRequestedAt ?? null,
    ended_at: endedAt ?? null,
    outcome: outcome ?? null,
    reason: reason ?? null,
    ended_by: endedBy ?? null,
    better_structure_id: betterStructureId ?? null,
    draft_event: referral.draftEvent,
    sheet_event: referral.sheetEvent ?? null,
    last_activity_at: referral.lastActivityAt,
  };
}

export type ReferralImage = ReturnType<typeof image>;

const referralRow = (referral: Referral, case_id: Uuid, delays: ReferralDelays) => ({
  id: referral.id,
  case_id,
  parent_from_id: referral.parentFrom ?? null,
  ...image(referral, true, delays),
});

export type AccessImage = ReferralImage & {
  structure_id: Uuid;
  id: Uuid;
  case_id: Uuid;
  box: Box;
  roles: string[];
  sheet_open: boolean;
  until_seq: number | null;
};

const accessRow = (
  { structure, referral, view, until }: Side,
  case_id: Uuid,
  delays: ReferralDelays,
): AccessImage & { $key: string } => ({
  $key: `${structure}/${referral.id}`,
  structure_id: structure,
  id: referral.id,
  case_id,
  box: view.box,
  roles: view.roles,
  sheet_open: view.sheet,
  until_seq: until,
  ...image(referral, view.sheet, delays),
  // That others were asked as well is not for those who were asked.
  ...(view.box === 'received' && !view.roles.includes('lead') ? { broadcast_id: null } : {}),
  // What was said to the structure in between is not for the one before.
  ...(view.box === 'child' && !view.roles.includes('lead') ? { better_structure_id: null } : {}),
});

/**
 * The sender reads every wording of its draft. Everybody else reads the wording that stands, or was sent: earlier ones may have been meant for
 * somebody else.
 */
const partyRow = ({ structure, referral, view, until }: Side, stream_id: Uuid) => ({
  $key: `${referral.id}/${structure}`,
  about: referral.id,
  structure_id: structure,
  stream_id,
  from_event: view.box === 'sent' ? null : referral.draftEvent,
  until_seq: until,
  reads_sheet: view.sheet,
});
