import { useDeferredValue, useId, useState } from 'preact/compat';
import { Link, useLocation } from 'wouter';
import { api } from '../api/client';
import { nameOf } from '../pieces/Person';

/** Names of people are asked for in the body of a request, never in an address. */
export function useFound(name: string) {
  const asked = useDeferredValue(name.trim());
  const found = api.useQuery(
    'post',
    '/v1/cases/search',
    { body: { name: asked, limit: 8 } },
    { enabled: asked.length >= 2, placeholderData: (before) => before, staleTime: 30_000 },
  );
  // What is shown may still be what fewer letters found: it is not to be taken by the key that goes on.
  return { ...found, fresh: asked === name.trim() && !found.isPlaceholderData };
}

/** Somebody to find, from every page: write the beginnings of the name. */
export function FindResident() {
  const id = useId();
  const [name, setName] = useState('');
  const [, go] = useLocation();
  const found = useFound(name);
  const rows = name.trim().length >= 2 ? (found.data?.items ?? []) : [];
  return (
    <form
      role="search"
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        if (rows[0] && found.fresh) go(`/cases/${rows[0].id}`);
      }}
    >
      <label className="only-heard" htmlFor={id}>
        Trouver une personne
      </label>
      <input
        id={id}
        type="search"
        placeholder="Trouver une personne"
        autoComplete="off"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && setName('')}
      />
      <p className="only-heard" role="status">
        {name.trim().length >= 2 &&
          found.data &&
          `${rows.length} ${rows.length > 1 ? 'personnes trouvées' : 'personne trouvée'}`}
      </p>
      {name.trim().length >= 2 && found.data && (
        <ul className="found">
          {rows.map((one) => (
            <li key={one.id}>
              <Link href={`/cases/${one.id}`}>
                <strong>{nameOf(one.resident)}</strong>
                <span className="soft">
                  {[one.resident.communeName, one.lead?.structure.name].filter(Boolean).join(', ')}
                </span>
              </Link>
            </li>
          ))}
          {rows.length === 0 && <li className="none">Personne de ce nom dans vos dossiers.</li>}
        </ul>
      )}
    </form>
  );
}
