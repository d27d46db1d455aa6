import type { Shape } from '../api/client';

type Task = Shape<'TaskDto'>;

/** The way out of each task in a word, and where it leads. */
const ways: Record<Task['kind'], string> = {
  answer_referral: 'Répondre',
  assign_contact: 'Nommer quelqu’un',
  start_referral: 'Commencer',
  resume_referral: 'Reprendre',
  agree_cancellation: 'Répondre',
  send_draft: 'Relire',
  settle_draft: 'Relire',
  choose_other_structure: 'Choisir',
  propose_next_step: 'Voir la suite',
  answer_handover: 'Répondre',
  choose_other_lead: 'Choisir',
  decide_lead: 'Décider',
  decide_batch: 'Décider',
  assign_counsellor: 'Confier',
  review_case: 'Revoir',
};

export const wayOut = ({ kind }: Task): string => ways[kind];

export function placeOf({ referralId, handoverId, handoverBatchId, caseId }: Partial<Task>): string {
  if (referralId) return `/referrals/${referralId}`;
  if (handoverBatchId) return `/handover-batches/${handoverBatchId}`;
  if (handoverId) return `/handovers/${handoverId}`;
  return caseId ? `/cases/${caseId}` : '/';
}
