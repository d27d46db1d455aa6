import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { duration, titleDay } from '../api/dates';
import { useWords } from '../api/words';
import { buttonClass, Knot } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { useMe } from '../sign-in/me';
import { ActivityFilters, useActivityFilters } from '../sessions/ActivityFilters';

/** What was done with people who gave no name. */
export default function AnonymousSessions() {
  const me = useMe();
  const { query } = useActivityFilters();
  const list = api.useInfiniteQuery('get', '/v1/anonymous-sessions', { params: { query } }, pages);
  return (
    <Page
      title="Mes activités"
      tab="Mes activités"
      aside={
        <Link className={buttonClass({ main: true })} href="/anonymous-session">
          <Knot /> Enregistrer sans nom
        </Link>
      }
    >
      <div className="stack">
        <ActivityFilters at="/anonymous-sessions" />
        <PagedRows
          of={list}
          label="Accompagnements sans nom"
          empty={<p>Rien ne répond à ces choix. Un accompagnement de quelqu’un qui ne donne pas son nom vient ici.</p>}
        >
          {(one) => <Row one={one} named={one.actor?.id !== me.user.id} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function Row({ one, named }: { one: Shape<'AnonymousSessionShown'>; named: boolean }) {
  const words = useWords();
  const known = [
    one.ageBracket && words.say('ageBrackets', one.ageBracket),
    one.residentStatus && words.say('residentStatuses', one.residentStatus),
  ].filter(Boolean);
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/anonymous-sessions/${one.id}`}>
            {titleDay(one.date)}
          </Link>{' '}
          <span className="soft">{known.join(', ')}</span>{' '}
          {one.status === 'entered_in_error' && <span className="tag">{words.say('sessionStatuses', one.status)}</span>}
        </p>
        <p className="small">{one.themes.map((theme) => words.say('themes', theme)).join(', ')}</p>
      </div>
      <span className="small soft">
        {[duration(one.minutes), one.placeName ?? words.say('places', one.place), named && one.actor?.name]
          .filter(Boolean)
          .join(', ')}
      </span>
    </>
  );
}
