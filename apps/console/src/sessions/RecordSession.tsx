import { useLocation, useSearchParams } from 'wouter';
import { api } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { SessionForm } from './SessionForm';
import { useOwnPlaces } from './Where';

/** A session with somebody who is followed: prefilled with today, the usual place and the last duration, from an appointment, or like an earlier one. */
export default function RecordSession({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const words = useWords();
  const [, go] = useLocation();
  const [asked] = useSearchParams();
  const appointment = asked.get('appointment') ?? undefined;
  const like = asked.get('like') ?? undefined;
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const preset = api.useQuery('get', '/v1/sessions/preset', {
    params: { query: { ...(appointment && { appointment }), ...(like && { like }) } },
  });
  const places = useOwnPlaces();
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Accompagnement avec ${nameOf(one.resident)}`} tab="Enregistrer un accompagnement">
          <Answer of={preset}>
            {({ session }) => (
              <Answer of={places}>
                {({ items }) =>
                  words.all('themes').length > 0 && (
                    <SessionForm
                      of={one}
                      preset={session}
                      again={like !== undefined}
                      places={items}
                      onDone={() => go(`/cases/${one.id}`)}
                    />
                  )
                }
              </Answer>
            )}
          </Answer>
        </Page>
      )}
    </Answer>
  );
}
