import type { Ground } from './fuzz.ground';
import type { Sample } from './fuzz.samples';
import type { People } from './referral-states';

const reason = 'Motif.';
export const effectiveAt = '2026-12-15T09:00:00.000Z';

/** Of handovers, one by one and in batches. */
export function handoverSamples({ recipient, sender, contributor }: People, ground: Ground): Record<string, Sample> {
  const decision = {
    ...{ caseId: ground.cases, decision: 'structure', structureId: recipient.structureId, counsellorId: recipient.id },
    ...{ reason: 'need_met', cancelReferrals: true },
  };
  return {
    '/v1/cases/{id}/handovers': {
      by: 'sender',
      body: {
        kind: 'push',
        toStructureId: recipient.structureId,
        toCounsellorId: recipient.id,
        note: 'Note.',
        reason,
        effectiveAt,
      },
    },
    '/v1/join-requests': { by: 'recipient', secret: true, body: { matchToken: 'x'.repeat(40), reason } },
    '/v1/handovers/{id}/accept': {
      by: 'contributor',
      given: 'handover proposed',
      body: { effectiveAt, counsellorId: contributor.id },
    },
    '/v1/handovers/{id}/decline': { by: 'contributor', given: 'handover proposed', body: { reason } },
    '/v1/handovers/{id}/withdraw': { by: 'sender', given: 'handover proposed', body: {} },
    '/v1/handovers/{id}/cancel': { by: 'sender', given: 'handover accepted', body: { reason } },
    // A preview: a batch takes all of the sender's cases, and the next one would find none.
    '/v1/handover-batches': {
      by: 'coordinator',
      body: {
        kind: 'post_moves',
        userId: sender.id,
        structureId: sender.structureId,
        toStructureId: recipient.structureId,
        reason,
        preview: true,
      },
    },
    '/v1/handover-batches/{id}/decisions': { by: 'coordinator', given: 'batch', body: { decisions: [decision] } },
    '/v1/handover-batches/{id}/start': {
      by: 'coordinator',
      given: 'batch',
      body: { decisions: [decision], acceptProposals: true },
    },
    '/v1/handover-batches/{id}/cancel': { by: 'coordinator', given: 'batch', body: {} },
    '/v1/handover-batches/{id}/undo': { by: 'coordinator', given: 'started batch', body: { reason } },
  };
}
