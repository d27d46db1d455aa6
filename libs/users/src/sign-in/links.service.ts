import type { Uuid } from '@fil-rouge/kernel';
import { isUuid, type Sealing } from '@fil-rouge/platform';

/** What the link of an e-mail does. A token made for one does not open another. */
export type LinkKind = 'invitation' | 'password-reset' | 'email-change';

/**
 * The secret of an e-mail's link. It is sealed from ids alone, so it is stored nowhere: neither the database nor a job holds a
 * link that opens an account. The link's row, or record, sees to it that a link is used once and in time.
 * @param id of the invitation, or of what was asked
 * @param userId whose account it is, where no row says so
 */
export const linkToken = (sealing: Sealing, kind: LinkKind, id: Uuid, userId?: Uuid): string =>
  sealing.sealToken(kind, { id, ...(userId && { userId }) });

export const invitationToken = (sealing: Sealing, invitationId: Uuid): string =>
  linkToken(sealing, 'invitation', invitationId);

/** Null when the token is not ours. */
export function openLink(sealing: Sealing, kind: LinkKind, token: string): { id: Uuid; userId?: Uuid } | null {
  const { id, userId } = sealing.openToken(kind, token) ?? {};
  if (typeof id !== 'string' || !isUuid(id)) return null;
  return { id, ...(typeof userId === 'string' && isUuid(userId) && { userId }) };
}
