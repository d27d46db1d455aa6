/**
 * What the resident objects to, when two records become one. Pure. An objection on one record stands against reading that record through the other.
 * Where it is against a lead, the merge is refused: only the coordinator can say who follows the resident then. Any other structure that it is
 * against leaves its own record before the two are one.
 */
import { Problem, type Uuid } from '@fil-rouge/kernel';
import { objectsTo, type CaseState, type Grant } from '../case/case';

/** Also of a closed record: who led it last keeps that access. */
const leadingStructure = ({ grants }: CaseState): Uuid | undefined =>
  grants.find(({ kind }) => kind === 'lead')?.structureId;

const remedy = 'to another structure first, or the objection ended with the resident.';

/** The survivor's lead would read all of the loser. The loser's lead, while that record is open, would become a contributor here. */
export function checkObjections(loser: CaseState, survivor: CaseState): void {
  const goesOn = leadingStructure(survivor);
  if (loser.lead && loser.lead.structureId !== goesOn && objectsTo(survivor, loser.lead.structureId)) {
    throw new Problem(
      'objection',
      `The resident objects, on the record it shall go on in, to sharing with the structure that leads this one. Have this one handed over ${remedy}`,
    );
  }
  if (goesOn && leadingStructure(loser) !== goesOn && objectsTo(loser, goesOn)) {
    throw new Problem(
      'objection',
      `The resident objects, on this record, to sharing with the structure that leads the one it shall go on in. Have that one handed over ${remedy}`,
    );
  }
}

/** Grants of structures that contribute because they led a record which ended in this one. */
const grantsOfLedMerged = ({ grants, mergedFrom }: CaseState): Grant[] =>
  grants.filter(({ source }) => mergedFrom.includes(source));

/** No referral stands behind these, so no referral's end would end them: of who led a record that ended here, and of who asked to contribute. */
export const standingAlone = (state: CaseState): Grant[] => [
  ...grantsOfLedMerged(state),
  ...state.grants.filter(({ alone }) => alone),
];

export const ledMerged = (state: CaseState, structureId: Uuid, seq: number): boolean =>
  grantsOfLedMerged(state).some((grant) => grant.structureId === structureId && grant.fromSeq === seq);

/** What an event says it ends of these: all of them, or those that are objected to. Nothing: no member, as in most records. */
export function endsOfAlone(
  state: CaseState,
  objected: (structureId: Uuid) => boolean = () => true,
): { ended?: Uuid[] } {
  const ended = standingAlone(state)
    .filter(({ structureId }) => objected(structureId))
    .map(({ id }) => id);
  return ended.length > 0 ? { ended } : {};
}
