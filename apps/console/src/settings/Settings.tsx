import { api, pages, type Shape } from '../api/client';
import { lately } from '../api/dates';
import { about } from '../api/refusal';
import { useReplacing } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Met } from '../pieces/Met';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { overtaken, useStored } from '../pieces/stored';
import { Text } from '../pieces/Text';
import { bodyOf, differences, fields, valuesOf } from './delays';

/** The delays of the network, with the value that holds now beside each. */
export default function Settings() {
  const found = api.useQuery('get', '/v1/settings/delays');
  return (
    <Page title="Réglages" tab="Réglages">
      <div className="columns wide-first">
        <Answer of={found}>{(delays) => <Form of={delays} />}</Answer>
        <Changes />
      </div>
    </Page>
  );
}

function Form({ of }: { of: Shape<'DelaysResponse'> }) {
  const inForce = valuesOf(of.inForce);
  const own = valuesOf(of.own);
  const { value: values, change, met, header } = useStored(own, of.version);
  const act = useReplacing('/v1/settings/delays', 'Les délais sont changés');
  const wrong = (name: string) => about(act.error, name.replace('.', '/'));
  const changed = fields.filter(({ name }) => (values[name] ?? '') !== (own[name] ?? ''));
  return (
    <form
      className="sheet form"
      onSubmit={(event) => {
        event.preventDefault();
        act.send({ params: { header }, body: bodyOf(values) });
      }}
    >
      <p>Ce qui a déjà commencé garde le délai d’alors. Un champ vide garde la valeur de départ.</p>
      <Met met={met} error={act.error} />
      {act.error != null && !overtaken(act.error) && <Failure error={act.error} />}
      {(['Toutes les orientations', 'Orientations urgentes', 'Le reste'] as const).map((group) => (
        <fieldset className="delays" key={group}>
          <legend>
            <h2>{group}</h2>
          </legend>
          <div className="columns halves">
            {fields
              .filter((field) => field.group === group)
              .map(({ name, label, unit }) => (
                <Text
                  key={name}
                  label={label}
                  hint={`Aujourd’hui : ${inForce[name] ?? ''} ${unit}`}
                  inputMode={name.endsWith('reminders') ? 'text' : 'numeric'}
                  value={values[name] ?? ''}
                  onChange={(text) => change({ [name]: text })}
                  wrong={wrong(name)}
                />
              ))}
          </div>
        </fieldset>
      ))}
      {changed.length > 0 && (
        <div className="slip">
          <p>Ce qui change :</p>
          <ul>
            {changed.map(({ name, label }) => (
              <li key={name}>
                {label} : {values[name] || 'la valeur de départ'}, au lieu de{' '}
                {own[name] || `${inForce[name]} (valeur de départ)`}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="acts">
        <Button main type="submit" busy={act.busy}>
          Changer les délais
        </Button>
      </div>
    </form>
  );
}

function Changes() {
  const list = api.useInfiniteQuery('get', '/v1/settings/delays/changes', { params: { query: { limit: 20 } } }, pages);
  const rows = {
    ...list,
    data: list.data && {
      pages: list.data.pages.map(({ items }) => ({ items: items.map((one) => ({ ...one, id: String(one.version) })) })),
    },
  };
  return (
    <div className="stack">
      <h2>Ce qui a été changé</h2>
      <PagedRows of={rows} label="Changements" empty={<p>Rien encore : ce sont les délais de départ.</p>}>
        {(one) => (
          <>
            <div>
              {differences(one.before, one.after).map((line) => (
                <p key={line}>{line}</p>
              ))}
              <p className="small soft">{one.author?.name}</p>
            </div>
            <time className="small soft" dateTime={one.at}>
              {lately(one.at)}
            </time>
          </>
        )}
      </PagedRows>
    </div>
  );
}
