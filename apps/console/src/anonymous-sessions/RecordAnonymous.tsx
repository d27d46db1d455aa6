import { useState } from 'preact/compat';
import { useLocation } from 'wouter';
import { api, type Shape } from '../api/client';
import { useAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { useOwnPlaces, usualPlace, whereOf } from '../sessions/Where';
import { AnonymousForm, type Anonymous } from './AnonymousForm';

/** With somebody who does not want to give a name: counted, and nothing else. */
export default function RecordAnonymous() {
  const preset = api.useQuery('get', '/v1/sessions/preset', { params: { query: {} } });
  const places = useOwnPlaces();
  return (
    <Page title="Un accompagnement, sans nom" tab="Accompagnement sans nom">
      <div className="stack">
        <p className="soft">
          Rien ici ne dit qui c’était. L’accompagnement compte pour votre structure, et elle seule le voit.
        </p>
        <Answer of={preset}>
          {({ session }) => (
            <Answer of={places}>{({ items }) => <Form preset={session} usual={usualPlace(items)} />}</Answer>
          )}
        </Answer>
      </div>
    </Page>
  );
}

function Form({ preset, usual }: { preset: Shape<'PresetValues'>; usual: string }) {
  const [, go] = useLocation();
  const [value, setValue] = useState<Anonymous>({
    date: preset.date,
    minutes: String(preset.minutes ?? 30),
    where: preset.placeId ?? preset.place ?? usual,
    themes: [],
    equipment: [],
    autonomy: undefined,
    ageBracket: undefined,
    gender: undefined,
    residentStatus: undefined,
  });
  const act = useAct('/v1/anonymous-sessions', 'Accompagnement enregistré', () => go('/anonymous-sessions'));
  const { minutes, where, ...said } = value;
  return (
    <AnonymousForm
      {...act}
      value={value}
      change={(part) => setValue({ ...value, ...part })}
      verb="Enregistrer"
      onClose={() => go('/session')}
      onSend={() => act.send({ body: { ...said, minutes: Number(minutes), ...whereOf(where) } })}
    />
  );
}
