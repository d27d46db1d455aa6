import type { Shape } from '../api/client';
import { may, useMe } from '../sign-in/me';
import { Attachments } from './Attachments';

/** The recipient joins what it has while it helps. */
const helping = ['accepted', 'in_progress', 'on_hold'];

/** Of a referral: what the sender joins is read with the message, before there is an answer. */
export function ReferralFiles({ of }: { of: Shape<'ReferralResponse'> }) {
  const me = useMe();
  const sends = of.fromStructure.id === me.structure.id;
  const helps = of.toStructure?.id === me.structure.id && helping.includes(of.status);
  return (
    <Attachments
      of={{ at: '/v1/referrals/{id}/attachments', path: { id: of.id } }}
      own={may(me, 'referral.create') && of.endedAt === undefined && (sends || helps)}
      readers={sends ? 'La structure qui reçoit la demande le lira avec elle.' : 'La structure qui a orienté le lira.'}
    />
  );
}
