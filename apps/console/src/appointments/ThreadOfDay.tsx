import { Fragment } from 'preact/compat';
import { Link } from 'wouter';
import type { Shape } from '../api/client';
import { dayOf, duration, hourOf, today } from '../api/dates';
import { useWords } from '../api/words';
import { buttonClass } from '../pieces/Button';
import { nameOf, Resident } from '../pieces/Person';
import { may, useMe } from '../sign-in/me';

type Appointment = Shape<'AppointmentOfStructure'>;

interface Props {
  /** Of one day, soonest first. */
  appointments: readonly Appointment[];
  /** Say with which colleague each one is. */
  named?: boolean;
}

/** A day as a thread: solid behind the needle, dotted ahead of it. */
export function ThreadOfDay({ appointments, named }: Props) {
  const me = useMe();
  const words = useWords();
  const now = new Date().toISOString();
  const next = appointments.findIndex(({ at }) => at > now);
  return (
    <ol className="day">
      {appointments.map((one, index) => {
        const day = dayOf(one.at);
        return (
          <Fragment key={one.id}>
            {index === next && day === today() && <Needle />}
            <li className={one.at > now ? 'ahead' : 'behind'}>
              <div className="beside">
                <div>
                  <p>
                    <Link href={`/cases/${one.caseId}/appointments/${one.id}`}>
                      <strong>{hourOf(one.at)}</strong>
                      <span className="only-heard">, le rendez-vous avec {nameOf(one.resident)}</span>
                    </Link>{' '}
                    <Resident resident={one.resident} caseId={one.resident && one.caseId} />{' '}
                    {one.status !== 'planned' && (
                      <span className={one.status === 'honoured' ? 'tag done' : 'tag'}>
                        {words.say('appointmentStatuses', one.status)}
                      </span>
                    )}
                  </p>
                  <p className="soft">
                    {[
                      duration(one.minutes),
                      one.placeName ?? (one.place !== 'lieu_activite' && words.say('places', one.place)),
                      named && one.counsellor?.name,
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </p>
                </div>
                {one.status === 'planned' && day <= today() && may(me, 'session.record') && one.resident && (
                  <Link
                    className={buttonClass({ dense: true })}
                    href={`/cases/${one.caseId}/session?appointment=${one.id}`}
                  >
                    Enregistrer<span className="only-heard"> l’accompagnement de {nameOf(one.resident)}</span>
                  </Link>
                )}
              </div>
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}

const Needle = () => (
  <li className="needle soft">
    <svg width="12" height="34" viewBox="0 0 12 34" aria-hidden="true">
      <path d="M6 1c2 6 2.5 14 0 32-2.5-18-2-26 0-32Z" fill="var(--ink)" />
    </svg>
    maintenant
  </li>
);
