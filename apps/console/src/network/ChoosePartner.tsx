import { useDeferredValue, useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { Chooser } from '../pieces/Chooser';
import { Structure } from '../pieces/Mark';

export type Partner = Pick<Shape<'StructureResponse'>, 'id' | 'name'>;

interface Props {
  label: string;
  chosen: Partner | undefined;
  onChoose: (partner: Partner | undefined) => void;
  wrong?: string;
}

/** One structure of the network, by the beginnings of its name. */
export function ChoosePartner({ label, chosen, onChoose, wrong }: Props) {
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const found = api.useQuery(
    'get',
    '/v1/structures',
    { params: { query: { limit: 6, ...(asked && { q: asked }) } } },
    { placeholderData: (before) => before, enabled: chosen === undefined },
  );
  const items = found.data?.items ?? [];
  return (
    <Chooser
      label={label}
      wrong={wrong}
      placeholder="Le début de son nom"
      chosen={chosen && <Structure of={chosen} />}
      onChange={() => onChoose(undefined)}
      text={q}
      onText={setQ}
      rows={items.map((one) => ({ key: one.id, shown: <Structure of={one} />, take: () => onChoose(one) }))}
      found="Structures trouvées"
      heard={found.data && `${items.length} structures trouvées`}
    />
  );
}
