import { useDeferredValue, useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { ChooseCommune, type Commune } from '../network/ChooseCommune';
import { buttonClass } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';

type Line = Shape<'StructureResponse'>;

/** The directory of the network. For administrators, whoever waits for the State stands first. */
export default function Structures() {
  const me = useMe();
  const words = useWords();
  const { of, change } = useFilters();
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const [near, setNear] = useState<Commune>();
  const [service, status] = [of<Line['services'][number]>('service'), of<Line['status']>('status')];
  const list = api.useInfiniteQuery(
    'get',
    '/v1/structures',
    {
      params: {
        query: {
          limit: 30,
          ...(asked && { q: asked }),
          ...(near && { near: near.code }),
          ...(service && { service: [service] }),
          ...(status && { status: [status] }),
        },
      },
    },
    pages,
  );
  return (
    <Page
      title="Réseau"
      tab="Réseau"
      aside={
        may(me, 'structure.declare') && (
          <Link className={buttonClass({ main: true })} href="/structures/new">
            Déclarer une structure
          </Link>
        )
      }
    >
      <div className="stack">
        <p className="acts">
          {may(me, 'structure.offer') && (
            <Link className={buttonClass({ dense: true })} href={`/structures/${me.structure.id}`}>
              Ma structure
            </Link>
          )}
          {may(me, 'convention.read') && (
            <Link className={buttonClass({ dense: true })} href="/conventions">
              Conventions
            </Link>
          )}
          {may(me, 'place.manage') && (
            <Link className={buttonClass({ dense: true })} href="/places">
              Nos lieux d’accueil
            </Link>
          )}
        </p>
        {may(me, 'structure.decide') && <Waiting />}
        <div className="side-by-side">
          <Text label="Nom" type="search" autoComplete="off" placeholder="Le début du nom" value={q} onChange={setQ} />
          <Select
            label="Ce qu’elle propose"
            value={service ?? ''}
            onChange={change('service')}
            choices={[{ code: '', label: 'Tout' }, ...words.all('services')]}
          />
          <Select
            label="État"
            value={status ?? ''}
            onChange={change('status')}
            choices={[{ code: '', label: 'Tous' }, ...words.all('structureStatuses')]}
          />
          <ChooseCommune label="La plus proche d’abord, pour" chosen={near} onChoose={setNear} />
        </div>
        <PagedRows of={list} label="Structures" empty={<p>Aucune structure ne répond à ces choix.</p>}>
          {(one) => <StructureRow one={one} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function StructureRow({ one }: { one: Line }) {
  const words = useWords();
  const where = one.communeNames ?? [];
  return (
    <>
      <div>
        <p>
          <Link href={`/structures/${one.id}`}>
            <Structure of={one} />
          </Link>{' '}
          {one.status !== 'active' && <span className="tag">{words.say('structureStatuses', one.status)}</span>}
        </p>
        <p className="small soft">
          {words.say('typologies', one.typology)}
          {one.nearness && ` · ${words.say('nearnesses', one.nearness)}`}
          {where.length > 0 && ` · ${where.length > 3 ? `${where.length} communes` : where.join(', ')}`}
        </p>
      </div>
      {one.status === 'active' && (
        <span className="small">
          {one.acceptsReferrals ? words.say('capacities', one.capacity) : 'Ne reçoit pas d’orientations'}
        </span>
      )}
    </>
  );
}

function Waiting() {
  const { data } = api.useQuery('get', '/v1/structures', {
    params: { query: { status: ['declared', 'awaiting_state_validation'], limit: 20 } },
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="attendent">
      <div className="head">
        <h2 id="attendent">Attendent l’État</h2>
      </div>
      <ul className="rows">
        {data.items.map((one) => (
          <li key={one.id}>
            <StructureRow one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}
