import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { duration, titleDay } from '../api/dates';
import { useWords } from '../api/words';
import { buttonClass, Knot } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Resident } from '../pieces/Person';
import { useMe } from '../sign-in/me';
import { ActivityFilters, useActivityFilters } from './ActivityFilters';

/** What one has done, or one's structure, whoever it was with. */
export default function Sessions() {
  const me = useMe();
  const { of, query, chosen } = useActivityFilters();
  const tag = of('tag');
  const list = api.useInfiniteQuery(
    'get',
    '/v1/sessions',
    { params: { query: { ...query, ...(tag && { tag }) } } },
    pages,
  );
  return (
    <Page
      title="Mes activités"
      tab="Mes activités"
      aside={
        <div className="acts">
          <Link className={buttonClass({})} href={`/exports${chosen}`}>
            Exporter…
          </Link>
          <Link className={buttonClass({ main: true })} href="/session">
            <Knot /> Enregistrer un accompagnement
          </Link>
        </div>
      }
    >
      <div className="stack">
        <ActivityFilters at="/sessions" />
        <PagedRows
          of={list}
          label="Accompagnements"
          empty={<p>Rien ne répond à ces choix. Chaque accompagnement que vous enregistrez vient ici.</p>}
        >
          {(one) => <SessionRow one={one} named={one.actor?.id !== me.user.id} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function SessionRow({ one, named }: { one: Shape<'SessionLine'>; named: boolean }) {
  const words = useWords();
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/cases/${one.caseId}/sessions/${one.id}`}>
            {titleDay(one.date)}
          </Link>{' '}
          {one.resident ? (
            <Resident resident={one.resident} caseId={one.caseId} />
          ) : (
            <span className="soft">une personne que votre structure ne suit plus</span>
          )}{' '}
          {one.corrected && <span className="tag">Corrigé</span>}{' '}
          {one.status === 'entered_in_error' && <span className="tag">{words.say('sessionStatuses', one.status)}</span>}
        </p>
        <p className="small">{one.themes.map((theme) => words.say('themes', theme)).join(', ')}</p>
        {one.tags && (
          <p className="small">
            {one.tags.map(({ id, name }) => (
              <span className="tag" key={id}>
                {name}
              </span>
            ))}
          </p>
        )}
      </div>
      <span className="small soft">
        {[
          duration(one.minutes),
          one.placeName ?? words.say('places', one.place),
          one.placeName ? undefined : one.communeName,
          named && one.actor?.name,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </>
  );
}
