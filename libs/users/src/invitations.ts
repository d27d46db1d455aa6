import type { Uuid } from '@fil-rouge/kernel';
import { isUuid, type Sealing } from '@fil-rouge/platform';

/**
 * The secret of an invitation's link. It is sealed with the master key from the invitation's id alone, so it is stored nowhere:
 * neither the database nor a job holds a link that opens an account. That it is used once, within seven days, is the row's business.
 */
export const invitationToken = (sealing: Sealing, invitationId: Uuid): string => sealing.sealToken('invitation', { id: invitationId });

/** The invitation's id; null when the token is not ours. */
export function openInvitation(sealing: Sealing, token: string): Uuid | null {
  const id = sealing.openToken('invitation', token)?.['id'];
  return typeof id === 'string' && isUuid(id) ? id : null;
}
