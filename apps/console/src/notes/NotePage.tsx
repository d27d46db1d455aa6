import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { lately, titleDay } from '../api/dates';
import { useWords } from '../api/words';
import { useDraftedAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Structure } from '../pieces/Mark';
import { OwnNoteShown } from '../pieces/OwnNote';
import { Page } from '../pieces/Page';
import { Resident } from '../pieces/Person';
import { quoted } from '../pieces/quoted';
import { AskWhy, useWhy } from '../pieces/Why';
import { CorrectNote } from './CorrectNote';

type Note = Shape<'NoteShown'>;

/** One note: what it says, what it said before, and what can be put right. */
export default function NotePage({ params }: { params: Record<string, string> }) {
  const [id, nid] = [params['id']!, params['nid']!];
  const found = api.useQuery('get', '/v1/cases/{id}/notes/{nid}', { params: { path: { id, nid } } });
  const ofCase = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const [correcting, setCorrecting] = useState(false);
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Note du ${titleDay(one.date).toLowerCase()}`} tab="Note">
          <div className="stack">
            {ofCase.data && (
              <p>
                Sur <Resident resident={ofCase.data.resident} caseId={id} />
              </p>
            )}
            {correcting ? (
              <CorrectNote of={one} onClose={() => setCorrecting(false)} />
            ) : (
              <Shown of={one} onCorrect={() => setCorrecting(true)} />
            )}
          </div>
        </Page>
      )}
    </Answer>
  );
}

function Shown({ of, onCorrect }: { of: Note; onCorrect: () => void }) {
  const words = useWords();
  const [cancelling, setCancelling] = useState(false);
  return (
    <>
      {of.cancelled && (
        <p className="notice">
          {words.say('noteErrors', of.cancelled.reason)}, dit {of.cancelled.actor?.name} {lately(of.cancelled.at)}.{' '}
          {of.cancelled.comment && quoted(of.cancelled.comment)}
        </p>
      )}
      {of.actions.length > 0 && (
        <div className="acts">
          {of.actions.includes('corrections') && <Button onClick={onCorrect}>Corriger</Button>}
          {of.actions.includes('cancel') && <Button onClick={() => setCancelling(true)}>Saisi par erreur…</Button>}
        </div>
      )}
      <section className="sheet">
        <Facts
          of={[
            ['Jour', titleDay(of.date)],
            ['Note', quoted(of.text)],
            ['Note de votre structure', of.privateNote && <OwnNoteShown text={of.privateNote} />],
            [
              'Écrite par',
              <>
                {of.structure && <Structure of={of.structure} />}, {of.actor?.name}, {lately(of.recordedAt)}
              </>,
            ],
          ]}
        />
      </section>
      {of.versions.length > 0 && (
        <section className="sheet stack" aria-labelledby="avant">
          <h2 id="avant">Ce qui était écrit avant</h2>
          {[...of.versions].reverse().map(({ at, actor, date, text, reason }) => (
            <details key={at}>
              <summary>
                Écrit {lately(at)}, par {actor?.name}
              </summary>
              <Facts
                of={[
                  ['Jour', titleDay(date)],
                  ['Note', quoted(text)],
                  ['Pourquoi', reason],
                ]}
              />
            </details>
          ))}
        </section>
      )}
      {cancelling && <CancelNote of={of} onClose={() => setCancelling(false)} />}
    </>
  );
}

function CancelNote({ of, onClose }: { of: Note; onClose: () => void }) {
  const why = useWhy<Shape<'CancelNoteBody'>['reason']>(`note cancelled ${of.id}`);
  const act = useDraftedAct(why, '/v1/cases/{id}/notes/{nid}/cancel', 'Marquée comme saisie par erreur', onClose);
  return (
    <AskWhy<Shape<'CancelNoteBody'>['reason']>
      {...act}
      why={why}
      title="Cette note a été saisie par erreur ?"
      verb="Marquer comme erreur"
      vocabulary="noteErrors"
      readers="Tous ceux qui lisent la note le voient."
      above={<p>Elle reste lisible, barrée. Cela ne se défait pas.</p>}
      onClose={onClose}
      onSend={(reason, more) =>
        act.send({ params: { path: { id: of.caseId, nid: of.id } }, body: { reason, ...more } })
      }
    />
  );
}
