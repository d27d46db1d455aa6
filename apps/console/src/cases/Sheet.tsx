import { useEffect } from 'preact/compat';
import { Letterhead } from '../app/Network';
import { api, http, type Shape } from '../api/client';
import { fullDay, today } from '../api/dates';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { useMe } from '../sign-in/me';
import { dayOfEntry, detailsOf, happeningOf } from './thread/entries';
import { quoted } from '../pieces/quoted';

type Case = Shape<'CaseShown'>;

/** What the resident takes home: two pages, large, in short sentences addressed to them. That it was made stands in the journal. */
export default function Sheet({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  useEffect(() => {
    // However the paper is asked for, by the button or by the browser's menu.
    const written = () => void http.GET('/v1/cases/{id}/sheet', { params: { path: { id } } }).catch(() => undefined);
    addEventListener('beforeprint', written);
    return () => removeEventListener('beforeprint', written);
  }, [id]);
  return (
    <Answer of={found}>
      {(one) => (
        <Page
          title="Mon suivi"
          tab="Fiche à imprimer"
          aside={
            <p className="acts not-printed">
              <span className="soft">Pour la personne. Son impression est notée dans le journal.</span>
              <Button main onClick={() => print()}>
                Imprimer
              </Button>
            </p>
          }
        >
          <article className="paper">
            <Letterhead />
            <Follows of={one} />
            <Noted of={one} />
            <Readers of={one} />
            <Rights of={one} />
          </article>
        </Page>
      )}
    </Answer>
  );
}

function Follows({ of: { resident, lead, referrals, openedAt } }: { of: Case }) {
  const words = useWords();
  const helping = referrals.filter(({ status }) => ['accepted', 'in_progress', 'on_hold'].includes(status));
  return (
    <section>
      <p>
        Cette fiche est pour vous, <strong>{[resident.firstName, resident.lastName].filter(Boolean).join(' ')}</strong>.
        Elle dit ce qui est noté depuis le {fullDay(openedAt)}.
      </p>
      <h2>Qui vous suit</h2>
      {lead && (
        <p>
          <strong>{lead.counsellor?.name ?? 'Un conseiller'}</strong>, {lead.structure.name}, depuis le{' '}
          {fullDay(lead.since)}. C’est la personne à qui poser vos questions.
        </p>
      )}
      {helping.length > 0 && (
        <>
          <p>Ces structures vous aident aussi :</p>
          <ul className="bullets">
            {helping.map(({ id, toStructure, status }) => (
              <li key={id}>
                {toStructure?.name} ({words.say('referralStatuses', status).toLowerCase()})
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What everybody who follows the person reads; never the note of one structure. */
function Noted({ of }: { of: Case }) {
  const words = useWords();
  const list = api.useQuery('get', '/v1/cases/{id}/timeline', {
    params: {
      path: { id: of.id },
      query: { order: 'desc', limit: 40, kind: ['session', 'workshop', 'appointment', 'referral'] },
    },
  });
  const told = (list.data?.items ?? []).filter(({ type, cancelled }) => shown.has(type) && !cancelled).slice(0, 8);
  const structures = new Map(
    of.referrals.flatMap(({ toStructure }) => (toStructure ? [[toStructure.id, toStructure.name]] : [])),
  );
  return (
    <section>
      <h2>Ce qui a été fait avec vous, en dernier</h2>
      <ul className="bullets">
        {told.map((entry) => (
          <li key={entry.id}>
            Le {fullDay(dayOfEntry(entry))}, {entry.structure?.name} : {happeningOf(entry).toLowerCase()}
            {detail(detailsOf(entry, words, (id) => structures.get(id)))}
            {entry.text && ` ${quoted(entry.text)}`}
          </li>
        ))}
      </ul>
      {list.data === undefined ? <p role="status">Un instant…</p> : told.length === 0 && <p>Rien n’est encore noté.</p>}
    </section>
  );
}

const shown = new Set(['SessionRecorded', 'WorkshopAttended', 'ReferralSent', 'ReferralCompleted', 'AppointmentMade']);
const detail = (text: string): string => (text === '' ? '.' : `, ${text}.`);

function Readers({ of }: { of: Case }) {
  const mayKnow = of.participation === 'lead';
  const { data } = api.useQuery(
    'get',
    '/v1/cases/{id}/readings',
    { params: { path: { id: of.id }, query: { limit: 100 } } },
    { enabled: mayKnow },
  );
  const readers = new Map<string, string>();
  for (const { user, structure, at } of data?.items ?? []) {
    const name = [user?.name, structure?.name].filter(Boolean).join(', ');
    if (name && !readers.has(name)) readers.set(name, at);
  }
  return (
    <section>
      <h2>Qui a lu votre suivi</h2>
      {mayKnow ? (
        <ul className="bullets">
          {[...readers].map(([name, at]) => (
            <li key={name}>
              {name}, la dernière fois le {fullDay(at)}
            </li>
          ))}
          {data?.nextCursor != null && <li>D’autres lectures sont plus anciennes : demandez-en la liste.</li>}
        </ul>
      ) : (
        <p>Demandez-le à la personne qui vous suit : elle peut vous le dire, et l’imprimer.</p>
      )}
    </section>
  );
}

function Rights({ of: { objections } }: { of: Case }) {
  const me = useMe();
  return (
    <section>
      <h2>Vos droits</h2>
      <ul className="bullets">
        <li>Vous pouvez lire tout ce qui est écrit sur vous. Demandez-le à la personne qui vous suit.</li>
        <li>Vous pouvez faire corriger ce qui est faux.</li>
        <li>
          Vous pouvez dire non à une structure : elle ne verra plus rien de nouveau. Vous n’avez pas à dire pourquoi.
        </li>
        <li>Vous pouvez demander que tout soit effacé.</li>
        <li>
          Si une réponse ne vous convient pas, écrivez à la CNIL : www.cnil.fr, ou 3 place de Fontenoy, 75007 Paris.
        </li>
      </ul>
      {objections.length > 0 && <p>Vous avez dit non à {objections.length} structure(s). C’est respecté.</p>}
      <p className="soft">
        Imprimé le {fullDay(today())} par {me.user.name}, {me.structure.name}.
      </p>
    </section>
  );
}
