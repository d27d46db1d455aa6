import { useState, type ReactNode } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { duration, lately, titleDay } from '../api/dates';
import { useWords, type Words } from '../api/words';
import { Attachments } from '../attachments/Attachments';
import { Answer } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Structure } from '../pieces/Mark';
import { OwnNoteShown } from '../pieces/OwnNote';
import { Page } from '../pieces/Page';
import { quoted } from '../pieces/quoted';
import { Resident } from '../pieces/Person';
import { CorrectSession } from './CorrectSession';
import { CancelSession, MoveSession } from './mistakes';
import { SessionTags } from './SessionTags';

type Session = Shape<'SessionShown'>;

/** One session: what was done, what stood before, and what can be put right. */
export default function SessionPage({ params }: { params: Record<string, string> }) {
  const [id, sid] = [params['id']!, params['sid']!];
  const found = api.useQuery('get', '/v1/cases/{id}/sessions/{sid}', { params: { path: { id, sid } } });
  const ofCase = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const [correcting, setCorrecting] = useState(false);
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Accompagnement du ${titleDay(one.date).toLowerCase()}`} tab="Accompagnement">
          <div className="stack">
            {ofCase.data && (
              <p>
                Avec <Resident resident={ofCase.data.resident} caseId={id} />
              </p>
            )}
            {correcting ? (
              <CorrectSession of={one} onClose={() => setCorrecting(false)} />
            ) : (
              <Shown
                of={one}
                onCorrect={() => setCorrecting(true)}
                records={ofCase.data?.actions.includes('sessions') === true}
              />
            )}
          </div>
        </Page>
      )}
    </Answer>
  );
}

interface Acts {
  of: Session;
  onCorrect: () => void;
  /** Another one may be recorded on this case. */
  records: boolean;
}

function Shown({ of, onCorrect, records }: Acts) {
  const words = useWords();
  const [act, setAct] = useState<'cancel' | 'move'>();
  const offers = (action: Session['actions'][number]) => of.actions.includes(action);
  return (
    <>
      {of.cancelled && (
        <p className="notice">
          {words.say('sessionErrors', of.cancelled.reason)}, dit {of.cancelled.actor?.name} {lately(of.cancelled.at)}.{' '}
          {of.cancelled.comment && quoted(of.cancelled.comment)} Il ne compte nulle part.
        </p>
      )}
      {of.actions.length > 0 && (
        <div className="acts">
          {offers('corrections') && <Button onClick={onCorrect}>Corriger</Button>}
          {records && (
            <Link className={buttonClass({})} href={`/cases/${of.caseId}/session?like=${of.id}`}>
              Le même encore
            </Link>
          )}
          {offers('move') && <Button onClick={() => setAct('move')}>C’était quelqu’un d’autre…</Button>}
          {offers('cancel') && <Button onClick={() => setAct('cancel')}>Saisi par erreur…</Button>}
        </div>
      )}
      <section className="sheet">
        <Facts
          of={[
            ...valuesOf(of, words),
            ['Note de votre structure', of.privateNote && <OwnNoteShown text={of.privateNote} />],
            [
              'Enregistré par',
              <>
                {of.structure && <Structure of={of.structure} />}, {of.actor?.name}, {lately(of.recordedAt)}
              </>,
            ],
            [
              'Rendez-vous',
              of.appointmentId && <Link href={`/cases/${of.caseId}/appointments/${of.appointmentId}`}>Le voir</Link>,
            ],
            ['Orientation', of.referralId && <Link href={`/referrals/${of.referralId}`}>La voir</Link>],
            [
              'Avait été noté pour',
              of.movedFrom && <Link href={`/cases/${of.movedFrom.caseId}`}>une autre personne</Link>,
            ],
            [
              'Se trouve chez',
              of.movedTo && (
                <Link href={`/cases/${of.movedTo.caseId}/sessions/${of.movedTo.sessionId}`}>la bonne personne</Link>
              ),
            ],
          ]}
        />
      </section>
      {offers('corrections') && <SessionTags of={of} />}
      <Attachments
        of={{ at: '/v1/cases/{id}/sessions/{sid}/attachments', path: { id: of.caseId, sid: of.id } }}
        readers="Tous ceux qui lisent l’accompagnement le liront."
      />
      {of.versions.length > 0 && (
        <section className="sheet stack" aria-labelledby="avant">
          <h2 id="avant">Ce qui était écrit avant</h2>
          {[...of.versions].reverse().map((version) => (
            <details key={version.at}>
              <summary>
                Écrit {lately(version.at)}, par {version.actor?.name}
              </summary>
              <Facts of={[...valuesOf(version, words), ['Pourquoi', version.reason]]} />
            </details>
          ))}
        </section>
      )}
      {act === 'cancel' && <CancelSession of={of} onClose={() => setAct(undefined)} />}
      {act === 'move' && <MoveSession of={of} onClose={() => setAct(undefined)} />}
    </>
  );
}

export const valuesOf = (
  of: Pick<Session, 'date' | 'minutes' | 'themes' | 'equipment' | 'place'> &
    Partial<Pick<Session, 'placeName' | 'communeName' | 'autonomy' | 'procedure' | 'summary'>>,
  words: Words,
): [string, ReactNode][] => [
  ['Jour', titleDay(of.date)],
  ['Durée', duration(of.minutes)],
  ['Où', [of.placeName ?? words.say('places', of.place), of.communeName].filter(Boolean).join(', ')],
  ['Thèmes', of.themes.map((theme) => words.say('themes', theme)).join(', ')],
  ['Matériel', of.equipment.map((one) => words.say('equipments', one)).join(', ')],
  ['Autonomie', of.autonomy && words.say('autonomies', of.autonomy)],
  ['Démarche en ligne', of.procedure],
  ['Ce qui a été fait', of.summary],
];
