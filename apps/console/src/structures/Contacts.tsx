import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { useReplacing } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Met } from '../pieces/Met';
import { overtaken, useStored } from '../pieces/stored';
import { may, useMe } from '../sign-in/me';
import { ChooseColleague } from '../team/ChooseColleague';

type Detail = Shape<'StructureDetailResponse'>;
type Rota = Shape<'ContactsResponse'>;
type Weekday = Shape<'RotaDay'>['weekday'];

/** Who answers what arrives: one person for all days, or one for a day of the week. */
export function Contacts({ of }: { of: Detail }) {
  const me = useMe();
  const words = useWords();
  const [naming, setNaming] = useState(false);
  const { data } = api.useQuery(
    'get',
    '/v1/structures/{id}/contacts',
    { params: { path: { id: of.id } } },
    { enabled: may(me, 'people.read'), retry: false },
  );
  if (!data) return null;
  const writes = of.id === me.structure.id && may(me, 'structure.reception');
  return (
    <section className="sheet" aria-labelledby="repond">
      <div className="head">
        <h2 id="repond">Qui répond</h2>
        {writes && (
          <Button quiet dense onClick={() => setNaming(true)}>
            Changer…
          </Button>
        )}
      </div>
      <Facts
        of={[
          ['Aujourd’hui', data.today?.name ?? 'les responsables'],
          ...data.rota.map(({ weekday, person }): [string, string] => [
            words.say('weekdays', weekday),
            person?.name ?? '',
          ]),
          [data.rota.length > 0 ? 'Les autres jours' : 'Tous les jours', data.default?.name ?? 'les responsables'],
        ]}
      />
      {naming && <Name of={of} rota={data} onClose={() => setNaming(false)} />}
    </section>
  );
}

function Name({ of, rota, onClose }: { of: Detail; rota: Rota; onClose: () => void }) {
  const words = useWords();
  const { value, change, met, header } = useStored<Partial<Record<Weekday | 'usual', string>>>(
    {
      usual: rota.default?.id ?? '',
      ...Object.fromEntries(rota.rota.map(({ weekday, person }) => [weekday, person?.id ?? ''])),
    },
    rota.version,
  );
  const { usual, ...days } = value;
  const act = useReplacing('/v1/structures/{id}/contacts', 'C’est noté', onClose);
  const send = () =>
    act.send({
      params: { path: { id: of.id }, header },
      body: {
        ...(usual && { defaultId: usual }),
        rota: (Object.entries(days) as [Weekday, string][]).flatMap(([weekday, userId]) =>
          userId ? { weekday, userId } : [],
        ),
      },
    });
  return (
    <Ask
      {...act}
      error={overtaken(act.error) ? undefined : act.error}
      title="Qui répond aux orientations ?"
      verb="Enregistrer"
      onClose={onClose}
      onSend={send}
    >
      <Met met={met} error={act.error} />
      <ChooseColleague
        label="Tous les jours"
        value={usual ?? ''}
        onChange={(id) => change({ usual: id })}
        before={[{ code: '', label: 'Les responsables' }]}
      />
      <details open={rota.rota.length > 0}>
        <summary>Quelqu’un d’autre certains jours</summary>
        <div className="form">
          {(words.all('weekdays') as { code: Weekday; label: string }[]).map(({ code, label }) => (
            <ChooseColleague
              key={code}
              label={label}
              value={days[code] ?? ''}
              onChange={(id) => change({ [code]: id })}
              before={[{ code: '', label: 'Comme tous les jours' }]}
            />
          ))}
        </div>
      </details>
    </Ask>
  );
}
