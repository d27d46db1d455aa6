import type { Shape } from '../api/client';
import { useMe } from '../sign-in/me';
import { Attachments } from './Attachments';

/** Of a referral: what the sender joins is read with the message, before there is an answer. */
export function ReferralFiles({ of }: { of: Shape<'ReferralResponse'> }) {
  const me = useMe();
  return (
    <Attachments
      of={{ at: '/v1/referrals/{id}/attachments', path: { id: of.id } }}
      readers={
        of.fromStructure.id === me.structure.id
          ? 'La structure qui reçoit la demande le lira avec elle.'
          : 'La structure qui a orienté le lira.'
      }
    />
  );
}
