/**
 * What is said of a referral before it is sent. Its maker may change everything about a draft until it is sent. Each wording is an event of its
 * own. The structure that is asked only ever reads the wording that was sent.
 */
import { canonicalJson, invalid, wrongState, type Context, type Decided, type Uuid } from '@fil-rouge/kernel';
import { checkInformed, checkThemes, takesPart } from '@fil-rouge/cases';
import { structureOf } from '@fil-rouge/users';
import {
  mostOpenReferrals,
  openReferral,
  type DraftText,
  type Informed,
  type Referral,
  type ReferralRecord,
} from './referral';
import { drafted, edited } from './referral.events';
import { dispatch, noSuchRecipient, notAccepted, ofRecipient, ownStructure } from './referral.sending.decider';
import { checkPrevious, decideOn, senderOf, type OnReferral, type ReferralRow } from './referral.standing.decider';

/** What may be said. Of a draft without a recipient nobody is asked yet. */
type Said = {
  toStructureId?: Uuid;
  needs: string[];
  urgency: string;
  contact: string;
  message?: string;
  informed?: Informed;
  onwardAllowed?: boolean;
  parentReferralId?: Uuid;
  previousReferralId?: Uuid;
};

export type NewReferral = Said & {
  caseId: Uuid;
  broadcastId?: Uuid;
  send: boolean;
  /** Version of the case the caller has read. */
  ifMatch?: number;
};

/** One need, several structures (2 to 10), the same words for each. */
export type NewBroadcast = Omit<NewReferral, 'toStructureId' | 'broadcastId'> & { toStructureIds: Uuid[] };

/** Only what changes; null takes away what need not be said. */
export type DraftChanges = { [M in keyof Said]?: Said[M] | (undefined extends Said[M] ? null : never) };

// – | create | draft | lead or contributor
export function create(record: ReferralRecord, input: NewReferral, context: Context): Decided[] {
  const from = senderOf(record, input, context);
  const {
    toStructureId: to,
    needs,
    message,
    contact,
    informed,
    urgency,
    onwardAllowed = false,
    previousReferralId,
    broadcastId,
  } = input;
  checkThemes(needs, '/needs');
  if (informed && !input.send) checkInformed(informed.on, context.today);
  checkRoom(record, 1);
  if (previousReferralId) checkPrevious(record, input.caseId, from, context);
  if (to) checkRecipient(to, from, context);
  const path = pathFrom(record, from, input.parentReferralId);
  const referral = { id: context.newId(), from, to };
  const draft = drafted(
    referral,
    { urgency, onwardAllowed, ...path, previousReferralId, broadcastId },
    { needs, contact, message, informed },
  );
  if (!input.send) return [draft];
  return [
    draft,
    dispatch(
      {
        ...referral,
        needs,
        urgency,
        contact,
        informedOn: informed?.on,
        parentId: path.parentReferralId,
        chain: path.chain,
      },
      record,
      context,
    ),
  ];
}

/** – | create, broadcast | one draft per recipient, all sent or none | lead or contributor */
export function broadcast(
  record: ReferralRecord,
  { toStructureIds, ...input }: NewBroadcast,
  context: Context,
): Decided[] {
  const own = toStructureIds.indexOf(senderOf(record, input, context));
  if (own >= 0) throw ownStructure(`/toStructureIds/${own}`);
  checkRoom(record, toStructureIds.length);
  const broadcastId = context.newId();
  return toStructureIds.flatMap((toStructureId, at) =>
    ofRecipient(at, () => create(record, { ...input, toStructureId, broadcastId }, context)),
  );
}

// draft | edit | draft | same. Needs the text of the draft, and the row `previous` when that is changed.
export function edit(
  record: ReferralRecord,
  { referralId, ifMatch, ...changes }: OnReferral & DraftChanges,
  context: Context,
): Decided[] {
  const referral = decideOn(record, { referralId, ifMatch }, 'edit', context);
  if (record.case.status !== 'open') throw wrongState(record.case.status);
  const { from } = referral;
  const before = saidOf(referral, context.piece('shared_text', referral.draftEvent) as DraftText);
  const said = changed(before, changes);
  const {
    toStructureId: to,
    needs,
    message,
    contact,
    informed,
    urgency,
    onwardAllowed = false,
    parentReferralId,
    previousReferralId,
  } = said;
  if (changes.needs) checkThemes(needs, '/needs');
  if (changes.informed) checkInformed(changes.informed.on, context.today);
  if (previousReferralId && previousReferralId !== before.previousReferralId) {
    checkPrevious(record, context.row<ReferralRow>('referral')!.case_id, from, context);
  }
  if (to && to !== before.toStructureId) checkRecipient(to, from, context);
  if (isSame(said, before)) return [];
  const { parentId, parentFrom: parentFromId, chain } = referral;
  const path =
    parentReferralId === parentId
      ? { parentReferralId, parentFromId, chain }
      : pathFrom(record, from, parentReferralId);
  return [
    edited(
      { id: referral.id, from, to },
      { urgency, onwardAllowed, ...path, previousReferralId },
      { needs, contact, message, informed },
    ),
  ];
}

/**
 * accepted, in_progress, on_hold | complete, helped_partially with remaining needs | a new draft. Back on the desk of who sent it, or of the lead when that one
 * takes part no more. Whom to ask is open (who has just ended has said that it can do no more), and the resident has yet to be informed.
 */
export function remaining(
  done: Referral,
  needs: string[],
  { case: state }: ReferralRecord,
  context: Context,
): Decided[] {
  const from = takesPart(state, done.from) ? done.from : state.lead?.structureId;
  if (from === undefined || from === done.to) return [];
  const { parentId, parentFrom, chain } =
    from === done.from ? done : { parentId: undefined, parentFrom: undefined, chain: [from] };
  return [
    drafted(
      { id: context.newId(), from },
      {
        urgency: 'normal',
        onwardAllowed: done.onwardAllowed,
        chain,
        parentReferralId: parentId,
        parentFromId: parentFrom,
        previousReferralId: done.id,
      },
      { needs, contact: done.contact },
    ),
  ];
}

function checkRoom({ referrals }: ReferralRecord, more: number): void {
  if (referrals.open.length + more <= mostOpenReferrals) return;
  throw invalid('', 'too-many-open', `A case has ${mostOpenReferrals} open referrals at most. Withdraw one first.`);
}

function checkRecipient(to: Uuid, from: Uuid, context: Context): void {
  if (to === from) throw ownStructure();
  if (!structureOf(context.fact(to))) throw noSuchRecipient();
}

/** The structures the resident came through to the sender, which continues an accepted referral or begins. */
function pathFrom({ referrals }: ReferralRecord, from: Uuid, parentReferralId: Uuid | undefined) {
  const parent = openReferral(referrals, parentReferralId ?? null);
  if (parentReferralId && parent?.to !== from) throw notAccepted();
  return { chain: [...(parent?.chain ?? []), from], parentReferralId: parent?.id, parentFromId: parent?.from };
}

const saidOf = (
  { to, urgency, onwardAllowed, parentId, previousId }: Referral,
  { needs, contact, message, informed }: DraftText,
): Said => ({
  toStructureId: to,
  needs,
  urgency,
  contact,
  message,
  informed,
  onwardAllowed,
  parentReferralId: parentId,
  previousReferralId: previousId,
});

/** Whoever was told of one recipient was not told of another: the resident is informed anew. */
function changed(before: Said, changes: DraftChanges): Said {
  const given = Object.fromEntries(
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value ?? undefined]),
  );
  const said: Said = {
    ...before,
    ...given,
    ...(changes.informed ? { informed: { on: changes.informed.on, how: changes.informed.how } } : {}),
  };
  const another = before.toStructureId !== undefined && said.toStructureId !== before.toStructureId;
  return another && !changes.informed ? { ...said, informed: undefined } : said;
}

const members = [
  'toStructureId',
  'needs',
  'urgency',
  'contact',
  'message',
  'informed',
  'onwardAllowed',
  'parentReferralId',
  'previousReferralId',
] as const satisfies readonly (keyof Said)[];

const isSame = (one: Said, other: Said): boolean =>
  members.every((member) => canonicalJson(one[member] ?? null) === canonicalJson(other[member] ?? null));
