import { useDeferredValue, useId, useState } from 'react';
import { api, type Shape } from '../api/client';
import { Button } from '../pieces/Button';
import { Wrong } from '../pieces/Field';

export interface Commune {
  readonly code: string;
  readonly name: string;
}

interface Props {
  label: string;
  chosen: Commune | undefined;
  onChoose: (commune: Commune | undefined) => void;
  wrong?: string;
}

/** A commune by the beginnings of its name or its postal code. A former one leads to the one it belongs to now. */
export function ChooseCommune({ label, chosen, onChoose, wrong }: Props) {
  const id = useId();
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const found = api.useQuery(
    'get',
    '/v1/communes',
    { params: { query: { q: asked, limit: 6 } } },
    { enabled: chosen === undefined && asked.length >= 2, placeholderData: (before) => before, staleTime: Infinity },
  );
  const items = asked.length >= 2 ? (found.data?.items ?? []) : [];
  if (chosen)
    return (
      <div className="field">
        <span className="label">{label}</span>
        <p className="acts">
          <strong>{chosen.name}</strong>
          <Button quiet dense onClick={() => onChoose(undefined)}>
            Changer<span className="only-heard"> de commune</span>
          </Button>
        </p>
      </div>
    );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        autoComplete="off"
        value={q}
        placeholder="Le début du nom, ou le code postal"
        aria-invalid={wrong ? true : undefined}
        onChange={({ target }) => setQ(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Never the form around it, and never what was found for less than is written now.
          event.preventDefault();
          if (items[0] && asked === q.trim() && !found.isPlaceholderData) onChoose(meant(items[0]));
        }}
      />
      {items.length > 0 && (
        <ul className="choices" aria-label="Communes trouvées">
          {items.map((one) => (
            <li key={one.code}>
              <button type="button" className="choice" onClick={() => onChoose(meant(one))}>
                {one.name} <span className="hint">{one.postalCodes[0]}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="only-heard" role="status">
        {asked.length >= 2 && found.data && `${items.length} communes trouvées`}
      </p>
      {wrong && <Wrong>{wrong}</Wrong>}
    </div>
  );
}

const meant = ({ successor, code, name }: Shape<'PlaceResponse'>): Commune => successor ?? { code, name };
