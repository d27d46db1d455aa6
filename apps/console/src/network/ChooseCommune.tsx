import { useDeferredValue, useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { Chooser } from '../pieces/Chooser';

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
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const found = api.useQuery(
    'get',
    '/v1/communes',
    { params: { query: { q: asked, limit: 6 } } },
    { enabled: chosen === undefined && asked.length >= 2, placeholderData: (before) => before, staleTime: Infinity },
  );
  const items = asked.length >= 2 ? (found.data?.items ?? []) : [];
  return (
    <Chooser
      label={label}
      placeholder="Le début du nom, ou le code postal"
      chosen={chosen && <strong>{chosen.name}</strong>}
      onChange={() => onChoose(undefined)}
      changes="de commune"
      text={q}
      onText={setQ}
      rows={items.map((one) => ({
        key: one.code,
        shown: (
          <>
            {one.name} <span className="hint">{one.postalCodes[0]}</span>
          </>
        ),
        take: () => onChoose(meant(one)),
      }))}
      found="Communes trouvées"
      heard={asked.length >= 2 && found.data ? `${items.length} communes trouvées` : undefined}
      fresh={asked === q.trim() && !found.isPlaceholderData}
      wrong={wrong}
    />
  );
}

const meant = ({ successor, code, name }: Shape<'PlaceResponse'>): Commune => successor ?? { code, name };
