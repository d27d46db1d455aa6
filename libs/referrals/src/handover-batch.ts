/**
 * READ FIRST: leavers. A batch holds the open cases that somebody (or a whole structure) leads and is about to leave, one item per case: what is
 * proposed, what was decided and by whom, and what became of it.
 *
 *   item    undecided → decided → (start) pending → done | failed;   failed → decided anew → pending;   cancelled with its batch;
 *           done, but only proposed → declined, withdrawn, expired, cancelled → failed;   whatever waits → (case erased, merged) done
 *   batch   prepared → (start) running → done;                       prepared → cancelled
 *
 * A batch decides nothing by itself: every item becomes one commit on its own case, by the rules of handovers and of closing, in the name of
 * the person who decided it. The commit that moves or closes the case also marks the item: an item is done exactly once, whatever is killed.
 */
import type { Uuid } from '@fil-rouge/kernel';

export const batchKinds = ['counsellor_leaves', 'post_moves', 'structure_suspended', 'structure_closed'] as const;
export type BatchKind = (typeof batchKinds)[number];

export const batchStatuses = ['prepared', 'running', 'done', 'cancelled'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

export const decisionKinds = ['colleague', 'structure', 'close'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export type ItemState = 'undecided' | 'decided' | 'pending' | 'done' | 'failed' | 'cancelled';

/**
 * `reassigned` inside the structure · `moved` to another by decision · `proposed` to another, which answers · `closed` ·
 * `superseded`: the case had moved or closed by itself before its turn came
 */
export type BatchOutcome = 'reassigned' | 'moved' | 'proposed' | 'closed' | 'superseded';

/** A second batch takes what is left: answers stay of a size that a screen can show. */
export const mostCases = 1000;

/** Who leaves: a counsellor of the structure, or (no `userId`) the structure itself. */
export interface Leaving {
  readonly kind: BatchKind;
  readonly structureId: Uuid;
  readonly userId: Uuid | null;
  /** Where a post moves to. */
  readonly toStructureId: Uuid | null;
}

export interface Decision {
  readonly caseId: Uuid;
  readonly decision: DecisionKind;
  readonly counsellorId?: Uuid;
  readonly structureId?: Uuid;
  /** Why the case closes. */
  readonly reason?: string;
  readonly cancelReferrals?: boolean;
}

/** What the other side, or the record, reads when nobody wrote a reason. */
export const reasonsByDefault: Readonly<Record<BatchKind, string>> = {
  counsellor_leaves: 'Départ du conseiller qui menait ce suivi.',
  post_moves: 'Transfert du poste vers une autre structure.',
  structure_suspended: 'Suspension de la structure qui menait ce suivi.',
  structure_closed: 'Fermeture de la structure qui menait ce suivi.',
};
