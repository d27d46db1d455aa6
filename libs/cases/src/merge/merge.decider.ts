/**
 * Two records of the same resident become one, by decision of the coordinator. Pure: (both records, input, contexts) → the events of each,
 * written in one commit. Nothing is copied but what decisions and the search need: the loser's log stays where it is, closed by `MergedInto`,
 * and is read through the survivor.
 *
 * The rule for leads: the survivor's stays, because there is exactly one lead and the coordinator has chosen the record that goes on. A
 * structure that led the other one becomes contributor, so that nobody who follows the resident today loses sight of them; its grant's
 * source is the loser's id. Whom the resident objects to: merge.objections.ts. The last lead of a *closed* record follows nobody: it reads that record up to its end and gets nothing new.
 * Who had left either record before keeps what it had there.
 */
import {
  invalid,
  notFound,
  Problem,
  stale,
  wrongState,
  type Actor,
  type Context,
  type Decided,
  type JsonObject,
  type MergeShare,
  type Uuid,
} from '@fil-rouge/kernel';
import { objectsTo, type CaseEventData, type CaseRecord, type CaseState, type OpenedGrant } from '../case/case';
import { watches } from '../case/case.policy';
import { checkObjections, endsOfAlone } from './merge.objections';
import { residentOf, piecesOf } from '../case/resident';

export interface Merging {
  readonly loserId: Uuid;
  readonly survivorId: Uuid;
  readonly reason: string;
  /** Version of the loser that the caller has read. */
  readonly ifMatch?: number;
}

/** One of the two, as the store hands it to a decision. */
export interface MergeSide {
  readonly state: CaseRecord;
  readonly context: Context;
}

/** `shares`: what the slices above have on either. Needs the pieces first_name, identity and profile of the loser. */
export function merge(
  loser: MergeSide,
  survivor: MergeSide | undefined,
  input: Merging,
  shares: readonly MergeShare[],
): [Decided[], Decided[]] {
  allowMerge(loser, survivor, input);
  if (!survivor) throw invalid('/intoCaseId', 'same', 'A record is not merged with itself.');
  checkObjections(loser.state.case, survivor.state.case);
  const endings = shares.map((share) => share.endings(loser.state, survivor.state));
  const [ofLoser, ofSurvivor] = [endings.flatMap((one) => one.ofLoser), endings.flatMap((one) => one.ofSurvivor)];
  return [
    [...ofLoser, mergedInto(loser, input)],
    [...ofSurvivor, recordsMerged(loser, survivor, ofLoser, input, shares)],
  ];
}

function allowMerge(
  { state: { case: loser }, context: { actor } }: MergeSide,
  survivor: MergeSide | undefined,
  { ifMatch }: Merging,
): void {
  if (!isWatched(loser, actor) || (survivor && !isWatched(survivor.state.case, actor))) throw notFound();
  if (ifMatch !== undefined && ifMatch !== loser.version) throw stale();
  if (loser.status === 'merged') throw merged();
  const present = survivor?.state.case.status;
  if (present === 'merged')
    throw new Problem('wrong-state', 'The record it shall go on in has itself been merged into another one.', {
      status: present,
      actions: [],
    });
  // An open follow-up does not end in a closed one without anybody to lead it.
  if (present === 'closed' && loser.status === 'open') {
    throw new Problem(
      'wrong-state',
      'The record it shall go on in is closed: merge the other way round, or have it reopened first.',
      { status: present, actions: [] },
    );
  }
}

/** The answer to every command on a record that goes on elsewhere; where, is added for who may see it. */
export const merged = (): Problem => wrongState('merged');

/**
 * The structure still took part when the record ended, and so knows that it did. A structure that had left before is told no more than of any
 * record it has left, even if it left by an event of the same instant (a handover that was due). The merge is the last event that ends access, the
 * lead's at least.
 */
export function endedByMerge({ status, formers }: CaseState, structureId: Uuid | null): boolean {
  if (status !== 'merged' || structureId === null) return false;
  return formers[structureId]?.seq === Math.max(...Object.values(formers).map(({ seq }) => seq));
}

const isWatched = (state: CaseState, actor: Actor): boolean =>
  state.status !== 'none' && state.status !== 'erased' && actor.role === 'coordinator' && watches(state, actor);

function mergedInto({ state: { case: loser } }: MergeSide, { survivorId, reason }: Merging): Decided {
  const data: CaseEventData['MergedInto'] = { survivorId, ended: loser.grants.map(({ id }) => id) };
  return { type: 'MergedInto', data, pieces: [{ kind: 'shared_text', value: { reason } }] };
}

function recordsMerged(
  { state: whole, context: before }: MergeSide,
  { state: other, context }: MergeSide,
  endings: readonly Decided[],
  { loserId }: Merging,
  shares: readonly MergeShare[],
): Decided {
  const [{ case: loser }, { case: survivor }] = [whole, other];
  const carried = shares.flatMap((share) => share.carried?.(whole, other) ?? []);
  const resident = residentOf((kind) => before.piece(kind));
  const data: CaseEventData['RecordsMerged'] = {
    loserId,
    loserHash: before.hash ?? '',
    loserVersion: before.seq,
    opened: grantsTakenOver(loser, survivor, endings, loserId, context),
    ...endsOfAlone(survivor, (structureId) => objectsTo(loser, structureId)),
    takenOver: {
      ...membersOf(carried, 'takenOver'),
      objections: loser.objections.filter(({ against }) => !objectsTo(survivor, against)),
      mergedFrom: loser.mergedFrom,
      lead: loser.lead && { structureId: loser.lead.structureId, counsellorId: loser.lead.counsellorId },
    },
  };
  // Shared by the loser's id, which nobody is a party of: leads read these pieces, and they are not news about the resident.
  const pieces = [
    ...(resident ? piecesOf(resident) : []),
    { kind: 'shared_text' as const, value: { sealed: membersOf(carried, 'sealed') } },
  ];
  return { type: 'RecordsMerged', data, pieces: pieces.map((piece) => ({ ...piece, sharedBy: loserId })) };
}

const membersOf = <K extends string>(all: readonly Record<K, JsonObject>[], name: K): JsonObject =>
  Object.assign({}, ...all.map((one) => one[name])) as JsonObject;

/** Open access goes on under the same source, so that it ends with the referral it came from. Of whom the survivor's resident objects to, none does. */
function grantsTakenOver(
  loser: CaseState,
  survivor: CaseState,
  endings: readonly Decided[],
  loserId: Uuid,
  context: Context,
): OpenedGrant[] {
  const over = endings.flatMap(({ data }) => (data['ended'] as Uuid[] | undefined) ?? []);
  const helping = loser.grants.filter(
    ({ id, kind, structureId }) => kind !== 'lead' && !over.includes(id) && !objectsTo(survivor, structureId),
  );
  const led =
    loser.lead && loser.lead.structureId !== survivor.lead?.structureId
      ? [{ structureId: loser.lead.structureId, kind: 'contributor' as const, source: loserId }]
      : [];
  return [...helping.map(({ fromSeq: _from, ...grant }) => grant), ...led].map((grant) => ({
    ...grant,
    id: context.newId(),
  }));
}
