import { useDeferredValue, useId, useState } from 'react';
import { api, type Shape } from '../api/client';
import { Structure } from '../pieces/Mark';
import { Button } from '../pieces/Button';

export type Partner = Pick<Shape<'StructureResponse'>, 'id' | 'name'>;

interface Props {
  label: string;
  chosen: Partner | undefined;
  onChoose: (partner: Partner | undefined) => void;
}

/** One structure of the network, by the beginnings of its name. */
export function ChoosePartner({ label, chosen, onChoose }: Props) {
  const id = useId();
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const found = api.useQuery(
    'get',
    '/v1/structures',
    { params: { query: { limit: 6, ...(asked && { q: asked }) } } },
    { placeholderData: (before) => before, enabled: chosen === undefined },
  );
  if (chosen)
    return (
      <div className="field">
        <span className="label">{label}</span>
        <p className="acts">
          <Structure of={chosen} />
          <Button quiet dense onClick={() => onChoose(undefined)}>
            Changer
          </Button>
        </p>
      </div>
    );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        placeholder="Le début de son nom"
        value={q}
        onChange={({ target }) => setQ(target.value)}
        // It searches while one types; Enter would send the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ul className="choices" aria-label="Structures trouvées">
        {found.data?.items.map((one) => (
          <li key={one.id}>
            <button type="button" className="choice" onClick={() => onChoose(one)}>
              <Structure of={one} />
            </button>
          </li>
        ))}
      </ul>
      <p className="only-heard" role="status">
        {found.data && `${found.data.items.length} structures trouvées`}
      </p>
    </div>
  );
}
