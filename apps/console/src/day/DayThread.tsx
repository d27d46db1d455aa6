import { Link } from 'wouter';
import type { Shape } from '../api/client';
import { ThreadOfDay } from '../appointments/ThreadOfDay';
import { Empty } from '../pieces/Empty';

/** The appointments of today, on the day's thread. */
export const DayThread = ({ appointments }: { appointments: readonly Shape<'AppointmentOfStructure'>[] }) => (
  <section className="sheet" aria-labelledby="rendez-vous">
    <div className="head">
      <h2 id="rendez-vous">Rendez-vous</h2>
      <Link href="/appointments">Toute la semaine</Link>
    </div>
    {appointments.length === 0 ? (
      <Empty>
        <p>Aucun rendez-vous aujourd’hui.</p>
      </Empty>
    ) : (
      <ThreadOfDay appointments={appointments} />
    )}
  </section>
);
