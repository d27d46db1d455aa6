import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { written } from '../pieces/Phone';
import { Select } from '../pieces/Select';
import { useFilters } from '../pieces/filters';
import { hoursOf } from '../structures/hours';

type Place = Shape<'PlaceShown'>;

/** Where one's structure receives: everybody in the network reads it. */
export default function Places() {
  const { of, change } = useFilters();
  const status = of<Place['status']>('status') ?? 'open';
  const list = api.useInfiniteQuery('get', '/v1/places', { params: { query: { limit: 30, status: [status] } } }, pages);
  return (
    <Page
      title="Nos lieux d’accueil"
      tab="Lieux d’accueil"
      aside={
        <Link className={buttonClass({ main: true })} href="/places/new">
          Ajouter un lieu
        </Link>
      }
    >
      <div className="stack">
        <div className="side-by-side">
          <Select
            label="Montrer"
            value={status}
            onChange={(code) => change('status')(code === 'open' ? '' : code)}
            choices={[
              { code: 'open', label: 'Ceux qui sont ouverts' },
              { code: 'closed', label: 'Ceux qui ont fermé' },
            ]}
          />
        </div>
        <PagedRows
          of={list}
          label="Lieux d’accueil"
          empty={<p>Aucun lieu. Ajoutez le premier : les autres structures sauront où envoyer les personnes.</p>}
        >
          {(one) => <PlaceRow one={one} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function PlaceRow({ one }: { one: Place }) {
  const words = useWords();
  const close = useAct('/v1/places/{id}/close', `${one.name} est fermé`);
  const reopen = useAct('/v1/places/{id}/reopen', `${one.name} est de nouveau ouvert`);
  const error = close.error ?? reopen.error;
  const at = { params: { path: { id: one.id } } };
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/places/${one.id}`}>
            {one.name}
          </Link>
        </p>
        <p>
          {[one.street, one.complement, `${one.postalCode} ${one.communeName ?? ''}`, one.phone && written(one.phone)]
            .filter(Boolean)
            .join(', ')}
        </p>
        {hoursOf(one.openings ?? [], words).map((line) => (
          <p className="small soft" key={line}>
            {line}
          </p>
        ))}
        {error != null && <Failure error={error} />}
      </div>
      {one.status === 'open' ? (
        <Button dense busy={close.busy} onClick={() => close.send(at)}>
          Fermer<span className="only-heard"> {one.name}</span>
        </Button>
      ) : (
        <Button dense busy={reopen.busy} onClick={() => reopen.send(at)}>
          Rouvrir<span className="only-heard"> {one.name}</span>
        </Button>
      )}
    </>
  );
}
