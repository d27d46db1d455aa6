import { Link } from 'wouter';
import type { Shape } from '../api/client';
import { dayOf, hourOf, duration, titleDay, today } from '../api/dates';
import { buttonClass } from '../pieces/Button';
import { Empty } from '../pieces/Empty';
import { Resident } from '../pieces/Person';

type Appointment = Shape<'AppointmentOfStructure'>;

/** The day as a thread: solid behind the needle, dotted ahead of it. */
export function DayThread({ appointments }: { appointments: readonly Appointment[] }) {
  const now = new Date().toISOString();
  const next = appointments.findIndex(({ at }) => at > now);
  return (
    <section className="sheet" aria-labelledby="rendez-vous">
      <div className="head">
        <h2 id="rendez-vous">Rendez-vous</h2>
        <Link href="/appointments">Tous</Link>
      </div>
      {appointments.length === 0 ? (
        <Empty>
          <p>Aucun rendez-vous aujourd’hui.</p>
        </Empty>
      ) : (
        <ol className="day">
          {appointments.map((one, index) => (
            <li key={one.id} className={one.at > now ? 'ahead' : 'behind'}>
              {index === next && <Needle />}
              <p>
                <strong>{dayOf(one.at) === today() ? hourOf(one.at) : titleDay(one.at)}</strong>{' '}
                <Resident resident={one.resident} caseId={one.caseId} />
              </p>
              <p className="soft">
                {[duration(one.minutes), one.placeName].filter(Boolean).join(', ')}
                {one.status !== 'planned' && <AppointmentState status={one.status} />}
              </p>
              {one.status === 'planned' && (
                <Link
                  className={buttonClass({ dense: true })}
                  href={`/cases/${one.caseId}/session?appointment=${one.id}`}
                >
                  Enregistrer
                </Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const states: Record<Appointment['status'], string> = {
  planned: 'prévu',
  honoured: 'enregistré',
  missed: 'manqué',
  cancelled: 'annulé',
};

const AppointmentState = ({ status }: { status: Appointment['status'] }) => (
  <>
    {' '}
    <span className={status === 'honoured' ? 'tag done' : 'tag'}>{states[status]}</span>
  </>
);

const Needle = () => (
  <p className="needle soft">
    <svg width="12" height="34" viewBox="0 0 12 34" aria-hidden="true">
      <path d="M6 1c2 6 2.5 14 0 32-2.5-18-2-26 0-32Z" fill="var(--ink)" />
    </svg>
    maintenant
  </p>
);
