import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { duration, titleDay } from '../api/dates';
import { useWords } from '../api/words';
import { buttonClass, Knot } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { useFilters } from '../pieces/filters';

/** The structure's workshops, newest first. */
export default function Workshops() {
  const { of, change } = useFilters();
  const status = of<Shape<'WorkshopShown'>['status']>('status') ?? 'held';
  const list = api.useInfiniteQuery(
    'get',
    '/v1/workshops',
    { params: { query: { limit: 30, status: [status] } } },
    pages,
  );
  return (
    <Page
      title="Ateliers"
      tab="Ateliers"
      aside={
        <Link className={buttonClass({ main: true })} href="/workshops/new">
          <Knot /> Enregistrer un atelier
        </Link>
      }
    >
      <div className="stack">
        <div className="side-by-side">
          <Select
            label="Montrer"
            value={status}
            onChange={(code) => change('status')(code === 'held' ? '' : code)}
            choices={[
              { code: 'held', label: 'Ce qui compte' },
              { code: 'entered_in_error', label: 'Ce qui a été saisi par erreur' },
            ]}
          />
        </div>
        <PagedRows
          of={list}
          label="Ateliers"
          empty={<p>Aucun atelier. Quand vous en aurez tenu un, dites qui est venu : cela vient dans leur dossier.</p>}
        >
          {(one) => <Row one={one} />}
        </PagedRows>
      </div>
    </Page>
  );
}

export const howMany = ({
  participants,
  anonymous,
}: Pick<Shape<'WorkshopShown'>, 'participants' | 'anonymous'>): string => {
  const all = participants.length + anonymous.total;
  return `${all} ${all > 1 ? 'personnes' : 'personne'}`;
};

function Row({ one }: { one: Shape<'WorkshopShown'> }) {
  const words = useWords();
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/workshops/${one.id}`}>
            {one.title || 'Atelier'}
          </Link>{' '}
          <span className="soft">{titleDay(one.date).toLowerCase()}</span>{' '}
          {one.status === 'entered_in_error' && (
            <span className="tag">{words.say('workshopStatuses', one.status)}</span>
          )}
        </p>
        <p className="small">{one.themes.map((theme) => words.say('themes', theme)).join(', ')}</p>
      </div>
      <span className="small soft">
        {[howMany(one), duration(one.minutes), one.placeName ?? words.say('places', one.place), one.actor?.name]
          .filter(Boolean)
          .join(', ')}
      </span>
    </>
  );
}
