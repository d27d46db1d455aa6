import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { fullDay, today } from '../api/dates';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { useMe } from '../sign-in/me';
import { ChangeAbsence, SayAbsence } from './AbsenceForms';

type Absence = Shape<'AbsenceResponse'>;

/** Who is away in one's own structure, and who takes over. Why is written nowhere. */
export function Absences() {
  const me = useMe();
  const [saying, setSaying] = useState(false);
  const list = api.useQuery('get', '/v1/structures/{id}/absences', {
    params: { path: { id: me.structure.id }, query: { limit: 100 } },
  });
  return (
    <section className="sheet stack-tight" aria-labelledby="absences">
      <div className="head">
        <h2 id="absences">Absences</h2>
        <Button dense onClick={() => setSaying(true)}>
          Noter une absence…
        </Button>
      </div>
      <Answer of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">
              Personne n’est absent. Pendant une absence, un collègue reçoit ce qui arrive à l’absent.
            </p>
          ) : (
            <ul className="rows">
              {items.map((one) => (
                <li key={one.id}>
                  <Row one={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {saying && <SayAbsence onClose={() => setSaying(false)} />}
    </section>
  );
}

function Row({ one }: { one: Absence }) {
  const me = useMe();
  const end = useAct('/v1/structures/{id}/absences/{bid}/end', 'L’absence est terminée');
  const [changing, setChanging] = useState(false);
  const mine = one.person?.id === me.user.id || me.role === 'manager';
  return (
    <>
      <div>
        <p className="name">{one.person?.name}</p>
        <p className="small soft">
          Du {fullDay(one.from)} au {fullDay(one.until)}
          {one.deputy && `, ${one.deputy.name} prend le relais`}
        </p>
        {end.error != null && <Failure error={end.error} />}
      </div>
      {mine && (
        <div className="acts">
          <Button dense onClick={() => setChanging(true)}>
            Changer…
            <span className="only-heard"> l’absence de {one.person?.name}</span>
          </Button>
          <Button
            dense
            busy={end.busy}
            onClick={() => end.send({ params: { path: { id: me.structure.id, bid: one.id } } })}
          >
            {one.from > today() ? 'Ne plus prévoir' : 'De retour'}
            <span className="only-heard"> : {one.person?.name}</span>
          </Button>
        </div>
      )}
      {changing && <ChangeAbsence of={one} onClose={() => setChanging(false)} />}
    </>
  );
}
