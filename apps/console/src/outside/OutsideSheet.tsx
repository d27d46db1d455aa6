import { Link } from 'wouter';
import { Letterhead } from '../app/Network';
import { api, type Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useWords, type Words } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Page } from '../pieces/Page';
import { written } from '../pieces/Phone';
import { quoted } from '../pieces/quoted';
import { nameOfRecipient } from './OutsideForm';
import '../style/referrals.css';

/** What the person takes along. Each time it is made stands in the journal: it is asked for once, not again with each look at the window. */
export default function OutsideSheet({ params }: { params: Record<string, string> }) {
  const [id, xid] = [params['id']!, params['xid']!];
  const words = useWords();
  const sheet = api.useQuery(
    'get',
    '/v1/cases/{id}/outside-referrals/{xid}/sheet',
    { params: { path: { id, xid } } },
    { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  return (
    <Answer of={sheet}>
      {(of) => (
        <Page
          title="Fiche d’orientation"
          tab="Fiche d’orientation"
          aside={
            <p className="acts not-printed">
              <Button main onClick={() => print()}>
                Imprimer
              </Button>
              <Link href={`/cases/${id}/outside`}>Les orientations hors du réseau</Link>
              <Link href={`/cases/${id}`}>Le dossier</Link>
            </p>
          }
        >
          <article className="sheet stack paper">
            <Letterhead />
            <Slip of={of} words={words} />
          </article>
          <p className="soft small not-printed">Chaque fiche faite est écrite dans le journal du suivi.</p>
        </Page>
      )}
    </Answer>
  );
}

/** What it says, on paper and behind a link. */
export function Slip({ of, words }: { of: Shape<'OutsideSheet'>; words: Words }) {
  const { resident, needs, message, sentAt, reception } = of;
  return (
    <>
      <p>
        Pour : <strong>{nameOfRecipient(of, words.say('outsideRecipients', of.recipient))}</strong>
        <br />
        Le {fullDay(sentAt)}
      </p>
      <Facts
        of={[
          ['Prénom', resident.firstName],
          ['Commune', resident.communeName],
          ['Âge', resident.ageBracket && words.say('ageBrackets', resident.ageBracket)],
          ['Besoins', needs.map((need) => words.say('themes', need)).join(', ')],
          ['Message', message && quoted(message)],
          ['De la part de', [of.person?.name, of.structure?.name].filter(Boolean).join(', ')],
        ]}
      />
      {reception.length > 0 && (
        <div>
          <h2>Où nous joindre</h2>
          <ul className="stack-tight">
            {reception.slice(0, 5).map((place) => (
              <li key={place.id}>
                <strong>{place.name}</strong>, {place.street}, {place.postalCode} {place.communeName}
                {place.phone && `, ${written(place.phone)}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
