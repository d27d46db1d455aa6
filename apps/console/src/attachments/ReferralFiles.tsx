import { api, http, type Shape } from '../api/client';
import { useAct } from '../pieces/act';
import { may, useMe } from '../sign-in/me';
import { Attachments } from './Attachments';
import { asBody, asForm } from './files';

const at = '/v1/referrals/{id}/attachments';
/** The recipient joins what it has while it helps. */
const helping = ['accepted', 'in_progress', 'on_hold'];

/** Of a referral: what the sender joins is read with the message, before there is an answer. */
export function ReferralFiles({ of }: { of: Shape<'ReferralResponse'> }) {
  const me = useMe();
  const path = { id: of.id };
  const list = api.useQuery('get', at, { params: { path } });
  const join = useAct(at, 'Fichier joint');
  const remove = useAct(`${at}/{fid}/remove`, 'Fichier retiré');
  const sends = of.fromStructure.id === me.structure.id;
  const helps = of.toStructure?.id === me.structure.id && helping.includes(of.status);
  const own = may(me, 'referral.create') && of.endedAt === undefined && (sends || helps);
  return (
    <Attachments
      list={list}
      {...(own && {
        join: { ...join, send: (file) => join.send({ params: { path }, body: asBody(file), ...asForm }) },
      })}
      read={async (fid) =>
        (await http.GET(`${at}/{fid}`, { params: { path: { ...path, fid } }, parseAs: 'blob' })).data as unknown as Blob
      }
      remove={{ ...remove, send: ({ id: fid, ...body }) => remove.send({ params: { path: { ...path, fid } }, body }) }}
      readers={sends ? 'La structure qui reçoit la demande le lira avec elle.' : 'La structure qui a orienté le lira.'}
    />
  );
}
