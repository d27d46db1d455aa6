import { useLocation } from 'wouter';
import { api, type Shape } from '../api/client';
import { today } from '../api/dates';
import { useAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { useDraft } from '../pieces/draft';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { useOwnPlaces, usualPlace, whereOf } from '../sessions/Where';
import { useMe } from '../sign-in/me';
import { AppointmentForm, type Planned } from './AppointmentForm';
import { inWeeks } from './week';

/** A next meeting: in a week, for as long as usual, where one usually is, with oneself. */
export default function MakeAppointment({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const places = useOwnPlaces();
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Rendez-vous avec ${nameOf(one.resident)}`} tab="Prendre rendez-vous">
          <Answer of={places}>{({ items }) => <Form of={one} places={items} />}</Answer>
        </Page>
      )}
    </Answer>
  );
}

function Form({ of, places }: { of: Shape<'CaseShown'>; places: readonly Shape<'PlaceShown'>[] }) {
  const me = useMe();
  const [, go] = useLocation();
  const back = () => go(`/cases/${of.id}`);
  const { value, change, found, drop, key } = useDraft<Planned>(`appointment ${of.id}`, {
    day: inWeeks(today(), 1),
    time: '10:00',
    minutes: '45',
    where: usualPlace(places),
    counsellorId: me.user.id,
    text: '',
    privateNote: '',
  });
  const act = useAct('/v1/cases/{id}/appointments', 'Rendez-vous pris', () => void drop().then(back), key);
  const { day, time, minutes, where, counsellorId, text, privateNote } = value;
  return (
    <AppointmentForm
      {...act}
      value={value}
      change={change}
      verb="Prendre ce rendez-vous"
      onClose={() => void drop().then(back)}
      onSend={() =>
        act.send({
          params: { path: { id: of.id } },
          body: {
            at: `${day}T${time}`,
            minutes: Number(minutes),
            ...whereOf(where),
            counsellorId,
            ...(text && { text }),
            ...(privateNote && { privateNote }),
          },
        })
      }
    >
      {found && (
        <p className="notice" role="status">
          Vous aviez commencé : voici ce que vous aviez choisi.
        </p>
      )}
    </AppointmentForm>
  );
}
