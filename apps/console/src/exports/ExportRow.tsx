import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'preact/compat';
import { api, http, type Shape } from '../api/client';
import { dayOf, fullDay, hourOf, lately } from '../api/dates';
import { useWords } from '../api/words';
import { saveAs, sizeOf } from '../attachments/files';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { useToasts } from '../pieces/toasts';

type Export = Shape<'ExportShown'>;

const lines = (count: number): string => `${count.toLocaleString('fr')} ${count > 1 ? 'lignes' : 'ligne'}`;

/** One export: what it is of, how far it is, and the file once it is there. */
export function ExportRow({ one }: { one: Export }) {
  const words = useWords();
  const { done } = useToasts();
  const queries = useQueryClient();
  const removal = api.useMutation('delete', '/v1/exports/{id}', {
    onSuccess: () => {
      done('Export supprimé');
      void queries.invalidateQueries();
    },
  });
  const [opening, setOpening] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const open = () => {
    setOpening({ busy: true });
    http.GET('/v1/exports/{id}/file', { params: { path: { id: one.id } }, parseAs: 'blob' }).then(
      ({ data }) => {
        saveAs(data as unknown as Blob, `activites-${dayOf(one.askedAt)}.${one.format}`);
        setOpening({ busy: false });
      },
      (error: unknown) => setOpening({ busy: false, error }),
    );
  };
  const which = `demandé ${lately(one.askedAt)}`;
  return (
    <li>
      <div>
        <p>
          {words.say('exportRows', one.row)}, {words.say('exportFormats', one.format)}{' '}
          <span className={one.status === 'failed' ? 'tag heed' : 'tag'}>
            {words.say('exportStatuses', one.status)}
          </span>
        </p>
        <p className="small soft">
          {which}
          {one.counsellor && `, ${one.counsellor.name}`}
          {one.from && `, du ${fullDay(one.from)}`}
          {one.to && `, jusqu’au ${fullDay(one.to)}`}
          {one.bytes !== undefined && `, ${lines(one.rows)}, ${sizeOf(one.bytes)}`}
          {one.status === 'ready' && `, gardé jusqu’au ${fullDay(one.expiresAt)} à ${hourOf(one.expiresAt)}`}
        </p>
        {one.failure && <p className="small">{words.say('exportFailures', one.failure)}.</p>}
        {(one.status === 'waiting' || one.status === 'running') && <HowFar one={one} />}
        {opening.error !== undefined && <Failure error={opening.error} />}
        {removal.error !== null && <Failure error={removal.error} />}
      </div>
      <div className="acts">
        {one.actions.includes('file') && (
          <Button dense busy={opening.busy} onClick={open}>
            Télécharger<span className="only-heard"> l’export {which}</span>
          </Button>
        )}
        <Button
          dense
          quiet
          busy={removal.isPending}
          onClick={() => removal.mutate({ params: { path: { id: one.id } } })}
        >
          Supprimer<span className="only-heard"> l’export {which}</span>
        </Button>
      </div>
    </li>
  );
}

/** Of how many there will be, once they have been counted. */
function HowFar({ one: { rows, total } }: { one: Export }) {
  return (
    <p className="small">
      <progress aria-label="Avancement de l’export" {...(total && { value: rows, max: total })} />{' '}
      {total !== undefined && `${rows.toLocaleString('fr')} sur ${lines(total)}`}
    </p>
  );
}
