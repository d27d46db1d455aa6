import { api, type Shape } from '../api/client';
import { dayOf, isDay, longDay, titleDay, today } from '../api/dates';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Empty } from '../pieces/Empty';
import { Page } from '../pieces/Page';
import { useFilters } from '../pieces/filters';
import { ChooseColleague } from '../team/ChooseColleague';
import { useMe } from '../sign-in/me';
import { ThreadOfDay } from './ThreadOfDay';
import { addDays, mondayOf } from './week';

type Status = 'planned' | 'honoured' | 'missed' | 'cancelled';

/** Week by week: what is planned, and what became of it. */
export default function Appointments() {
  const me = useMe();
  const { of, change } = useFilters();
  const wanted = of('week');
  const from = mondayOf(wanted && isDay(wanted) ? wanted : today());
  const to = addDays(from, 6);
  const whose = of('counsellor') ?? 'mine';
  const mine = whose === 'mine' || whose === me.user.id;
  const asked = (status: Status) => ({
    params: { query: { status, from, to, limit: 100, ...(whose !== 'all' && { counsellor: whose }) } },
  });
  const keep = { placeholderData: <T,>(before: T) => before };
  const planned = api.useQuery('get', '/v1/appointments', asked('planned'), keep);
  const honoured = api.useQuery('get', '/v1/appointments', asked('honoured'), keep);
  const missed = api.useQuery('get', '/v1/appointments', asked('missed'), keep);
  const all = [planned, honoured, missed].flatMap(({ data }) => data?.items ?? []);
  const more = [planned, honoured, missed].some(({ data }) => data?.nextCursor != null);
  const week = (day: string) => () => change('week')(mondayOf(day) === mondayOf(today()) ? '' : mondayOf(day));
  return (
    <Page
      title="Rendez-vous"
      tab="Rendez-vous"
      aside={
        <p className="soft" role="status">
          Semaine du {longDay(from)}
        </p>
      }
    >
      <div className="stack">
        <div className="side-by-side">
          <div className="acts" role="group" aria-label="Semaine">
            <Button onClick={week(addDays(from, -7))}>Semaine d’avant</Button>
            {from !== mondayOf(today()) && <Button onClick={week(today())}>Cette semaine</Button>}
            <Button onClick={week(addDays(from, 7))}>Semaine d’après</Button>
          </div>
          <ChooseColleague
            label="Avec qui"
            value={whose === me.user.id ? 'mine' : whose}
            onChange={(one) => change('counsellor')(one === 'mine' || one === me.user.id ? '' : one)}
            before={[
              { code: 'mine', label: 'Moi' },
              { code: 'all', label: 'Toute la structure' },
            ]}
          />
        </div>
        <Answer of={planned}>
          {() =>
            all.length === 0 ? (
              <section className="sheet">
                <Empty>
                  <p>
                    Aucun rendez-vous cette semaine-là. On en prend un depuis le dossier de la personne, avec « Prendre
                    rendez-vous ».
                  </p>
                </Empty>
              </section>
            ) : (
              <>
                {more && <p className="notice">Il y en a plus de cent : choisissez un collègue pour tout voir.</p>}
                {byDay(all).map(([day, those]) => (
                  <section className="sheet stack" aria-labelledby={`jour-${day}`} key={day}>
                    <h2 id={`jour-${day}`}>
                      {titleDay(day)}
                      {day === today() && ', aujourd’hui'}
                    </h2>
                    <ThreadOfDay appointments={those} named={!mine} />
                  </section>
                ))}
              </>
            )
          }
        </Answer>
      </div>
    </Page>
  );
}

type Appointment = Shape<'AppointmentOfStructure'>;

function byDay(all: readonly Appointment[]): [string, Appointment[]][] {
  const days = new Map<string, Appointment[]>();
  for (const one of [...all].sort((a, b) => a.at.localeCompare(b.at)))
    days.set(dayOf(one.at), [...(days.get(dayOf(one.at)) ?? []), one]);
  return [...days];
}
