import { api, http, type Shape } from '../api/client';
import { useAct } from '../pieces/act';
import { Attachments } from './Attachments';
import { asBody, asForm } from './files';

const at = '/v1/cases/{id}/sessions/{sid}/attachments';

/** @param own whether this structure recorded it and may still add to it */
export function SessionFiles({ of, own }: { of: Shape<'SessionShown'>; own: boolean }) {
  const path = { id: of.caseId, sid: of.id };
  const list = api.useQuery('get', at, { params: { path } });
  const join = useAct(at, 'Fichier joint');
  const remove = useAct(`${at}/{fid}/remove`, 'Fichier retiré');
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
      readers="Tous ceux qui lisent l’accompagnement le liront."
    />
  );
}
