import { useId, useState } from 'preact/compat';
import { api, http, type Shape } from '../api/client';
import { lately } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct, useDraftedAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Wrong } from '../pieces/Field';
import { Structure } from '../pieces/Mark';
import { AskWhy, useWhy } from '../pieces/Why';
import { asBody, asForm, identityOf, largest, saveFile, sizeOf, tooLarge } from './files';

type Attachment = Shape<'AttachmentShown'>;

/** Where the files of an entry are, and which entry it is. */
export type Entry =
  | { at: '/v1/cases/{id}/sessions/{sid}/attachments'; path: { id: string; sid: string } }
  | { at: '/v1/referrals/{id}/attachments'; path: { id: string } };

interface Props {
  of: Entry;
  /** Who reads what is joined. */
  readers: string;
}

/** The files of one entry. Without any, and where none may be joined, there is nothing to say. */
export function Attachments({ of, readers }: Props) {
  const id = useId();
  const list = api.useQuery('get', of.at, { params: { path: of.path } });
  const joins = list.data?.actions.includes('attachments') === true;
  if (!joins && list.data?.items.length === 0) return null;
  return (
    <section className="sheet stack-tight" aria-labelledby={id}>
      <h2 id={id}>Pièces jointes</h2>
      <Answer of={list}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <ul className="rows">
                {items.map((one) => (
                  <Row key={one.id} of={of} one={one} />
                ))}
              </ul>
            )}
            {joins && <Join of={of} readers={readers} />}
          </>
        )}
      </Answer>
    </section>
  );
}

const contentOf = async (of: Entry, fid: string): Promise<Blob> =>
  (await http.GET(`${of.at}/{fid}`, { params: { path: { ...of.path, fid } }, parseAs: 'blob' }))
    .data as unknown as Blob;

function Row({ of, one }: { of: Entry; one: Attachment }) {
  const words = useWords();
  const [removing, setRemoving] = useState(false);
  const [opening, setOpening] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const open = () => {
    setOpening({ busy: true });
    contentOf(of, one.id).then(
      (content) => {
        saveFile(content, one);
        setOpening({ busy: false });
      },
      (error: unknown) => setOpening({ busy: false, error }),
    );
  };
  const name = one.name ?? 'Fichier dont le nom ne se lit plus';
  return (
    <li>
      <div>
        <p>{name}</p>
        <p className="small soft">
          {words.say('attachmentMedia', one.media)}, {sizeOf(one.bytes)}
          {one.structure && (
            <>
              {' • '}
              <Structure of={one.structure} />
            </>
          )}
          {one.actor && `, ${one.actor.name}`}, {lately(one.addedAt)}
        </p>
        {opening.error !== undefined && <Failure error={opening.error} />}
      </div>
      <div className="acts">
        {!one.unreadable && (
          <Button dense busy={opening.busy} onClick={open}>
            Télécharger<span className="only-heard"> {name}</span>
          </Button>
        )}
        {one.actions.includes('remove') && (
          <Button dense quiet onClick={() => setRemoving(true)}>
            Retirer…<span className="only-heard"> {name}</span>
          </Button>
        )}
      </div>
      {removing && <Remove of={of} one={one} name={name} onClose={() => setRemoving(false)} />}
    </li>
  );
}

function Remove({ of, one, name, onClose }: { of: Entry; one: Attachment; name: string; onClose: () => void }) {
  const why = useWhy<Shape<'RemoveAttachmentBody'>['reason']>(`file removed ${one.id}`);
  const act = useDraftedAct(why, `${of.at}/{fid}/remove`, 'Fichier retiré', onClose);
  return (
    <AskWhy<Shape<'RemoveAttachmentBody'>['reason']>
      {...act}
      why={why}
      title={`Retirer « ${name} » ?`}
      verb="Retirer le fichier"
      vocabulary="noteErrors"
      readers="Tous ceux qui lisaient le fichier le voient."
      above={
        <p>Son contenu est effacé pour tout le monde. Il reste écrit qu’il y en avait un. Cela ne se défait pas.</p>
      }
      onClose={onClose}
      onSend={(reason, more) => act.send({ params: { path: { ...of.path, fid: one.id } }, body: { reason, ...more } })}
    />
  );
}

/** Chosen is sent: there is nothing else to say of it. */
function Join({ of, readers }: { of: Entry; readers: string }) {
  const id = useId();
  const [large, setLarge] = useState<string>();
  const join = useAct(of.at, 'Fichier joint');
  const wrong = large ?? about(join.error, 'file');
  const choose = (file: File | undefined) => {
    if (!file || join.busy) return;
    setLarge(file.size > largest ? tooLarge(file) : undefined);
    if (file.size <= largest) join.send({ params: { path: of.path }, body: asBody(file), ...asForm }, identityOf(file));
  };
  return (
    <div className="field">
      <label htmlFor={id}>{join.busy ? 'Envoi du fichier en cours…' : 'Joindre un fichier'}</label>
      <span className="hint" id={`${id}-hint`}>
        PDF, JPEG ou PNG, {sizeOf(largest)} au plus. {readers} D’une photo, le lieu et l’appareil sont retirés.
      </span>
      <input
        id={id}
        type="file"
        accept="application/pdf,image/jpeg,image/png"
        aria-disabled={join.busy || undefined}
        aria-describedby={`${id}-hint`}
        aria-invalid={wrong !== undefined || undefined}
        onClick={(event) => {
          if (join.busy) event.preventDefault();
        }}
        onChange={({ currentTarget }) => {
          choose(currentTarget.files?.[0]);
          // The same one again after a refusal is a change too.
          currentTarget.value = '';
        }}
      />
      {large !== undefined && <Wrong>{large}</Wrong>}
      {large === undefined && join.error != null && <Failure error={join.error} />}
    </div>
  );
}
