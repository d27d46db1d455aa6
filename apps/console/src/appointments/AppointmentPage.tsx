import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { dayOf, duration, hourOf, longDay, titleDay, today } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button, buttonClass, Knot } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Structure } from '../pieces/Mark';
import { OwnNoteShown } from '../pieces/OwnNote';
import { Page } from '../pieces/Page';
import { quoted } from '../pieces/quoted';
import { Resident } from '../pieces/Person';
import { CancelAppointment, MissAppointment, UndoMiss } from './endings';
import { MoveAppointment } from './MoveAppointment';
import { AskReminder, reminderSaid } from './reminder';

type Appointment = Shape<'AppointmentShown'>;
type Act = 'cancel' | 'miss' | 'undo-miss' | 'reminder';

/** One appointment: when and where, and what may be done with it. */
export default function AppointmentPage({ params }: { params: Record<string, string> }) {
  const [id, aid] = [params['id']!, params['aid']!];
  const found = api.useQuery('get', '/v1/cases/{id}/appointments/{aid}', { params: { path: { id, aid } } });
  const ofCase = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const [moving, setMoving] = useState(false);
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`${titleDay(one.at)} à ${hourOf(one.at)}`} tab="Rendez-vous">
          <div className="stack">
            {ofCase.data && (
              <p>
                Rendez-vous avec <Resident resident={ofCase.data.resident} caseId={id} />
              </p>
            )}
            {moving ? (
              <MoveAppointment of={one} onClose={() => setMoving(false)} />
            ) : (
              <Shown of={one} onMove={() => setMoving(true)} email={ofCase.data?.resident.email} />
            )}
          </div>
        </Page>
      )}
    </Answer>
  );
}

function Shown({ of, onMove, email }: { of: Appointment; onMove: () => void; email: string | undefined }) {
  const revoke = useAct('/v1/cases/{id}/appointments/{aid}/reminder/revoke', 'Aucun rappel ne partira');
  const words = useWords();
  const [act, setAct] = useState<Act>();
  const offers = (action: Appointment['actions'][number]) => of.actions.includes(action);
  const { ended } = of;
  return (
    <>
      {of.actions.length > 0 && (
        <div className="acts">
          {offers('sessions') && dayOf(of.at) <= today() && (
            <Link className={buttonClass({ main: true })} href={`/cases/${of.caseId}/session?appointment=${of.id}`}>
              <Knot /> Enregistrer l’accompagnement
            </Link>
          )}
          {offers('miss') && <Button onClick={() => setAct('miss')}>Noter l’absence…</Button>}
          {offers('move') && <Button onClick={onMove}>Déplacer…</Button>}
          {offers('cancel') && <Button onClick={() => setAct('cancel')}>Annuler le rendez-vous…</Button>}
          {offers('reminder') && !of.reminder && <Button onClick={() => setAct('reminder')}>Envoyer un rappel…</Button>}
          {offers('revoke-reminder') && (
            <Button
              quiet
              busy={revoke.busy}
              onClick={() => revoke.send({ params: { path: { id: of.caseId, aid: of.id } } })}
            >
              Ne plus rappeler
            </Button>
          )}
          {offers('undo-miss') && <Button onClick={() => setAct('undo-miss')}>Absence notée par erreur…</Button>}
        </div>
      )}
      {revoke.error != null && <Failure error={revoke.error} />}
      <section className="sheet">
        <Facts
          of={[
            ['État', words.say('appointmentStatuses', of.status)],
            ['Durée', duration(of.minutes)],
            ['Où', of.placeName ?? words.say('places', of.place)],
            ['Avec', of.counsellor?.name],
            ['Pris par', of.structure && <Structure of={of.structure} />],
            ['Rappel', of.reminder && reminderSaid(of.reminder)],
            ['À prévoir', of.text],
            ['Note de votre structure', of.privateNote && <OwnNoteShown text={of.privateNote} />],
            ['Annulé par', ended?.by && words.say('appointmentSides', ended.by)],
            [
              'Pourquoi',
              ended?.reason &&
                [
                  words.say(ended.by ? 'appointmentReasons' : 'appointmentEndings', ended.reason),
                  ended.comment && quoted(ended.comment),
                ]
                  .filter(Boolean)
                  .join(' : '),
            ],
            ['Depuis', ended && longDay(ended.at)],
            [
              'Accompagnement',
              ended?.sessionId && <Link href={`/cases/${of.caseId}/sessions/${ended.sessionId}`}>Le voir</Link>,
            ],
          ]}
        />
      </section>
      {act === 'cancel' && <CancelAppointment of={of} onClose={() => setAct(undefined)} />}
      {act === 'undo-miss' && <UndoMiss of={of} onClose={() => setAct(undefined)} />}
      {act === 'reminder' && <AskReminder of={of} email={email} onClose={() => setAct(undefined)} />}
      {act === 'miss' && <MissAppointment of={of} onClose={() => setAct(undefined)} />}
    </>
  );
}
