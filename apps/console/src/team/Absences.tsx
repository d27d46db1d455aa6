import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { fullDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Text } from '../pieces/Text';
import { useMe } from '../sign-in/me';
import { ChooseColleague } from './ChooseColleague';

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
        <Button
          dense
          busy={end.busy}
          onClick={() => end.send({ params: { path: { id: me.structure.id, bid: one.id } } })}
        >
          {one.from > today() ? 'Ne plus prévoir' : 'De retour'}
          <span className="only-heard"> : {one.person?.name}</span>
        </Button>
      )}
    </>
  );
}

function SayAbsence({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const [said, setSaid] = useState({ userId: '', from: today(), until: today(), deputyId: '' });
  const [tried, setTried] = useState(false);
  const act = useAct('/v1/structures/{id}/absences', 'L’absence est notée', onClose);
  const set = (part: Partial<typeof said>) => setSaid({ ...said, ...part });
  const { userId, ...body } = said;
  return (
    <Ask
      {...act}
      title="Noter une absence"
      verb="Noter l’absence"
      onClose={onClose}
      onSend={() => {
        setTried(true);
        if (said.deputyId)
          act.send({ params: { path: { id: me.structure.id } }, body: { ...body, ...(userId && { userId }) } });
      }}
    >
      <p>Ce qui arrive à la personne absente arrive aussi à son collègue. Il ne lit rien de plus pour autant.</p>
      {me.role === 'manager' && (
        <ChooseColleague
          label="Qui est absent ?"
          value={userId}
          onChange={(id) => set({ userId: id })}
          before={[{ code: '', label: 'Moi' }]}
          wrong={about(act.error, 'userId')}
        />
      )}
      <div className="side-by-side">
        <Text
          label="Premier jour"
          type="date"
          required
          value={said.from}
          onChange={(from) => set({ from })}
          wrong={about(act.error, 'from')}
        />
        <Text
          label="Dernier jour"
          type="date"
          required
          min={said.from}
          value={said.until}
          onChange={(until) => set({ until })}
          wrong={about(act.error, 'until')}
        />
      </div>
      <ChooseColleague
        label="Qui prend le relais ?"
        value={said.deputyId}
        onChange={(deputyId) => set({ deputyId })}
        before={[{ code: '', label: 'À choisir' }]}
        wrong={tried && !said.deputyId ? 'Choisissez un collègue.' : about(act.error, 'deputyId')}
      />
    </Ask>
  );
}
