import type { Shape } from '../api/client';
import { daysBetween, dayOf, today } from '../api/dates';

type Referral = Shape<'ReferralResponse'>;
type State = Referral['status'];

/** Where something is still expected of somebody. */
export const open = ['draft', 'held', 'sent', 'under_review', 'accepted', 'in_progress', 'on_hold'] as const;
export const isOpen = ({ status }: Pick<Referral, 'status'>): boolean => (open as readonly State[]).includes(status);

/** Groups of a box, in the order in which somebody works through it. */
export const piles: Record<'received' | 'sent', readonly { title: string; states: readonly State[] }[]> = {
  received: [
    { title: 'À répondre', states: ['sent', 'under_review'] },
    { title: 'À commencer', states: ['accepted'] },
    { title: 'En cours', states: ['in_progress', 'on_hold'] },
  ],
  sent: [
    { title: 'Pas encore parties', states: ['draft', 'held'] },
    { title: 'En attente d’une réponse', states: ['sent', 'under_review'] },
    { title: 'Acceptées, pas encore commencées', states: ['accepted'] },
    { title: 'En cours', states: ['in_progress', 'on_hold'] },
  ],
};

/** Ended without help: another structure can be asked. */
export const triedAgain: readonly State[] = ['declined', 'expired', 'withdrawn', 'returned', 'cancelled'];

/** Waits for an answer: a reminder is none. */
export const waits = ({ status }: Pick<Referral, 'status'>): boolean => status === 'sent' || status === 'under_review';

/** `sans réponse depuis 12 jours`, of what is still awaited; nothing when something happened today or yesterday. */
export function silenceOf(referral: Pick<Referral, 'status' | 'lastActivityAt' | 'sentAt'>): string | undefined {
  if (!isOpen(referral)) return undefined;
  const since = waits(referral) && referral.sentAt ? referral.sentAt : referral.lastActivityAt;
  const days = daysBetween(dayOf(since), today());
  if (days < 2) return undefined;
  return `${waits(referral) ? 'sans réponse' : 'rien'} depuis ${days} jours`;
}
